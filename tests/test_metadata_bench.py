"""What is read from a page's markup: floors that only rise."""

import pytest

from eval.benchmarks.metadata.habits import HABITS, Habit
from eval.benchmarks.metadata.measure import (
    by_dateline,
    by_trafilatura,
    measured,
    misread,
    outcome,
)

# What is known to be read wrong or missed; a page that comes to be read right leaves this list.
MISREAD = {
    "a place and a colon",
    "a date in French",
    "seconds since 1970 in meta",
    "a byline with From",
    "a byline at the end",
    "two headings of the first rank",
}


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_page_is_read_as_a_careful_reader_would(habit: Habit) -> None:
    assert bool(misread(habit)) == (habit.name in MISREAD), misread(habit)


def test_no_field_is_read_worse_than_by_trafilatura_alone() -> None:
    ours, theirs = measured(by_dateline), measured(by_trafilatura, to_the_day=True)
    for field, counts in ours.items():
        assert counts["right"] >= theirs[field]["right"], field
        assert counts["wrong"] <= max(1, theirs[field]["wrong"]), field


def test_the_pages_cover_what_pages_do() -> None:
    assert len({habit.name for habit in HABITS}) == len(HABITS) >= 60


def test_a_field_is_right_wrong_missed_or_rightly_absent() -> None:
    assert outcome("2020-06-09", "2020-06-09") == "right"
    assert outcome("2020-06-09T14:05:00", "2020-06-09", to_the_day=True) == "right"
    assert outcome("2020-06-09", "2020-06-10") == "wrong"
    assert outcome("", "2020-06-10") == "wrong"
    assert outcome("2020-06-09", None) == "missed"
    assert outcome("", None) is None
