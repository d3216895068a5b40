"""Spans of passages become proposals for a short answer, and order the passages."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Excerpt, Passage
from rag.answer import Kind, Question
from rag.reader.agree import ECHO, TEMPERATURE, Proposal, agree
from rag.reader.form import admitted
from rag.reader.model import Reading
from rag.reader.order import order
from rag.reader.rivals import rivals
from rag.reader.spans import ScoredSpan
from rag.results import SearchResult

DAY = date(2021, 6, 9)
QUESTION = "How many ferries stayed in the harbour?"


def excerpt(text: str, article: str = "a", start: int = 0) -> Excerpt:
    passage = Passage(article * 16, start, start + len(text))
    return Excerpt(passage, text, "", "", None, "unknown", "")


def reading(text: str, *spans: tuple[str, float], article: str = "a", start: int = 0) -> Reading:
    """A passage with words of it as spans and their margins."""
    found = [
        ScoredSpan(text.index(words), text.index(words) + len(words), score)
        for words, score in spans
    ]
    return Reading(excerpt(text, article, start), tuple(found), 0.0)


def asked(text: str = QUESTION) -> Question:
    return Question(text, text, DAY, DAY)


def proposed(*readings: Reading, question: str = QUESTION) -> list[Proposal]:
    return agree(asked(question), [(one, 1.0) for one in readings])


def test_the_same_words_in_two_passages_outweigh_a_better_span_in_one() -> None:
    proposals = proposed(
        reading("Seven boats lay there.", ("Seven", 5.0)),
        reading("It was nine ferries.", ("nine ferries", 4.0), article="b"),
        reading("In all, nine ferries!", ("nine ferries", 4.0), article="c"),
    )
    assert [p.wording for p in proposals] == ["nine ferries", "Seven"]
    assert proposals[0].articles == {"b" * 16, "c" * 16}


def test_wordings_that_squad_holds_equal_are_one_proposal() -> None:
    (only,) = proposed(
        reading("The Council met.", ("The Council", 2.0)),
        reading("A council, then.", ("council", 1.0), article="b"),
    )
    assert (only.wording, only.words, len(only.mentions)) == ("The Council", "council", 2)


def test_words_of_the_question_weigh_a_tenth_or_so() -> None:
    echo, other = "the harbour", "the bay"
    proposals = proposed(reading(f"{echo} and {other}", (echo, 3.0), (other, 3.0)))
    assert [p.wording for p in proposals] == [other, echo]
    assert proposals[1].belief / proposals[0].belief == pytest.approx(math.exp(-ECHO / TEMPERATURE))


def test_a_passage_found_better_makes_its_span_weigh_more() -> None:
    one, other = reading("nine", ("nine", 1.0)), reading("seven", ("seven", 1.0))
    assert agree(asked(), [(one, 0.5), (other, 1.0)])[0].wording == "seven"


def test_a_passage_of_the_time_asked_about_makes_its_span_weigh_more() -> None:
    old, new = reading("nine", ("nine", 1.5)), reading("seven", ("seven", 1.0))
    days = {"2021-03-01": old, "2021-06-09": new}
    dated = [replace(r, excerpt=replace(r.excerpt, published=day)) for day, r in days.items()]
    assert [p.wording for p in proposed(*dated)] == ["seven", "nine"]


def test_a_question_for_a_country_prefers_countries() -> None:
    both = reading("The navy of Norway went.", ("The navy", 5.0), ("Norway", 1.0))
    assert proposed(both)[0].wording == "The navy"
    assert proposed(both, question="Which country sent ships?")[0].wording == "Norway"


def test_a_mention_is_a_slice_of_its_article() -> None:
    (only,) = proposed(reading("It was nine ferries.", ("nine ferries", 4.0), start=500))
    assert (only.best.start, only.best.end) == (507, 519)


def test_of_nothing_read_nothing_is_proposed() -> None:
    assert proposed() == []
    assert proposed(reading("...", ("...", 9.0))) == []


@given(
    st.lists(st.lists(st.floats(-50, 50), min_size=1, max_size=4), min_size=1, max_size=6),
    st.floats(0, 2),
)
def test_beliefs_add_up_to_one(scores: list[list[float]], retrieval: float) -> None:
    words = ["one", "two", "three", "four"]
    readings = [
        reading("one two three four", *zip(words, margins, strict=False), article=f"{n:x}")
        for n, margins in enumerate(scores)
    ]
    proposals = agree(asked(), [(one, retrieval) for one in readings])
    assert math.fsum(p.belief for p in proposals) == pytest.approx(1)
    assert [p.belief for p in proposals] == sorted((p.belief for p in proposals), reverse=True)


def results(*texts: str) -> list[SearchResult]:
    return [
        SearchResult(excerpt(text, article=f"{n:x}"), 1 - n / 100) for n, text in enumerate(texts)
    ]


def test_a_passage_that_holds_the_believed_words_comes_first_though_not_read() -> None:
    proposals = proposed(reading("It was nine ferries.", ("nine", 4.0)))
    found = order(results("Larvik is a port.", "It was nine ferries.", "Nine, all in."), proposals)
    assert [one.text for one in found] == [
        "It was nine ferries.",
        "Nine, all in.",
        "Larvik is a port.",
    ]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_without_proposals_the_order_stays() -> None:
    found = results("a", "b", "c")
    assert [one.text for one in order(found, [])] == ["a", "b", "c"]
    assert order([], []) == []


def _rivals(kind: Kind, proposals: Sequence[Proposal]) -> list[str]:
    return [proposal.wording for proposal in rivals(kind, proposals)]


def _two(first: str, second: str, apart: float = 1.0, article: str = "b") -> list[Proposal]:
    return proposed(
        reading(f"{first} boats", (first, 9.0)),
        reading(f"{second} boats", (second, 9.0 - apart), article=article),
    )


def test_another_number_of_another_article_is_a_rival() -> None:
    assert _rivals("count", _two("nine", "seven")) == ["seven"]


@pytest.mark.parametrize(
    ("kind", "proposals"),
    [
        ("count", []),
        ("count", _two("nine", "seven", apart=6.5)),  # far less believed
        ("count", _two("nine", "seven", article="a")),  # the same article
        ("count", _two("nine", "many")),  # no number
        ("count", _two("nine boats", "nine")),  # the same
        ("fact", _two("nets", "ropes")),  # both may be right
    ],
)
def test_what_does_not_contradict_is_no_rival(kind: Kind, proposals: list[Proposal]) -> None:
    assert _rivals(kind, proposals) == []


def test_what_the_reader_does_not_take_for_an_answer_is_no_rival() -> None:
    first, second = _two("nine", "seven")
    doubted = replace(second.best, margin=1.0)
    assert _rivals("count", [first, replace(second, mentions=(doubted,))]) == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which country sent ships?", True),
        ("Which battleground state did he win?", True),
        ("The dam burst. Which US state was flooded?", True),
        ("Which state senator resigned?", False),
        ("Which head of state resigned?", False),
    ],
)
def test_a_question_asks_for_a_country_or_a_state_only_where_its_words_say_so(
    question: str, asks: bool
) -> None:
    assert admitted(question)("harbour") != asks


@pytest.mark.parametrize(
    ("question", "fits", "not_"),
    [
        ("How many people left the isles?", "1150 people", "people"),
        ("What will the new roof cost?", "380000 crowns", "crowns"),
        ("At what time did the spillway break?", "1120 pm", "thursday"),
        ("In what year was the dam built?", "in 1961", "nine"),
        ("To what month was the mending put off?", "before march", "2011"),
        ("Which two countries joined the alliance?", "finland and sweden", "finland"),
    ],
)
def test_a_number_a_time_or_two_of_a_kind_is_told_from_other_answers(
    question: str, fits: str, not_: str
) -> None:
    admits = admitted(question)
    assert admits(fits) and not admits(not_)


@pytest.mark.parametrize(
    "question", ["Whom did the mayor pay tribute to?", "What did the mayor pay tribute to?"]
)
def test_paying_tribute_is_no_sum(question: str) -> None:
    assert admitted(question)("rescuers")
