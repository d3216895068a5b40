"""What the reader's model reads, and how its tokens lead back to the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reader.inputs import CLS, MAX_TOKENS, SEP, make_input
from rag.reader.spans import LONGEST, best_spans

TEXT = "Storm Ada shut the port of Larvik. Nine ferries stayed in harbour until Friday."
QUESTION = "Which port was shut?"


def test_a_passage_follows_its_question_and_title() -> None:
    one = make_input(QUESTION, "The storm port", TEXT)
    bare = make_input(QUESTION, "", TEXT)
    assert one.types.index(1) == bare.types.index(1) == bare.first
    assert one.first == bare.first + 4  # three words and a separator
    assert one.ids[one.first :] == bare.ids[bare.first :]
    assert len(one.ids) == one.first + len(one.offsets) + 1


def test_an_answer_is_found_again_at_its_tokens() -> None:
    one = make_input(QUESTION, "", TEXT)
    start = TEXT.index("Larvik")
    tokens = one.tokens_of((start, start + len("Larvik")))
    assert tokens is not None
    assert one.span_of(*tokens) == (start, start + len("Larvik"))


@given(st.text(min_size=1, max_size=300))
def test_every_token_lies_within_the_text_and_among_the_tokens_of_its_span(text: str) -> None:
    one = make_input(QUESTION, "A title", text)
    for place, span in enumerate(one.offsets):
        assert 0 <= span[0] <= span[1] <= len(text)
        tokens = one.tokens_of(span)
        if span[0] < span[1]:
            assert tokens is not None
            assert tokens[0] <= one.first + place <= tokens[1]


def test_a_passage_is_cut_before_the_model_cannot_hold_it() -> None:
    one = make_input("why " * 500, "title " * 500, "word " * 500)
    assert len(one.ids) == MAX_TOKENS
    assert one.tokens_of((2400, 2404)) is None


def test_a_separator_in_a_text_is_no_separator() -> None:
    one = make_input("[SEP]?", "", "[CLS] and [SEP]")
    assert one.ids.count(SEP) == 2
    assert one.ids.count(CLS) == 1


def _within_a_word(at: int) -> bool:
    return 0 < at < len(TEXT) and TEXT[at - 1].isalnum() and TEXT[at].isalnum()


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_the_best_spans_are_those_of_every_start_with_every_end(seed: int) -> None:
    one = make_input(QUESTION, "", TEXT)
    starts, ends = np.random.default_rng(seed).normal(size=(2, len(one.ids))).astype(np.float32)
    tokens = range(one.first, one.first + len(one.offsets))
    pairs = [(s, e) for s in tokens for e in tokens if s <= e < s + LONGEST]
    pairs = [pair for pair in pairs if not any(_within_a_word(at) for at in one.span_of(*pair))]
    slow = sorted(pairs, key=lambda pair: -(starts[pair[0]] + ends[pair[1]]))
    found = best_spans(one, starts, ends)
    assert [(span.start, span.end) for span in found] == [
        one.span_of(*pair) for pair in slow[: len(found)]
    ]
    assert found[0].score == pytest.approx(max(starts[s] + ends[e] for s, e in pairs))


def test_no_span_is_cut_within_a_word_or_a_number() -> None:
    text = (
        "Tobias Renn paid 380,000 crowns at 11.20 p.m. to AT&T; Kim's Ohio-based U.S. firm won "
        "four million in four minutes and 19 seconds."
    )
    one = make_input(QUESTION, "", text)
    spans: set[str] = set()
    edges: set[str] = set()
    for at in range(len(one.offsets)):
        logits = np.zeros((2, len(one.ids)), dtype=np.float32)
        logits[:, one.first + at] = 9
        best = best_spans(one, *logits)[0]
        found = text[best.start : best.end]
        spans.add(found)
        edges.update(found.split()[side] for side in (0, -1))
    assert {"Renn", "380,000", "11.20", "AT&T", "Kim", "Ohio", "based", "U.S"} <= edges
    assert {"four million", "four minutes and 19 seconds"} <= spans
    assert spans.isdisjoint({"four", "million", "four minutes", "19", "19 seconds"})
    assert edges.isdisjoint({"Ren", "##n", "380", "000", "11", "20", "AT", "T", "U", "S"})


def test_no_span_runs_over_the_end_of_a_line() -> None:
    text = "Two ferries\nNine boats"
    one = make_input(QUESTION, "", text)
    found = best_spans(one, *np.zeros((2, len(one.ids)), dtype=np.float32))
    assert found and not any("\n" in text[span.start : span.end] for span in found)
