"""A document's title, told from its text."""

import re

from index.loaders.plain import split_title
from index.loaders.text.clean import clean_line

LONGEST = 300  # characters
# What programs write where a title should be: the file's name, its number, or that there is none.
MADE_UP = re.compile(
    r"untitled.{0,20}|no title|document ?\d*"
    r"|(?:microsoft (?:word|powerpoint)|powerpoint presentation)(?: - .*)?"
    r"|\S+\.(?:docx?|odt|rtf|pdf|indd|qxp?|txt|x?html?|p65)|https?://.*|[\w.-]*\d[\w.-]*",
    re.IGNORECASE,
)


def titled(text: str, *stated: object) -> tuple[str, str]:
    r"""The title and the text without it: the first stated one that no program made up.

    >>> titled("Gates opened\n\nThe gates were opened at dawn.", "draft3.docx")
    ('Gates opened', 'The gates were opened at dawn.')
    """
    lines = (clean_line(one) for one in stated if isinstance(one, str))
    title = next((line for line in lines if _is_title(line)), "")
    if not title:
        return split_title(text)
    first, _, rest = text.partition("\n\n")
    is_repeated = rest and clean_line(first).casefold() == title.casefold()
    return title, rest if is_repeated else text


def _is_title(line: str) -> bool:
    return 0 < len(line) <= LONGEST and MADE_UP.fullmatch(line) is None
