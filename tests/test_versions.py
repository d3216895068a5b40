"""One URL, several texts: an answer as of a day uses the text of that day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import WordEncoder
from hypothesis import given
from hypothesis import strategies as st

from index.index import Index
from index.versions import reigns
from rag import Archive
from rag.question import understand
from rag.retrieve import ArchiveRetriever, QuestionBundle, excerpt_of

Write = Callable[[str, str], Path]

URL = "https://harbour.example/flood"


def _report(dead: str, published: str = "", url: str = URL) -> str:
    front = f"url: {url}\n" if url else ""
    front += f"published: {published}\n" if published else ""
    return f"---\ntitle: Flood at Oakes\n{front}---\nThe flood at Oakes killed {dead} people.\n"


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder) -> Iterator[Index]:
    with Index(tmp_path / "archive", encoder) as index:
        yield index


def _dead(index: Index, as_of: date) -> list[str]:
    """The tolls that a question on that day finds."""
    question = understand("How many people did the flood at Oakes kill?", as_of)
    nodes = ArchiveRetriever(index).retrieve(QuestionBundle.of(question))
    return sorted(excerpt_of(node).text.split()[-2] for node in nodes)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2021-03-01", []),  # published later
        ("2021-03-02", ["five"]),
        ("2021-03-04", ["five"]),
        ("2021-03-05", ["seven"]),
        ("2021-03-08", ["nine"]),
        ("2026-01-01", ["nine"]),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_on_every_day_the_newest_version_published_by_then_stands(
    index: Index, write: Write, order: tuple[int, ...], day: str, found: list[str]
) -> None:
    days = ["2021-03-02", "2021-03-05", "2021-03-08"]
    for number in order:
        index.add([write("flood.md", _report(["five", "seven", "nine"][number], days[number]))])
    assert _dead(index, date.fromisoformat(day)) == found


def _backdate(index: Index, dead: str, day: str) -> None:
    """As if it had been added then; SQLite says when."""
    with index.store.transaction() as db:
        db.execute("UPDATE articles SET added = ? WHERE text LIKE ?", [day, f"% {dead} %"])
    index._see(index.store.generation)


def test_versions_of_unknown_date_stand_from_the_day_they_were_added(
    index: Index, write: Write
) -> None:
    index.add([write("flood.md", _report("five"))])
    index.add([write("flood.md", _report("seven"))])
    _backdate(index, "five", "2021-03-02T10:00:00+00:00")
    _backdate(index, "seven", "2021-03-05T10:00:00+00:00")
    # Before either was added, the first is the likelier; like all undated articles it is labelled.
    assert _dead(index, date(2021, 1, 1)) == ["five"]
    assert _dead(index, date(2021, 3, 4)) == ["five"]
    assert _dead(index, date(2021, 3, 5)) == ["seven"]


def test_of_two_versions_with_one_date_the_one_added_later_stands(
    index: Index, write: Write
) -> None:
    for dead in ("seven", "five"):  # a correction seldom changes the date
        index.add([write("flood.md", _report(dead, "2021-03-02"))])
    assert _dead(index, date(2021, 3, 2)) == ["five"]


def test_without_a_url_a_file_has_one_version(index: Index, write: Write) -> None:
    for dead, day in [("five", "2021-03-02"), ("seven", "2021-03-05")]:
        index.add([write("flood.md", _report(dead, day, url=""))])
    assert _dead(index, date(2021, 3, 3)) == []
    assert _dead(index, date(2021, 3, 5)) == ["seven"]
    assert len(index.catalogue.days) == 1


def test_versions_may_come_in_files_of_their_own(index: Index, write: Write) -> None:
    write("first.md", _report("five", "2021-03-02"))
    folder = write("second.md", _report("seven", "2021-03-05"))
    index.add([folder])
    assert _dead(index, date(2021, 3, 3)) == ["five"]
    assert _dead(index, date(2021, 3, 9)) == ["seven"]
    index.remove([folder / "second.md"])
    assert _dead(index, date(2021, 3, 9)) == ["five"]


def test_a_version_that_returns_changes_nothing(index: Index, write: Write) -> None:
    for dead, day in [("five", "2021-03-02"), ("seven", "2021-03-05"), ("five", "2021-03-02")]:
        index.add([write("flood.md", _report(dead, day))])
    assert _dead(index, date(2021, 3, 9)) == ["seven"]
    assert not index.verify().flaws


def test_an_older_version_can_still_be_read_where_an_older_answer_cites_it(
    index: Index, write: Write
) -> None:
    index.add([write("flood.md", _report("five", "2021-03-02"))])
    ((first, _),) = index.matching("flood", 1, lambda passage: True)
    index.add([write("flood.md", _report("seven", "2021-03-05"))])
    assert "five" in index.article(first.article_id).text


def test_an_answer_is_that_of_its_day(tmp_path: Path, write: Write) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        for dead, day in [("five", "2021-03-02"), ("seven", "2021-03-05")]:
            archive.add(write("flood.md", _report(dead, day)))
        question = "How many people did the flood at Oakes kill?"
        assert "killed five people" in archive.ask(question, as_of="2021-03-03").text
        later = archive.ask(question, as_of="2021-03-06")
        assert "killed seven people" in later.text and "five" not in later.text
        assert "killed seven people" in archive.ask(question).text


DAYS = st.integers(0, 30).map(lambda days: date(2021, 3, 1) + timedelta(days))


@given(st.lists(DAYS, min_size=2, max_size=6), DAYS)
def test_at_most_one_version_stands_and_it_is_the_last_of_those_there_by_then(
    days: list[date], asked: date
) -> None:
    """Compared with the plain reading of the rule, over versions in the order they are given."""
    versions = sorted((day, number) for number, day in enumerate(days))
    found = reigns([(URL, str(number), day.isoformat()) for day, number in versions])
    standing = [one for one, (first, end) in found.items() if first <= asked < end]
    there = [str(number) for day, number in versions if day <= asked] or [str(versions[0][1])]
    assert standing == there[-1:]
