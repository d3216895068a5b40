"""Which files of a folder are looked at, in an order that is the same on every machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableSource

# What pages are saved with. Nobody takes these for articles, so they are passed over in silence;
# anything else that cannot be read (a film, a spreadsheet, a file without suffix) is named.
SILENT = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".ico", ".svg", ".css", ".js",
    ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot",
}  # fmt: skip


def walk(folder: Path) -> Iterator[Path | UnreadableSource]:
    """The files below a folder by sorted name, and an error for each thing that bars the way.

    Passed over in silence: names that begin with a dot, images and the like, links to folders
    inside `folder` (which are walked under their own names), and the `Page_files` folder
    that a browser puts beside a saved `Page.html`.
    """
    root = folder.resolve()
    unreadable: list[OSError] = []
    for name, folders, files in os.walk(folder, onerror=unreadable.append):
        here = Path(name)
        yield from (_barred(error) for error in unreadable)
        unreadable.clear()
        folders[:] = sorted(f for f in folders if _is_wanted_folder(f, files))
        for entry in sorted([*files, *(f for f in folders if (here / f).is_symlink())]):
            if not entry.startswith("."):
                yield from _looked_at(here / entry, root)
    yield from (_barred(error) for error in unreadable)


def _looked_at(path: Path, root: Path) -> Iterator[Path | UnreadableSource]:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        yield UnreadableSource(f"{path}: a link that leaves the folder", "add what it points to")
    elif not path.is_dir() and path.suffix.lower() not in SILENT:
        yield path


def _is_wanted_folder(name: str, files: list[str]) -> bool:
    page = name.removesuffix("_files")
    beside_a_page = page != name and not {f"{page}.html", f"{page}.htm"}.isdisjoint(files)
    return not name.startswith(".") and not beside_a_page


def _barred(error: OSError) -> UnreadableSource:
    problem = f"{error.filename}: {(error.strerror or str(error)).lower()}"
    return UnreadableSource(problem, "check that the folder can be read")
