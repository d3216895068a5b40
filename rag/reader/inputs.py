"""What the reader's model reads: a question, a title and a passage as token ids.

Training and answering both make their inputs here, so that they cannot drift apart.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Encoding, Tokenizer

from index.encoder import weights
from index.passages import TITLE_TOKENS
from index.sentences import Span

MAX_TOKENS = 288  # of all three: no more than a question of QUESTION_TOKENS and a whole passage
QUESTION_TOKENS = 72
CLS, SEP = 101, 102  # in the vocabulary of BERT, uncased
_NUMBER = (
    r"(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|"
    r"several|half a))[ \u00a0-]"
)
_UNIT = r"(?:year|month|week|day|hour|minute|second|feet|foot|inche|inch|pound|ounce)s?\b"
# "380,000", "11.20", "U.S", "AT&T", "four million" and "four minutes and 19 seconds" are one word,
# of which the model has several tokens.
_WORD = re.compile(
    rf"{_NUMBER}(?:hundred|thousand|million|billion|trillion)\b"
    rf"|{_NUMBER}{_UNIT},? (?:and )?{_NUMBER}{_UNIT}"
    r"|\w+(?:(?:[.&](?=\w)|(?<=\d)[,:](?=\d))\w+)*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Input:
    """`[CLS] question [SEP] title [SEP] passage [SEP]`; an empty title goes with its separator.

    Attributes:
        ids, types: one a token; the type is 0 for the question, 1 for what follows.
        first: which token is the passage's first.
        offsets: of each of the passage's tokens, characters of the passage's text.
        lines: of each of the same, how many line breaks stand before it.
        words: of each of the same, the character at which its word begins.
    """

    ids: list[int]
    types: list[int]
    first: int
    offsets: list[Span]
    lines: list[int]
    words: list[int]

    def tokens_of(self, span: Span) -> tuple[int, int] | None:
        """First and last token of a span of the passage's text; None if it was cut off."""
        inside = [i for i, (a, b) in enumerate(self.offsets) if a < span[1] and span[0] < b]
        if not inside or self.offsets[-1][1] < span[1]:
            return None
        return self.first + inside[0], self.first + inside[-1]

    def span_of(self, start: int, end: int) -> Span:
        """The characters from the token `start` to the end of the token `end`."""
        return self.offsets[start - self.first][0], self.offsets[end - self.first][1]


def make_input(question: str, title: str, text: str) -> Input:
    head = [CLS, *_encode(question).ids[:QUESTION_TOKENS], SEP]
    names = [*_encode(title).ids[:TITLE_TOKENS], SEP] if title else []
    body = _encode(text)
    room = MAX_TOKENS - len(head) - len(names) - 1
    ids = [*head, *names, *body.ids[:room], SEP]
    types = [0] * len(head) + [1] * (len(ids) - len(head))
    offsets = body.offsets[:room]
    return Input(
        ids, types, len(head) + len(names), offsets, _lines(text, offsets), _words(text, offsets)
    )


def _lines(text: str, offsets: Sequence[Span]) -> list[int]:
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    return [bisect(breaks, start) for start, _ in offsets]


def _words(text: str, offsets: Sequence[Span]) -> list[int]:
    begins = list(range(len(text) + 1))
    for word in _WORD.finditer(text):
        begins[word.start() : word.end()] = [word.start()] * len(word[0])
    return [begins[start] for start, _ in offsets]


def _encode(text: str) -> Encoding:
    return _tokenizer().encode(text, add_special_tokens=False)


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    tokenizer = weights.tokenizer()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters, no separator
    return tokenizer
