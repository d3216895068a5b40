"""The one place where text is normalised. What leaves here is final: every offset refers to it."""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, lone surrogates, and what has no width: soft hyphens, joiners, marks of writing
# direction, byte-order marks, tags. A reader cannot see them, so a quote must not hold them.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def clean(text: str) -> str:
    r"""Text as an archive keeps it: one kind of space, line end and blank line; idempotent.

    >>> clean("The  gates\u00a0opened \r\n\r\n\r\nat dawn\u200b")
    'The gates opened\n\nat dawn'
    """
    text = LINE_ENDS.sub("\n", text)
    text = UNSEEN.sub("", SPACES.sub(" ", text))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(" {2,}", " ", text)
    text = re.sub(" ?\n ?", "\n", text)
    return re.sub("\n{3,}", "\n\n", text).strip(" \n")


def clean_line(text: str) -> str:
    """The same, on one line: for titles, names and the like."""
    return " ".join(clean(text).split())
