"""How much a packed file may unpack to: one can be made that fills any disk."""

import zlib
from dataclasses import dataclass
from io import BufferedIOBase

from index.errors import UnreadableSource
from index.loaders.files import MOST_BYTES

# Articles shrink three to five times. A file that unpacks beyond this was made to fill a disk.
MOST_UNPACKED = 200  # times its packed size, once past the size of one article
MOST_ON_DISK = 4_000_000_000  # bytes
MOST_MEMBERS = 100_000
CURE = "unpack it yourself if you trust it"


def most_unpacked(packed: int) -> int:
    """Bytes that may come out of so many."""
    return max(MOST_BYTES, MOST_UNPACKED * packed)


@dataclass
class Allowance:
    """What a file may still unpack, with all that is packed within it."""

    bytes: int
    members: int = MOST_MEMBERS

    @property
    def is_spent(self) -> bool:
        return min(self.bytes, self.members) < 0

    def spend(self, bytes: int = 0, members: int = 0) -> None:
        """Raises UnreadableSource if that is more than is left. The caller names the file."""
        self.bytes -= bytes
        self.members -= members
        if self.bytes < 0:
            raise unpacks_too_far()
        if self.members < 0:
            raise UnreadableSource(f"more than {MOST_MEMBERS:,} files in one archive", CURE)


def unpacks_too_far() -> UnreadableSource:
    limits = f"{MOST_UNPACKED} times its size, or {MOST_ON_DISK / 1e9:.0f} GB"
    return UnreadableSource(f"unpacks to more than {limits}", CURE)


class Counted:
    """A stream whose bytes are taken off an allowance as they are read."""

    def __init__(self, stream: BufferedIOBase, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, size: int = -1) -> bytes:
        """Raises UnreadableSource if the stream is cut or damaged, or too long."""
        try:
            data = self._stream.read1(size)  # so that what comes before a cut is not lost
        except (EOFError, zlib.error) as error:
            problem = f"a damaged archive ({str(error).lower()})"
            raise UnreadableSource(problem, "pack it again") from error
        self._allowance.spend(bytes=len(data))
        return data
