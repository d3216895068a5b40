"""The text that an e-mail message's sender wrote."""

import re
from email.message import EmailMessage
from typing import Any

from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.mail.reply import drop_quotes, without_quotes
from index.loaders.page.blocks import block_text
from index.loaders.page.hidden import drop_hidden
from index.loaders.page.html import article_of_page, known_charset
from index.loaders.page.xhtml import parsed_page
from index.loaders.text.clean import clean
from index.loaders.text.unwrap import unwrap

FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)  # what it quotes is what it says
FLOWED = re.compile(r"^(?!-- $)(.*\S) \n(?!>|-- $)", re.MULTILINE)  # RFC 3676: such lines go on


def message_text(message: EmailMessage, name: str) -> str:
    """Clean, from the plain text if there is any, else from the page; empty if there is neither."""
    keeps_quotes = FORWARDED.match(str(message["subject"] or "")) is not None
    for kind, read in (("plain", _of_plain), ("html", _of_page)):
        part: Any = message.get_body((kind,))
        if part is not None and (text := read(part, keeps_quotes, name)):
            return text
    return ""


def _of_plain(part: EmailMessage, keeps_quotes: bool, _: str) -> str:
    text = re.sub("\r\n?", "\n", _decoded(part))
    if part.get_param("format") == "flowed":
        text = FLOWED.sub(r"\1 ", text)
    return unwrap(clean(text if keeps_quotes else without_quotes(text)))


def _of_page(part: EmailMessage, keeps_quotes: bool, name: str) -> str:
    """A newsletter may be laid out as no report is; then all that it shows is its text."""
    from lxml import html

    page = parsed_page(_decoded(part))
    if not keeps_quotes:
        drop_quotes(page)
    try:
        source = html.tostring(page, encoding="utf-8")
        return article_of_page(source, name, charset="utf-8").text
    except UnreadableSource:
        drop_hidden(page)
        return block_text(page)


def _decoded(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)  # a body is no multipart
    charset = str(part.get_content_charset(""))
    if charset.startswith("iso-2022-"):  # whose bytes are ASCII, and so UTF-8 as well
        return data.decode(charset, "replace")
    return decode(data, known_charset(charset))
