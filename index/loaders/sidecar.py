"""`metadata.csv` beside articles: what it says of a file is believed before the file itself."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.files import named, read_text
from index.loaders.loader import Loaded
from index.loaders.record import overridden

NAME = "metadata.csv"
FILE = ("file", "path")  # the column that names the file, relative to the folder of the CSV
Fields = Mapping[str, object]


class Sidecars:
    """Those of one folder: each is read once, when the first file below it comes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._fields: dict[Path, list[Fields]] = {}
        self._read: set[Path] = set()

    def entered(self, folder: Path) -> Iterator[UnreadableSource]:
        """Reads what lies in a folder and above it; an error for each entry that cannot be used."""
        for above in (*reversed(folder.parents), folder):
            if above.is_relative_to(self._root) and above not in self._read:
                self._read.add(above)
                if (above / NAME).is_file():
                    yield from self._take(above / NAME)

    def of(self, path: Path) -> Sequence[Fields]:
        """What those read so far say of a file; the nearest last."""
        return self._fields.get(path, ())

    def over(self, loaded: Loaded, path: Path) -> Loaded:
        """What was loaded from a file, as the sidecars describe it; the nearest has the last
        word."""
        if isinstance(loaded, Article):
            for fields in self.of(path):
                loaded = overridden(loaded, fields)
        return loaded

    def _take(self, sidecar: Path) -> Iterator[UnreadableSource]:
        try:
            rows = list(_rows(sidecar))
        except UnreadableSource as unreadable:
            yield unreadable
            return
        for line, fields in rows:
            name = next((str(fields[key]) for key in FILE if fields.get(key)), "")
            path = sidecar.parent / name.replace("\\", "/")
            inside = path.is_relative_to(sidecar.parent) and ".." not in Path(name).parts
            if name and inside and path.is_file():
                self._fields.setdefault(path, []).append(fields)
            else:
                problem = f"{sidecar}:{line}: no file '{name}'"
                yield UnreadableSource(problem, "correct the name, or remove the line")


def _rows(sidecar: Path) -> Iterator[tuple[int, Fields]]:
    """Each row's line and fields, by name in lower case.

    Raises:
        UnreadableSource: it is no CSV, or has no column for the file.
    """
    reader = csv.DictReader(io.StringIO(read_text(sidecar)), strict=True)
    with named(str(sidecar)):
        try:
            columns = [name.strip().lower() for name in reader.fieldnames or ()]
            if not set(FILE) & set(columns):
                problem = f"no column 'file' among {', '.join(columns) or 'none'}"
                raise UnreadableSource(
                    problem, "name the column that holds the files' names 'file'"
                )
            reader.fieldnames = columns
            for row in reader:
                yield (
                    reader.line_num,
                    {key: value.strip() for key, value in row.items() if key and value},
                )
        except csv.Error as error:
            problem = f"not CSV at line {reader.line_num} ({error})"
            raise UnreadableSource(problem, "save it again as CSV") from error
