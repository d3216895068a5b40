"""Plain text."""

import re
from collections.abc import Iterator
from pathlib import Path

from index.loaders.clean import clean
from index.loaders.files import named, read_text
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file
from index.loaders.unwrap import unwrap

LONGEST_TITLE = 120  # characters
SENTENCE_END = re.compile(r"[.!?…][\"'\u201d\u2019»)]*$")


class PlainText:
    suffixes = (".txt", ".text")

    def load(self, path: Path) -> Iterator[Loaded]:
        title, text = split_title(clean(read_text(path)))
        with named(str(path)):
            yield article_of_file({"title": title}, unwrap(text), path)


def split_title(text: str) -> tuple[str, str]:
    r"""A first line that stands alone and does not end as a sentence does, and the rest.

    >>> split_title("Gates opened\n\nThe gates were opened at dawn.")
    ('Gates opened', 'The gates were opened at dawn.')
    """
    first, _, rest = text.partition("\n\n")
    if not rest or "\n" in first or len(first) > LONGEST_TITLE or SENTENCE_END.search(first):
        return "", text
    return first, rest
