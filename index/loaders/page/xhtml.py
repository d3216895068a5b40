"""Pages in XHTML, as books hold them, made such that HTML's parser reads them right."""

import re
from typing import Any

from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.page.html import known_charset

DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)")
# XHTML may close an element within its tag. HTML does not know this, and would take a script or a
# title for unended, and all the text for theirs.
CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)"
    r"([a-z][\w:-]*)((?:\s[^<>]*)?)/>",
    re.IGNORECASE,
)


def page_source(data: bytes) -> str:
    """The page as HTML."""
    declared = DECLARED.match(data)
    source = decode(data, known_charset(declared[1].decode("ascii")) if declared else "")
    return CLOSED.sub(r"<\1\2></\1>", source)


def parsed_page(source: str) -> Any:
    """Raises UnreadableSource if there is nothing in it."""
    from lxml import etree, html

    source = re.sub(r"^\s*<\?xml[^>]*>", "", source)  # lxml refuses it: the text is decoded
    try:
        return html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableSource("an empty page", "leave it out") from error
