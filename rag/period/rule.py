"""A kind of phrase that names days: its pattern, and what it resolves to."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.period.spans import Span
from rag.period.vocabulary import compiled

Kind = Literal["anchored", "floating", "bare"]
Resolve = Callable[[re.Match[str], date], Span | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table.

    Attributes:
        kind: "anchored" phrases count from the day of the question. "floating" ones may lack
            their year, and take it from the phrase they are joined to ("June to August 2020").
            "bare" ones float too, and name days only after a preposition ("in May").
        resolve: gets a match and the day it is read from; gives None where the words name
            no day ("31 June").
    """

    kind: Kind
    pattern: re.Pattern[str]
    resolve: Resolve


def rules(kind: Kind, *rows: tuple[str, Resolve]) -> tuple[Rule, ...]:
    return tuple(Rule(kind, compiled(pattern), resolve) for pattern, resolve in rows)
