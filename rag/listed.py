"""Things in a sentence."""

from collections.abc import Collection


def listed(items: Collection[str], joined_by: str = "and") -> str:
    """At least one thing, as a sentence lists them.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    *rest, last = items
    return f"{', '.join(rest)} {joined_by} {last}" if rest else last
