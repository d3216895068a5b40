"""From what was typed, and the conversation before it, to a `Question`."""

import re
from collections.abc import Sequence
from datetime import date

from index.errors import DatelineError
from index.words import content_words
from rag.answer import Answer, Kind, Question
from rag.period import find_period, written
from rag.scope import EVERYTHING, Scope

MAX_LENGTH = 1_000  # characters; more is a document, not a question
TOPIC_WORDS = 10  # of the conversation, carried into a follow-up

# In order: the first that fits names the kind.
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "summary",
        r"^what (is|was|has been|do we) (new|known|know|said|reported)\b"
        r"|^what( is|\u2019s|'s)? (happened|happening|going on)\b"
        r"|\b(news|latest|update) (on|about)\b"
        r"|^(tell me|summari[sz]e|explain|describe|give me)\b",
    ),
    (
        "comparison",
        r"\b(compare|differ\w*|versus|vs|disagree\w*|contradict\w*)\b"
        r"|\b(more|less|fewer|(long|short|high|low|larg|small|bigg|earli|lat|bett|old|young)e?r)\b"
        r"[^,]*,.*\bor\b",
    ),
    ("yes-no", r"^(is|are|was|were|did|does|do|has|have|had|can|could|will|would)\b"),
    (
        "count",
        r"\bhow (many|much|long|old|far|big|large|high|tall|often)\b|\bwhat (number|share)\b",
    ),
    ("when", r"\bwhen\b|\b(what|which|on what) (day|date|month|year|time)\b"),
    (
        "why",
        r"\bwhy\b|\bwhat (caused|led to|prompted|made|brought)\b|\bhow come\b"
        r"|\bwhat [\w\s]*\b(reason|ground)s?\b",
    ),
    ("where", r"\bwhere\b|\b(what|which) (city|country|town|place|state|region)\b"),
    ("who", r"\bwho(m|se)?\b|\b(what|which) (person|company|team|party|minister|leader)\b"),
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_REFERS_BACK = re.compile(
    r"\b(he|him|his|she|hers?|they|them|their|theirs|it|its|this|that|those|these|there|then)\b",
    re.I,
)
# "it" that stands for nothing, and "that" or "there" that point forward.
_REFERS_TO_NOTHING = re.compile(
    r"\b(is|was) it (true|clear|possible|known)( that)?\b|\b(is|are|was|were) there\b"
    r"|\b(sa(y|id|ys)|claim(ed|s)?|report(ed|s)?|show(ed|s|n)?|think|know|mean|true|sure) that\b",
    re.I,
)
_OPENS_AS_FOLLOW_UP = re.compile(r"(and|but|so|or|then|also|what about|how about)\b", re.I)
_NAME = re.compile(r"\b[A-Z][\w'\u2019-]*(?:\s+[A-Z][\w'\u2019-]*)*")


def understand(
    text: str,
    as_of: date,
    until: date | None = None,
    history: Sequence[Answer] = (),
    scope: Scope = EVERYTHING,
) -> Question:
    """Resolve a typed question.

    Args:
        history: the conversation so far, oldest first.

    Raises:
        DatelineError: there is no question, or far too much of it, or its window begins after
            the last day that is used.
    """
    text = " ".join(text.split())
    if not text:
        raise DatelineError("the question is empty", "type a question")
    if len(text) > MAX_LENGTH:
        raise DatelineError(
            f"the question is {len(text):,} characters long",
            f"ask in at most {MAX_LENGTH:,}",
        )
    until = min(until or as_of, scope.last or date.max)
    if scope.first and scope.first > until:
        raise DatelineError(
            f"the window begins on {written(scope.first)}, and nothing published after "
            f"{written(until)} is used",
            "begin it earlier, or ask as of a later day",
        )
    period = find_period(text, as_of)
    return Question(
        text=text,
        standalone=_standalone(text, history),
        as_of=as_of,
        until=until,
        window=(period.first, period.last) if period else None,
        kind=kind_of(text),
        scope=scope,
    )


def kind_of(text: str) -> Kind:
    """What form of answer a question asks for; of several sentences, the last asks.

    >>> kind_of("How many people left Oakes?")
    'count'
    """
    asks = asking(text)
    return next((kind for kind, pattern in _KINDS if re.search(pattern, asks)), "fact")


def asking(text: str) -> str:
    """The last sentence of a question, in lower case: what comes before it sets the scene."""
    return _SENTENCE_END.split(text.strip().lower())[-1]


def refers_back(text: str) -> bool:
    """Whether a question needs the conversation to be understood.

    >>> refers_back("And when were they restored?"), refers_back("When were the lines restored?")
    (True, False)
    """
    if len(content_words(text)) <= 1 or _OPENS_AS_FOLLOW_UP.match(text):
        return True
    return _REFERS_BACK.search(_REFERS_TO_NOTHING.sub(" ", text)) is not None


def _standalone(text: str, history: Sequence[Answer]) -> str:
    """The question with the topic of the conversation behind it, where it refers back to one."""
    asked = [answer for answer in history if answer.statements or answer.abstained]
    if not asked or not refers_back(text):
        return text
    topic = _topic(asked[-1], known=set(content_words(text)))
    return f"{text} ({' '.join(topic)})" if topic else text


def _topic(last: Answer, known: set[str]) -> list[str]:
    """What the last question was about, and whom its answer names first, in their own words."""
    words = re.findall(r"[\w'\u2019-]+", last.question.standalone)
    if last.statements:
        words += [
            word for name in _NAME.findall(last.statements[0].text)[1:3] for word in name.split()
        ]
    topic: list[str] = []
    for word in words:
        plain = content_words(word)
        if plain and plain[0] not in known:
            known.add(plain[0])
            topic.append(word)
    return topic[:TOPIC_WORDS]
