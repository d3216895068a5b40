import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Block
from index.sentences import sentences

PROSE = st.lists(
    st.sampled_from(
        [
            "Mr. Oakes left.",
            "Rain fell",
            " ",
            "\n",
            "\n\n",
            "\u201cStop,\u201d he said.",
            "U.S.",
            "3.5",
            "\t",
            "9 a.m.",
            "The gates, No. 4 and No. 5, were shut!",
            "\u2014",
            "Why?",
            "\U0001f30a",
            "e\u0301",
        ]
    ),
    max_size=25,
).map("".join)


def _texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.one_of(PROSE, st.text(max_size=300)))
def test_sentences_hold_every_printed_character_once_and_in_order(text: str) -> None:
    assert "".join(re.findall(r"\S", "".join(_texts(text)))) == "".join(re.findall(r"\S", text))


@given(st.one_of(PROSE, st.text(max_size=300)))
def test_sentences_do_not_overlap_and_have_no_space_at_their_edges(text: str) -> None:
    spans = sentences(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(sentence == sentence.strip() != "" for sentence in _texts(text))


@given(PROSE)
def test_a_sentence_never_crosses_a_line_break(text: str) -> None:
    assert all(len(sentence.splitlines()) == 1 for sentence in _texts(text))


def test_a_sentence_never_crosses_the_edge_of_a_block() -> None:
    text = "The quay at dawn The ferry left late."
    blocks = [Block(0, 16, "caption"), Block(17, len(text))]
    assert [text[a:b] for a, b in sentences(text, blocks)] == [
        "The quay at dawn",
        "The ferry left late.",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Oakes met Sen. J. R. Lunt on Jan. 5 at 9 a.m. Monday.", "They talked."],
        ["The U.S. Army said No. 10 was hit.", "U.S. officials agreed."],
        ["\u201cWe are done,\u201d she said.", "\u201cIt is over.\u201d", "She left."],
        ["Shares in Skerrow Inc. fell 3.5 percent.", "Is that much?", "Yes!"],
        ["He was born in St. Ives (he said.)", "The ship left at 5 p.m.", "The crew cheered."],
    ],
)
def test_abbreviations_times_and_quotations_do_not_end_a_sentence_early(parts: list[str]) -> None:
    assert _texts(" ".join(parts)) == parts
