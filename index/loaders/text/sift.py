"""A report's lines apart from what stood around them: litter is dropped, captions are marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.article import Block, Kind
from index.loaders.text.captions import mark_of
from index.loaders.text.litter import is_litter, opens_list

CAPTION_MARK = "\ue000"  # a loader that knows a caption by its markup begins its line with this
SENTENCE_END = re.compile(r"[.!?…][\"'\u201d\u2019»)\]]*$")
SHORTEST_PROSE = 40  # characters of a sentence that bounds a report
LONGEST_HEADLINE = 130  # characters
HEADLINE = re.compile(  # six words or more, no number before them, no bar or dash among them
    r"(?:[^\W\d_]|['\"\u2018\u201c])[^|:\u2013\u2014]*(?:\s[^|:\u2013\u2014\s]+){5}$"
)
HEADLINES = 3  # this many, with nothing but headlines below, are a list of other reports
# A line between two paragraphs: twelve words or more, no full stop within, no colon at the end.
LONE = re.compile(
    r"(?=[^\W\d_a-z])(?!.*[a-z][.!?][\"'\u2019\u201d]?\s)(?:\S+\s){11,40}\S*[^:;,\u2013\u2014-]"
)


@dataclass(frozen=True, slots=True)
class Sifted:
    """
    Attributes:
        blocks: tile the text but for the line breaks between them.
        dropped: the lines left out.
    """

    text: str
    blocks: tuple[Block, ...]
    dropped: tuple[str, ...]


def sift(text: str) -> Sifted:
    """Clean text without its litter, and what kind each run of its lines is.

    >>> sift("The gates were opened at dawn.\\n\\nShare this article").text
    'The gates were opened at dawn.'
    """
    lines = text.split("\n")
    kinds = _kinds(lines)
    kept = [(line, kind) for line, kind in zip(lines, kinds, strict=True) if kind]
    dropped = [line for line, kind in zip(lines, kinds, strict=True) if kind is None]
    return Sifted(*_joined(_without_gaps(kept)), tuple(dropped))


def _kinds(lines: Sequence[str]) -> list[Kind | None]:
    """The kind of each line; None for litter. A blank line counts as body here."""
    kinds: list[Kind | None] = [_kind(line) for line in lines]
    _drop_lists(lines, kinds)
    _drop_headlines_at_the_end(lines, kinds)
    _mark_above_credits(lines, kinds)
    _mark_lone_lines(lines, kinds)
    return kinds


def _kind(line: str) -> Kind | None:
    if not line:
        return "body"
    if line.startswith(CAPTION_MARK):
        return "caption"
    return None if is_litter(line) else mark_of(line) or "body"


def _drop_lists(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """Below "Related articles", the headlines down to the next sentence."""
    listing = False
    for at, line in enumerate(lines):
        if opens_list(line):
            listing = True
        elif line and kinds[at]:
            listing = listing and _is_headline(line)
            if listing:
                kinds[at] = None


def _drop_headlines_at_the_end(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """Headlines of other reports, each a paragraph, below the last sentence."""
    last = max((at for at, line in enumerate(lines) if not _is_headline(line)), default=-1)
    below = [at for at in range(last + 1, len(lines)) if lines[at]]
    tail = [at for at in below if kinds[at] == "body"]
    told = HEADLINES if len(tail) == len(below) else 1  # one does, beside lines that are litter
    if (
        last >= 0
        and len(tail) >= told
        and not lines[last].endswith(":")
        and all(HEADLINE.match(lines[at]) and not lines[at - 1] for at in tail)
    ):
        for at in tail:
            kinds[at] = None


def _mark_above_credits(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """A caption's credit stands on the line below it: the line above is that caption."""
    for above, at in pairwise(range(len(lines))):
        if kinds[at] == "credit" and lines[at].startswith("(") and lines[above]:
            kinds[above] = kinds[at] = "caption"


def _mark_lone_lines(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """Between two paragraphs of sentences, a long line that ends as none does."""
    shown = [at for at, line in enumerate(lines) if line and kinds[at] == "body"]
    for before, at, after in zip(shown, shown[1:], shown[2:], strict=False):
        if (
            _is_prose(lines[before])
            and _is_prose(lines[after])
            and LONE.fullmatch(lines[at])
            and not SENTENCE_END.search(lines[at])
        ):
            kinds[at] = "aside"


def _is_prose(line: str) -> bool:
    return len(line) >= SHORTEST_PROSE and SENTENCE_END.search(line) is not None


def _is_headline(line: str) -> bool:
    """Blank, or short and no sentence; a question may be one."""
    ended = SENTENCE_END.search(line)
    return len(line) <= LONGEST_HEADLINE and (ended is None or line.endswith("?"))


def _without_gaps(kept: Sequence[tuple[str, Kind]]) -> list[tuple[str, Kind]]:
    """One blank line where a dropped line leaves two, and none at the edges."""
    result: list[tuple[str, Kind]] = []
    for line, kind in kept:
        bare = line.replace(CAPTION_MARK, "").strip()
        if bare or (result and result[-1][0]):
            result.append((bare, kind))
    while result and not result[-1][0]:
        result.pop()
    return result


def _joined(lines: Sequence[tuple[str, Kind]]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    at = 0
    for line, kind in lines:
        end = at + len(line)
        if line and blocks and blocks[-1].kind == kind:
            blocks[-1] = replace(blocks[-1], end=end)
        elif line:
            blocks.append(Block(at, end, kind))
        at = end + 1
    return "\n".join(line for line, _ in lines), tuple(blocks)
