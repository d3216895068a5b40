"""Of proposals that the model believes alike, what else speaks for their words decides."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from conftest import WordEncoder
from hypothesis import given
from hypothesis import strategies as st

from index.article import Excerpt, Passage
from index.index import Index
from rag.answer import Question
from rag.reader.agree import Mention, Proposal
from rag.reader.choose import WEIGHED, choose
from rag.reader.form import noun_asked
from rag.results import SearchResult

DAY = date(2021, 6, 9)


def found(*texts: str, title: str = "", published: str | None = None) -> list[SearchResult]:
    return [
        SearchResult(
            Excerpt(Passage(f"{n:016x}", 0, len(text)), text, title, "", published, "stated", ""),
            1 - n / 100,
        )
        for n, text in enumerate(texts)
    ]


def proposal(words: str, strength: float = 0.0) -> Proposal:
    (result,) = found(words)
    mention = Mention(result.excerpt, 0, len(words), 1.0, strength)
    return Proposal(words.lower(), (mention,), strength, 0.5)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An archive in which everything is of the harbour."""
    folder = tmp_path_factory.mktemp("reports")
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Report {number} from the harbour.")
    with Index(tmp_path_factory.mktemp("archive"), WordEncoder()) as index:
        index.add([folder])
        yield index


Chosen = Callable[..., list[str]]


@pytest.fixture(scope="module")
def chosen(index: Index) -> Chosen:
    def chosen(
        proposals: Sequence[Proposal], results: Sequence[SearchResult], text: str = "Who spoke?"
    ) -> list[str]:
        asked = Question(text, text, DAY, DAY)
        return [one.wording for one in choose(asked, proposals, results, index)]

    return chosen


def test_words_that_more_passages_hold_win_marked_there_or_not(chosen: Chosen) -> None:
    both = [proposal("Thale", 0.1), proposal("Locke")]
    assert chosen(both, []) == ["Thale", "Locke"]
    assert chosen(both, found("Locke spoke.", "So did Locke.", "Locke left.")) == ["Locke", "Thale"]


def test_words_of_a_headline_win(chosen: Chosen) -> None:
    both = [proposal("Thale", 0.1), proposal("Locke")]
    results = found("Thale met Locke.", title="Locke speaks at the quay")
    assert chosen(both, results)[0] == "Locke"


def test_words_of_the_days_asked_about_win(chosen: Chosen) -> None:
    both = [proposal("Thale", 0.1), proposal("Locke")]
    results = [
        *found("Thale spoke.", published="2020-01-01"),
        *found("Locke spoke.", published="2021-06-09"),
    ]
    assert chosen(both, results)[0] == "Locke"


def test_a_thing_of_the_kind_asked_for_wins(chosen: Chosen) -> None:
    both = [proposal("Port Lanmere", 0.1), proposal("Halden airline")]
    assert chosen(both, [], "Which airline was sold?")[0] == "Halden airline"
    assert chosen(both, [], "What was sold?")[0] == "Port Lanmere"


def test_a_long_clause_gives_way_to_a_few_words(chosen: Chosen) -> None:
    both = [proposal("the man who ran the ferries", 0.5), proposal("Oskar Thale")]
    assert chosen(both, [])[0] == "Oskar Thale"


def test_a_name_that_stands_everywhere_gives_way_to_one_that_is_rare(chosen: Chosen) -> None:
    both = [proposal("the harbour", 0.1), proposal("the weir")]
    assert chosen(both, []) == ["the weir", "the harbour"]


def test_only_the_heaviest_are_weighed(chosen: Chosen) -> None:
    many = [proposal(f"word{n}", -n) for n in range(3 * WEIGHED)]
    assert chosen(many, []) == [f"word{n}" for n in range(WEIGHED)]


@given(st.lists(st.floats(-40, 40), max_size=2 * WEIGHED))
def test_beliefs_sum_to_one_and_fall(index: Index, strengths: list[float]) -> None:
    asked = Question("Who spoke?", "Who spoke?", DAY, DAY)
    heaviest = sorted(strengths, reverse=True)
    proposals = [proposal(f"word{n}", strength) for n, strength in enumerate(heaviest)]
    beliefs = [one.belief for one in choose(asked, proposals, [], index)]
    assert math.fsum(beliefs) == pytest.approx(1 if strengths else 0)
    assert beliefs == sorted(beliefs, reverse=True)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which low-cost airline was grounded?", "airline"),
        ("Storms hit the coast. What city was flooded?", "city"),
        ("What company's chief has resigned?", "chief"),
        ("Which team won the cup?", "team"),
        ("In which month did the bridge open?", "month"),
        ("Who built the bridge?", None),
        ("What happened?", None),
    ],
)
def test_the_noun_asked_for_is_the_one_after_which(question: str, noun: str | None) -> None:
    assert noun_asked(question) == noun
