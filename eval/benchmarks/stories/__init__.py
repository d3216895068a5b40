"""Which of these articles tell one story? 66 of them, written for this and labelled.

Each file's front matter names its `event` and its `half`; one made out of another names that
article (`from`) and what was made (`how`: copy, update or rewrite). All made out of one article are
one story. What else there is of one event is somebody's own report of it, or the next day's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from index.article import Article
from index.loaders import load
from index.loaders.front_matter import split_front_matter

ARTICLES = Path(__file__).parent / "articles"

Half = Literal["tune", "report"]  # thresholds are chosen on the one and measured on the other
Label = Literal["copy", "update", "rewrite", "own reporting", "different"]


@dataclass(frozen=True)
class Labelled:
    """
    Attributes:
        story: the name of the article that all of the story were made out of.
        how: what was made out of `origin`; both empty for a report of its own.
    """

    name: str
    article: Article
    event: str
    half: Half
    story: str
    origin: str
    how: str


@dataclass(frozen=True)
class Pair:
    one: Labelled
    other: Labelled

    @property
    def is_one_story(self) -> bool:
        return self.one.story == self.other.story

    @property
    def label(self) -> Label:
        """Of two made out of a third, what differs most from it."""
        if not self.is_one_story:
            return "own reporting" if self.one.event == self.other.event else "different"
        made = {self.one.how, self.other.how}
        return "rewrite" if "rewrite" in made else "update" if "update" in made else "copy"


def labelled() -> list[Labelled]:
    """In the order in which they were published."""
    told = {file.stem: _front_matter(file) for file in ARTICLES.glob("*.md")}
    found = [_labelled(name, told) for name in told]
    return sorted(found, key=lambda one: (one.article.published or "", one.name))


def pairs(of: Sequence[Labelled], half: Half) -> list[Pair]:
    return [Pair(*two) for two in combinations((one for one in of if one.half == half), 2)]


def _front_matter(file: Path) -> dict[str, str]:
    fields, _ = split_front_matter(file.read_text(encoding="utf-8"), str(file))
    return {name: str(value) for name, value in fields.items()}


def _labelled(name: str, told: dict[str, dict[str, str]]) -> Labelled:
    (article,) = load(ARTICLES / f"{name}.md")
    assert isinstance(article, Article), article
    fields, story = told[name], name
    while origin := told[story].get("from"):
        story = origin
    half: Half = "tune" if fields["half"] == "tune" else "report"
    made = fields.get("from", ""), fields.get("how", "")
    return Labelled(name, article, fields["event"], half, story, *made)
