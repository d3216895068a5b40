"""The words of a Word document's XML that its readers see, with its paragraphs and tables."""

from collections.abc import Iterator
from typing import Any

from index.loaders.document.zipped_xml import attribute, local
from index.loaders.text.clean import clean, clean_line

# Deleted, moved elsewhere, or said a second time for older programs. (What a deletion holds is
# delText, which is no text here, but a moved run keeps its t.)
LEFT_OUT = {"del", "moveFrom", "Fallback", "rt"}
PROPERTIES = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"}
BOX = "txbxContent"  # stands in the midst of a paragraph, and is read after the rest
SPACES = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
OFF = {"0", "false", "off"}
NO_NOTE = {"separator", "continuationSeparator", "continuationNotice"}


def docx_text(root: Any, hidden: set[str]) -> str:
    """Clean text of a document's body or of its notes; `hidden` names styles that are not shown."""
    boxes = [box for box in root.iter("{*}" + BOX) if not _is_left_out(box)]
    return clean("".join(piece for part in (root, *boxes) for piece in _pieces(part, hidden)))


def hidden_styles(styles: Any) -> set[str]:
    """The ids of the styles that make text invisible."""
    return {attribute(style, "styleId") for style in styles if _vanishes(style)} - {""}


def title_of(body: Any) -> str:
    """The paragraph in the style of a title; empty if there is none."""
    for paragraph in body.iter("{*}p"):
        if _style(paragraph) == "Title":
            return clean_line("".join(_pieces(paragraph, set())))
    return ""


def _pieces(root: Any, hidden: set[str]) -> Iterator[str]:
    """Iterative, since a hostile document nests deeper than Python recurses."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    cells = 0
    after_item = False
    for event, element in walk:
        name, starts = local(element), event == "start"
        if starts and element is not root and _is_silent(element, name, hidden):
            walk.skip_subtree()
        elif name == "tc":
            cells += 1 if starts else -1
            yield " | " if starts and _follows_a_cell(element) else ""
        elif name == "p" and starts:
            is_item = _is_item(element)
            yield " " if cells else "\n" if is_item and after_item else "\n\n"
            after_item = is_item
        elif name == "tbl" and not cells:
            yield "\n\n"
        elif name == "tr" and starts and not cells:
            yield "\n"
        elif name in SPACES and starts:
            yield " " if cells else SPACES[name]
        elif name == "t" and starts:
            yield element.text or ""


def _is_silent(element: Any, name: str, hidden: set[str]) -> bool:
    if name in ("r", "p"):
        return _vanishes(element) or _style(element) in hidden
    if name in ("footnote", "endnote"):
        return attribute(element, "type") in NO_NOTE
    return name in LEFT_OUT or name in PROPERTIES or name == BOX


def _is_left_out(box: Any) -> bool:
    return any(local(above) in LEFT_OUT for above in box.iterancestors())


def _follows_a_cell(cell: Any) -> bool:
    before = cell.getprevious()
    return before is not None and local(before) == "tc"


def _vanishes(element: Any) -> bool:
    """A run or a style; a paragraph has the property for its mark alone."""
    marks = element.iterfind("{*}rPr/{*}vanish")
    return any(attribute(mark, "val") not in OFF for mark in marks)


def _style(element: Any) -> str:
    found = element.find("{*}pPr/{*}pStyle"), element.find("{*}rPr/{*}rStyle")
    return next((attribute(style, "val") for style in found if style is not None), "")


def _is_item(paragraph: Any) -> bool:
    numbered = paragraph.find("{*}pPr/{*}numPr") is not None
    return numbered or _style(paragraph).startswith("List")
