"""Time in a question: "What changed since last Tuesday?" names days, once today is known.

A period is found for certain or not at all: words that may mean something else ("May said",
"2000 people", "the Sunday Times") are passed over. What was understood is shown to the reader
by `describe`, so every reading is fixed, and written down where it is made. In reading order:
`spans` has the calendar, `vocabulary` the words, `relative` and `dated` the tables of phrases,
`mentions` what leads and joins them ("since", "between ... and"), `reading` how they combine.
"""

from rag.period.describe import describe, written
from rag.period.reading import Period, find_period

__all__ = ["Period", "describe", "find_period", "written"]
