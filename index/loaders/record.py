"""An article out of loosely named fields: the last step of every loader."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from index.article import Article
from index.errors import UnreadableSource
from index.known import Origin, certainty
from index.loaders.text.clean import clean, clean_line
from index.loaders.text.dateline import LONGEST as LONGEST_DATELINE
from index.loaders.text.dateline import dateline_day, read_dateline
from index.loaders.text.head import read_head
from index.loaders.text.language import language_of
from index.loaders.text.mojibake import mended
from index.loaders.text.sift import Sifted, sift
from index.published import day_in_url, parse_published

MOST_CHARACTERS = 5_000_000

# The usual names of each field, best first, as `plain_name` gives them.
TEXT = ("text", "body", "content", "articlebody", "content_text", "full_text", "maintext")
HTML = ("content_html", "body_html", "html")  # a text with its markup, if there is none without
TITLE = ("title", "headline")
OUTLET = ("outlet", "source", "publisher", "site", "publication", "newspaper")
AUTHORS = ("authors", "author", "byline")
PUBLISHED = (
    "published", "date", "published_at", "pubdate", "publishedat", "datepublished",
    "date_published", "date_publish", "published_date", "publish_date", "publication_date",
    "pub_date",
)  # fmt: skip
URL = ("url", "link", "id")
PLACE = ("place", "dateline")
LANGUAGE = ("language", "lang", "inlanguage")
FIELDS = {
    names[0]: names
    for names in (TEXT + HTML, TITLE, OUTLET, AUTHORS, PUBLISHED, URL, PLACE, LANGUAGE)
}

Found = Mapping[str, tuple[Any, Origin]]  # a field's value, and how it is known


def article(
    fields: Mapping[str, object],
    text: str,
    path: str,
    inferred: tuple[str, Origin] | None = None,
    origins: Mapping[str, Origin] | None = None,
    repaired: bool = False,
) -> Article:
    """The article that the fields describe; unknown fields are ignored, absent ones left empty.

    Args:
        fields: by name, in lower case, as people name them: see the tuples above.
        path: the file as given, with the record's line if it has many.
        inferred: when it was published, if neither a field nor the URL nor the text says so.
        origins: how a field is known, where it is not one of the file's own.
        repaired: garbled characters of the text were put right already.

    Raises:
        UnreadableSource: the text is blank or too long. The caller names the file.
    """
    if len(text) > MOST_CHARACTERS:
        problem = f"{len(text):,} characters are more than the {MOST_CHARACTERS:,} of one article"
        raise UnreadableSource(problem, "split it into its articles")
    sound = mended(text)
    stated = _stated(fields, origins or {})
    title = stated["title"][0] if "title" in stated else ""
    head = read_head(clean(sound), title)
    sifted = sift(head.text)
    if not sifted.text:
        raise UnreadableSource("no text in it", "give it the article's text, or leave it out")
    url = stated["url"][0] if "url" in stated else ""
    if head.published:
        inferred = (head.published[:10], "text")
    guessed = {**_inferred(sifted, url, inferred), "authors": (head.authors, "text")}
    if "language" not in stated and (language := language_of(sifted.text)):
        guessed["language"] = (language, "text")
    made = Article(text=sifted.text, path=path, blocks=sifted.blocks)
    if repaired or sound != text:
        made = replace(made, known={"text": "repaired"})
    return _with(_with(made, guessed), stated)


def article_of_file(
    fields: Mapping[str, object],
    text: str,
    path: str | Path,
    shown: str | None = None,
    origins: Mapping[str, Origin] | None = None,
    repaired: bool = False,
) -> Article:
    """The same for a file that is one article: its name may begin with the day.

    The name of a record, such as `crawl.warc#3`, is its file's, and dates nothing.

    Args:
        shown: a date that the file shows beside its text.
    """
    inferred: tuple[str, Origin] | None = None
    name = PurePath(path).name
    if "#" not in name and (day := day_in_url(f"/{name}")):
        inferred = (day, "name")
    if shown:
        inferred = (shown, "page")
    return article(fields, text, str(path), inferred, origins, repaired)


def overridden(made: Article, fields: Mapping[str, object]) -> Article:
    """The article as a sidecar describes it: what it does not say stays as it was."""
    return _with(made, _stated(fields, {}, "sidecar"))


def _with(made: Article, found: Found) -> Article:
    """The article with these fields in place of its own."""
    known = {**made.known, **{name: origin for name, (_, origin) in found.items()}}
    values = {name: value for name, (value, _) in found.items()}
    known = {name: origin for name, origin in known.items() if values.get(name, True)}
    how = certainty(known.get("published"))
    made = replace(made, **values, known=known, published_how=how)
    if known.get("outlet", "url") == "url" and (host := _host(made.url)):
        return replace(made, outlet=host, known={**known, "outlet": "url"})
    return made


def _stated(
    fields: Mapping[str, object], origins: Mapping[str, Origin], origin: Origin = "fields"
) -> Found:
    """A stated date that cannot be read is unknown: nothing inferred replaces it."""
    said: dict[str, Any] = {
        "title": _first(fields, TITLE),
        "outlet": _first(fields, OUTLET),
        "authors": _authors(fields),
        "url": _url(fields),
        "place": _first(fields, PLACE),
        "language": _language(_first(fields, LANGUAGE)),
    }
    dates = [value for name in PUBLISHED if (value := fields.get(name))]
    published = next(filter(None, map(parse_published, dates)), None)
    found = {name: value for name, value in said.items() if value}
    if dates:
        found["published"] = published
    return {name: (value, origins.get(name, origin)) for name, value in found.items()}


def _inferred(
    sifted: Sifted, url: str, inferred: tuple[str, Origin] | None
) -> dict[str, tuple[Any, Origin]]:
    """What the URL and the text let one conclude."""
    first = next((block for block in sifted.blocks if block.kind == "body"), None)
    opening = sifted.text[first.start : first.end][:LONGEST_DATELINE] if first else ""
    dateline = read_dateline(opening)
    found: dict[str, tuple[Any, Origin]] = {}
    if dateline:
        found["place"] = (dateline.place, "dateline")
        if day := dateline_day(dateline, url):
            found["published"] = (day, "dateline")
    if inferred:
        found["published"] = inferred
    if day := day_in_url(url):
        found["published"] = (day, "url")
    return found


def _host(url: str) -> str:
    """`harbour.example` of `https://www.harbour.example:443/gates`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that are no address
        return ""
    return re.sub(r"^(?:www|m|amp|mobile|edition)\.(?=.*\.)", "", host)


def _values(fields: Mapping[str, object], names: tuple[str, ...]) -> list[str]:
    """What the fields of these names say, best name first."""
    return list(filter(None, (_words(fields.get(name)) for name in names)))


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next(iter(_values(fields, names)), "")


def _words(value: object) -> str:
    if isinstance(value, Mapping):  # {"name": "Ada Quill"}, as feeds and schema.org have it
        value = value.get("name")
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return clean_line(mended(str(value)))
    return ""


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    value = next(filter(None, map(fields.get, AUTHORS)), None)
    names = value if isinstance(value, list | tuple) else _words(value).split(";")
    bare = (re.sub(r"^by\s+", "", _words(name), flags=re.IGNORECASE) for name in names)
    return tuple(dict.fromkeys(name for name in bare if name and "://" not in name))


def _url(fields: Mapping[str, object]) -> str:
    """The first that is on the web; an `id` often is."""
    values = _values(fields, URL)
    return next((url for url in values if re.fullmatch(r"https?://\S+", url, re.IGNORECASE)), "")


def _language(written: str) -> str:
    """ISO 639-1 from `en`, `en-GB` or `en_US`; empty where nothing of the kind is given."""
    found = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", written.lower())
    return found[1] if found else ""
