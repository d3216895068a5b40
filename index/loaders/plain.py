"""Plain text, with front matter or without."""

from collections.abc import Iterator
from pathlib import Path

from index.known import Origin
from index.loaders.files import named, read_text
from index.loaders.front_matter import split_front_matter
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file
from index.loaders.text.captions import mark_of
from index.loaders.text.clean import clean
from index.loaders.text.head import Head, read_head
from index.loaders.text.litter import is_litter
from index.loaders.text.mojibake import mended
from index.loaders.text.sift import SENTENCE_END
from index.loaders.text.unwrap import unwrap

LONGEST_TITLE = 120  # characters


class PlainText:
    suffixes = (".txt", ".text")

    def load(self, path: Path) -> Iterator[Loaded]:
        source = read_text(path)
        sound = mended(source)
        fields, body = split_front_matter(sound, str(path))
        title, text = split_title(clean(body))
        origins: dict[str, Origin] = {}
        if not fields.get("title"):
            fields["title"], origins["title"] = title, "text"
        elif fields["title"] != title:
            text = clean(body)
        with named(str(path)):
            yield article_of_file(
                fields, unwrap(text), path, origins=origins, repaired=sound != source
            )


def split_title(text: str) -> tuple[str, str]:
    r"""A first line that stands alone and does not end as a sentence does, and the rest.

    A menu's line above it is passed over; a caption or a byline is no title.

    >>> split_title("Gates opened\n\nThe gates were opened at dawn.")
    ('Gates opened', 'The gates were opened at dawn.')
    """
    first, _, rest = text.partition("\n\n")
    if rest and "\n" not in first and is_litter(first):
        return split_title(rest)
    if not rest or "\n" in first or len(first) > LONGEST_TITLE or SENTENCE_END.search(first):
        return "", text
    if mark_of(first) or read_head(f"{first}\n\n{rest}") != Head((), None, text):
        return "", text
    return first, rest
