"""What is packed in a zip file."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.errors import UnreadableSource
from index.loaders.packed.allowance import Allowance, Counted, most_unpacked, unpacks_too_far
from index.loaders.packed.member import Member, no_file

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

ENCRYPTED = 0x1  # a flag of a member: APPNOTE.TXT, 4.4.4


def members_of_zip(path: Path, allowance: Allowance) -> Iterator[Member]:
    """Every member but folders, in the order of the zip's directory."""
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        for info in packed.infolist():
            if not info.is_dir():
                open_it = partial(_opened, packed, info, allowance)
                yield Member(info.filename, open_it, _refusal(info))


@contextmanager
def _opened(packed: "ZipFile", info: "ZipInfo", allowance: Allowance) -> Iterator[Counted]:
    with packed.open(info) as stream:
        yield Counted(cast(BufferedIOBase, stream), allowance)


def _refusal(info: "ZipInfo") -> UnreadableSource | None:
    kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where it was not packed on Unix
    if kind not in (0, stat.S_IFREG):
        return no_file()
    if info.flag_bits & ENCRYPTED:
        return UnreadableSource("encrypted", "unpack it with its password")
    if info.file_size > most_unpacked(info.compress_size):
        return unpacks_too_far()
    return None
