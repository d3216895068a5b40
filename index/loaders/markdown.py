"""Markdown, with YAML front matter or without."""

from collections.abc import Iterator
from pathlib import Path

from index.known import Origin
from index.loaders.files import named, read_text
from index.loaders.front_matter import split_front_matter
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file
from index.loaders.text.mojibake import mended


class Markdown:
    suffixes = (".md", ".markdown")

    def load(self, path: Path) -> Iterator[Loaded]:
        source = read_text(path)
        sound = mended(source)
        fields, body = split_front_matter(sound, str(path))
        heading, text = render(body)
        origins: dict[str, Origin] = {}
        if not fields.get("title"):
            fields["title"], origins["title"] = heading, "markup"
        elif fields["title"] != heading:
            text = f"{heading}\n\n{text}"
        with named(str(path)):
            yield article_of_file(fields, text, path, origins=origins, repaired=sound != source)


def render(body: str) -> tuple[str, str]:
    """The heading that the text opens with, if any, and the text below it, both plain.

    >>> render("# Gates *opened*\\n\\nAt [dawn](https://harbour.example).")
    ('Gates opened', 'At dawn.')
    """
    from lxml import html
    from markdown_it import MarkdownIt

    from index.loaders.page.blocks import block_text
    from index.loaders.page.hidden import drop_hidden

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = html.fragment_fromstring(parser.render(body), create_parent="div")
    drop_hidden(page)
    heading = ""
    first = next(iter(page), None)
    if first is not None and first.tag == "h1" and not (page.text or "").strip():
        heading = " ".join(block_text(first).split())
        first.drop_tree()
    return heading, block_text(page)
