"""The edge to parsers that meet damage with whatever they ran into."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import DatelineError, UnreadableSource


@contextmanager
def damage_named(what: str, cure: str) -> Iterator[None]:
    """Turns every error of a library into one that a user can act on.

    For libraries that promise no errors of their own: a damaged file makes them raise KeyError,
    RecursionError, AttributeError, and others with every version.

    Args:
        what: the format, as in "PDF".
    """
    try:
        yield
    except DatelineError:
        raise
    except Exception as error:
        raise UnreadableSource(f"a damaged {what} ({type(error).__name__})", cure) from error
