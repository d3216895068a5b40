"""Finds the phrases of a text that name days, what leads each, and which are joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.period.dated import DATED
from rag.period.relative import RELATIVE
from rag.period.rule import Rule
from rag.period.vocabulary import NAMES


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase where it stands.

    Attributes:
        lead: the preposition before it, such as "since"; may be empty.
        joint: the word that joins it to the phrase before, such as "to"; may be empty.
        start: where the lead starts, or else the phrase.
    """

    rule: Rule
    match: re.Match[str]
    lead: str
    joint: str
    start: int

    @property
    def is_relative(self) -> bool:
        return self.rule in RELATIVE

    @property
    def states_year(self) -> bool:
        return bool(self.match.groupdict().get("year"))


_LEAD = re.compile(
    r"(?<!\w)(since|before\s+and\s+after|after|before|prior\s+to|until|till|up\s+to|by|in|during"
    r"|throughout|from|between|on|(?:days?|weeks?|weekend|month|rest)\s+of)\s+(?:the\s+)?$"
)
_PAIRED = ("from", "between")
_NO_LEAD_OF_BARE = ("", "by", "on")  # "led by May", "a film on March"
_LIST_JOINT = r"and|or|/|versus|vs\.?|compared\s+(?:with|to)"
_JOINT = re.compile(rf",?\s*({_LIST_JOINT}|to|through|[-\u2013])\s*")
_UNTIL = re.compile(r",?\s*(until|till)\s*")  # a lead too, so that its start is the phrase's
_SENTENCE_START = re.compile(r"(?:^|[.?!]\s+)[\"'\u201c\u2018(]*[A-Z]")


Run = list[Mention]


def runs(text: str) -> list[Run]:
    """The phrases from left to right; those joined ("June and July 2020") are one run."""
    found: list[Run] = []
    for mention in _mentions(_masked(text)):
        if found and mention.joint:
            found[-1].append(mention)
        else:
            found.append([mention])
    return [run for run in found if _names_days(run)]


def is_range(run: Run) -> bool:
    """Whether a run of two or more has ends ("from June to August") and is no list."""
    return run[0].lead in _PAIRED or not re.fullmatch(_LIST_JOINT, run[-1].joint)


def _masked(text: str) -> str:
    """The same length, without names like "Black Friday" and without capitals of sentences.

    A capital elsewhere then marks a name: a newspaper's "Today" is no day.
    """
    plain = _SENTENCE_START.sub(lambda match: match[0].lower(), text)
    return NAMES.sub(lambda match: "#" * len(match[0]), plain)


def _mentions(text: str) -> Iterator[Mention]:
    """The phrases from left to right; of those that overlap the first, and the longest."""
    found = [(rule, match) for rule in RELATIVE + DATED for match in rule.pattern.finditer(text)]
    end = 0
    for rule, match in sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end())):
        if match.start() >= end:
            lead = _LEAD.search(text, end, match.start())
            start = (lead or match).start()
            joint = _JOINT.fullmatch(text, end, start) or _UNTIL.fullmatch(text, end, match.start())
            yield Mention(rule, match, lead[1] if lead else "", joint[1] if joint else "", start)
            end = match.end()


def _names_days(run: Run) -> bool:
    """Whether something in it shows that its bare months and years are such."""
    lead = run[0].lead
    led = len(run) > 1 if lead in _PAIRED else lead not in _NO_LEAD_OF_BARE
    return led or any(mention.rule.kind != "bare" for mention in run)
