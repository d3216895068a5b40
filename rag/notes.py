"""Remarks on an answer as a whole: how its time was read, and how old the archive is."""

from datetime import date, timedelta

from rag.answer import Question
from rag.period import Period, describe, written

OLD = timedelta(days=365)


def notes(question: Question, newest: date | None) -> tuple[str, ...]:
    found = []
    if question.window is not None:
        first, last = question.window
        found.append(f"Read as about {describe(Period(first, last, 0, 0))}.")
    if newest is not None and question.as_of - newest > OLD:
        found.append(f"The newest article here is of {written(newest)}.")
    return tuple(found)
