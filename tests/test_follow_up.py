"""Questions to ask next: grammatical, new, and such as the archive can answer."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import WordEncoder

from rag.answer import Answer
from rag.archive import Archive

Write = Callable[[str, str], Path]

REPORTS = {
    "flood": "Six people died in the flood at Quarrow Dam, said Ines Corrigan. Ms Corrigan asked "
    "for the log of the dam.",
    "engineer": "Daniel Brandt, chief engineer of the dam, resigned a week after the flood. Mr "
    "Brandt wrote a letter about Quarrow Dam.",
    "inquiry": "An inquiry into the flood at Quarrow Dam blamed a drain that nobody had cleaned.",
    "ferry": "The ferry to Hale was late again.",
}
FLOOD = "How many people died in the flood at Quarrow Dam?"


@pytest.fixture
def archive(tmp_path: Path, encoder: WordEncoder, write: Write) -> Iterator[Archive]:
    for day, (name, text) in enumerate(REPORTS.items(), start=10):
        head = f"---\ntitle: Of the {name} and the drain\npublished: 2031-04-{day}\n---\n"
        folder = write(f"{name}.md", head + text)
    with Archive.open(tmp_path / "archive", encoder) as archive:
        archive.add(folder)
        yield archive


def test_people_and_reports_beside_the_answer_are_offered(archive: Archive) -> None:
    assert set(archive.ask(FLOOD, as_of="2031-05-01").follow_ups) == {
        "Who is Daniel Brandt?",
        "What was said by Ines Corrigan about Quarrow Dam?",
        "What is reported on “Of the inquiry and the drain”?",
    }


def test_nothing_published_later_is_offered(archive: Archive) -> None:
    early = archive.ask(FLOOD, as_of="2031-04-10").follow_ups
    assert early == ("What was said by Ines Corrigan about Quarrow Dam?",)


def test_what_is_asked_is_not_offered_again(archive: Archive) -> None:
    for text in archive.ask(FLOOD, as_of="2031-05-01").follow_ups:
        assert text not in archive.ask(text, as_of="2031-05-01").follow_ups


def test_they_are_part_of_the_plain_answer(archive: Archive) -> None:
    answer = archive.ask(FLOOD, as_of="2031-05-01")
    assert answer.to_dict()["follow_ups"] == list(answer.follow_ups)
    assert answer.follow_ups[0] not in str(answer)


def test_a_title_that_its_report_does_not_repeat_is_not_offered(
    archive: Archive, write: Write
) -> None:
    archive.add(write("blame.md", f"---\ntitle: Muck\n---\n{REPORTS['inquiry']} All agree."))
    assert not any("Muck" in text for text in archive.ask(FLOOD, as_of="2031-05-01").follow_ups)


def test_small_talk_offers_nothing(archive: Archive) -> None:
    assert archive.ask("Hello").follow_ups == ()


QUESTIONS = [
    "Why did the North cut the hotlines?",
    "How many people died in the flood below Quarrow Dam?",
    "Who opposed the sale of the ferry company, and why?",
    "Who is standing in for the engineer who left the Sorrel Water Trust?",
]


@pytest.fixture(scope="module")
def answers(sample: Archive) -> list[Answer]:
    return [sample.ask(text, as_of="2021-10-31") for text in QUESTIONS]


def test_the_sample_archive_offers_two_or_three_that_it_answers(
    sample: Archive, answers: list[Answer]
) -> None:
    for answer in answers:
        assert 2 <= len(answer.follow_ups) <= 3
        assert all(text.endswith("?") and len(text) < 130 for text in answer.follow_ups)
        for text in answer.follow_ups:
            assert not sample.ask(text, as_of="2021-10-31").abstained


def test_they_cost_little(sample: Archive, answers: list[Answer]) -> None:
    from rag.follow_up import follow_ups

    found = sample.search(QUESTIONS[1], k=50, as_of="2021-10-31")
    seconds = []
    for _ in range(20):
        began = time.perf_counter()
        follow_ups(answers[1], found, sample._index)
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.015  # on a busy machine the others say little
