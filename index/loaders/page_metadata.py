"""What a web page says of itself: JSON-LD first, then its meta tags, then what trafilatura finds.

trafilatura keeps only the day of publication; the first two have the time and its zone.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from index.loaders.clean import clean_line
from index.published import LABEL, parse_published

META = {
    "title": ("og:title", "twitter:title"),
    "outlet": ("og:site_name", "application-name"),
    "published": (
        "article:published_time", "og:published_time", "parsely-pub-date", "datepublished",
        "pubdate", "publishdate", "dc.date.issued", "dcterms.issued", "dc.date", "date",
    ),
    "url": ("og:url",),
    "language": ("og:locale", "content-language"),
}  # fmt: skip
SHOWN_DATES = (
    "//time/@datetime | //time/text() | //*[contains(@class, 'date') or "
    "contains(@class, 'published') or contains(@class, 'timestamp')]/text()"
)
ARTICLE = re.compile(r"(?:Article|Posting|Report)$")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of its article; empty where it says nothing.

    Attributes:
        published: as written, for machines to read.
        shown: ISO 8601; a date that the page shows its readers, perhaps not the article's.
    """

    title: str
    outlet: str
    authors: tuple[str, ...]
    published: str
    url: str
    language: str
    shown: str | None


def page_metadata(page: Any) -> PageMetadata:
    """Reads an lxml tree of HTML, which is not changed."""
    from trafilatura import extract_metadata

    stated, meta = _json_ld(page), _meta(page)
    found = extract_metadata(page, extensive=False)  # extensive takes any date in the text
    outlet = _name(stated.get("publisher")) or meta["outlet"] or found.sitename or ""
    title = unescape(str(stated.get("headline") or meta["title"] or found.title or ""))
    return PageMetadata(
        title=_without_outlet(clean_line(title), clean_line(outlet)),
        outlet=outlet,
        authors=_authors(stated.get("author")) or _authors((found.author or "").split(";")),
        published=_published(stated, meta),
        url=_canonical(page) or meta["url"] or str(stated.get("url") or ""),
        language=page.get("lang") or str(stated.get("inLanguage") or meta["language"]),
        shown=_shown(page),
    )


def _json_ld(page: Any) -> Mapping[str, Any]:
    """The first object of JSON-LD that is a report; empty where there is none."""
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        try:
            stated = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):  # written by hand on many pages
            continue
        for thing in _objects(stated):
            types = thing.get("@type")
            if any(ARTICLE.search(str(t)) for t in (types if isinstance(types, list) else [types])):
                return thing
    return {}


def _objects(stated: object) -> Iterator[Mapping[str, Any]]:
    """Every object at the top, in a list or in an `@graph`."""
    waiting = [stated]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting[:0] = thing
        elif isinstance(thing, dict):
            yield thing
            waiting.insert(0, thing.get("@graph"))


def _meta(page: Any) -> dict[str, str]:
    said: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = (
            tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        )
        if name and tag.get("content", "").strip():
            said.setdefault(name.lower(), tag.get("content"))
    return {field: next(filter(None, map(said.get, names)), "") for field, names in META.items()}


def _published(stated: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    """The first that can be read, else the first: an unreadable date is a stated one, too."""
    said = [str(date) for date in (stated.get("datePublished"), meta["published"]) if date]
    return next(filter(parse_published, said), next(iter(said), ""))


def _shown(page: Any) -> str | None:
    """The first date set apart for the reader. (htmldate would guess at 10/11/2024.)"""
    shown = page.xpath(SHOWN_DATES)
    return next(filter(None, (parse_published(LABEL.sub("", clean_line(s))) for s in shown)), None)


def _canonical(page: Any) -> str:
    return next(iter(page.xpath("//link[@rel='canonical']/@href")), "")


def _name(thing: object) -> str:
    """Of a person or an organisation: `{"name": …}`, a list of such, or the bare name."""
    first = next(iter(thing), None) if isinstance(thing, list) else thing
    name = first.get("name") if isinstance(first, dict) else first
    return unescape(name) if isinstance(name, str) and "://" not in name else ""


def _authors(stated: object) -> tuple[str, ...]:
    things = stated if isinstance(stated, list) else [stated]
    return tuple(filter(None, (clean_line(_name(thing)) for thing in things)))


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the ` | Harbour Post` that pages put after it."""
    if not outlet:
        return title
    return re.sub(rf"\s+[-|–—·:]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)
