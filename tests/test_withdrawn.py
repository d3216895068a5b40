"""What a correction takes back is nobody's answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import WordEncoder

from rag import Archive
from rag.withdrawn import withdrawn

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("We said that seven died. That was wrong. Six did.", ["We said that seven died."]),
        ("The mayor said the dam held. But that was not true.", ["The mayor said the dam held."]),
        (
            "Six died. An earlier version of this article said that seven had died.",
            ["An earlier version of this article said that seven had died."],
        ),
        ("This report misstated the ship's age.", ["This report misstated the ship's age."]),
        ("The crew sailed at dawn. That was wrong.", []),  # a deed, not a statement
        ('He said they had sailed. "That was wrong," she said.', []),  # somebody else's opinion
        ("He said the crew had sailed. It was a mistake to let them.", []),
        ("Six are dead.", []),
        ("", []),
    ],
)
def test_a_text_takes_back_what_it_says_was_wrong(text: str, taken_back: list[str]) -> None:
    assert [text[start:end] for start, end in withdrawn(text)] == taken_back


def test_an_answer_rests_neither_on_a_withdrawn_sentence_nor_on_the_report_it_withdraws(
    tmp_path: Path, write: Write
) -> None:
    write(
        "first.md",
        "---\ntitle: Flood at Oakes\noutlet: Herald\npublished: 2021-03-06\n---\n"
        "Seven people died in the flood at Oakes on Friday night, the Herald has learnt.\n",
    )
    folder = write(
        "second.md",
        "---\ntitle: The dead of Oakes\noutlet: Herald\npublished: 2021-03-09\n---\n"
        "On Saturday we reported that seven people died in the flood at Oakes. That was wrong. "
        "Six people died in the flood at Oakes, the fire service says.\n",
    )
    with Archive.open(tmp_path / "archive", WordEncoder()) as archive:
        archive.add(folder)
        answer = archive.ask("How many people died in the flood at Oakes?", as_of="2021-03-20")
    assert answer.short_answer == "Six"
    assert not any("we reported" in citation.quote for citation in answer.citations)
