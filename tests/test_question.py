from datetime import date

import pytest

from index.errors import DatelineError
from rag.answer import Answer, Citation, Kind, Question, Statement
from rag.question import kind_of, refers_back, understand

DAY = date(2021, 3, 10)


def _answer(text: str, *sentences: str, abstained: bool = False) -> Answer:
    citation = Citation(1, "a" * 16, 0, 1, "x", "", "", None, "unknown", "")
    statements = tuple(Statement(sentence, (citation,), True) for sentence in sentences)
    return Answer(Question(text, text, DAY, DAY), statements, abstained=abstained)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many people left Oakes?", "count"),
        ("How long did the call last?", "count"),
        ("When was the weir mended?", "when"),
        ("On what day was the weir mended?", "when"),
        ("Why were the gates shut?", "why"),
        ("What led to the strike?", "why"),
        ("Where is the new quay?", "where"),
        ("Who shut the gates?", "who"),
        ("Which company bought the ferry?", "who"),
        ("Did the ferry sail?", "yes-no"),
        ("Does anyone answer when the mayor rings?", "yes-no"),
        ("What made the ferry turn back?", "why"),
        ("On what grounds was the sale forbidden?", "why"),
        ("How do the two reports differ?", "comparison"),
        ("Who counted more boats, the trust or the council?", "comparison"),
        ("More than a million people lost power or water due to which storm?", "fact"),
        ("What did the engineer say?", "fact"),
    ],
)
def test_the_form_of_a_question_tells_what_it_asks_for(text: str, kind: Kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "And when were they restored?",
        "Why?",
        "What about Oakes?",
        "Who said that?",
        "When did it end?",
        "How many of them left?",
        "But who paid?",
    ],
)
def test_a_follow_up_is_known_by_what_it_leaves_out(text: str) -> None:
    assert refers_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "When were the lines restored?",
        "Is it true that the ferry was sold?",
        "Who bought the ferry?",
        "Were there protests at the quay?",
        "Who said that the gates were shut on Tuesday?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(text: str) -> None:
    assert not refers_back(text)


def test_a_follow_up_carries_the_topic_of_the_conversation() -> None:
    first = _answer("Why did the county shut the sluice gates?", "The river had risen.")
    question = understand("And when were they opened?", DAY, history=[first])
    assert question.text == "And when were they opened?"
    assert question.standalone == "And when were they opened? (county shut sluice gates)"


def test_a_follow_up_may_ask_about_whom_the_answer_named() -> None:
    first = _answer("Who shut the gates?", "The gates were shut by Lena Oakes at dawn.")
    assert "Lena Oakes" in understand("Why did she do it?", DAY, history=[first]).standalone


def test_a_third_question_still_knows_the_topic_of_the_first() -> None:
    first = _answer("Who shut the sluice gates?", "The engineer did.")
    second = understand("When did he do it?", DAY, history=[first])
    answer = Answer(second, _answer("", "At dawn.").statements)
    assert "sluice" in understand("And why?", DAY, history=[first, answer]).standalone


def test_small_talk_in_between_does_not_hide_the_topic() -> None:
    first = _answer("Who shut the sluice gates?", "The engineer did.")
    thanks = Answer(Question("thanks", "thanks", DAY, DAY), message="You are welcome.")
    assert "sluice" in understand("And why?", DAY, history=[first, thanks]).standalone


def test_a_new_topic_carries_nothing_over() -> None:
    first = _answer("Who shut the gates?", "The engineer did.")
    question = understand("Which company bought the ferry?", DAY, history=[first])
    assert question.standalone == question.text


def test_a_named_time_becomes_a_window() -> None:
    question = understand("What happened in February 2021?", DAY)
    assert question.window == (date(2021, 2, 1), date(2021, 2, 28))


def test_nothing_later_than_the_day_asked_from_is_used_unless_said() -> None:
    assert understand("Who?", DAY).until == DAY
    assert understand("Who?", DAY, until=date(2021, 1, 1)).until == date(2021, 1, 1)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(DatelineError, match="the question is empty"):
        understand(text, DAY)


def test_a_document_in_place_of_a_question_is_refused_with_its_length() -> None:
    with pytest.raises(DatelineError, match="12,000 characters long: ask in at most 1,000"):
        understand("gates " * 1999 + "gates?", DAY)
