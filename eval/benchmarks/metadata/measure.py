"""Reads each habit's page and counts, field by field, what is right, wrong and missed."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from eval.benchmarks.metadata.habits import HABITS, Habit
from index.article import Article
from index.known import FIELDS
from index.loaders import load

Outcome = Literal["right", "wrong", "missed"]
Read = Callable[[Habit], Mapping[str, Any]]  # a page's fields, empty where nothing is found


def dateline(habit: Habit) -> Article:
    """The page as `dateline add` reads it from a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / habit.file
        path.write_text(habit.page, encoding="utf-8")
        (article,) = load(path)
    assert isinstance(article, Article), article
    return article


def by_dateline(habit: Habit) -> dict[str, Any]:
    article = dateline(habit)
    return {name: getattr(article, name) for name in article.known}


def by_trafilatura(habit: Habit) -> dict[str, Any]:
    """Its own metadata; it gives days without times, and no dateline."""
    from trafilatura import extract_metadata

    found = extract_metadata(habit.page)
    people = tuple((found.author or "").split("; ")) if found.author else ()
    return {
        "title": found.title, "outlet": found.sitename, "authors": people,
        "published": found.date, "url": found.url, "language": found.language,
    }  # fmt: skip


def outcome(expected: object, found: object, to_the_day: bool = False) -> Outcome | None:
    """None where there was nothing to find and nothing was found."""
    if to_the_day and isinstance(expected, str):
        expected = expected[:10]
    if not found:
        return "missed" if expected else None
    return "right" if found == expected else "wrong"


def measured(read: Read, to_the_day: bool = False) -> dict[str, Counter[Outcome]]:
    """By field, how many of the habits' pages came out how."""
    counts: dict[str, Counter[Outcome]] = {field: Counter() for field in FIELDS}
    for habit in HABITS:
        found = read(habit)
        for field, counted in counts.items():
            expected = habit.to_be_found.get(field, ("", ""))[0]
            day = to_the_day and field == "published"
            if result := outcome(expected, found.get(field), day):
                counted[result] += 1
    return counts


def misread(habit: Habit) -> list[str]:
    """Each field of a page that Dateline has wrong, or knows from elsewhere than it should."""
    article = dateline(habit)
    lines = []
    for field in FIELDS:
        value, origin = habit.to_be_found.get(field, ("", ""))
        found = getattr(article, field) if field in article.known else ""
        if (found, article.known.get(field, "")) != (value, origin):
            told = article.known.get(field, "unknown")
            lines.append(f"{habit.name}: {field} is {found!r} ({told}), not {value!r} ({origin})")
    return lines
