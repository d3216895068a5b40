"""The command line: one table of what is typed and what comes back."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.encoder import weights
from rag import Archive
from ui.cli import main

Write = Callable[[str, str], Path]
Output = pytest.CaptureFixture[str]

GATES = (
    "---\ntitle: Gates shut\noutlet: Harbour Post\npublished: 2021-03-02\n---\n"
    "The sluice gates at Oakes were shut at dawn because the river had risen. "
    "The county said that nobody was hurt.\n"
)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for every test, with the encoder that is exported already."""
    own = tmp_path / "home"
    own.mkdir()
    (own / "models").symlink_to(models)
    monkeypatch.setenv("DATELINE_HOME", str(own))


def test_until_there_is_an_archive_the_sample_is_asked_and_says_so(capsys: Output) -> None:
    assert main(["ask", "Why did the North cut the hotlines?", "--as-of", "2020-06-30"]) == 0
    out, err = capsys.readouterr()
    assert "the sample archive" in err and "dateline add FOLDER" in err
    assert "leaflets" in out and "[1] Harbour Post, 9 June 2020," in out


def test_once_something_was_added_that_is_asked(write: Write, capsys: Output) -> None:
    assert main(["add", str(write("gates.md", GATES))]) == 0
    assert "Added 1 article (1 passage)" in capsys.readouterr().out
    assert main(["ask", "Why were the gates at Oakes shut?", "--as-of", "2021-03-03"]) == 0
    out, err = capsys.readouterr()
    assert "the river had risen" in out and not err


def test_an_archive_is_named_or_a_path(write: Write, capsys: Output, tmp_path: Path) -> None:
    folder = write("gates.md", GATES)
    assert main(["add", str(folder), "--archive", "mill"]) == 0
    assert main(["add", str(folder), "--archive", str(tmp_path / "here")]) == 0
    assert (tmp_path / "home" / "archives" / "mill" / "archive.sqlite").exists()
    assert (tmp_path / "here" / "archive.sqlite").exists()
    capsys.readouterr()
    assert main(["status", "--archive", "mill"]) == 0
    assert capsys.readouterr().out.startswith("mill: 1 article from 1 outlet (Harbour Post)")


def test_json_holds_what_the_python_api_gives(write: Write, capsys: Output, tmp_path: Path) -> None:
    where = tmp_path / "here"
    question = "Why were the gates at Oakes shut?"
    main(["add", str(write("gates.md", GATES)), "--archive", str(where)])
    capsys.readouterr()
    assert main(["ask", question, "--as-of", "2021-03-03", "--archive", str(where), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    with Archive.open(where) as archive:
        expected = json.loads(json.dumps(archive.ask(question, as_of="2021-03-03").to_dict()))
    assert printed | {"timings": 0} == expected | {"timings": 0}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["ask", "", "--archive", "sample"], "the question is empty: type a question"),
        (
            ["ask", "gates " * 200, "--archive", "sample"],
            "1,199 characters long: ask in at most 1,000",
        ),
        (
            ["ask", "Who?", "--archive", "nowhere"],
            "there is no archive at .*nowhere: make one with",
        ),
        (["add", "no-such-folder"], "no file or folder at .*no-such-folder"),
        (["status", "--archive", "./README.md"], "holds something else|is not an archive"),
        (["eval", "--cases", "none.jsonl", "--archive", "sample"], "none.jsonl"),
        (["eval", "--cases", "mine.jsonl", "--update"], "no floors to raise: name their file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_with_exit_status_1(
    typed: list[str], said: str, capsys: Output
) -> None:
    assert main(typed) == 1
    out, err = capsys.readouterr()
    assert not out
    assert err.startswith("dateline: ") and err.count("\n") == 1
    assert re.search(said, err)


@pytest.mark.parametrize("typed", [["ask", "Who?", "--as-of", "June"], ["nonsense"], []])
def test_what_is_not_understood_has_exit_status_2(typed: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(typed)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_bad_files_are_named_and_the_good_ones_are_in(
    write: Write, capsys: Output, tmp_path: Path
) -> None:
    folder = write("gates.md", GATES)
    write("empty.txt", "")
    (folder / "random.txt").write_bytes(bytes(range(256)) * 40)
    lines = [json.dumps({"text": f"Weir {n} was mended."}) for n in range(600)]
    lines[499] = '{"text": "Weir 499'
    write("weirs.jsonl", "\n".join(lines))
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(100_000_000)
    assert main(["add", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "Added 600 articles" in out and "Skipped 4:" in out
    for name in ("empty.txt", "random.txt", "weirs.jsonl:500", "huge.txt"):
        assert name in out


def test_adding_nothing_readable_to_a_new_archive_fails(write: Write, capsys: Output) -> None:
    assert main(["add", str(write("empty.txt", ""))]) == 1
    assert "empty.txt" in capsys.readouterr().out


def test_an_archive_keeps_to_the_encoder_that_it_was_made_with(
    write: Write, capsys: Output
) -> None:
    add = ["add", str(write("gates.md", GATES)), "--encoder"]
    named = str(weights.folder())  # any folder of a sentence-transformers model
    assert main([*add, named]) == 0
    assert main(["ask", "Why were the gates at Oakes shut?", "--as-of", "2021-03-03"]) == 0
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert "the river had risen" in out and f"embedded by {named}" in out
    assert main([*add, "all-MiniLM-L6-v2"]) == 1
    assert f"made with the encoder {named}, not all-MiniLM-L6-v2: open" in capsys.readouterr().err
    assert main([*add, "no/such-model", "--archive", "other"]) == 1
    assert "no sentence-transformers model 'no/such-model'" in capsys.readouterr().err


UNNEEDED = "torch transformers sentence_transformers onnx gradio trafilatura lxml pandas nltk"


def test_asking_with_the_default_models_imports_nothing_that_only_other_commands_need() -> None:
    assert main(["status", "--archive", "sample"]) == 0  # which makes it, by adding articles
    program = (
        "import sys; from ui.cli import main; main(['ask', 'Who resigned?']);"
        f"sys.exit(' '.join(sys.modules.keys() & set({UNNEEDED.split()})) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_opening_an_archive_imports_is_not_walked_for_garbage_after_it() -> None:
    program = (
        "import gc; from ui.which import open_archive; open_archive('sample').close();"
        "assert gc.isenabled() and gc.get_freeze_count() > 100_000 > len(gc.get_objects())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
