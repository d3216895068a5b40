"""Why the nearest passages do not answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import WordEncoder

from index.article import Excerpt
from index.index import Index
from rag.abstain import abstention
from rag.answer import Answer
from rag.archive import Archive
from rag.findings import Findings
from rag.lacking import looked_for, why_not
from rag.question import understand
from rag.results import SearchResult
from ui.terminal import written

Write = Callable[[str, str], Path]

DAY = date(2021, 3, 10)
GATES = "The sluice gates at Oakes were shut by the warden after the rain."


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder, write: Write) -> Index:
    index = Index(tmp_path / "archive", encoder)
    write("gates.md", f"---\ntitle: Gates shut\npublished: 2021-03-03\n---\n{GATES}")
    index.add([write("late.md", "---\npublished: 2021-03-20\n---\nThe ferry to Hale was late.")])
    return index


def near(index: Index) -> Excerpt:
    excerpts = index.excerpts(index.store.all_passages())
    return next(excerpt for excerpt in excerpts if excerpt.text == GATES)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("Who shut the ferry to Hale?", "It lacks “ferry” and “Hale”."),
        ("How many gates were shut?", "It gives no number."),
        ("Were the gates of Oakes shut?", "It has the words of the question, but no answer"),
        ("What shut the gates in 2019?", "It is of 3 March 2021, outside the time asked about."),
    ],
)
def test_a_passage_says_what_it_lacks(index: Index, asked: str, why: str) -> None:
    assert why_not(understand(asked, DAY), near(index), index).startswith(why)


def test_other_forms_of_a_word_are_not_missed(index: Index) -> None:
    assert "lacks" not in why_not(understand("Which gate is shutting?", DAY), near(index), index)


def test_what_was_looked_for_is_as_typed_without_the_time() -> None:
    question = understand("Who ran the Hale ferry last week, or Hale's ferry?", DAY)
    assert looked_for(question)[:3] == ("ran", "Hale", "ferry")
    assert "week" not in looked_for(question)


def abstained(index: Index) -> Answer:
    question = understand("Who sold zebras?", DAY)
    return abstention(question, Findings((SearchResult(near(index), 1.0),)), index)


def test_an_abstention_has_a_reason_for_each_passage_and_names_what_is_too_late(
    index: Index,
) -> None:
    answer = abstained(index)
    assert answer.looked_for == ("sold", "zebras")
    assert answer.why_not == ("It lacks “sold” and “zebras”.",)
    assert answer.notes == ("1 article published after 10 March 2021 left out.",)
    plain = answer.to_dict()
    assert plain["why_not"] == list(answer.why_not)
    assert plain["looked_for"] == list(answer.looked_for)


@pytest.mark.parametrize("shown", [str, written])
def test_the_reasons_are_printed_behind_their_passages(
    index: Index, shown: Callable[[Answer], str]
) -> None:
    text = " ".join(shown(abstained(index)).split())
    assert f'"{GATES}" It lacks “sold” and “zebras”.' in text
    assert "Looked for: sold, zebras." in text


def test_the_sample_archive_abstains_with_reasons(sample: Archive) -> None:
    answer = sample.ask("Who won the football world cup?", as_of="2021-10-31")
    assert answer.abstained and len(answer.why_not) == len(answer.nearest) == 3
    assert all("“football”" in why for why in answer.why_not)
