"""Plain text broken at a fixed width, made whole again."""

import re

from index.loaders.text.captions import mark_of

SHORTEST = 45  # characters; a list or a poem has shorter lines
LONGEST = 100
_ENDS = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*$")


def unwrap(text: str) -> str:
    """Join the lines of every paragraph that was wrapped; leave lists, tables and verse alone.

    A paragraph was wrapped if all its lines but the last are of about one width, and one of them
    stops in the middle of a sentence. The text keeps its length.

    >>> unwrap("The sluice gates at the upper weir were shut at\\ndawn on Tuesday.")
    'The sluice gates at the upper weir were shut at dawn on Tuesday.'
    """
    return "\n\n".join(
        paragraph.replace("\n", " ") if _was_wrapped(paragraph.split("\n")) else paragraph
        for paragraph in text.split("\n\n")
    )


def _was_wrapped(lines: list[str]) -> bool:
    full = lines[:-1]
    return (
        bool(full)
        and all(SHORTEST <= len(line) <= LONGEST for line in full)
        and not all(_ENDS.search(line) for line in full)
        and not any(map(mark_of, full))  # a caption set right above a paragraph
    )
