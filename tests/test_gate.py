"""The gate: floors that only rise."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.baseline import Baseline, load_baseline, save_baseline
from eval.cases import Case
from eval.gate import check, update
from eval.report import Report
from eval.result import CaseResult
from index.errors import DatelineError
from rag.answer import Answer, Question

DAY = date(2020, 6, 9)


def result(scores: Mapping[str, float], milliseconds: float = 20.0) -> CaseResult:
    case = Case(
        id="gates",
        kind="fact",
        question="Who opened the gates?",
        as_of=DAY,
        until=None,
        history=(),
        answers=("the warden",),
        evidence=(),
    )
    question = Question(case.question, case.question, as_of=DAY, until=DAY)
    return CaseResult(case, Answer(question), None, scores, milliseconds)


def report(*rights: bool, measure: str = "em", corpus: str = "c0ffee") -> Report:
    return Report(corpus, tuple(result({measure: float(right)}) for right in rights))


def test_a_floor_lies_four_cases_beneath_what_was_measured() -> None:
    baseline = update(report(*[True] * 7, False))
    assert baseline == Baseline("c0ffee", 8, {"em": 0.375})


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(0, 40))
def test_losing_four_cases_passes_and_losing_five_does_not(rights: list[bool], lost: int) -> None:
    baseline = update(report(*rights))
    hits = sum(rights)
    lost = min(lost, hits)
    now = [True] * (hits - lost) + [False] * (len(rights) - hits + lost)
    shortfalls = check(report(*now), baseline)
    assert bool(shortfalls) == (lost > 4)


def test_a_shortfall_says_measure_floor_measured_and_by_how_many_cases() -> None:
    baseline = Baseline("c0ffee", 4, {"em": 0.75})
    (shortfall,) = check(report(True, False, False, False), baseline)
    assert shortfall.cases == pytest.approx(2)
    assert str(shortfall) == "em is 0.2500, below its floor of 0.7500 by 2.0 cases"


def test_only_the_cases_that_a_measure_applies_to_count_in_its_margin() -> None:
    mixed = Report("c0ffee", (*[result({"em": 1})] * 8, result({"abstained": 1})))
    assert update(mixed).floors == {"em": 0.5, "abstained": 0.0}


def test_a_floor_reached_but_for_rounding_is_reached() -> None:
    now = Report("c0ffee", tuple(result({"f1": score}) for score in (0.3, 0.0, 0.0)))
    assert 0.3 / 3 < 0.1
    assert check(now, Baseline("c0ffee", 3, {"f1": 0.1})) == []


def test_a_measure_that_vanished_is_a_shortfall() -> None:
    baseline = Baseline("c0ffee", 1, {"abstained": 0.5})
    (shortfall,) = check(report(True), baseline)
    assert shortfall.measured is None
    assert str(shortfall) == "abstained has a floor of 0.5000, but no case measures it"


def test_one_false_quote_is_below_the_floor_of_citations() -> None:
    baseline = update(report(*[True] * 99, measure="citation_validity"))
    assert baseline.floors == {"citation_validity": 1.0}
    now = report(*[True] * 98, False, measure="citation_validity")
    assert [s.measure for s in check(now, baseline)] == ["citation_validity"]


def test_no_update_lowers_the_floor_of_citations() -> None:
    bad = report(False, measure="citation_validity")
    baseline = Baseline("c0ffee", 1, {"citation_validity": 1.0})
    assert update(bad, baseline, lower=True).floors == {"citation_validity": 1.0}


def test_milliseconds_have_no_floor() -> None:
    baseline = update(Report("c0ffee", (result({"em": 1.0}, milliseconds=1.0),)))
    slow = Report("c0ffee", (result({"em": 1.0}, milliseconds=60_000.0),))
    assert check(slow, baseline) == []
    assert set(baseline.floors) == {"em"}


def test_an_update_raises_floors_and_keeps_those_that_it_would_lower_within_the_margin() -> None:
    high = Baseline("c0ffee", 8, {"em": 0.75})
    assert update(report(*[True] * 7, False), high).floors == {"em": 0.75}
    low = Baseline("c0ffee", 8, {"em": 0.25})
    assert update(report(*[True] * 8), low).floors == {"em": 0.5}


def test_lowering_a_floor_needs_the_flag() -> None:
    baseline = Baseline("c0ffee", 2, {"em": 0.9})
    with pytest.raises(DatelineError, match=r"em is 0\.5000.*`--lower`"):
        update(report(True, False), baseline)
    assert update(report(True, False), baseline, lower=True).floors == {"em": 0.0}


def test_a_changed_corpus_needs_an_update() -> None:
    baseline = update(report(True))
    with pytest.raises(DatelineError, match="dateline eval --update"):
        check(report(True, corpus="decaf"), baseline)


def test_a_changed_corpus_does_not_lower_a_floor_unasked() -> None:
    baseline = Baseline("c0ffee", 2, {"em": 0.9})
    with pytest.raises(DatelineError, match="--lower"):
        update(report(True, False, corpus="decaf"), baseline)


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=9), min_size=1, max_size=5))
def test_floors_never_fall_however_often_they_are_updated(runs: list[list[bool]]) -> None:
    baseline = None
    for rights in runs:
        before = baseline.floors["em"] if baseline else 0.0
        try:
            baseline = update(report(*rights), baseline)
        except DatelineError:
            assert sum(rights) / len(rights) < before
        assert baseline is not None
        assert baseline.floors["em"] >= before


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = Baseline("c0ffee", 4, {"em": 0.5, "hit@1": 0.7083})
    save_baseline(Baseline("other", 1, {}), path)
    save_baseline(baseline, path)
    assert load_baseline(path) == baseline
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_baseline_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"absent\.json.*dateline eval --update"):
        load_baseline(tmp_path / "absent.json")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"floors": 3}', '{"floors": {"em": "x"}}'])
def test_a_file_that_is_no_baseline_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content)
    with pytest.raises(DatelineError, match=r"odd\.json' is not a baseline"):
        load_baseline(path)


def test_a_baseline_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"cannot write the baseline .*absent"):
        save_baseline(Baseline("c0ffee", 1, {}), tmp_path / "absent" / "baseline.json")
