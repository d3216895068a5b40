"""A question kept to days and outlets, over a few reports."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.errors import DatelineError
from rag import Archive, Scope
from rag.answer import Answer

REPORTS = {
    "june.md": ("Harbour Post", "2020-06-09", "The warden shut the sluice gates at Oakes in June."),
    "july.md": ("Harbour Post", "2020-07-09", "The warden shut the sluice gates at Hale in July."),
    "other.md": ("Estuary Record", "2020-06-20", "The warden shut the sluice gates at Skerrow."),
    "undated.md": ("Harbour Post", "", "The warden shut the sluice gates at Brack."),
}
QUESTION = "Which sluice gates did the warden shut?"
JUNE = Scope(date(2020, 6, 1), date(2020, 6, 30))
AS_OF = "2020-12-31"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("articles")
    for name, (outlet, day, text) in REPORTS.items():
        published = f"published: {day}\n" if day else ""
        (folder / name).write_text(f"---\noutlet: {outlet}\n{published}---\n{text}\n")
    with Archive.open(tmp_path_factory.mktemp("made") / "archive") as archive:
        archive.add([folder])
        yield archive


def found(archive: Archive, scope: Scope) -> set[str]:
    results = archive.search(QUESTION, as_of=AS_OF, scope=scope)
    return {Path(archive.article(r.passage.article_id).path).name for r in results}


def cited(archive: Archive, answer: Answer) -> set[str]:
    sources = [*answer.citations, *answer.nearest]
    return {Path(archive.article(c.article_id).path).name for c in sources}


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope(), set(REPORTS)),
        (JUNE, {"june.md", "other.md"}),
        (Scope(first=date(2020, 6, 21)), {"july.md"}),
        (Scope(last=date(2020, 6, 20)), {"june.md", "other.md"}),
        (Scope(outlets=("estuary record",)), {"other.md"}),
        (Scope(outlets=("Harbour Post",)), {"june.md", "july.md", "undated.md"}),
        (Scope(JUNE.first, JUNE.last, ("Harbour Post",)), {"june.md"}),
        (Scope(outlets=("Harbour Post", "Estuary Record")), set(REPORTS)),
        (Scope(date(2019, 1, 1), date(2019, 12, 31)), set()),
    ],
)
def test_only_what_is_in_the_scope_is_found_and_cited(
    archive: Archive, scope: Scope, names: set[str]
) -> None:
    assert found(archive, scope) == names
    assert cited(archive, archive.ask(QUESTION, as_of=AS_OF, scope=scope)) <= names


def test_a_window_says_how_many_undated_articles_it_leaves_out(archive: Archive) -> None:
    said = "Left out: 1 undated article, of which"
    assert said in str(archive.ask(QUESTION, as_of=AS_OF, scope=JUNE))
    other = Scope(JUNE.first, JUNE.last, ("Estuary Record",))
    assert said not in str(archive.ask(QUESTION, as_of=AS_OF, scope=other))
    assert said not in str(archive.ask(QUESTION, as_of=AS_OF))


def test_an_abstention_says_that_it_looked_only_there(archive: Archive) -> None:
    scope = Scope(JUNE.first, JUNE.last, ("Estuary Record",))
    answer = archive.ask("How are transistors made?", as_of=AS_OF, scope=scope)
    assert answer.message.endswith(
        "published from 1 June 2020 to 30 June 2020 by Estuary Record answers this. "
        "Nothing else was searched."
    )


def test_nothing_after_the_day_asked_from_is_used_whatever_the_window(archive: Archive) -> None:
    answer = archive.ask(QUESTION, as_of="2020-06-10", scope=JUNE)
    assert cited(archive, answer) == {"june.md"}
    assert answer.question.until == date(2020, 6, 10)


def test_an_outlet_that_is_not_there_is_named_with_those_that_come_near(archive: Archive) -> None:
    with pytest.raises(DatelineError, match=r"“Harbor Post”: did you mean Harbour Post\?"):
        archive.ask(QUESTION, scope=Scope(outlets=("Harbor Post",)))


def test_a_window_that_cannot_be_is_refused(archive: Archive) -> None:
    with pytest.raises(DatelineError, match="30 June 2020 to 1 June 2020 ends before it begins"):
        Scope(JUNE.last, JUNE.first)
    with pytest.raises(DatelineError, match="begins on 1 June 2020, and nothing published after"):
        archive.ask(QUESTION, as_of="2020-05-01", scope=JUNE)


def test_an_answer_gives_its_scope_as_plain_json(archive: Archive) -> None:
    answer = archive.ask(QUESTION, as_of=AS_OF, scope=Scope(JUNE.first, None, ("harbour post",)))
    assert json.loads(json.dumps(answer.to_dict()))["question"]["scope"] == {
        "first": "2020-06-01",
        "last": None,
        "outlets": ["Harbour Post"],
    }


def test_the_command_line_takes_the_same(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.cli import main

    where = archive.status().path
    typed = ["ask", QUESTION, "--archive", where, "--as-of", AS_OF, "--json"]
    typed += ["--from", "2020-06-01", "--to", "2020-06-30", "--outlet", "Harbour Post"]
    assert main([*typed, "--outlet", "Estuary Record"]) == 0
    scope = Scope(JUNE.first, JUNE.last, ("Harbour Post", "Estuary Record"))
    expected = archive.ask(QUESTION, as_of=AS_OF, scope=scope)
    assert json.loads(capsys.readouterr().out)["text"] == expected.text
