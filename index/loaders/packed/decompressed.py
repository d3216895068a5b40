"""Compressed files, opened by what their names end in."""

import gzip
from io import BufferedIOBase
from pathlib import Path


def decompressed(path: Path) -> BufferedIOBase:
    """The bytes that were compressed with gzip, bzip2 or xz, or the file's own."""
    name = path.name.lower()
    if name.endswith("gz"):
        return gzip.open(path)
    if name.endswith("bz2"):
        import bz2

        return bz2.open(path)
    if name.endswith("xz"):
        import lzma

        return lzma.open(path)
    return path.open("rb")
