"""The indexes are made anew from SQLite, and every flaw of the three stores is named."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import WordEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Passage
from index.encoder import Vectors
from index.folders import VECTORS, WORDS, in_use
from index.index import Index
from index.report import Progress
from rag import Archive
from ui.cli import main

Write = Callable[[str, str], Path]

REPORTS = {
    "gates.md": "---\ntitle: Gates shut\n---\nThe sluice gates were shut. Nobody was hurt.\n",
    "ferry.txt": "The ferry was sold to a rival for 84 million.\n",
    "mill.txt": "The mill has stood empty for years.\n\nIts wheel was sold.\n",
}


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder, write: Write) -> Iterator[Index]:
    for name, text in REPORTS.items():
        folder = write(name, text)
    with Index(tmp_path / "archive", encoder) as index:
        index.add([folder])
        yield index


def _found(index: Index, text: str) -> list[str]:
    """The text found first by meaning, then by words."""
    vector = index.encoder.encode([text])[0]
    hits = [
        *index.nearest(vector, 1, lambda passage: True),
        *index.matching(text, 1, lambda passage: True),
    ]
    return [index.article(passage.article_id).text for passage, _ in hits]


def _flaws(index: Index) -> list[str]:
    return [str(flaw) for flaw in index.verify().flaws]


def test_a_credit_which_no_passage_holds_is_no_flaw(index: Index, write: Write) -> None:
    text = "The gates were shut.\n\nPhoto: Ada Quill/Harbour Post\n\nThe ferry was sold."
    index.add([write("credited.txt", text)])
    (article,) = (one for one in index.store.articles() if "Quill" in one.text)
    assert "credit" in {block.kind for block in article.blocks}
    assert _flaws(index) == []


def test_a_sound_archive_has_no_flaw_and_says_what_was_checked(index: Index) -> None:
    report = index.verify()
    assert (report.articles, report.passages, report.sentences) == (3, 3, 5)
    assert (report.flaws, report.unfinished) == ((), 0)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE articles SET text = 'The ferry  was sold.' WHERE text LIKE 'The ferry%'",
            r"not in normal form.*not that of its id.*dateline remove \w+`, then .*ferry\.txt",
        ),
        ("UPDATE articles SET title = 'Sold' WHERE text LIKE 'The ferry%'", "not that of its id"),
        ("UPDATE passages SET end = end + 1", "a passage lies outside the text.*in no block"),
        ("UPDATE passages SET end = end - 9", "passages do not hold its sentences"),
        ("UPDATE articles SET sentences = x'0000000002000000'", "do not hold its sentences"),
        ("UPDATE articles SET sentences = x'05000000FF000000'", "a sentence lies outside the text"),
        (
            """UPDATE articles SET blocks = '[{"start": 0, "end": 4, "kind": "body"}]'""",
            "lies in no block",
        ),
        ("DELETE FROM passages WHERE start = 0", "vectors: 3 passages .* of no article"),
        ("PRAGMA ignore_check_constraints = 1; UPDATE articles SET state = 'odd'", "CHECK"),
    ],
)
def test_what_is_wrong_in_sqlite_is_named_with_its_cure(
    index: Index, statement: str, said: str
) -> None:
    with sqlite3.connect(index.folder / "archive.sqlite") as db:
        db.executescript(statement)
    assert re.search(said, " ".join(_flaws(index)))


def _lose_a_vector(index: Index, passage: Passage) -> None:
    index._vectors.remove([passage])


def _lose_words(index: Index, passage: Passage) -> None:
    index._words.remove([passage.article_id])
    index._words.commit()


def _leave_a_vector(index: Index, passage: Passage) -> None:
    index._vectors.put([Passage("gone", 0, 3)], [None], index.encoder.encode(["gone"]))


def _leave_words(index: Index, passage: Passage) -> None:
    index._words.put([Passage("gone", 0, 3)], [""], ["gone"])
    index._words.commit()


def _double_words(index: Index, passage: Passage) -> None:
    index._words.put([passage], [""], ["The ferry"])
    index._words.commit()


def _stretch_a_vector(index: Index, passage: Passage) -> None:
    index._vectors.put([passage], [None], index.encoder.encode(["ferry"]) * 3)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_lose_a_vector, r"vectors: 1 passage \(\w+:0-\d+\) missing: run `dateline rebuild`"),
        (_lose_words, r"words: 1 passage \(\w+:0-\d+\) missing"),
        (_leave_a_vector, r"vectors: 1 passage \(gone:0-3\) of no article"),
        (_leave_words, r"words: 1 passage \(gone:0-3\) of no article"),
        (_double_words, r"words: 1 passage \(\w+:0-\d+\) twice"),
        (_stretch_a_vector, r"vectors: 1 passage \(\w+:0-\d+\) of a length that is not 1"),
    ],
)
def test_what_is_wrong_in_an_index_is_named_and_a_rebuild_mends_it(
    index: Index, harm: Callable[[Index, Passage], None], said: str
) -> None:
    harm(index, index.store.all_passages()[0])
    index._words.end_writing()
    (flaw,) = _flaws(index)
    assert re.match(said, flaw)
    assert index.rebuild() == 3
    assert _flaws(index) == []
    assert _found(index, "ferry sold rival") == [REPORTS["ferry.txt"].strip()] * 2


def test_a_rebuild_leaves_one_folder_of_each_kind_and_can_follow_another(index: Index) -> None:
    for _ in range(2):
        index.rebuild()
        used = {in_use(index.store, VECTORS), in_use(index.store, WORDS)}
        folders = {entry.name for entry in index.folder.iterdir() if entry.is_dir()}
        assert folders == used and not used & {"vectors", "words"}
    index.close()
    with Index(index.folder, index.encoder) as again:
        assert _found(again, "ferry sold rival") == [REPORTS["ferry.txt"].strip()] * 2


def test_an_interrupted_rebuild_changes_nothing_and_the_next_clears_up_after_it(
    index: Index,
) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(stop)
    assert _found(index, "ferry sold rival") == [REPORTS["ferry.txt"].strip()] * 2
    assert _flaws(index) == []
    index.rebuild()
    assert len([entry for entry in index.folder.iterdir() if entry.is_dir()]) == 2


def test_a_rebuild_finishes_what_an_interrupted_add_left(index: Index, write: Write) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage == "embedding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.add([write("dam.txt", "The dam above Oakes held.")], stop)
    report = index.verify()
    assert (report.unfinished, report.flaws) == (1, ())
    index.rebuild()
    assert _found(index, "dam above Oakes") == ["The dam above Oakes held."] * 2
    assert index.verify().unfinished == 0


def test_an_archive_whose_indexes_are_lost_is_made_whole(index: Index, tmp_path: Path) -> None:
    """In a copy, because Chroma does not bear its folder's removal under it."""
    index.close()
    copy = tmp_path / "copy"
    shutil.copytree(index.folder, copy)
    shutil.rmtree(copy / "vectors")
    shutil.rmtree(copy / "words")
    with Index(copy, index.encoder) as again:
        assert len(_flaws(again)) == 2
        again.rebuild()
        assert _flaws(again) == []
        assert _found(again, "ferry sold rival") == [REPORTS["ferry.txt"].strip()] * 2


