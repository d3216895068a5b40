"""Conversations on disk: what was said is there again, for whom it belongs to, and nobody else."""

import json
import multiprocessing
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_render import GATES, answered, cite
from test_revive import answers, texts

from eval.cases import load_cases
from eval.locate import locate
from index.errors import DatelineError
from ui.chat.conversation import Turn
from ui.cli import main
from ui.keep.actions import opinion
from ui.keep.feedback import judgements
from ui.keep.keeper import Keeper, id_of
from ui.keep.model import Kept, Shelf, Thumb
from ui.keep.store import LONGEST_TITLE, conversations_file, opened

MINE = Shelf("clippings")
CITED = cite(GATES, 0, 23)
TURN = Turn("What rose?", answer=answered(CITED, short_answer="The river", said_by=(CITED,)))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    return tmp_path


def kept(*turns: Turn, shelf: Shelf = MINE) -> str:
    """The id of a new conversation of these turns."""
    key = ""
    with opened() as store:
        for turn in turns:
            key = store.append(shelf, turn, key).conversation
    return key


@settings(max_examples=30, deadline=None)
@given(texts, st.none() | st.dates(), st.none() | answers, texts)
def test_a_turn_comes_back_as_it_was(
    asked: str, as_of: date | None, answer: None, problem: str
) -> None:
    turn = Turn(asked, as_of, answer=answer, problem=problem)
    with opened() as store:
        place = store.append(MINE, turn)
        assert store.turns(place.conversation) == (replace(turn, kept=place),)
        store.delete(place.conversation)


def test_a_conversation_keeps_its_order_and_is_named_for_its_first_question() -> None:
    key = kept(Turn("One?", problem="x"), Turn("Two?", problem="y"))
    with opened() as store:
        assert [turn.asked for turn in store.turns(key)] == ["One?", "Two?"]
        assert [(one.id, one.title) for one in store.headings(MINE)] == [(key, "One?")]


def test_the_conversation_asked_in_last_comes_first() -> None:
    first, second = kept(Turn("One?", problem="x")), kept(Turn("Two?", problem="x"))
    with opened() as store:
        assert [one.id for one in store.headings(MINE)] == [second, first]
        store.append(MINE, TURN, first)
        assert [one.id for one in store.headings(MINE, limit=1)] == [first]


@pytest.mark.parametrize("other", [Shelf("clippings", "ann"), Shelf("another")])
def test_another_owner_and_another_archive_see_none_of_it(other: Shelf) -> None:
    key = kept(TURN)
    with opened() as store:
        assert store.headings(other) == []
        assert store.heading(key, other) is None
        assert store.append(other, TURN, key).conversation != key
        assert len(store.turns(key)) == 1


def test_a_new_title_stays_and_a_blank_one_changes_nothing() -> None:
    key = kept(TURN)
    with opened() as store:
        store.rename(key, "  The\nflood x " + "x" * 200)
        store.rename(key, " ")
        title = store.headings(MINE)[0].title
    assert title.startswith("The flood x")
    assert len(title) <= LONGEST_TITLE + 1


def test_half_a_character_from_a_browser_is_no_obstacle() -> None:
    key = kept(replace(TURN, asked="Wh\ud800y?"))
    with opened() as store:
        assert store.headings()[0].title == "Wh?y?"
        assert store.turns(key)[0].asked == "Wh\ud800y?"


