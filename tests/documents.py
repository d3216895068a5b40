"""Small real files of the formats that are not text, made by hand."""

import io
import textwrap
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

Placed = tuple[float, float, float, str]  # x, y and size in points, and the words

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
DUBLIN = "http://purl.org/dc/elements/1.1/"


def pdf(
    *pages: Sequence[Placed],
    info: Mapping[str, str] | None = None,
    root: str = "",
    more: str = "",
    extra: Sequence[str] = (),
) -> bytes:
    """A PDF in Helvetica, with a page for each list of lines.

    Args:
        info: the document information, such as {"Title": …}.
        root: entries of the catalog.
        more: operators that every page begins with.
        extra: further objects; the first has the number 5 and twice the pages.
    """
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    said = "".join(f"/{key} ({value})" for key, value in (info or {}).items())
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<<{said}>>",
    ]
    for number, page in enumerate(pages):
        objects += [
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {6 + 2 * number} 0 R>>",
            stream(more + "".join(map(_shown, page))),
        ]
    return _filed([*objects, *extra])


def stream(content: str) -> str:
    return f"<</Length {len(content.encode('cp1252'))}>>stream\n{content}\nendstream"


def _shown(line: Placed) -> str:
    x, y, size, words = line
    for mark in "\\()":
        words = words.replace(mark, f"\\{mark}")
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n"


def _filed(objects: Sequence[str]) -> bytes:
    """Numbered from 1, with the table of where each begins."""
    data, begins = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        begins.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{begin:010} 00000 n \n" for begin in begins)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/Info 4 0 R>>"
    )
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


def set_in_type(
    text: str, y: float, x: float = 50, size: float = 10, width: int = 60
) -> Iterator[Placed]:
    """A paragraph as lines of `width` characters, the first at height `y`."""
    for number, line in enumerate(textwrap.wrap(text, width)):
        yield x, y - 1.2 * size * number, size, line


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """
    Args:
        body: what stands in w:body.
        core: the elements of the core properties.
        parts: other files of the folder `word`, by name without suffix.
    """
    relation = f'<Relationship Id="r" Type="{OFFICE}" Target="word/document.xml"/>'
    members = {
        "_rels/.rels": f"<Relationships>{relation}</Relationships>",
        "word/document.xml": word(f"<w:document><w:body>{body}</w:body></w:document>"),
        "docProps/core.xml": f'<c xmlns:dc="{DUBLIN}" xmlns:t="urn:t">{core}</c>',
    }
    return zipped(members | {f"word/{name}.xml": word(part) for name, part in parts.items()})


def word(xml: str) -> str:
    """With the name space of its prefix declared on its first element."""
    return xml.replace(">", f' xmlns:w="{WORD}" xmlns:m="urn:markup">', 1)


def p(words: str, style: str = "", run: str = "") -> str:
    """A paragraph of one run, with the properties of either."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t>{escape(words)}</w:t></w:r></w:p>"


def odt(body: str, meta: str = "", styles: str = "") -> bytes:
    """
    Args:
        body: what stands in office:text.
        meta: elements of the document's metadata, in Dublin Core.
    """
    names = f'xmlns:o="urn:office" xmlns:t="urn:text" xmlns:dc="{DUBLIN}"'
    text = f"<o:body><o:text>{body}</o:text></o:body>"
    content = f"<o:document-content {names}>{styles}{text}</o:document-content>"
    return zipped({"content.xml": content, "meta.xml": f"<o:meta {names}>{meta}</o:meta>"})


def epub(
    chapters: Mapping[str, str],
    about: str = "",
    contents: str = "",
    guide: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """
    Args:
        chapters: the HTML of each page by its file's name, in reading order.
        about: the elements of the package's metadata, in Dublin Core.
        contents: list items of the table of contents.
        more: other members of the zip.
    """
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfile full-path="OPS/book.opf"/></c>',
        "OPS/book.opf": f"""<package xmlns:dc="{DUBLIN}" xmlns:opf="urn:opf">
<metadata>{about}</metadata><manifest>{items}<item id="nav" href="nav.xhtml" properties="nav"
media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine>
<guide>{guide}</guide></package>""",
        "OPS/nav.xhtml": f"<html><body><nav><ol>{contents}</ol></nav></body></html>",
    }
    pages = {f"OPS/{name}": page for name, page in chapters.items()}
    return zipped(members | pages | dict(more or {}))
