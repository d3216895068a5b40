"""Remarks on an answer as a whole: how its time was read, what was left out, how old it all is."""

from dataclasses import replace
from datetime import timedelta

from index.index import Index
from rag.answer import Question
from rag.period import Period, describe, written

OLD = timedelta(days=365)


def notes(question: Question, index: Index) -> tuple[str, ...]:
    found = []
    if question.window is not None:
        first, last = question.window
        found.append(f"Read as about {describe(Period(first, last, 0, 0))}.")
    if undated := _undated_left_out(question, index):
        found.append(
            f"Left out: {undated:,} undated {'article' if undated == 1 else 'articles'}, of which "
            "nobody can say whether they were published in these days."
        )
    newest = index.catalogue.newest
    if newest is not None and question.as_of - newest > OLD:
        found.append(f"The newest article here is of {written(newest)}.")
    return tuple(found)


def _undated_left_out(question: Question, index: Index) -> int:
    """Articles that would be in the scope but for having no day."""
    if not question.scope.has_window:
        return 0
    of_any_day = replace(question.scope, first=None, last=None)
    undated = (one for one in index.catalogue.ids if index.catalogue.day(one) is None)
    return sum(of_any_day.holds(None, index.catalogue.outlet(one)) for one in undated)
