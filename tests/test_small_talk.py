from datetime import date

import pytest

from rag.small_talk import recognise, reply
from rag.status import Status

STATUS = Status(
    name="mill",
    path="mill",
    articles=3,
    passages=9,
    outlets={"Harbour Post": 2, "": 1},
    first=date(2021, 3, 2),
    last=date(2021, 3, 9),
    undated=1,
    encoder="words",
    size=1,
)


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Hello!", "greeting"),
        ("good morning", "greeting"),
        ("Hi there", "greeting"),
        ("Thanks a lot!", "thanks"),
        ("ok, thank you", "thanks"),
        ("Bye.", "farewell"),
        ("What is in here?", "contents"),
        ("what\u2019s in this archive?", "contents"),
        ("help", "contents"),
        ("What can I ask?", "contents"),
        ("How many articles are in here?", "contents"),
        ("Which outlets do you have?", "contents"),
    ],
)
def test_small_talk_is_recognised(text: str, talk: str) -> None:
    assert recognise(text) == talk


@pytest.mark.parametrize(
    "text",
    [
        "Hello Kitty is sold by whom?",
        "Who said thanks to the crew?",
        "What is in the report?",
        "How many articles of the treaty were changed?",
        "Who helped?",
        "What do you know about the ferry?",
    ],
)
def test_a_question_about_the_news_is_not_small_talk(text: str) -> None:
    assert recognise(text) is None


def test_what_is_in_here_is_answered_from_the_counts() -> None:
    said = reply("contents", STATUS, ["Ferry sold"])
    for part in (
        "3 articles",
        "Harbour Post",
        "2 March 2021 to 9 March 2021",
        "1 of them undated",
        "Ferry sold",
    ):
        assert part in said


def test_an_empty_archive_says_how_to_fill_it() -> None:
    empty = Status("mill", "mill", 0, 0, {}, None, None, 0, "words", 0)
    assert "dateline add FOLDER" in reply("greeting", empty, [])
