"""What is packed in a tar file, compressed or not: read once, from its start to its end."""

import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO, cast

from index.errors import UnreadableSource
from index.loaders.packed.allowance import Allowance, Counted
from index.loaders.packed.decompressed import decompressed
from index.loaders.packed.member import Member, no_file

# Headers that hold a long name and the like; tarfile reads one as a whole.
LONG_HEADERS = {
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
}  # fmt: skip
MOST_HEADER_BYTES = 1_000_000


def members_of_tar(path: Path, allowance: Allowance) -> Iterator[Member]:
    """Every member but folders, in order."""
    with decompressed(path) as stream:
        counted = cast(IO[bytes], Counted(stream, allowance))
        with tarfile.open(fileobj=counted, mode="r|", tarinfo=_Header) as packed:
            for info in packed:
                # What a sparse file unpacks to is not counted: its holes are not in the stream.
                refused = None if info.isreg() and not info.issparse() else no_file()
                if not info.isdir():
                    yield Member(info.name, partial(_opened, packed, info), refused)


def _opened(packed: tarfile.TarFile, info: tarfile.TarInfo) -> AbstractContextManager[IO[bytes]]:
    return cast(IO[bytes], packed.extractfile(info))  # None only of what is no file


class _Header(tarfile.TarInfo):
    """Refuses a damaged header, which tarfile takes for the end, and one that fills the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if not any(buf):  # nothing but zeros is a proper end
                raise
            raise UnreadableSource(f"damaged, or no tar file ({error})", "pack it again") from error
        if header.type in LONG_HEADERS and header.size > MOST_HEADER_BYTES:
            raise UnreadableSource("damaged (an endless header)", "pack it again")
        return header
