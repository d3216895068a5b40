"""An answer comes back from JSON as it was."""

import json
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rag.scope
from index.errors import DatelineError
from rag.answer import Answer, Question
from rag.revive import plain, revive

# Surrogates are no text: no file, and so no archive, can hold one.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, texts)
st.register_type_strategy(float, st.floats(allow_nan=False))
days = st.tuples(st.dates(), st.dates()).map(sorted)
scopes = st.builds(
    lambda pair, outlets: rag.scope.Scope(pair[0], pair[1], outlets), days, st.tuples(texts)
)
st.register_type_strategy(rag.scope.Scope, scopes | st.just(rag.scope.EVERYTHING))
answers = st.builds(Answer)
DAY = date(2020, 6, 9)


@settings(max_examples=60, deadline=None)
@given(answers)
def test_an_answer_comes_back_equal_from_its_json(answer: Answer) -> None:
    back = Answer.from_dict(json.loads(json.dumps(answer.to_dict())))
    assert back == answer
    assert back.timings == answer.timings
    assert hash(back.question) == hash(answer.question)


def test_what_this_dateline_does_not_know_is_passed_over() -> None:
    answer = Answer(Question("Why?", "Why?", DAY, DAY))
    later = answer.to_dict() | {"mood": "sober"}
    assert Answer.from_dict(later) == answer


def test_what_an_older_one_did_not_write_takes_its_default() -> None:
    answer = Answer(Question("Why?", "Why?", DAY, DAY))
    older = answer.to_dict()
    del older["notes"], older["rivals"], older["question"]["window"]
    assert Answer.from_dict(older) == answer


@pytest.mark.parametrize("data", [{}, {"question": 7}, {"question": {"text": "Why?"}}])
def test_what_is_no_answer_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(DatelineError, match="no Answer that this Dateline can read"):
        Answer.from_dict(data)


@dataclass(frozen=True)
class Scope:
    days: tuple[date, date] | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scoped:
    scope: Scope | None = None
    asked: tuple[Scope, ...] = ()


@given(st.builds(Scoped))
def test_fields_to_come_need_no_line(scoped: Scoped) -> None:
    assert revive(Scoped, json.loads(json.dumps(plain(scoped)))) == scoped
