"""What is published works without the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ["index", "rag", "eval", "ui", "pyproject.toml", "README.md", "LICENSE", "NOTICE"]

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing an earlier build left in the checkout gets in."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / part, source)
    out = tmp_path_factory.mktemp("wheel")
    run(["-m", "build", "--wheel", "--no-isolation", "--outdir", out, source], source)
    return next(out.glob("dateline-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    run(["-m", "pip", "install", "--no-deps", "--no-index", "--target", target, wheel], target)
    return target


def run(arguments: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """What this Python prints, run in a folder; its complaints are the failure's message."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = [
        file.relative_to(ROOT).as_posix()
        for folder in ["index", "rag", "eval", "ui"]
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    assert sorted(set(ours) - inside) == []


def test_the_wheel_imports_from_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    shown = run(["-c", "import rag; print(rag.__file__)"], tmp_path, PYTHONPATH=str(installed))
    assert Path(shown.strip()).is_relative_to(installed)


def test_a_question_is_answered_with_a_citation_far_from_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    question = "Why did North Korea cut its lines of communication with the South?"
    shown = run(
        [installed / "bin" / "dateline", "ask", question],
        empty,
        PYTHONPATH=str(installed),
        DATELINE_HOME=str(tmp_path / "home"),
    )
    assert "[1]" in shown
    assert "Sources" in shown
    assert list(empty.iterdir()) == []
