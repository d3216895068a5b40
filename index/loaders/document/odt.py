"""OpenDocument text, as LibreOffice writes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.loaders.document.titles import titled
from index.loaders.document.zipped_xml import ZippedXml, attribute, local
from index.loaders.files import MOST_DOCUMENT_BYTES, named, read_bytes
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file

# What HTML calls by other names; `block_text` knows how to set these.
AS_HTML = {
    "p": "p", "h": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr",
    "table-cell": "td", "line-break": "br",
}  # fmt: skip
SPACES = {"s", "tab"}
# Deletions kept for review, comments, hidden text, and notes, which are read after the rest.
LEFT_OUT = {"tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "note"}
UNSEEN = "template"  # as in a page


class Odt:
    suffixes = (".odt",)

    def load(self, path: Path) -> Iterator[Loaded]:
        data = read_bytes(path, MOST_DOCUMENT_BYTES)
        with named(str(path)):
            document = ZippedXml(data)
            about = _about(document)
            title, text = titled(_text(document.xml("content.xml")), about["title"])
            yield article_of_file(about | {"title": title}, text, path)


def _about(document: ZippedXml) -> dict[str, object]:
    """Title, author and language. Its dates are the file's, not the report's."""
    stated = document.xml("meta.xml").iter() if "meta.xml" in document else ()
    said = {local(element): element.text or "" for element in stated}
    return {
        "title": said.get("title", ""),
        "authors": said.get("initial-creator") or said.get("creator", ""),
        "language": said.get("language", ""),
    }


def _text(content: Any) -> str:
    """What the body says, then its notes."""
    from index.loaders.page.blocks import block_text

    parts = [*content.findall("{*}body/{*}text"), *content.iter("{*}note-body")]
    hiding = filter(_hides, content.iter("{*}style"))
    hidden = {attribute(style, "name") for style in hiding} - {""}
    for element in content.iterdescendants("*"):
        name = local(element)
        is_within = name in ("p", "h") and element.getparent().tag in ("li", "td")
        if name in LEFT_OUT or attribute(element, "style-name") in hidden:
            element.tag = UNSEEN
        else:
            element.tag = "span" if is_within else AS_HTML.get(name, "span")
        if is_within or name in SPACES:
            element.tail = f" {element.tail or ''}"
    return "\n\n".join(map(block_text, parts))


def _hides(style: Any) -> bool:
    return any(attribute(of_text, "display") == "none" for of_text in style)
