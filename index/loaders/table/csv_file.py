"""Tables of articles: CSV in any of its dialects, and TSV."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from index.errors import UnreadableSource
from index.loaders.decode import encoding_of
from index.loaders.files import MOST_BYTES, named, readable, too_large
from index.loaders.loader import Loaded
from index.loaders.table.columns import Columns, Record, plain_name
from index.loaders.table.records import article_of_record

DELIMITERS = (",", ";", "\t", "|")
LONGEST_HEADER = 100_000  # characters
CURE = "a quotation mark that is never closed, perhaps: mend the row"


class Csv:
    suffixes = (".csv", ".tsv")

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns or Columns()

    def load(self, path: Path) -> Iterator[Loaded]:
        # The limit is the process's own; a field may be as long as an article.
        csv.field_size_limit(max(MOST_BYTES, csv.field_size_limit()))
        with readable(path):
            with path.open("rb") as data, named(str(path)):
                encoding = encoding_of(data)
            with path.open(encoding=encoding, newline="") as file:
                yield from self._articles(file, str(path))

    def _articles(self, file: TextIO, path: str) -> Iterator[Loaded]:
        delimiter = self._delimiter(file.read(LONGEST_HEADER))
        file.seek(0)
        rows = _rows(file, delimiter, path)
        header = next(rows, [])
        with named(path):
            if not header:
                raise UnreadableSource("no row in it", "give a row of names, then an article a row")
            self._columns.refuse_textless(header)
        names = list(map(plain_name, header))
        number = 0
        for number, row in enumerate(rows, start=1):
            name = f"{path}#{number}"
            try:
                with named(name):
                    yield article_of_record(_record(names, row), name, self._columns)
            except UnreadableSource as unreadable:
                yield unreadable
        if not number:
            raise UnreadableSource(f"{path}: a row of names and no article", "leave it out")

    def _delimiter(self, start: str) -> str:
        """The one that finds the most names of fields in the first row, then the most columns."""

        def found(delimiter: str) -> tuple[int, int]:
            rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
            header: list[str] = next(filter(any, rows), [])
            return len(self._columns.known(header)), len(header)

        return max(DELIMITERS, key=found)


def _rows(file: TextIO, delimiter: str, path: str) -> Iterator[list[str]]:
    """Every row that is not blank."""
    rows = csv.reader(_lines(file, path), delimiter=delimiter)
    try:
        yield from (row for row in rows if any(row))
    except csv.Error as error:
        raise UnreadableSource(f"{path}:{rows.line_num}: {error}", CURE) from error


def _lines(file: TextIO, path: str) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: file.readline(MOST_BYTES + 1), ""), start=1):
        if len(line) > MOST_BYTES:
            raise too_large(f"{path}:{number}", "a line of more")
        yield line


def _record(names: list[str], row: list[str]) -> Record:
    if any(row[len(names) :]):
        problem = f"{len(row)} fields in a row, and {len(names)} names in the first"
        raise UnreadableSource(problem, "put a field that holds the delimiter in quotation marks")
    return dict(zip(names, row, strict=False))
