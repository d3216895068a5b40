"""Dates are read exactly as stated, and never guessed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.loaders.text.head import read_head
from index.published import day_in_url, parse_published

STATED = {
    "2020-06-09": "2020-06-09",
    "20200609": "2020-06-09",
    "2020/06/09": "2020-06-09",
    "2020-06-09T14:05:00+09:00": "2020-06-09T14:05:00+09:00",
    "2020-06-09T14:05Z": "2020-06-09T14:05:00+00:00",
    "2020-06-09T14:05:00.123Z": "2020-06-09T14:05:00+00:00",
    "2020-06-09 14:05:00": "2020-06-09T14:05:00",
    "2020-06-09 14:05:00 +0900": "2020-06-09T14:05:00+09:00",
    "Tue, 09 Jun 2020 14:05:00 +0900": "2020-06-09T14:05:00+09:00",
    "Tue, 9 Jun 2020 14:05:00 GMT": "2020-06-09T14:05:00+00:00",
    "Tue, 09 Jun 2020 14:05:00 +0900 (KST)": "2020-06-09T14:05:00+09:00",
    "09 Jun 2020 14:05 -0000": "2020-06-09T14:05:00",
    "9 June 2020": "2020-06-09",
    "9th of June 2020": "2020-06-09",
    "Tuesday 9 June 2020": "2020-06-09",
    "9-Jun-2020": "2020-06-09",
    "June 9, 2020": "2020-06-09",
    "Sept. 9, 2020": "2020-09-09",
    "June 9, 2020 at 12:05 a.m.": "2020-06-09T00:05:00",
    "Jun 9 2020 3:05 PM EDT": "2020-06-09T15:05:00-04:00",
    "9 June 2020, 15.05 BST": "2020-06-09T15:05:00",
    "25/12/2024": "2024-12-25",
    "12/25/2024": "2024-12-25",
    "10.10.2024": "2024-10-10",
    " 29 February 2024 ": "2024-02-29",
}


@pytest.mark.parametrize(("written", "read"), STATED.items())
def test_a_stated_date_is_read_as_exactly_as_it_is_stated(written: str, read: str) -> None:
    assert parse_published(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "10/11/2024", "1.2.2024", "10/11/24", "9 Jun 20", "June 2020", "2020", "yesterday", "",
        "31 June 2020", "2020-02-30", "29 February 2023", "9 June 1499", "2201-01-01",
        "9 June 2020 25:00", "9 June 2020 13:05 PM", "9 June 2020 14:05 +9900", "13/13/2024",
        "9 June 2020, updated an hour ago", "2020-06-0914:05", "1591680000", "9 " * 500_000,
    ],
)  # fmt: skip
def test_a_date_that_is_ambiguous_or_impossible_is_not_guessed(written: str) -> None:
    assert parse_published(written) is None


@pytest.mark.parametrize(
    "value", [None, True, 20200609, 1591680000.0, ["2020-06-09"], b"2020-06-09"]
)
def test_what_is_not_a_date_is_not_read_as_one(value: object) -> None:
    assert parse_published(value) is None


def test_dates_and_times_are_taken_as_they_are() -> None:
    seoul = timezone(timedelta(hours=9))
    assert parse_published(date(2020, 6, 9)) == "2020-06-09"
    assert parse_published(datetime(2020, 6, 9, 14, 5, tzinfo=seoul)) == "2020-06-09T14:05:00+09:00"
    assert parse_published(date(1499, 12, 31)) is None


SPELLED = (
    "{:%d %B %Y}",
    "{:%B %d, %Y}",
    "{:%a, %d %b %Y}",
    "{:%Y/%m/%d}",
    "{:%Y-%m-%d}",
    "{:%Y%m%d}",
)


@given(st.dates(date(1500, 1, 1), date(2200, 12, 31)), st.sampled_from(SPELLED))
def test_every_day_is_read_back_from_each_spelling(day: date, spelling: str) -> None:
    assert parse_published(spelling.format(day)) == day.isoformat()


@given(st.datetimes(datetime(1500, 1, 1), datetime(2200, 12, 31)))
def test_every_time_is_read_back_with_its_zone(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_published(f"{moment:%a, %d %b %Y %H:%M:%S +0000}") == moment.isoformat()
    assert parse_published(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=90))
def test_no_string_makes_it_fail(written: str) -> None:
    read = parse_published(written)
    assert read is None or date.fromisoformat(read[:10])


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://harbour.example/2020/06/09/gates", "2020-06-09"),
        ("https://harbour.example/2020/6/9/gates.html", "2020-06-09"),
        ("https://harbour.example/world/2020/jun/09/gates", "2020-06-09"),
        ("https://harbour.example/2020-06-09/gates", "2020-06-09"),
        ("https://harbour.example/gates-open-2020-06-09/", "2020-06-09"),
        ("https://harbour.example/20200609/gates", "2020-06-09"),
        ("https://harbour.example/en/20200609-gates", "2020-06-09"),
        ("https://harbour.example/2020/13/09/gates", None),
        ("https://harbour.example/id/20209999/gates", None),
        ("https://harbour.example/2020060912345/gates", None),
        ("https://harbour.example/2020/06/gates", None),
        ("https://harbour.example/news/gates", None),
    ],
)
def test_a_day_is_inferred_from_a_url_only_if_it_is_one(url: str, day: str | None) -> None:
    assert day_in_url(url) == day


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("By Ada Quill\n\nPublished: 9 June 2020\n\nThe gates", "2020-06-09"),
        ("By Ada Quill | 9 June 2020, 14:05\nThe gates", "2020-06-09T14:05:00"),
        ("First published on Tue 9 Jun 2020\nUpdated 10 June 2020\nThe gates", "2020-06-09"),
        ("9 June 2020, updated 3 hours ago\nThe gates", "2020-06-09"),
        ("Updated 10 June 2020\nThe gates", None),
        ("3 hours ago\nThe gates", None),
        ("The gates were opened on 9 June 2020", None),
        ("one\ntwo\nthree\n9 June 2020", None),
        ("10/11/2024\nThe gates", None),
    ],
)
def test_a_day_is_inferred_from_a_line_of_its_own_above_the_text(
    text: str, published: str | None
) -> None:
    assert read_head(text).published == published
