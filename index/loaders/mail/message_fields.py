"""What an e-mail message says of itself."""

import re
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from index.loaders.text.clean import clean_line
from index.published import parse_published

MADE_UP = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)  # how services for newsletters name lists
# Firms that carry anybody's mail: their domain names no outlet.
CARRIERS = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|proton"
    r"|protonmail|pm|fastmail|zoho|mail|yandex|qq|163|126)\.[a-z.]{2,6}",
    re.IGNORECASE,
)


def message_fields(message: EmailMessage) -> dict[str, object]:
    """The fields of an article, by the names that `record` knows."""
    senders = getattr(message["from"], "addresses", ())
    domain = senders[0].domain if senders else ""
    return {
        "title": str(message["subject"] or ""),
        "authors": [sender.display_name or sender.addr_spec for sender in senders],
        "outlet": _list_name(message) or ("" if CARRIERS.fullmatch(domain) else domain.lower()),
        "published": _published(str(message["date"] or "")),
    }


def _list_name(message: EmailMessage) -> str:
    """Of `"Harbour Daily" <daily.harbour.example>`; empty for an address alone."""
    name = clean_line(str(message["list-id"] or "").partition("<")[0]).strip('"')
    return "" if MADE_UP.search(name) else name


def _published(stated: str) -> object:
    """A time with its zone; as it stands if it cannot be read, since it is stated all the same.

    The standard library reads what RFC 2822 calls obsolete, too, such as a year of two digits.
    """
    if parse_published(stated) is None:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            return parsedate_to_datetime(stated)
    return stated
