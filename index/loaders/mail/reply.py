"""What the sender of a message wrote: not what was answered, nor the signature beneath."""

import re
from typing import Any

ATTRIBUTION = re.compile(
    r"^On [^\n]{3,200}(?:\n[^\n]{0,200})?\bwrote:[ \t]*\n*(?=[ \t]*>|\Z)", re.MULTILINE
)
QUOTED = re.compile(r"^[ \t]{0,3}>.*\n?", re.MULTILINE)
# Outlook neither marks an answered message's lines nor writes above its own.
ORIGINAL = re.compile(
    r"^(?:-{3,} ?Original Message ?-{3,}|_{20,}\s*\n(?:From: |.{1,80} mailing list))",
    re.MULTILINE | re.IGNORECASE,
)
SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
CLASSES = (
    "gmail_quote", "gmail_signature", "moz-cite-prefix", "moz-signature", "yahoo_quoted",
    "protonmail_quote", "protonmail_signature_block",
)  # fmt: skip
OF_HTML = " | ".join(
    [
        "//blockquote[@type='cite']",
        "//*[@id='divRplyFwdMsg']/following-sibling::*",
        "//*[@id='divRplyFwdMsg']",
        *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in CLASSES),
    ]
)


def without_quotes(text: str) -> str:
    """The text as it came, since it is trailing spaces that mark a signature.

    >>> without_quotes("It was noon.\\n\\nOn 9 June, Ben Roe wrote:\\n> When?\\n-- \\nAda Quill")
    'It was noon.\\n\\n'
    """
    answered = QUOTED.sub("", ATTRIBUTION.sub("", text))
    return SIGNATURE.split(ORIGINAL.split(answered, maxsplit=1)[0], maxsplit=1)[0]


def drop_quotes(page: Any) -> None:
    """The same for an lxml tree of HTML, which is altered."""
    for element in page.xpath(OF_HTML):
        if element.getparent() is not None:  # it may have gone with another
            element.drop_tree()