class Constant(WordEncoder):
    """Fast: what is searched for does not matter here."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = super().encode(["one"])
        return vectors.repeat(len(texts), axis=0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_whatever_is_added_verifies(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = [json.dumps({"text": text, "title": text[::-1]}) for text in texts]
    (folder / "any.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Index(folder / "archive", Constant()) as index:
        index.add([folder / "any.jsonl"])
        assert _flaws(index) == []


def test_the_commands_say_what_they_found_and_exit_by_it(
    write: Write,
    tmp_path: Path,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models)
    where = ["--archive", str(tmp_path / "here")]
    assert main(["add", str(write("gates.md", REPORTS["gates.md"])), *where]) == 0
    capsys.readouterr()
    assert main(["verify", *where]) == 0
    assert (
        capsys.readouterr().out
        == "1 article, 1 passage and 2 sentences checked; nothing is wrong.\n"
    )
    with Archive.open(tmp_path / "here") as archive:
        (passage,) = archive._index.store.all_passages()
        archive._index._vectors.remove([passage])
    assert main(["verify", *where]) == 1
    assert "missing: run `dateline rebuild`" in capsys.readouterr().out
    assert main(["verify", "--json", *where]) == 1
    assert json.loads(capsys.readouterr().out)["flaws"][0]["cure"] == "run `dateline rebuild`"
    assert main(["rebuild", *where]) == 0
    assert "made anew, 1 passage" in capsys.readouterr().out
    assert main(["verify", *where]) == 0
