"""What a question resolved to: the days it is about, the day it is asked from, where it looks."""

from rag.period import Period, describe, written
from ui.chat.conversation import Turn


def parts(turn: Turn) -> list[str]:
    """In words; the time that a question names is known with its answer.

    >>> from datetime import date
    >>> parts(Turn("Who resigned?", date(2020, 6, 30)))
    ['as of 30 June 2020']
    """
    window = turn.answer.question.window if turn.answer else None
    scope = turn.answer.question.scope if turn.answer else turn.scope
    about = f"about {describe(Period(*window, 0, 0))}" if window else ""
    day = f"as of {written(turn.as_of)}" if turn.as_of else ""
    return [part for part in (about, day, scope.days, scope.only) if part]
