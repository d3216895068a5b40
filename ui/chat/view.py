"""What the source pane shows: an article, as opened from one turn of the conversation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Citation
from ui.chat.conversation import Conversation


@dataclass(frozen=True, slots=True)
class View:
    """
    Attributes:
        turn: counted from 1.
        sources: all that can be opened from the turn.
        opened: the one of them that was; None where the article itself was.
    """

    turn: int
    article_id: str
    sources: Sequence[Citation] = ()
    opened: Citation | None = None

    @property
    def here(self) -> list[Citation]:
        """The other sources in this article."""
        return [c for c in self.sources if c.article_id == self.article_id and c != self.opened]

    def beside(self, step: int) -> Citation | None:
        """The source before or after the opened one."""
        place = self.place + step
        return self.sources[place - 1] if self.place and 1 <= place <= len(self.sources) else None

    @property
    def place(self) -> int:
        """Of the opened source among all, from 1; 0 where none was opened."""
        return self.sources.index(self.opened) + 1 if self.opened else 0


def article_address(turn: int, article_id: str) -> str:
    """The link that opens an article as such."""
    return f"#article-{turn}-{article_id}"


def view(conversation: Conversation, link: str) -> View | None:
    """What a link opens; None if it opens nothing here."""
    found = re.fullmatch(r"#(cite|article)-([1-9]\d{0,5})-([0-9a-f]{1,16})", link, re.ASCII)
    if not found or int(found[2]) > len(conversation):
        return None
    turn = int(found[2])
    sources = conversation[turn - 1].sources
    if found[1] == "article":
        return View(turn, found[3], sources)
    opened = next((c for c in sources if str(c.number) == found[3]), None)
    return View(turn, opened.article_id, sources, opened) if opened else None
