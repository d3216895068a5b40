"""Text that a page holds but does not show: a place to plant words no reader ever saw."""

import re
from typing import Any

STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)"
    r"|(?:opacity|font-size):0(?:\.0+)?(?:[a-z%]+)?(?:;|!|$)"
)
CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
NEVER_SHOWN = {"template", "noscript", "script", "style"}


def drop_hidden(root: Any) -> None:
    """Removes what is not shown from an lxml tree of HTML, keeping the text that follows it.

    JSON-LD goes with the scripts: read metadata first. The root and `body` stay, since pages
    hide these until their scripts have run.
    """
    for element in list(root.iterdescendants()):
        if element.tag != "body" and _is_hidden(element):
            element.drop_tree()


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
