"""The report in a web page, without the page around it."""

import logging
import re
from collections.abc import Sequence
from configparser import ConfigParser
from copy import deepcopy
from functools import cache
from itertools import dropwhile
from typing import Any

from index.loaders.page.hidden import drop_hidden
from index.loaders.text.clean import clean_line
from index.loaders.text.sift import CAPTION_MARK, SENTENCE_END
from index.published import LABEL, parse_published

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its callers say what failed

PULL_QUOTE = re.compile(r"(?:^|\s)pull(?:\s|$)|pull-?_?quote", re.IGNORECASE)
NO_REPORT = {"nav", "footer", "button", "dialog"}
LONGEST_BYLINE = 200  # characters
SHORTEST_REPORT = 50  # characters
BY = re.compile(r"^by:?\s+", re.IGNORECASE)


def page_text(page: Any, title: str, authors: Sequence[str]) -> str:
    """Clean text; empty if the page holds no report. Alters `page`, an lxml tree of HTML."""
    from trafilatura import bare_extraction

    from index.loaders.page.blocks import block_text

    drop_hidden(page)
    titles = {title, *(clean_line(heading.text_content()) for heading in page.iter("h1"))}
    _drop_what_is_no_report(page)
    _mark_captions(page)
    found = bare_extraction(page, include_comments=False, config=_settings())
    body = getattr(found, "body", None)
    paragraphs = [] if body is None else block_text(body).split("\n\n")
    return "\n\n".join(dropwhile(lambda line: _is_above(line, titles, authors), paragraphs))


@cache
def _settings() -> ConfigParser:
    """trafilatura's own, but that a report of one sentence is believed.

    Below its 250 characters it takes the whole page instead, menus and all.
    """
    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_REPORT))
    return settings


def _drop_what_is_no_report(page: Any) -> None:
    """Menus and the like, and pull quotes, which say again in larger type what the report says."""
    for element in page.xpath("//nav | //footer | //button | //dialog | //body//*[@class]"):
        if element.tag in NO_REPORT or PULL_QUOTE.search(element.get("class", "")):
            element.drop_tree()


def _mark_captions(page: Any) -> None:
    """Captions as paragraphs of their own, which `sift` knows by their mark."""
    from index.loaders.page.blocks import block_text

    for caption in list(page.iter("figcaption")):
        words = clean_line(block_text(caption))
        for child in list(caption):
            caption.remove(child)
        caption.tag, caption.text = "p", f"{CAPTION_MARK}{words}" if words else None
        for figure in caption.iterancestors("figure"):  # which trafilatura drops
            figure.tag = "div"


def _is_above(paragraph: str, titles: set[str], authors: Sequence[str]) -> bool:
    """Whether it repeats the title, the authors or the day, as the top of a page does."""
    line = clean_line(paragraph)
    if line in titles:
        return True
    if len(line) > LONGEST_BYLINE or SENTENCE_END.search(line):
        return False
    is_day = parse_published(LABEL.sub("", line)) is not None
    return is_day or BY.sub("", line).startswith(tuple(authors))
