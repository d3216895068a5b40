"""What an `add` tells while it runs, and when it is done."""

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


@dataclass
class AddReport:
    """What came in, what did not, and why.

    Attributes:
        added: articles that are new.
        replaced: how many of these took the place of an older text of the same file.
        unchanged: articles that were here already.
        dates: how the dates of the added articles are known.
        repaired: articles whose garbled characters ("cafÃ©") were put right.
        skipped: a reason for every file or record that gave no article.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    repaired: int = 0
    passages: int = 0
    seconds: float = 0.0
    dates: Counter[Certainty] = field(default_factory=Counter)
    skipped: list[UnreadableSource] = field(default_factory=list)
