"""A file that lies inside another, read by the loader of its own format."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import UnreadableSource
from index.loaders.files import readable
from index.loaders.loader import Loaded, Loader
from index.loaders.renamed import renamed
from index.loaders.text.clean import clean_line
from index.loaders.walk import SILENT

LONGEST_NAME = 60  # characters; a file system takes 255 bytes
# Signatures, appointments and cards, which come with letters and are no articles.
OF_MAIL = {".p7s", ".p7m", ".asc", ".sig", ".ics", ".vcf"}


def load_inside(outer: str, name: str, data: bytes, loaders: Sequence[Loader]) -> Iterator[Loaded]:
    """Its articles and what is wrong with it, under the name `outer/name`."""
    loader = next((one for one in loaders if name.lower().endswith(one.suffixes)), None)
    if loader is not None:
        yield from _loaded(loader, f"{outer}/{name}", data)
    elif Path(name).suffix.lower() not in SILENT | OF_MAIL:
        yield UnreadableSource(f"{outer}/{name}: not a format Dateline reads", "leave it out")


def file_name(stated: str) -> str:
    """A name that is safe to write: without folders, and not hidden."""
    bare = clean_line(stated).replace("/", "_").replace("\\", "_").lstrip(".")
    return bare[-LONGEST_NAME:] or "attachment"


def _loaded(loader: Loader, shown: str, data: bytes) -> Iterator[Loaded]:
    """Loaders read files, so it is made one for a moment; its own name may hold its day."""
    with TemporaryDirectory(prefix="dateline-") as folder:
        path = Path(folder) / shown.rpartition("/")[2]
        try:
            yield from renamed(_written(path, data, loader), str(path), shown)
        except UnreadableSource as unreadable:
            yield unreadable


def _written(path: Path, data: bytes, loader: Loader) -> Iterator[Loaded]:
    with readable(path):
        path.write_bytes(data)
    yield from loader.load(path)
