"""Markdown, with YAML front matter or without."""

import re
from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableSource
from index.loaders.files import named, read_text
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file

FENCED = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
OPENED = re.compile(r"---[ \t]*\n\w+:")  # a key below the fence; else it is a ruled line
NOTHING = ("null", "Null", "NULL", "~")


class Markdown:
    suffixes = (".md", ".markdown")

    def load(self, path: Path) -> Iterator[Loaded]:
        source = re.sub("\r\n?", "\n", read_text(path))
        fields, body = split_front_matter(source, str(path))
        heading, text = render(body)
        if not fields.get("title"):
            fields["title"] = heading
        elif fields["title"] != heading:
            text = f"{heading}\n\n{text}"
        with named(str(path)):
            yield article_of_file(fields, text, path)


def split_front_matter(source: str, name: str) -> tuple[dict[str, object], str]:
    """The fields above the text, by name in lower case, and the text.

    Raises:
        UnreadableSource: the front matter is broken; names the line.
    """
    found = FENCED.match(source)
    if found is None:
        if OPENED.match(source):
            raise UnreadableSource(f"{name}:1: front matter that does not end", "close it with ---")
        return {}, source
    fields = _parsed(found["yaml"], name)
    if not isinstance(fields, dict):  # text between two ruled lines
        return {}, source
    kept = {str(key).lower(): value for key, value in fields.items() if value not in NOTHING}
    return kept, source[found.end() :]


def _parsed(written: str, name: str) -> object:
    """YAML with every scalar a string: `no` is a language, and dates are read in one place."""
    import yaml

    try:
        return yaml.load(written, Loader=yaml.BaseLoader)  # makes only str, list and dict
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1  # counted from 0, below the fence
        problem = f"{name}:{line}: front matter that is not YAML ({error.problem})"
    except (yaml.YAMLError, RecursionError):
        problem = f"{name}:1: front matter that is not YAML"
    raise UnreadableSource(problem, "mend the line; a value with a colon needs quotes")


def render(body: str) -> tuple[str, str]:
    """The heading that the text opens with, if any, and the text below it, both plain.

    >>> render("# Gates *opened*\\n\\nAt [dawn](https://harbour.example).")
    ('Gates opened', 'At dawn.')
    """
    from lxml import html
    from markdown_it import MarkdownIt

    from index.loaders.blocks import block_text
    from index.loaders.hidden import drop_hidden

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = html.fragment_fromstring(parser.render(body), create_parent="div")
    drop_hidden(page)
    heading = ""
    first = next(iter(page), None)
    if first is not None and first.tag == "h1" and not (page.text or "").strip():
        heading = " ".join(block_text(first).split())
        first.drop_tree()
    return heading, block_text(page)
