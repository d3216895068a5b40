"""Text that a page holds but does not show: a place to plant words no reader ever saw."""

import re
from typing import Any

STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)"
    r"|(?:opacity|font-size):0(?:\.0+)?(?:[a-z%]+)?(?:;|!|$)"
)
# What is no character of XML; `&#28;` becomes one.
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
NEVER_SHOWN = {"template", "noscript", "script", "style"}


def drop_hidden(root: Any) -> None:
    """Removes what is not shown from an lxml tree of HTML, keeping the text that follows it.

    JSON-LD goes with the scripts: read metadata first. The root and `body` stay, since pages
    hide these until their scripts have run.
    """
    drop_unheld(root)
    for element in list(root.iterdescendants()):
        if element.tag != "body" and _is_hidden(element):
            element.drop_tree()


def drop_unheld(root: Any) -> None:
    """Removes characters that lxml reads in HTML, and refuses once a text is moved in its tree."""
    for element in root.iter():
        if element.text and UNHELD.search(element.text):
            element.text = UNHELD.sub(" ", element.text)
        if element.tail and UNHELD.search(element.tail):
            element.tail = UNHELD.sub(" ", element.tail)


def _is_hidden(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    style = "".join(element.get("style", "").lower().split())
    return (
        element.tag in NEVER_SHOWN
        or "hidden" in element.attrib
        or element.get("aria-hidden", "").lower() == "true"
        or bool(STYLE.search(style))
        or not CLASSES.isdisjoint(element.get("class", "").lower().split())
    )
