"""Parquet: tables as programs that work with data frames keep them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.article import shorten
from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.files import named, readable
from index.loaders.loader import Loaded
from index.loaders.table.columns import Columns, Record, plain_name
from index.loaders.table.records import article_of_record

ROWS_A_BATCH = 128  # held as Python's objects; each may be as long as an article
MIDNIGHT = " 00:00:00"  # days are often kept as times


class Parquet:
    suffixes = (".parquet",)

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns or Columns()

    def load(self, path: Path) -> Iterator[Loaded]:
        number = 0
        with readable(path):
            for number, row in enumerate(self._rows(path), start=1):
                name = f"{path}#{number}"
                try:
                    with named(name):
                        yield article_of_record(_record(row), name, self._columns)
                except UnreadableSource as unreadable:
                    yield unreadable
        if not number:
            raise UnreadableSource(f"{path}: no row in it", "leave it out")

    def _rows(self, path: Path) -> Iterator[dict[str, Any]]:
        """Every row, of the columns that hold fields; the others are not even decoded."""
        with path.open("rb") as file, named(str(path)):
            with _sound():
                table = _arrow().parquet.ParquetFile(file)
                header = table.schema_arrow.names
            self._columns.refuse_textless(header)
            known = self._columns.known(header)
            wanted = [name for name in header if plain_name(name) in known]
            batches = table.iter_batches(ROWS_A_BATCH, columns=wanted)
            while True:
                with _sound():
                    batch = next(batches, None)
                    rows = [] if batch is None else _with_days_in_words(batch).to_pylist()
                if batch is None:
                    return
                yield from rows


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        cure = f'{sys.executable} -m pip install "dateline[parquet]"'
        raise UnreadableSource("reading Parquet takes pyarrow", cure) from error
    return pyarrow


@contextmanager
def _sound() -> Iterator[None]:
    """Turns what Arrow raises over a damaged file into our error.

    Raises:
        UnreadableSource: the file is damaged. The caller names it.
    """
    pyarrow = _arrow()
    try:
        yield
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        problem = f"a damaged table ({shorten(str(error).lower(), 100)})"
        raise UnreadableSource(problem, "write it again") from error


def _with_days_in_words(batch: Any) -> Any:
    """Times as text: Python's own cannot hold nanoseconds, nor every year that Arrow can."""
    pyarrow = _arrow()
    for number, field in enumerate(batch.schema):
        if pyarrow.types.is_temporal(field.type):
            if pyarrow.types.is_timestamp(field.type):
                seconds = pyarrow.timestamp("s", field.type.tz)
                column = batch.column(number).cast(seconds, safe=False)
            else:
                column = batch.column(number)
            batch = batch.set_column(number, field.name, column.cast(pyarrow.string()))
    return batch


def _record(row: dict[str, Any]) -> Record:
    """Raises UnreadableSource if a string of bytes is no text."""
    return {plain_name(name): _said(value) for name, value in row.items()}


def _said(value: object) -> object:
    if isinstance(value, bytes):
        return decode(value)
    return value.removesuffix(MIDNIGHT) if isinstance(value, str) else value
