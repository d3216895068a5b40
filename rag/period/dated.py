"""Phrases that name days of the calendar: "9 June 2020", "late June", "the first half of 2020"."""

import re
from datetime import date

from rag.period.rule import rules
from rag.period.spans import Span, months, season, third, whole
from rag.period.vocabulary import (
    ANY_MONTH,
    AT_A_STOP,
    AT_A_STOP_OR_VERB,
    BEFORE_A_DATE,
    DAY,
    DECADE,
    FULL_MONTH,
    NAMED_MONTH,
    NO_YEAR,
    NOT_AFTER_A_BOUND,
    NOT_THE,
    OF_YEAR,
    ORDINAL,
    PART,
    SEASON,
    SHORT_MONTH,
    TO_DAY,
    TURN,
    YEAR,
    YEAR_NUMBER,
    Q,
    month_in,
    part_in,
    turn_in,
)


def _dates(match: re.Match[str], as_of: date) -> Span | None:
    """A day, or the days from it "to" another; without a year, the latest not after today."""
    last = _date(int(match["to_day"] or match["day"]), match, as_of)
    first = last and _valid(last.year, last.month, int(match["day"]))
    return (first, last) if first and last and first <= last else None


def _date(day: int, match: re.Match[str], as_of: date) -> date | None:
    if match.groupdict().get("year"):
        return _valid(_year_in(match, as_of), month_in(match), day)
    back_to_a_leap_day = range(as_of.year, as_of.year - 9, -1)
    found = (_valid(year, month_in(match), day) for year in back_to_a_leap_day)
    return next((day for day in found if day and day <= as_of), None)


def _iso(match: re.Match[str], as_of: date) -> Span | None:
    day = _valid(int(match["year"]), int(match["number"]), int(match["day"]))
    return (day, day) if day else None


def _month_of_year(match: re.Match[str], as_of: date) -> Span:
    """Without a year, the latest that has begun."""
    number = month_in(match)
    stated = match.groupdict().get("year")
    year = _year_in(match, as_of) if stated else as_of.year - (number > as_of.month)
    return _part(match, months(12 * year + number - 1))


def _whole_year(match: re.Match[str], as_of: date) -> Span:
    year = _year_in(match, as_of)
    return _part(match, months(12 * year, 12))


def _season_of_year(match: re.Match[str], as_of: date) -> Span:
    return season(match["season"].lower(), _year_in(match, as_of))


def _half(match: re.Match[str], as_of: date) -> Span:
    turn = turn_in(match) - 1
    return months(12 * _year_in(match, as_of) + 6 * turn, 6)


def _quarter(match: re.Match[str], as_of: date) -> Span:
    turn = turn_in(match) - 1
    return months(12 * _year_in(match, as_of) + 3 * turn, 3)


def _decade(match: re.Match[str], as_of: date) -> Span:
    return whole("decade", date(int(match["decade"]), 1, 1))


def _year_in(match: re.Match[str], as_of: date) -> int:
    year = match["year"]
    return int(year) if year.isdigit() else as_of.year + TURN[year.split()[0]]


def _part(match: re.Match[str], span: Span) -> Span:
    part = part_in(match)
    return third(part, span) if part else span


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dates_in(month: str, year: str) -> tuple[str, str]:
    return (
        f"{BEFORE_A_DATE}(?:the )?{DAY}{TO_DAY} (?:of )?{month}{year}",
        f"{BEFORE_A_DATE}{month} (?:the )?{DAY}{TO_DAY}{year}",
    )


DATED = rules(
    "floating",
    *((pattern, _dates) for pattern in _dates_in(ANY_MONTH, OF_YEAR)),
    *((pattern, _dates) for pattern in _dates_in(SHORT_MONTH, NO_YEAR)),
    (r"(?P<year>\d{4})[-/](?P<number>\d\d)[-/](?P<day>\d\d)", _iso),
    (f"(?:{PART})?{ANY_MONTH}{OF_YEAR}", _month_of_year),
    (f"{PART}{NAMED_MONTH}{NO_YEAR}", _month_of_year),
    (f"(?:{PART}|the year ){YEAR}", _whole_year),
    (f"(?:the )?{SEASON}{OF_YEAR}", _season_of_year),
    (f"(?:the )?{ORDINAL} half{OF_YEAR}", _half),
    (f"(?:(?:the )?{ORDINAL} quarter|{Q}){OF_YEAR}", _quarter),
    (f"the (?:(?:early|mid|late)(?: |-))?{DECADE}", _decade),
) + rules(
    "bare",
    (f"{NOT_THE}{NOT_AFTER_A_BOUND}{NAMED_MONTH}{NO_YEAR}", _month_of_year),
    (f"{NOT_THE}{FULL_MONTH}{NO_YEAR}{AT_A_STOP}", _month_of_year),
    (f"{NOT_THE}(?P<year>{YEAR_NUMBER}){AT_A_STOP_OR_VERB}", _whole_year),
    (DECADE, _decade),
)
