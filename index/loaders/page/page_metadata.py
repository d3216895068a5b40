"""What a web page says of itself: JSON-LD first, then meta tags and microdata, then what it shows.

trafilatura keeps only the day of publication; the first three have the time and its zone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from index.known import Origin
from index.loaders.page.json_ld import name_of, people_in, report_in
from index.loaders.text.clean import clean_line
from index.published import LABEL, parse_published

META = {
    "title": ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "authors": (
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl",
        "citation_author",
    ),
    "published": (
        "article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date",
        "datepublished", "pubdate", "publishdate", "publish-date", "publication_date",
        "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
        "cxenseparse:recs:publishtime", "citation_publication_date", "date",
    ),
    "url": ("og:url", "parsely-link"),
    "language": ("og:locale", "content-language", "language", "dc.language"),
}  # fmt: skip
MICRODATA = {
    "title": "//*[@itemprop='headline']",
    "outlet": "//*[@itemprop='publisher']",
    "authors": "//*[@itemprop='author'] | //a[@rel='author']",
    "published": "//*[@itemprop='datePublished'] | //time[@pubdate]",
}
_ASIDE = (
    "ancestor-or-self::*[self::aside or self::footer or self::nav or contains(@class, 'related') or"
    " contains(@class, 'updated') or contains(@class, 'modified') or @itemprop='dateModified']"
)
SHOWN_DATES = (
    f"//time[not({_ASIDE})]/@datetime | //time[not({_ASIDE})]/text()"
    f" | //*[contains(@class, 'date') or contains(@class, 'published') or"
    f" contains(@class, 'timestamp')][not({_ASIDE})]/text()"
)
BESIDE_TITLE = re.compile(r"\s+[|–—·-]\s+(?=[^|–—·-]+$)")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of its article; empty where it says nothing.

    Attributes:
        published: as written, for machines to read.
        shown: ISO 8601; a date that the page shows its readers, perhaps not the article's.
        origins: the fields that the page only shows; the others are stated in its markup.
    """

    title: str
    outlet: str
    authors: tuple[str, ...]
    published: str
    url: str
    language: str
    shown: str | None
    origins: Mapping[str, Origin] = field(default_factory=dict)


def page_metadata(page: Any) -> PageMetadata:
    """Reads an lxml tree of HTML, which is not changed."""
    from trafilatura import extract_metadata

    stated, meta, micro = report_in(page), _meta(page), _microdata(page)
    found = extract_metadata(page, extensive=False)  # extensive takes any date in the text
    outlet = name_of(stated.get("publisher")) or meta["outlet"] or micro["outlet"]
    headline = unescape(str(stated.get("headline") or meta["title"] or micro["title"]))
    site = found.sitename or ""
    shown_outlet = _beside_title(page) or ("" if "." in site else site)  # a host is no name
    people = people_in(stated.get("author") or stated.get("creator")) or _people(meta["authors"])
    people = people or _people(micro["authors"])
    shown_people = _people(found.author or "")
    origins: dict[str, Origin] = {
        **({} if outlet else {"outlet": "page"}),
        **({} if people else {"authors": "page"}),
    }
    outlet = clean_line(outlet or shown_outlet)
    return PageMetadata(
        title=_without_outlet(clean_line(headline or unescape(found.title or "")), outlet),
        outlet=outlet,
        authors=people or shown_people,
        published=_published(stated.get("datePublished"), meta["published"], micro["published"]),
        url=_address(page, meta, stated),
        language=page.get("lang") or str(stated.get("inLanguage") or meta["language"]),
        shown=_shown(page),
        origins=origins,
    )


def _meta(page: Any) -> dict[str, str]:
    said: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("http-equiv")
        if name and tag.get("content", "").strip():
            said.setdefault(name.lower(), tag.get("content"))
    # article:author is often the address of a profile.
    said = {name: content for name, content in said.items() if _says(name, content)}
    return {field: next(filter(None, map(said.get, names)), "") for field, names in META.items()}


def _says(name: str, content: str) -> bool:
    return "://" not in content or name in META["url"]


def _microdata(page: Any) -> dict[str, str]:
    """A name within an element is its name; a date is its `datetime` or `content`."""
    return {
        field: "; ".join(filter(None, map(_content, page.xpath(path))))
        for field, path in MICRODATA.items()
    }


def _content(element: Any) -> str:
    named = element.xpath(".//*[@itemprop='name']")
    inner = named[0] if named else element
    written = inner.get("content") or inner.get("datetime") or inner.text_content()
    return clean_line(str(written))


def _people(written: str) -> tuple[str, ...]:
    return people_in(written.split(";"))


def _published(*stated: object) -> str:
    """The first that can be read, else the first: an unreadable date is a stated one, too."""
    said = [part for date in stated if date for part in str(date).split("; ")]
    return next(filter(parse_published, said), next(iter(said), ""))


def _shown(page: Any) -> str | None:
    """The first date set apart for the reader. (htmldate would guess at 10/11/2024.)"""
    shown = page.xpath(SHOWN_DATES)
    return next(filter(None, (parse_published(LABEL.sub("", clean_line(s))) for s in shown)), None)


def _address(page: Any, meta: Mapping[str, str], stated: Mapping[str, Any]) -> str:
    """The first that is whole: some pages give a canonical address without its host."""
    main = stated.get("mainEntityOfPage")
    said: Iterator[object] = iter(
        [
            *page.xpath("//link[@rel='canonical']/@href"), meta["url"], stated.get("url"),
            main.get("@id") if isinstance(main, dict) else main,
        ]
    )  # fmt: skip
    return next((str(url) for url in said if re.match(r"https?://", str(url))), "")


def _beside_title(page: Any) -> str:
    """`Harbour Post` of `Gates opened | Harbour Post`, where a heading is the rest."""
    title = clean_line(page.findtext(".//title") or "")
    headings = {clean_line(heading.text_content()) for heading in page.iter("h1")}
    parts = BESIDE_TITLE.split(title, maxsplit=1)
    return parts[1] if len(parts) == 2 and parts[0] in headings else ""


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the ` | Harbour Post` that pages put after it."""
    if not outlet:
        return title
    return re.sub(rf"\s+[-|–—·:]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)