def test_a_deleted_conversation_leaves_nothing_behind(home: Path) -> None:
    key = kept(TURN, TURN)
    with opened() as store:
        store.delete(key)
        assert (store.headings(), store.turns(key)) == ([], ())
    with closing(sqlite3.connect(home / "conversations.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM turns").fetchone() == (0,)


def test_only_its_owner_may_read_the_file() -> None:
    kept(TURN)
    assert conversations_file().stat().st_mode & 0o077 == 0


def test_threads_with_one_conversation_lose_no_turn() -> None:
    key = kept(TURN)

    def add(number: int) -> None:
        with opened() as store:
            store.append(MINE, replace(TURN, asked=str(number)), key)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    with opened() as store:
        assert {turn.asked for turn in store.turns(key)} == {"What rose?", *map(str, range(40))}


def _add_ten(key: str) -> None:
    with opened() as store:
        for _ in range(10):
            store.append(MINE, TURN, key)


def test_two_processes_with_one_conversation_lose_no_turn() -> None:
    key = kept(TURN)
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_add_ten, args=(key,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    with opened() as store:
        assert len(store.turns(key)) == 21


def test_a_turn_of_another_dateline_says_that_it_cannot_be_read(home: Path) -> None:
    key = kept(TURN)
    with closing(sqlite3.connect(home / "conversations.sqlite")) as db, db:
        db.execute("UPDATE turns SET turn = ?", [json.dumps({"asked": "Why?", "answer": 7})])
    with opened() as store:
        (turn,) = store.turns(key)
    assert turn.asked == "Why?"
    assert "that this Dateline can read" in turn.problem


def test_a_file_of_a_newer_dateline_is_refused(home: Path) -> None:
    kept(TURN)
    with closing(sqlite3.connect(home / "conversations.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(DatelineError, match="format 99"), opened():
        pass


def _no_database(file: Path) -> None:
    file.write_bytes(b"not a database, not at all" * 100)


@pytest.mark.parametrize("spoil", [Path.mkdir, _no_database])
def test_where_nothing_can_be_kept_the_conversation_goes_on_and_says_so_once(
    home: Path, spoil: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(home / "conversations.sqlite")
    keeper = Keeper()
    with pytest.warns(UserWarning, match="could not be kept"):
        once = keeper.keep((TURN,), MINE)
    assert keeper.keep((*once, TURN), MINE) == (TURN, TURN)


def test_what_could_not_be_kept_is_kept_once_it_can_be(home: Path) -> None:
    grown = Keeper().keep((TURN, replace(TURN, asked="And then?")), MINE)
    with opened() as store:
        assert store.turns(id_of(grown)) == grown


def test_a_turn_is_kept_when_it_is_settled_and_not_twice() -> None:
    keeper = Keeper()
    assert keeper.keep((Turn("What rose?"),), MINE) == (Turn("What rose?"),)
    once = keeper.keep((TURN,), MINE)
    assert keeper.keep(once, MINE) == once
    with opened() as store:
        assert len(store.turns(id_of(once))) == 1


def test_one_that_is_to_forget_writes_nothing(home: Path) -> None:
    assert Keeper(on=False).keep((TURN,), MINE) == (TURN,)
    assert list(home.iterdir()) == []


def test_a_thumb_can_be_changed_and_taken_back() -> None:
    with opened() as store:
        place = store.append(MINE, TURN)
        for action, thumb in [("up", "up"), ("down", "down"), ("down", "")]:
            place = store.judge(opinion(place, action, ""))  # type: ignore[arg-type]
            assert store.turns(place.conversation)[0].kept == place
            assert place.thumb == thumb


def test_a_comment_stays_with_another_thumb_and_leaves_with_the_last() -> None:
    commented = opinion(Kept("c", 1, "up"), "say", "Short and true.")
    turned = opinion(commented, "down", "")
    assert turned.comment == "Short and true."
    assert opinion(turned, "down", "").comment == ""


def judged(thumb: Thumb, turn: Turn = TURN, before: tuple[Turn, ...] = ()) -> None:
    with opened() as store:
        key = kept(*before) if before else ""
        place = store.append(MINE, turn, key)
        store.judge(replace(place, thumb=thumb, comment="As I heard it."))


def test_feedback_leaves_with_its_question_its_answer_and_its_comment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    judged("down", before=(Turn("Why?", problem="x"),))
    assert main(["export", "--feedback"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["question"] == "What rose?"
    assert told["as_of"] == "2021-06-09"
    assert told["history"] == ["Why?"]
    assert (told["thumb"], told["comment"], told["archive"]) == (
        "down",
        "As I heard it.",
        "clippings",
    )
    assert TURN.answer is not None
    assert told["answer"] == json.loads(json.dumps(TURN.answer.to_dict()))


def test_answers_found_good_become_cases_of_the_archive_they_were_asked_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judged("up")
    judged("up", before=(Turn("Why?", problem="x"),))
    judged("up", Turn("Why zebras?", answer=answered(abstained=True)))
    judged("down")
    assert main(["export", "--cases", "clippings"]) == 0
    file = tmp_path / "cases.jsonl"
    file.write_text(capsys.readouterr().out)
    cases = load_cases(file)
    assert sorted(case.kind for case in cases) == ["fact", "follow-up", "unanswerable"]
    assert all(case.answers == ("The river",) for case in cases if case.answerable)
    (spans,) = locate(cases, [GATES]).values()
    assert [(span.article_id, span.start, span.end) for span in spans] == [(GATES.id, 0, 23)]
    assert main(["export", "--cases", "another"]) == 0
    assert capsys.readouterr().out == ""


def test_the_list_and_one_conversation_are_exported(capsys: pytest.CaptureFixture[str]) -> None:
    key = kept(TURN)
    assert main(["export", "--list"]) == 0
    listed = capsys.readouterr().out
    assert str(conversations_file()) in listed
    assert f"{key}  " in listed
    assert main(["export", "--conversation", key]) == 0
    assert "> The river rose at noon." in capsys.readouterr().out


def test_a_conversation_that_is_none_is_refused_with_what_shows_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", "--conversation", "x"]) == 1
    assert "dateline export --list" in capsys.readouterr().err


def test_an_answer_without_an_opinion_is_no_feedback() -> None:
    key = kept(TURN)
    with opened() as store:
        (heading,) = store.headings()
        assert list(judgements([(heading, store.turns(key))])) == []
