"""The "As of" field: the day a question is asked from."""

from datetime import date

from index.errors import DatelineError


def read_day(text: str) -> date | None:
    """The day written in the field; None, which is today, if it is left empty.

    >>> read_day(" 2020-06-30 ")
    datetime.date(2020, 6, 30)
    >>> read_day("30/6/20")
    Traceback (most recent call last):
    index.errors.DatelineError: “30/6/20” is not a day: write it as 2020-06-30, or leave it empty
    """
    written = text.strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        cure = "write it as 2020-06-30, or leave it empty"
        raise DatelineError(f"“{written}” is not a day", cure) from None
