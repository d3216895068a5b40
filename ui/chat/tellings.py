"""The end of the source pane: the other articles that tell the same story."""

from collections.abc import Sequence
from html import escape

from index.article import Article
from index.lines import Difference
from index.stories import Telling
from ui.chat.about import where
from ui.chat.view import article_address

Told = tuple[Article, Telling]
WORDS = {
    None: "published first",
    "copy": "in the same words",
    "rewrite": "in other words",
    "update": "with changes",
}


def tellings(article: Article, told: Sequence[Told], turn: int) -> str:
    """Each of the others as a link that opens it, and what it gives in place of the first."""
    rows = "".join(_row(*one, turn) for one in told if one[0].id != article.id)
    if not rows:
        return ""
    heading = "<h3 class='dl-heading'>The same story elsewhere</h3>"
    own = next((telling for other, telling in told if other.id == article.id), None)
    return f"<footer class='dl-tellings'>{heading}{_own(own)}<ul>{rows}</ul></footer>"


def _own(telling: Telling | None) -> str:
    if telling is None or not telling.differences:
        return ""
    return f"<p>This one {_parted(telling.differences)}.</p>"


def _row(other: Article, telling: Telling, turn: int) -> str:
    how = _parted(telling.differences) if telling.differences else WORDS[telling.relation]
    link = article_address(turn, other.id)
    return (
        f"<li><a href='{link}'>{escape(other.heading)}</a>"
        f"<span class='dl-where'>{escape(where(other))}</span><span>{how}</span></li>"
    )


def _parted(differences: Sequence[Difference]) -> str:
    """`gives <b>nine</b> where the first has seven`"""
    parts = (
        f"<b>{escape(', '.join(one.other))}</b> where the first has {escape(', '.join(one.one))}"
        for one in differences
    )
    return f"gives {'; '.join(parts)}"
