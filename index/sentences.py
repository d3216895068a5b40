"""Where the sentences of a text begin and end."""

from collections.abc import Sequence

from index.article import Block

Span = tuple[int, int]


def sentences(text: str, blocks: Sequence[Block] = ()) -> list[Span]:
    """The (start, end) of every sentence, in order, without the space around it.

    A sentence never crosses a line break or the edge of a block, and no printed
    character is left out.

    >>> text = "Mr. Oakes left at 9 a.m. Monday. The gates were shut."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Mr. Oakes left at 9 a.m. Monday.', 'The gates were shut.']
    """
    from nupunkt import sent_spans  # chosen by measurement: docs/decisions/sentences.md

    found = []
    for block in blocks or (Block(0, len(text)),):
        start = block.start
        for line in text[block.start : block.end].splitlines(keepends=True):
            for first, last in sent_spans(line):
                found.append(_trimmed(text, start + first, start + last))
            start += len(line)
    return [(start, end) for start, end in found if start < end]


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return start, max(start, end - (len(inside) - len(inside.rstrip())))
