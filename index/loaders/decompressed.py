"""Compressed files, opened by what their names end in."""

import gzip
from pathlib import Path
from typing import IO, cast


def decompressed(path: Path) -> IO[bytes]:
    """The bytes that were compressed with gzip, bzip2 or xz, or the file's own."""
    name = path.name.lower()
    if name.endswith(("gz",)):
        return cast(IO[bytes], gzip.open(path))
    if name.endswith("bz2"):
        import bz2

        return cast(IO[bytes], bz2.open(path))
    if name.endswith("xz"):
        import lzma

        return cast(IO[bytes], lzma.open(path))
    return path.open("rb")
