"""How many articles over time, in few enough bars to be read."""

from datetime import date

import pytest

from ui.shelves.histogram import MOST, histogram


@pytest.mark.parametrize(
    ("last", "unit", "bars", "label"),
    [
        (date(2020, 1, 1), "day", 1, "1 January 2020"),
        (date(2020, 2, 1), "day", 32, "1 February 2020"),
        (date(2021, 1, 31), "month", 13, "January 2021"),
        (date(2060, 5, 5), "year", 41, "2060"),
        (date(2290, 5, 5), "decade", 28, "2290s"),
    ],
)
def test_the_unit_fits_the_span(last: date, unit: str, bars: int, label: str) -> None:
    found = histogram([date(2020, 1, 1), last])
    assert found is not None
    assert (found.unit, len(found.bars), found.bars[-1][0]) == (unit, bars, label)
    assert len(found.bars) <= MOST


def test_every_dated_article_is_counted_once_and_no_month_is_left_out() -> None:
    found = histogram([date(2020, 1, 31), None, date(2020, 3, 1), date(2020, 4, 1)] * 2)
    assert found is not None
    assert found.bars == [
        ("January 2020", 2),
        ("February 2020", 0),
        ("March 2020", 2),
        ("April 2020", 2),
    ]


def test_without_a_known_day_there_is_none() -> None:
    assert histogram([None, None]) is None
