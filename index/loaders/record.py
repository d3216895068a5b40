"""An article out of loosely named fields: the last step of every loader."""

import re
from collections.abc import Mapping
from pathlib import Path

from index.article import Article, Certainty
from index.errors import UnreadableSource
from index.loaders.clean import clean, clean_line
from index.published import infer_published, parse_published

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
LANGUAGE = ("language", "lang", "inlanguage")
FIELDS = {
    names[0]: names for names in (TEXT + HTML, TITLE, OUTLET, AUTHORS, PUBLISHED, URL, LANGUAGE)
}


def article(
    fields: Mapping[str, object], text: str, path: str, inferred: str | None = None
) -> Article:
    """The article that the fields describe; unknown fields are ignored, absent ones left empty.

    Args:
        fields: by name, in lower case, as people name them: see the tuples above.
        path: the file as given, with the record's line if it has many.
        inferred: when it was published, if neither a field nor the URL nor the text says so.

    Raises:
        UnreadableSource: the text is blank or too long. The caller names the file.
    """
    text, url = clean(text), _url(fields)
    if not text:
        raise UnreadableSource("no text in it", "give it the article's text, or leave it out")
    if len(text) > MOST_CHARACTERS:
        problem = f"{len(text):,} characters are more than the {MOST_CHARACTERS:,} of one article"
        raise UnreadableSource(problem, "split it into its articles")
    published, how = _stated(fields) or _inferred(infer_published(url, text) or inferred)
    return Article(
        text=text,
        title=_first(fields, TITLE),
        outlet=_first(fields, OUTLET),
        authors=_authors(fields),
        published=published,
        published_how=how,
        url=url,
        path=path,
        language=_language(_first(fields, LANGUAGE)),
    )


def article_of_file(
    fields: Mapping[str, object], text: str, path: Path, shown: str | None = None
) -> Article:
    """The same for a file that is one article: its name may begin with the day.

    The name of a record, such as `crawl.warc#3`, is its file's, and dates nothing.

    Args:
        shown: a date that the file shows beside its text.
    """
    named_for = None if "#" in path.name else infer_published(f"/{path.name}", "")
    inferred = shown or named_for
    return article(fields, text, str(path), inferred)


def _values(fields: Mapping[str, object], names: tuple[str, ...]) -> list[str]:
    """What the fields of these names say, best name first."""
    return list(filter(None, (_words(fields.get(name)) for name in names)))


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next(iter(_values(fields, names)), "")


def _words(value: object) -> str:
    if isinstance(value, Mapping):  # {"name": "Ada Quill"}, as feeds and schema.org have it
        value = value.get("name")
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return clean_line(str(value))
    return ""


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    value = next(filter(None, map(fields.get, AUTHORS)), None)
    names = value if isinstance(value, list | tuple) else _words(value).split(";")
    bare = (re.sub(r"^by\s+", "", _words(name), flags=re.IGNORECASE) for name in names)
    return tuple(dict.fromkeys(name for name in bare if name and "://" not in name))


def _stated(fields: Mapping[str, object]) -> tuple[str | None, Certainty] | None:
    """None if no date is stated. One that cannot be read is unknown: nothing replaces it."""
    stated = [value for name in PUBLISHED if (value := fields.get(name))]
    if not stated:
        return None
    published = next(filter(None, map(parse_published, stated)), None)
    return published, "stated" if published else "unknown"


def _inferred(published: str | None) -> tuple[str | None, Certainty]:
    return published, "inferred" if published else "unknown"


def _url(fields: Mapping[str, object]) -> str:
    """The first that is on the web; an `id` often is."""
    values = _values(fields, URL)
    return next((url for url in values if re.fullmatch(r"https?://\S+", url, re.IGNORECASE)), "")


def _language(written: str) -> str:
    """ISO 639-1 from `en`, `en-GB` or `en_US`; English where nothing of the kind is given."""
    found = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", written.lower())
    return found[1] if found else "en"
