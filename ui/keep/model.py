"""What is kept: whose, where a turn stands in it, and what its reader thought of the answer."""

from dataclasses import dataclass
from typing import Literal

Thumb = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whose conversations, over which archive.

    Attributes:
        owner: the name they signed in with; empty where nobody does.
    """

    archive: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a turn is kept, and what its reader thought of it.

    Attributes:
        conversation: the id of its conversation; nobody can guess it.
        turn: the number of its row.
        judged: when the thumb and the comment were given: ISO 8601, in UTC; empty if never.
    """

    conversation: str
    turn: int
    thumb: Thumb = ""
    comment: str = ""
    judged: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A kept conversation in a list; times are ISO 8601, in UTC."""

    id: str
    title: str
    archive: str
    owner: str
    created: str
    updated: str
