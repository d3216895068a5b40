r"""The words that phrases are made of, as pieces of patterns, and what they stand for.

In a piece, one space stands for any white space (see `compiled`).
"""

import re

from rag.period.spans import MONTHS, SEASONS, WEEKDAYS

TURN = {"last": -1, "this": 0, "next": 1}
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split("|"), 1)} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "few": 5,  # wide enough for "the past few days"; "a few days ago" is not read at all
    "several": 5,
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PARTS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


def _either_case(name: str) -> str:
    return f"[{name[0].upper()}{name[0].lower()}]{name[1:]}"


def _or_short(month: str) -> str:
    """`June` also as "Jun" and "Jun."; September also as "Sept"."""
    return month[:3] + ("(?:t|tember)?" if month == "September" else f"(?:{month[3:]})?") + r"\.?"


# In small letters these are verbs, unless a year follows or a stop.
_VERBS = ("March", "May")
_NOUNS = tuple(month for month in MONTHS if month not in _VERBS)
_EITHER_SHORT = tuple(_either_case(_or_short(month)) for month in _NOUNS)

ANY_MONTH = f"(?P<month>{_any(*(_either_case(_or_short(month)) for month in MONTHS))})"
SHORT_MONTH = f"(?P<month>{_any(*_EITHER_SHORT, *map(_or_short, _VERBS))})"
FULL_MONTH = f"(?P<month>{_any(*map(_either_case, MONTHS))})"
NAMED_MONTH = f"(?P<month>{_any(*map(_either_case, _NOUNS), *_VERBS)})"
_DAY_NAME = _any(*map(_either_case, WEEKDAYS))
WEEKDAY = f"(?P<weekday>{_DAY_NAME})"
BEFORE_A_DATE = f"(?:{_DAY_NAME},? )?"
SEASON = f"(?P<season>{_any(*map(_either_case, SEASONS))})"

DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
TO_DAY = r"(?:(?: (?:to|and|until|through) |\s*[-\u2013]\s*)(?P<to_day>\d{1,2})(?:st|nd|rd|th)?)?"
# Neither the first half of "2018-19" nor the decade "1950's".
YEAR_NUMBER = r"(?:1[5-9]|20)\d\d(?![-\u2013]\d\d(?!\d)|['\u2019]s)"
DECADE = r"(?P<decade>(?:1[5-9][1-9]|20\d)0)['\u2019]?s"  # "the 1700s" may be a century

YEAR = rf"(?P<year>{YEAR_NUMBER}|(?:this|last|next) year)"
OF_YEAR = rf"(?:,? of |,? |,){YEAR}"
NO_YEAR = r"(?!(?:,? of |,? |,)\d{3})"
ORDINAL = f"(?P<turn>{_any(*_ORDINALS)})"
Q = "[Qq](?P<digit>[1-4])"
PART = "(?:(?P<part>early|mid|late)|(?:the )?(?P<end>start|beginning|middle|end) of)(?: |-)"
_A_COUNT = rf"\d{{1,3}}|an?|{_WORDS}|couple of"
COUNT = rf"(?:a )?(?P<count>{_A_COUNT})"
VAGUE_COUNT = rf"(?:a )?(?P<count>{_A_COUNT}|few|several)"
UNIT = "(?P<unit>day|week|month|year)s?"
WHICH = r"(?<!the\s)(?P<which>last|this|next)"  # "the last Sunday in June" is another thing

# What may follow a year, unlike a counted noun ("2000 people"), or a month, unlike the verb
# of a person ("since May took office").
_SMALL_WORDS = "and|or|to|in|at|on|of|for|by|with|as|until|till|but|than|because|while|when"
_MORE_WORDS = (
    "after|before|through|did|do|does|was|were|is|are|has|have|had|will|would|could|can"
    "|what|who|which|where|why|how|the|an?"
)


def _stop(words: str) -> str:
    return rf"(?=\s*(?:$|[^\w\s'\u2019#,.]|[,.](?!\d)|[A-Z]|(?<=\s)(?:{words})\b))"


AT_A_STOP = _stop(_SMALL_WORDS)
NOT_THE = r"(?<!the\s)"  # "during the March", "in the 2024 election"
NOT_AFTER_A_BOUND = r"(?<!since\s)(?<!after\s)(?<!before\s)(?<!until\s)(?<!from\s)"
AT_A_STOP_OR_VERB = _stop(f"{_SMALL_WORDS}|{_MORE_WORDS}")

_NAMES = (
    # "Black Friday", "the Sunday Times"; the lists are for questions typed in small letters.
    rf"(?:[A-Z]\w*|(?i:ash|black|bloody|cyber|easter|fat|giving|good|palm|ruby|super)) {_DAY_NAME}",
    rf"{_DAY_NAME} (?i:times|telegraph|mirror|mail|express|post|night|the 13th)",
    rf"{_DAY_NAME} (?!{_any(*MONTHS)})[A-Z]\w*",
    "(?i:(?:usa|russia|india) today|(?:theresa|brian|james) may|may day|april fool)",
    "(?i:long march|march madness)",
    # "The October 7 attacks" are a name: their year is not the latest one.
    rf"{_any(*MONTHS)} \d{{1,2}} "
    "(?:attack|riot|committee|insurrection|hearing|massacre|uprising|coup|movement)s?",
)


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that matches whole words and whole numbers only."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w$\u00a3\u20ac#])(?<!\d[.,/])(?:{spaced})(?!\w)(?![.,/]\d)")


NAMES = compiled("|".join(_NAMES))


def count_in(match: re.Match[str]) -> int:
    counted = " ".join((match.groupdict().get("count") or "one").split())
    return int(counted) if counted.isdigit() else _NUMBERS[counted]


def month_in(match: re.Match[str]) -> int:
    """1 to 12."""
    return 1 + [month[:3] for month in MONTHS].index(match["month"][:3].capitalize())


def weekday_in(match: re.Match[str]) -> int:
    """0, Monday, to 6."""
    return WEEKDAYS.index(match["weekday"].capitalize())


def turn_in(match: re.Match[str]) -> int:
    """1 to 4, from "first" to "fourth" or "Q1" to "Q4"."""
    words = match.groupdict()
    return int(words.get("digit") or _ORDINALS[words["turn"]])


def part_in(match: re.Match[str]) -> str | None:
    """ "early", "mid" or "late", if the phrase names a part."""
    words = match.groupdict()
    return words.get("part") or _PARTS.get(words.get("end") or "")
