"""Every question here is asked on Thursday 18 June 2020, unless it says otherwise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.period import Period, describe, find_period

TODAY = date(2020, 6, 18)
DASH = "\N{EN DASH}"
OPEN = str(date.min)

READINGS = [
    # days
    ("What happened today?", "today", "2020-06-18", "2020-06-18"),
    ("Who met tonight?", "tonight", "2020-06-18", "2020-06-18"),
    ("What did he say this morning?", "this morning", "2020-06-18", "2020-06-18"),
    ("Yesterday's vote", "Yesterday", "2020-06-17", "2020-06-17"),
    ("What burned last night?", "last night", "2020-06-17", "2020-06-17"),
    ("Who speaks tomorrow?", "tomorrow", "2020-06-19", "2020-06-19"),
    ("the day before yesterday", "the day before yesterday", "2020-06-16", "2020-06-16"),
    ("the day after tomorrow", "the day after tomorrow", "2020-06-20", "2020-06-20"),
    # calendar units
    ("What happened this week?", "this week", "2020-06-12", "2020-06-18"),
    ("What happened last week?", "last week", "2020-06-08", "2020-06-14"),
    ("Who plays next week?", "next week", "2020-06-22", "2020-06-28"),
    ("Which film opens this weekend?", "this weekend", "2020-06-20", "2020-06-21"),
    ("Who won last weekend?", "last weekend", "2020-06-13", "2020-06-14"),
    ("Who won over the weekend?", "over the weekend", "2020-06-13", "2020-06-14"),
    ("Who won this past weekend?", "this past weekend", "2020-06-13", "2020-06-14"),
    ("this month's talks", "this month", "2020-06-01", "2020-06-30"),
    ("last month", "last month", "2020-05-01", "2020-05-31"),
    ("Who retires next year?", "next year", "2021-01-01", "2021-12-31"),
    ("Who retired last year?", "last year", "2019-01-01", "2019-12-31"),
    ("earlier this week", "earlier this week", "2020-06-15", "2020-06-18"),
    ("later this year", "later this year", "2020-06-18", "2020-12-31"),
    # lengths
    ("in the past three days", "in the past three days", "2020-06-15", "2020-06-18"),
    ("over the last two weeks", "the last two weeks", "2020-06-04", "2020-06-18"),
    ("over the last week", "the last week", "2020-06-11", "2020-06-18"),
    ("in the past few days", "in the past few days", "2020-06-13", "2020-06-18"),
    ("in the last 24 hours", "in the last 24 hours", "2020-06-17", "2020-06-18"),
    ("over the past year", "the past year", "2019-06-18", "2020-06-18"),
    ("over the next two months", "the next two months", "2020-06-18", "2020-08-18"),
    ("three days ago", "three days ago", "2020-06-15", "2020-06-15"),
    ("a couple of weeks ago", "a couple of weeks ago", "2020-06-01", "2020-06-07"),
    ("two months ago", "two months ago", "2020-04-01", "2020-04-30"),
    ("12 years ago", "12 years ago", "2008-01-01", "2008-12-31"),
    ("two years ago today", "two years ago today", "2018-06-18", "2018-06-18"),
    ("ten years ago this month", "ten years ago this month", "2010-06-01", "2010-06-30"),
    ("What has changed recently?", "recently", "2020-05-19", "2020-06-18"),
    ("lately", "lately", "2020-05-19", "2020-06-18"),
    # weekdays
    ("What was said on Tuesday?", "on Tuesday", "2020-06-16", "2020-06-16"),
    ("who spoke on friday?", "on friday", "2020-06-12", "2020-06-12"),
    ("Who spoke on Thursday?", "on Thursday", "2020-06-18", "2020-06-18"),
    ("Who spoke last Thursday?", "last Thursday", "2020-06-11", "2020-06-11"),
    ("Who spoke last Tuesday?", "last Tuesday", "2020-06-16", "2020-06-16"),
    ("Who speaks next Tuesday?", "next Tuesday", "2020-06-23", "2020-06-23"),
    ("this Sunday's race", "this Sunday", "2020-06-21", "2020-06-21"),
    ("Tuesday of last week", "Tuesday of last week", "2020-06-09", "2020-06-09"),
    ("last week on Tuesday", "last week on Tuesday", "2020-06-09", "2020-06-09"),
    ("from Monday to Wednesday", "from Monday to Wednesday", "2020-06-15", "2020-06-17"),
    ("from Friday to Monday", "from Friday to Monday", "2020-06-12", "2020-06-15"),
    # dates
    ("on 9 June 2020", "on 9 June 2020", "2020-06-09", "2020-06-09"),
    ("June 9, 2020: what then?", "June 9, 2020", "2020-06-09", "2020-06-09"),
    ("Tuesday, 9 June 2020", "Tuesday, 9 June 2020", "2020-06-09", "2020-06-09"),
    ("the 9th of June", "the 9th of June", "2020-06-09", "2020-06-09"),
    ("on Sept. 3, 2019", "on Sept. 3, 2019", "2019-09-03", "2019-09-03"),
    ("on 2020-06-09", "on 2020-06-09", "2020-06-09", "2020-06-09"),
    ("on June 9", "on June 9", "2020-06-09", "2020-06-09"),
    ("on December 9", "on December 9", "2019-12-09", "2019-12-09"),
    ("on 29 February", "on 29 February", "2020-02-29", "2020-02-29"),
    ("3 May last year", "3 May last year", "2019-05-03", "2019-05-03"),
    # months and their parts
    ("June 2020", "June 2020", "2020-06-01", "2020-06-30"),
    ("what closed in may 2019?", "in may 2019", "2019-05-01", "2019-05-31"),
    ("What closed in June?", "in June", "2020-06-01", "2020-06-30"),
    ("what closed in may?", "in may", "2020-05-01", "2020-05-31"),
    ("What closed in November?", "in November", "2019-11-01", "2019-11-30"),
    ("last June", "last June", "2019-06-01", "2019-06-30"),
    ("next March", "next March", "2021-03-01", "2021-03-31"),
    ("June of last year", "June of last year", "2019-06-01", "2019-06-30"),
    ("early June 2020", "early June 2020", "2020-06-01", "2020-06-10"),
    ("mid-May", "mid-May", "2020-05-11", "2020-05-20"),
    ("in late February 2020", "in late February 2020", "2020-02-21", "2020-02-29"),
    ("at the end of May", "the end of May", "2020-05-21", "2020-05-31"),
    # seasons, quarters, years, decades
    ("spring 2021", "spring 2021", "2021-03-01", "2021-05-31"),
    ("in the summer of 2018", "in the summer of 2018", "2018-06-01", "2018-08-31"),
    ("winter 2018", "winter 2018", "2018-12-01", "2019-02-28"),
    ("this summer", "this summer", "2020-06-01", "2020-08-31"),
    ("last winter", "last winter", "2019-12-01", "2020-02-29"),
    ("last summer", "last summer", "2019-06-01", "2019-08-31"),
    ("Q2 2020", "Q2 2020", "2020-04-01", "2020-06-30"),
    ("the third quarter of 2019", "the third quarter of 2019", "2019-07-01", "2019-09-30"),
    ("in the first half of 2019", "in the first half of 2019", "2019-01-01", "2019-06-30"),
    ("What closed in 2018?", "in 2018", "2018-01-01", "2018-12-31"),
    ("Who won in 2000?", "in 2000", "2000-01-01", "2000-12-31"),
    ("during 2019, who led?", "during 2019", "2019-01-01", "2019-12-31"),
    ("since early 2020", "since early 2020", "2020-01-01", "2020-06-18"),
    ("in the 1990s", "in the 1990s", "1990-01-01", "1999-12-31"),
    # ranges
    ("between June and August 2019", "between June and August 2019", "2019-06-01", "2019-08-31"),
    ("from November to February", "from November to February", "2019-11-01", "2020-02-29"),
    ("from 9 to 16 June 2020", "from 9 to 16 June 2020", "2020-06-09", "2020-06-16"),
    ("June 9-16, 2020", "June 9-16, 2020", "2020-06-09", "2020-06-16"),
    ("9 May to 3 June 2019", "9 May to 3 June 2019", "2019-05-09", "2019-06-03"),
    (f"from 2016{DASH}2018", f"from 2016{DASH}2018", "2016-01-01", "2018-12-31"),
    ("between 2016 and 2018", "between 2016 and 2018", "2016-01-01", "2018-12-31"),
    ("since March", "since March", "2020-03-01", "2020-06-18"),
    ("since Tuesday", "since Tuesday", "2020-06-16", "2020-06-18"),
    ("after 9 June 2020", "after 9 June 2020", "2020-06-10", "2020-06-18"),
    ("before June 2020", "before June 2020", OPEN, "2020-05-31"),
    ("until June 2019", "until June 2019", OPEN, "2019-06-30"),
    ("by the end of 2019", "by the end of 2019", OPEN, "2019-12-31"),
    ("from May until 9 June 2020", "from May until 9 June 2020", "2020-05-01", "2020-06-09"),
    ("after 9 June and before 16 June 2020", None, "2020-06-10", "2020-06-15"),
    # several phrases
    ("in 2016 and 2018", "in 2016 and 2018", "2016-01-01", "2018-12-31"),
    ("9 June or 9 May?", "9 June or 9 May", "2020-05-09", "2020-06-09"),
    ("What did she say on 9 June 2020, and he on 16 June 2020?", None, "2020-06-09", "2020-06-16"),
    ("This week's launch, the first since 2017", None, "2020-06-12", "2020-06-18"),
    ("The vote this week, 25 years after that in 1995", "this week", "2020-06-12", "2020-06-18"),
    ("Who resigned this year, and who on Tuesday?", None, "2020-06-16", "2020-06-16"),
]

NO_TIME = [
    "",
    "What did May say?",
    "Has the policy changed since May took office?",
    "a letter from May on fishing",
    "Theresa May 2 points ahead",
    "may",
    "It may 10 times be so",
    "a march through the city",
    "who took part in march through the city?",
    "Who led the March on the capital?",
    "in 5 minutes",
    "5 hours ago",
    "a few days ago",
    "more than ten years ago",
    "five or six years ago",
    "the second",
    "the 9th",
    "What does the Sunday Times report?",
    "what does the sunday times report?",
    "How long were the Black Friday queues?",
    "black friday sales",
    "Who wrote Friday Night Lights?",
    "What is open every Tuesday?",
    "What does USA Today say?",
    "What did the Today programme say?",
    "24/7",
    "9/11",
    "5/6/2020",
    "How are 2000 people housed?",
    "lost in 2000 homes",
    "lost in 1,950 homes",
    "a rise from 2000 to 3000 homes",
    "it cost $2000",
    "a population of 2000",
    "led by 2020 candidates",
    "Who won the 2018 election?",
    "in the 2024 race",
    "in 2018-19",
    "31 June 2020",
    "30 February",
    "June 1066",
    "What did June bring?",
    "June to August",
    "Who planned the October 7 attacks?",
    "the Arab Spring",
    "Why did this fall under the law?",
    "the fall of the wall",
    "in the past",
    "the last time",
    "What was the last year without a strike?",
    "the last Sunday of the season",
    "the most recently used",
    "the last week of the campaign",
    "since 2030",
    "before and after 9 June 2020",
    # These come again within 31 days.
    "on 4 July",
    "in July",
    "from 12 June to 4 July",
    "from 30 February to 3 May 2020",
]


@pytest.mark.parametrize(("text", "words", "first", "last"), READINGS)
def test_a_phrase_means_its_days(text: str, words: str | None, first: str, last: str) -> None:
    period = find_period(text, TODAY)
    assert period is not None
    assert (str(period.first), str(period.last)) == (first, last)
    assert words is None or text[period.start : period.end] == words


@pytest.mark.parametrize("text", NO_TIME)
def test_what_may_mean_something_else_is_passed_over(text: str) -> None:
    assert find_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("asked", "text", "first", "last"),
    [
        (date(2020, 6, 15), "this week", date(2020, 6, 9), date(2020, 6, 15)),
        (date(2020, 6, 21), "last weekend", date(2020, 6, 13), date(2020, 6, 14)),
        (date(2020, 6, 21), "over the weekend", date(2020, 6, 20), date(2020, 6, 21)),
        (date(2020, 3, 31), "last month", date(2020, 2, 1), date(2020, 2, 29)),
        (date(2021, 1, 9), "this winter", date(2020, 12, 1), date(2021, 2, 28)),
        (date(2020, 9, 10), "last summer", date(2020, 6, 1), date(2020, 8, 31)),
        (date(2021, 7, 1), "on 29 February", date(2020, 2, 29), date(2020, 2, 29)),
    ],
)
def test_the_day_of_the_question_decides(asked: date, text: str, first: date, last: date) -> None:
    period = find_period(text, asked)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2020-06-09", "2020-06-09", "9 June 2020"),
        ("2020-06-01", "2020-06-30", f"1{DASH}30 June 2020"),
        ("2020-06-01", "2020-08-31", f"1 June {DASH} 31 August 2020"),
        ("2018-09-14", "2019-01-03", f"14 September 2018 {DASH} 3 January 2019"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("1990-01-01", "1999-12-31", f"1990{DASH}1999"),
        (OPEN, "2020-06-30", "until 30 June 2020"),
        (OPEN, "2019-12-31", "until 31 December 2019"),
    ],
)
def test_a_period_is_described_exactly(first: str, last: str, words: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last), 0, 1)
    assert describe(period) == words


PHRASES = [text for text, *_ in READINGS] + NO_TIME
GLUE = [" ", ", ", " and ", " to ", " before ", " since ", "-", "\n", ". ", " May ", " 9 ", "'s "]


@st.composite
def jumbles(draw: st.DrawFn) -> str:
    """Phrases of the tables cut and pasted with words that join them."""
    pieces = draw(st.lists(st.sampled_from(PHRASES) | st.sampled_from(GLUE), max_size=7))
    text = "".join(pieces)
    return text[draw(st.integers(0, 9)) :]


@given(jumbles() | st.text(), st.dates())
def test_any_text_on_any_day_gives_an_ordered_period_inside_the_text_or_none(
    text: str, as_of: date
) -> None:
    period = find_period(text, as_of)
    if period is not None:
        assert period.first <= period.last
        assert 0 <= period.start < period.end <= len(text)
        assert describe(period)


@pytest.mark.parametrize("as_of", [date.min, date.max, date.min + timedelta(8), date(9999, 12, 1)])
@pytest.mark.parametrize("text", PHRASES)
def test_the_ends_of_the_calendar_raise_nothing(text: str, as_of: date) -> None:
    period = find_period(text, as_of)
    assert period is None or period.first <= period.last


RELATIVE_TO_A_WEEK = [
    "today", "yesterday", "on Tuesday", "last Friday", "next Sunday", "this Monday", "last week",
    "this week", "over the weekend", "next weekend", "past three days", "two weeks ago",
    "since Monday", "Tuesday last week", "recently",
]  # fmt: skip


@given(st.sampled_from(RELATIVE_TO_A_WEEK), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_week_later_the_same_words_mean_days_a_week_later(text: str, as_of: date) -> None:
    week = timedelta(days=7)
    before, after = find_period(text, as_of), find_period(text, as_of + week)
    assert before is not None and after is not None
    assert (after.first, after.last) == (before.first + week, before.last + week)


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.dates())
def test_a_described_day_is_read_back_as_itself(day: date, as_of: date) -> None:
    found = find_period(f"on {describe(Period(day, day, 0, 1))}?", as_of)
    assert found is not None
    assert (found.first, found.last) == (day, day)
