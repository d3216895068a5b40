"""The measures, against slow references that are plainly right."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    contains,
    exact_match,
    f1,
    hit_at,
    mean,
    median,
    percentile,
    reciprocal_rank,
)
from rag.wording import normalise

WORDS = st.lists(st.sampled_from(["the", "A", "Dam", "dam,", "gate", "7", "re-opened", "-", "an"]))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join))
VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1)


def slow_normal(text: str) -> list[str]:
    kept = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    # An article is whole between what is no letter, digit or underscore, as in the script.
    spaced = "".join(c if c.isalnum() or c == "_" else f" {c} " for c in kept)
    return [word for word in spaced.split() if word not in ("a", "an", "the")]


def slow_f1(answer: str, gold: str) -> float:
    left, right = normalise(answer).split(), normalise(gold).split()
    if not left or not right:
        return float(left == right)
    unmatched = list(right)
    common = 0
    for word in left:
        if word in unmatched:
            unmatched.remove(word)
            common += 1
    if common == 0:
        return 0.0
    precision, recall = common / len(left), common / len(right)
    return 2 * precision * recall / (precision + recall)


def slow_contains(text: str, gold: str) -> bool:
    words, wanted = normalise(text).split(), normalise(gold).split()
    starts = range(len(words) - len(wanted) + 1)
    return bool(wanted) and any(words[i : i + len(wanted)] == wanted for i in starts)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The Dam", "dam"),
        ("  two\tgates\n", "two gates"),
        ("North-South", "northsouth"),
        ("U.S.", "us"),
        ("Anthem of a theatre", "anthem of theatre"),
        ("1,200", "1200"),
        ("the", ""),
    ],
)
def test_normalising_drops_case_punctuation_articles_and_spare_space(
    text: str, normal: str
) -> None:
    assert normalise(text) == normal


@given(st.text(alphabet=string.ascii_letters + string.punctuation + " \n0") | WORDS.map(" ".join))
def test_normalising_agrees_with_a_letter_by_letter_reference(text: str) -> None:
    assert normalise(text).split() == slow_normal(text)


@given(TEXTS, TEXTS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(answer: str, gold: str) -> None:
    assert f1(answer, [gold]) == pytest.approx(slow_f1(answer, gold))


@given(TEXTS, TEXTS)
def test_f1_is_one_wherever_the_match_is_exact(answer: str, gold: str) -> None:
    assert f1(answer, [gold]) >= exact_match(answer, [gold])


@given(TEXTS, st.lists(TEXTS, min_size=1))
def test_the_best_of_several_expected_answers_counts(answer: str, golds: list[str]) -> None:
    assert f1(answer, golds) == max(f1(answer, [gold]) for gold in golds)
    assert exact_match(answer, golds) == max(exact_match(answer, [gold]) for gold in golds)
    assert contains(answer, golds) == max(contains(answer, [gold]) for gold in golds)


@given(TEXTS, TEXTS)
def test_containing_means_a_run_of_whole_words(text: str, gold: str) -> None:
    assert contains(text, [gold]) == slow_contains(text, gold)


def test_a_number_inside_a_longer_number_is_not_contained() -> None:
    assert contains("It closed on 19 June.", ["9 June"]) == 0
    assert contains("It closed on 9 June.", ["9 June"]) == 1


def test_an_expected_answer_without_words_is_contained_in_nothing() -> None:
    assert contains("The dam", ["the", "!"]) == 0


@given(st.lists(st.booleans(), max_size=12), st.integers(1, 12))
def test_hit_and_reciprocal_rank_follow_from_the_first_right_passage(
    right: list[bool], k: int
) -> None:
    rank = right.index(True) + 1 if True in right else None
    assert hit_at(rank, k) == any(right[:k])
    assert reciprocal_rank(rank) == max([1 / n for n, r in enumerate(right, 1) if r], default=0)


def test_a_measure_of_nothing_is_none() -> None:
    assert mean([]) is None
    assert median([]) is None
    assert percentile([], 95) is None


@given(VALUES)
def test_the_median_has_as_many_values_below_as_above(values: list[float]) -> None:
    ordered = sorted(values)
    middle = [ordered[(len(values) - 1) // 2], ordered[len(values) // 2]]
    assert median(values) == pytest.approx(sum(middle) / 2)


@given(VALUES, st.floats(0, 100))
def test_a_percentile_lies_between_the_two_values_at_its_place(
    values: list[float], percent: float
) -> None:
    found = percentile(values, percent)
    assert found is not None
    share = percent / 100 * (len(values) - 1)
    ordered = sorted(values)
    slack = 1e-6
    assert ordered[int(share)] - slack <= found
    assert found <= ordered[min(int(share) + 1, len(values) - 1)] + slack


def test_percentiles_interpolate_between_neighbours() -> None:
    assert percentile([40, 10, 20, 30], 95) == pytest.approx(38.5)
    assert percentile([40, 10, 20, 30], 0) == 10
    assert percentile([40, 10, 20, 30], 100) == 40
