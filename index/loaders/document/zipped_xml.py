"""Files that are a zip of XML (docx, odt, epub), read as if each were made to do harm."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from index.errors import UnreadableSource
from index.loaders.files import MOST_BYTES

MOST_DIRECTORY = 2_000_000  # bytes of the zip's list of members: some 20,000 of them
MOST_UNPACKED = 200_000_000  # bytes of all members that are read
MOST_RATIO = 200  # of a member's size to its packed size; XML comes to about 20
SMALL = 1_000_000  # bytes; beneath these a ratio says nothing
CHUNK = 1_000_000  # bytes
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that these formats may use
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # what Office puts round a document with a password
DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, LookupError,
)  # fmt: skip
SAVE_ANEW = "open it in a program that reads it, and save it anew"
UNLOCK = "save a copy without a password, and add that"


class ZippedXml:
    """The members of such a file, each unpacked only when it is asked for."""

    def __init__(self, data: bytes) -> None:
        """
        Raises:
            UnreadableSource: encrypted, no zip, or a damaged one. The caller names the file.
        """
        if data.startswith(OLE):
            raise UnreadableSource("encrypted, or of an older format", UNLOCK)
        with _damage_named():
            self._zip = zipfile.ZipFile(_Sparing(data))
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """
        Raises:
            UnreadableSource: no such member, or it is encrypted, damaged or too large.
        """
        member = self._members.get(name)
        if member is None or member.compress_type not in METHODS:
            raise UnreadableSource(f"a damaged file (no '{name}' in it)", SAVE_ANEW)
        if member.flag_bits & 1:
            raise UnreadableSource("encrypted", UNLOCK)
        self._refuse_a_bomb(member)
        with _damage_named(), self._zip.open(member) as file:
            return b"".join(iter(lambda: file.read(CHUNK), b""))

    def _refuse_a_bomb(self, member: zipfile.ZipInfo) -> None:
        """By the sizes that the zip states: `zipfile` reads no byte beyond them."""
        self._left -= member.file_size
        most = min(MOST_BYTES, max(SMALL, MOST_RATIO * member.compress_size))
        if member.file_size > most or self._left < 0:
            problem = f"'{member.filename}' in it unpacks to {member.file_size / 1e6:.0f} MB"
            raise UnreadableSource(problem, "unpack it yourself, if you trust it, and add the text")

    def xml(self, name: str) -> Any:
        """The root of a member, with what `read` raises; broken XML is damage.

        No entity is expanded, and nothing outside is read: these formats need neither.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableSource(f"a damaged file ('{name}' in it)", SAVE_ANEW) from error


def local(element: Any) -> str:
    """An element's name without its namespace: kinds of one format differ in that alone."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The same for an attribute; empty if there is none."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), "")


class _Sparing(BytesIO):
    """Lets `zipfile` read no list of members that would fill the memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MOST_DIRECTORY:
            raise zipfile.BadZipFile("too many members")
        return super().read(size)


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise UnreadableSource(f"a damaged file ({str(error).lower()})", SAVE_ANEW) from error
