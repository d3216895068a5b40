"""A document's title, told from its text."""

import re

from index.loaders.clean import clean_line
from index.loaders.plain import split_title

# What programs write where a title should be: the file's name, or that there is none.
NO_TITLE = re.compile(
    r"(?:untitled|no title|document|microsoft (?:word|powerpoint)|powerpoint pres)\b.{0,60}"
    r"|\S+\.(?:docx?|odt|rtf|pdf|indd|qxp?|txt|x?html?|p65)|https?://.*|[\w.-]*\d[\w.-]*",
    re.IGNORECASE,
)


def titled(stated: object, text: str) -> tuple[str, str]:
    r"""The title and the text without it; the stated one, unless a program made it up.

    >>> titled("draft3.docx", "Gates opened\n\nThe gates were opened at dawn.")
    ('Gates opened', 'The gates were opened at dawn.')
    """
    title = clean_line(stated) if isinstance(stated, str) else ""
    if not title or NO_TITLE.fullmatch(title):
        return split_title(text)
    first, _, rest = text.partition("\n\n")
    repeated = rest and clean_line(first).casefold() == title.casefold()
    return title, rest if repeated else text
