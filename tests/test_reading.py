"""The benchmark of the reader on held-out questions."""

import gzip
import json
from pathlib import Path

import pytest

from eval.benchmarks.reading import main
from rag.reader.train.sets import SETS


def test_a_folder_without_the_sets_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--model", "none.onnx"]) == 1
    assert "squad1.1-du-test.json.gz" in capsys.readouterr().err


def test_every_set_has_a_row_even_where_nothing_is_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for files, _ in SETS.values():
        for file in files:
            empty = json.dumps({"data": []}) if file.endswith(".json.gz") else ""
            packed = gzip.compress(empty.encode()) if file.endswith(".gz") else empty.encode()
            (tmp_path / file).write_bytes(packed)
    assert main([str(tmp_path), "--model", "none.onnx"]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split("|")[1].split()[0] for row in rows] == list(SETS)
    assert all("| 0 | - |" in row for row in rows)
