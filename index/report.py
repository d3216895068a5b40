"""What a change to the archive tells while it runs, and when it is done."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from index.errors import UnreadableSource
from index.known import Certainty


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: articles read so far (their number is not known before), then passages."""

    stage: Literal["reading", "embedding"]
    done: int
    total: int | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, or of one record in it.

    Attributes:
        path: the file; of a record, the file and its place in it.
        article: its id; empty where there is none.
        why: the reason for which it was skipped.
    """

    path: str
    what: Literal["added", "unchanged", "skipped", "removed"]
    article: str = ""
    why: str = ""


OnOutcome = Callable[[Outcome], None]


@dataclass
class AddReport:
    """What came in, what did not, and why.

    Attributes:
        added: articles that are new.
        replaced: articles that gave way, because their file now gives something else.
        unchanged: articles that were here already.
        removed: articles whose file has vanished; only where that was asked for.
        dates: how the dates of the added articles are known.
        foreign: articles that are not in English, by language.
        repaired: articles whose garbled characters ("cafÃ©") were put right.
        skipped: a reason for every file or record that gave no article.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    repaired: int = 0
    removed: int = 0
    passages: int = 0
    seconds: float = 0.0
    dates: Counter[Certainty] = field(default_factory=Counter)
    foreign: Counter[str] = field(default_factory=Counter)
    skipped: list[UnreadableSource] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """What was taken out.

    Attributes:
        titles: of the articles removed, by id.
        kept: how many of those named stay, because another file gives them, too.
        files: those that gave them and are still there; adding one again brings its articles back.
    """

    titles: dict[str, str]
    kept: int
    files: tuple[str, ...]
