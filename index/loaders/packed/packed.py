"""Archives of files: each member is unpacked alone, and read by the loader of its own format."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from index.article import shorten
from index.errors import UnreadableSource
from index.loaders.files import named, readable
from index.loaders.loader import Loaded, Loader
from index.loaders.packed.allowance import MOST_ON_DISK, Allowance, Counted, most_unpacked
from index.loaders.packed.decompressed import decompressed
from index.loaders.packed.member import Member
from index.loaders.packed.tars import members_of_tar
from index.loaders.packed.zips import members_of_zip
from index.loaders.renamed import renamed
from index.loaders.walk import SILENT

TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
DEEPEST = 2  # an archive in an archive
# Absolute on one system or another, or upwards; and what a name must not hold to be shown.
OUTWARD = re.compile(r"[/\\]|[a-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.IGNORECASE | re.DOTALL)
LONGEST_NAME = 255  # bytes, on most disks
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Packed:
    suffixes = (".zip", *TARS, ".gz")

    def __init__(self, loader_for: Callable[[Path], Loader]) -> None:
        """
        Args:
            loader_for: the loader of a file, told by its name; raises UnreadableSource if there
                is none.
        """
        self._loader_for = loader_for

    def load(self, path: Path) -> Iterator[Loaded]:
        with readable(path):
            allowance = Allowance(min(MOST_ON_DISK, most_unpacked(path.stat().st_size)))
            yield from self._unpacked(path, str(path), allowance, depth=1)

    def _unpacked(
        self, path: Path, shown: str, allowance: Allowance, depth: int
    ) -> Iterator[Loaded]:
        """
        Args:
            path: where the archive lies, perhaps in a temporary folder.
            shown: what it is called in errors and in the paths of its articles.
        """
        empty = True
        with TemporaryDirectory(prefix="dateline-") as folder:
            for member in _sound(_members(path, allowance), shown):
                with named(shown):
                    allowance.spend(members=1)
                if _is_silent(member.name):
                    continue
                empty = False
                try:
                    yield from self._of_member(member, shown, Path(folder), allowance, depth)
                except UnreadableSource as unreadable:
                    yield unreadable
                if allowance.is_spent:
                    return
        if empty:
            raise UnreadableSource(f"{shown}: no article in it", "leave it out")

    def _of_member(
        self, member: Member, archive: str, folder: Path, allowance: Allowance, depth: int
    ) -> Iterator[Loaded]:
        """
        Args:
            folder: where the member lies while it is read.
        """
        shown = f"{archive}/{_checked(member, archive)}"
        loader = self._loader_for(Path(shown))
        if loader is self and depth == DEEPEST:
            problem = f"{shown}: an archive in an archive in an archive"
            raise UnreadableSource(problem, "unpack the outer one yourself")
        file = folder / PurePosixPath(member.name).name
        try:
            with _named_damage(shown), member.open() as stream, file.open("wb") as copy:
                shutil.copyfileobj(stream, copy)
            if loader is self:
                yield from self._unpacked(file, shown, allowance, depth + 1)
            else:
                yield from renamed(loader.load(file), str(file), shown)
        finally:
            file.unlink(missing_ok=True)


def _members(path: Path, allowance: Allowance) -> Iterator[Member]:
    name = path.name.lower()
    if name.endswith(".zip"):
        return members_of_zip(path, allowance)
    if name.endswith(TARS):
        return members_of_tar(path, allowance)
    return _only_member(path, allowance)


def _only_member(path: Path, allowance: Allowance) -> Iterator[Member]:
    """Of a file that was compressed by itself; it goes by the name without the `.gz`."""
    with decompressed(path) as stream:
        yield Member(path.stem, lambda: nullcontext(Counted(stream, allowance)))


def _checked(member: Member, archive: str) -> str:
    """What the member is called. Raises UnreadableSource if it must not be unpacked."""
    name = PurePosixPath(member.name)
    is_long = len(name.name.encode(errors="replace")) > LONGEST_NAME
    if is_long or not name.name or UNSHOWN.search(member.name) or OUTWARD.match(member.name):
        problem = f"{archive}: {shorten(ascii(member.name), 300)} is no name for a packed file"
        raise UnreadableSource(problem, "unpack it yourself if you trust it")
    if member.refused:
        with named(f"{archive}/{name}"):
            raise member.refused
    return str(name)


def _is_silent(name: str) -> bool:
    """What is passed over in a folder (see `walk`), and what macOS adds to a zip."""
    parts = PurePosixPath(name).parts
    hidden = any(re.match(r"\.(?!\.$)|__MACOSX$", part) for part in parts)
    return hidden or PurePosixPath(name).suffix.lower() in SILENT


def _sound(found: Iterator[Member], shown: str) -> Iterator[Member]:
    while True:
        with _named_damage(shown):
            member = next(found, None)
        if member is None:
            return
        yield member


@contextmanager
def _named_damage(shown: str) -> Iterator[None]:
    """Turns whatever unpacking raises into our error, but for what the system says."""
    try:
        with named(shown):
            yield
    except UnreadableSource:
        raise
    except Exception as error:
        # zipfile, tarfile and the decompressors let out whatever damaged bytes make them trip
        # over: besides their own errors ValueError, struct.error, NotImplementedError and more.
        if isinstance(error, OSError) and error.errno:  # a full disk, a name that is too long
            raise
        problem = f"{shown}: a damaged archive ({shorten(str(error).lower(), 100)})"
        raise UnreadableSource(problem, "pack it again") from error
