"""The short answer before the sentences: who gives it, who gives another, and how sure it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.article import Article
from index.encoder import Encoder
from rag.answer import Answer
from rag.archive import Archive

REPORT = "---\ntitle: {title}\noutlet: {outlet}\npublished: {day}\n---\n{text}\n"
REPORTS = [
    ("Flood at Oakes", "Harbour Post", "2021-06-09", "Six people died in the flood at Oakes."),
    ("After the flood", "Daily Gull", "2021-06-09", "The flood at Oakes killed six people."),
    (
        "Flood toll rises",
        "Valley Times",
        "2021-06-11",
        "Fourteen people have now died at Oakes, the county said on Friday.",
    ),
    ("Ferry", "Harbour Post", "2021-06-09", "Captain Ilse Brandt now runs the ferry to Hale."),
]


@pytest.fixture
def archive(
    write: Callable[[str, str], Path], tmp_path: Path, encoder: Encoder
) -> Iterator[Archive]:
    for number, (title, outlet, day, text) in enumerate(REPORTS):
        filled = REPORT.format(title=title, outlet=outlet, day=day, text=text)
        folder = write(f"{number}.md", filled)
    with Archive.open(tmp_path / "archive", encoder) as opened:
        opened.add(folder)
        yield opened


def ask(archive: Archive, question: str) -> Answer:
    return archive.ask(question, as_of="2021-06-12")


def test_the_answer_comes_in_a_few_words_with_the_sentence_that_states_it(
    archive: Archive,
) -> None:
    answer = ask(archive, "Who runs the ferry to Hale?")
    assert answer.short_answer is not None and "Brandt" in answer.short_answer
    assert answer.short_answer in answer.statements[0].text
    assert answer.said_by[0] == answer.statements[0].citations[0]
    assert str(answer).startswith(f"{answer.short_answer}. [1]\n{answer.statements[0].text} [1]")


def test_every_report_that_gives_it_is_cited_once_and_as_it_stands(archive: Archive) -> None:
    answer = ask(archive, "How many people died in the flood at Oakes?")
    everyone = [*answer.said_by, *(c for rival in answer.rivals for c in rival.citations)]
    assert len({citation.article_id for citation in everyone}) == len(everyone) == 3
    assert {citation.number for citation in everyone} <= {c.number for c in answer.citations}
    for citation in answer.citations:
        article: Article = archive.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote


def test_reports_that_give_another_figure_are_shown_with_their_day(archive: Archive) -> None:
    answer = ask(archive, "How many people died in the flood at Oakes?")
    (rival,) = answer.rivals
    given = {str(answer.short_answer).split()[0].lower(), rival.short_answer.split()[0].lower()}
    assert given == {"six", "fourteen"}
    assert "Other reports say: " in str(answer) and "June 2021)" in str(answer)


def test_a_question_that_asks_for_more_gets_no_short_answer(archive: Archive) -> None:
    answer = ask(archive, "What happened at Oakes?")
    assert answer.statements and answer.short_answer is None and answer.confidence is None


def test_the_whole_answer_is_plain_data(archive: Archive) -> None:
    plain = ask(archive, "How many people died in the flood at Oakes?").to_dict()
    assert plain["rivals"][0]["citations"][0]["quote"] in [text for *_, text in REPORTS]
    assert 0 < plain["confidence"] < 1
