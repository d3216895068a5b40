"""What a found passage is worth."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Passage
from index.index import Hits
from rag.answer import Question
from rag.rank import TUNED, leading, rank, shares, timeliness

DAY = date(2021, 3, 10)
FIRST, SECOND, THIRD = (Passage(f"{n:016x}", 5_000, 5_010) for n in range(3))
ASKED = 2
Scores = dict[Passage, float]


def _never(passage: Passage) -> float:
    return 0.0


def _hits(scores: Scores) -> Hits:
    return sorted(scores.items(), key=lambda hit: -hit[1])


@given(
    st.dictionaries(st.sampled_from([FIRST, SECOND, THIRD]), st.floats(0.01, 1), min_size=1),
    st.floats(0.01, 100),
)
def test_a_share_does_not_depend_on_the_scale_of_the_scores(scores: Scores, scale: float) -> None:
    share = shares(_hits(scores), ASKED)
    scaled = shares(_hits({one: score * scale for one, score in scores.items()}), ASKED)
    for passage in scores:
        assert share(passage) == pytest.approx(scaled(passage))


@given(st.dictionaries(st.sampled_from([FIRST, SECOND, THIRD]), st.floats(-1, 100)))
def test_a_share_is_from_0_to_1_and_the_best_has_all(scores: Scores) -> None:
    share = shares(_hits(scores), ASKED)
    assert all(0 <= share(passage) <= 1 for passage in (FIRST, SECOND, THIRD))
    if max(scores.values(), default=0) > 0:
        assert share(_hits(scores)[0][0]) == 1


def test_a_passage_that_a_full_list_leaves_out_counts_as_its_last() -> None:
    share = shares([(FIRST, 8.0), (SECOND, 2.0)], ASKED)
    assert share(THIRD) == share(SECOND) == 0.25


def test_a_passage_that_a_short_list_leaves_out_has_no_share_in_it() -> None:
    assert shares([(FIRST, 8.0)], ASKED)(THIRD) == 0
    assert shares([], ASKED)(THIRD) == 0


def test_an_outstanding_passage_of_one_list_is_before_a_middling_one_of_both() -> None:
    dense = [(SECOND, 0.5), (THIRD, 0.49)]
    lexical = [(FIRST, 20.0), (SECOND, 5.0)]
    assert list(rank(dense, lexical, _never, ASKED)) == [FIRST, SECOND, THIRD]


def test_nothing_found_ranks_nothing() -> None:
    assert rank([], [], _never) == {}


def test_of_equals_the_timely_one_is_first() -> None:
    hits = [(FIRST, 1.0), (SECOND, 1.0)]
    ranked = rank(hits, hits, lambda passage: float(passage == SECOND), ASKED)
    assert list(ranked) == [SECOND, FIRST]
    assert ranked[SECOND] == pytest.approx((1 + TUNED.time) * ranked[FIRST], rel=0.01)


def test_of_equals_the_one_nearer_the_start_of_its_article_is_first() -> None:
    later, lead = Passage("a", 900, 1_700), Passage("b", 0, 900)
    hits = [(later, 1.0), (lead, 1.0)]
    assert list(rank(hits, hits, _never, ASKED)) == [lead, later]
    assert leading(lead) == 1


def _question(window: tuple[date, date] | None = None) -> Question:
    return Question("q", "q", as_of=DAY, until=DAY, window=window)


def test_an_article_of_the_time_asked_about_is_wholly_timely() -> None:
    asked = _question((date(2020, 1, 1), date(2020, 1, 31)))
    assert timeliness(date(2020, 1, 15), asked) == 1
    assert timeliness(date(2020, 2, 5), asked) > timeliness(date(2020, 3, 5), asked) > 0


def test_without_a_time_the_days_before_the_question_are_timely() -> None:
    assert timeliness(DAY, _question()) == 1
    assert timeliness(date(2021, 3, 1), _question()) > timeliness(date(2021, 1, 1), _question())


def test_long_after_the_archive_ended_no_article_is_timelier_than_another() -> None:
    assert timeliness(date(2019, 5, 1), _question()) == pytest.approx(0)


def test_an_undated_article_is_neither_timely_nor_an_error() -> None:
    assert timeliness(None, _question()) == 0


def test_a_passage_that_the_dense_list_passes_over_is_not_held_for_far() -> None:
    near = [Passage("a", at, at + 1) for at in range(3)]
    missed = Passage("b", 0, 1)
    worth = rank([(one, 0.5) for one in near], [(missed, 9.0)], lambda passage: 0.0)
    assert next(iter(worth)) == missed
