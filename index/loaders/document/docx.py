"""Word documents.

Read with zipfile and lxml: python-docx would unpack every picture into memory, and knows neither
footnotes nor what was deleted or hidden.
"""

from collections.abc import Iterator
from pathlib import Path

from index.loaders.document.titles import titled
from index.loaders.document.zipped_xml import ZippedXml, attribute, local
from index.loaders.files import MOST_DOCUMENT_BYTES, named, read_bytes
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file

CORE = "docProps/core.xml"
NOTES = ("footnotes", "endnotes")


class Docx:
    suffixes = (".docx", ".docm")

    def load(self, path: Path) -> Iterator[Loaded]:
        from index.loaders.document.docx_text import docx_text, hidden_styles, title_of

        data = read_bytes(path, MOST_DOCUMENT_BYTES)
        with named(str(path)):
            document = ZippedXml(data)
            main = _main(document)
            folder = main.rpartition("/")[0]
            beside = [f"{folder}/{name}.xml" for name in ("styles", *NOTES)]
            styles, *notes = (document.xml(n) if n in document else () for n in beside)
            body, about = document.xml(main), core_properties(document)
            hidden = hidden_styles(styles)
            texts = [docx_text(part, hidden) for part in (body, *notes) if len(part)]
            title, text = titled("\n\n".join(texts), title_of(body), about["title"])
            yield article_of_file(about | {"title": title}, text, path)


def _main(document: ZippedXml) -> str:
    """Where the text is: most programs write word/document.xml, but need not."""
    for relation in document.xml("_rels/.rels"):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def core_properties(document: ZippedXml) -> dict[str, object]:
    """Title, author and language. Its dates are left: they are the file's, not the report's."""
    stated = document.xml(CORE) if CORE in document else ()
    said = {local(element): element.text or "" for element in stated}
    names = {"title": "title", "authors": "creator", "language": "language"}
    return {field: said.get(name, "") for field, name in names.items()}
