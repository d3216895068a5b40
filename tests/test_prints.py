"""What is cited, as others print it; and which citations one card can stand for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import WordEncoder
from test_support import OWN, QUESTION, WIRE

from rag.archive import Archive

Write = Callable[[str, str], Path]


@pytest.fixture
def archive(tmp_path: Path, encoder: WordEncoder, write: Write) -> Iterator[Archive]:
    reports = [("Harbour Post", 9, WIRE), ("Varn Courier", 10, WIRE), ("The Lantern", 9, OWN)]
    for outlet, day, text in reports:
        head = f"---\noutlet: {outlet}\npublished: 2031-04-{day:02}\n---\n"
        folder = write(f"{outlet}.md", head + text)
    with Archive.open(tmp_path / "archive", encoder) as archive:
        archive.add(folder)
        yield archive


def test_another_print_of_a_cited_sentence_is_numbered_on_and_told_with_it(
    archive: Archive,
) -> None:
    answer = archive.ask(QUESTION, as_of="2031-04-12")
    (copy,) = answer.prints
    assert copy.number == len(answer.citations) + 1
    assert archive.article(copy.article_id).text[copy.start : copy.end] == copy.quote
    told = next(group for group in answer.stories if copy.number in group)
    outlets = {c.outlet for c in (*answer.citations, copy) if c.number in told}
    assert outlets == {"Harbour Post", "Varn Courier"}


def test_each_number_is_in_one_story(archive: Archive) -> None:
    answer = archive.ask(QUESTION, as_of="2031-04-12")
    numbers = sorted(number for group in answer.stories for number in group)
    assert numbers == [c.number for c in (*answer.citations, *answer.prints)]


def test_a_print_of_a_later_day_is_none_yet(archive: Archive) -> None:
    assert archive.ask(QUESTION, as_of="2031-04-09").prints == ()


def test_a_rival_is_not_folded_into_the_story_that_it_contradicts(
    archive: Archive, write: Write
) -> None:
    head = "---\noutlet: Selm Gazette\npublished: 2031-04-11\n---\n"
    archive.add(write("update.md", head + WIRE.replace("Seven", "Nine")))
    answer = archive.ask(QUESTION, as_of="2031-04-12")
    (rival,) = answer.rivals
    assert rival.changed
    rivals = {citation.number for citation in rival.citations}
    firsts = {citation.number for citation in answer.said_by}
    assert not any(rivals & set(group) and firsts & set(group) for group in answer.stories)
