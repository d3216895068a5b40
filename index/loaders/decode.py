"""Bytes into text, or a refusal: a file that is not text must not become an article."""

import codecs
import re
from typing import BinaryIO

from index.errors import UnreadableSource

# Code pages for Latin letters that differ from cp1252 in a few of them. On short texts
# charset-normalizer names one of these for cp1252 (cp1250 for French), so cp1252 is preferred.
SIBLINGS = re.compile(
    r"ascii|latin_1|cp(125[0478]|437|77[56]|85[0278]|86[0135]|500|1140|037|273|1026)"
    r"|iso8859_(1|2|3|4|9|10|13|14|15|16)|mac_(roman|latin2|iceland|turkish)|hp_roman8"
)
WIDE = ["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]
SAMPLE = 100_000  # bytes that the guess is made from
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS = 0.01  # of all characters; random bytes have a tenth


def decode(data: bytes, declared: str = "") -> str:
    """Text from UTF-8 or, by its mark, UTF-16; else from what the file declares; else a guess.

    Raises:
        UnreadableSource: the bytes are not text. The caller names the file.
    """
    text = _decoded(data, _marked(data))
    if text is None and declared:
        text = _decoded(data, declared)
    if text is None and b"\0" not in data:
        text = _decoded(data, _guess(data))
    if text is None or not _is_text(text):
        raise _not_text()
    return text


def encoding_of(file: BinaryIO) -> str:
    """The encoding that `decode` would choose, for a file of any size, which is read through.

    Raises:
        UnreadableSource: the file is not text. The caller names it.
    """
    start = file.read(SAMPLE)
    encoding = _marked(start)
    foreign = _first_foreign(file, encoding)
    if foreign is not None:
        encoding = _guess(foreign)
        if b"\0" in foreign or _first_foreign(file, encoding) is not None:
            raise _not_text()
    if not _is_text(start.decode(encoding, "ignore")):
        raise _not_text()
    return encoding


def _first_foreign(file: BinaryIO, encoding: str) -> bytes | None:
    """What is not in an encoding, from its first byte on; None if everything is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(SAMPLE):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return error.object[error.start :] + file.read(SAMPLE)
    return None


def _marked(data: bytes) -> str:
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _is_text(text: str) -> bool:
    return "\0" not in text and len(CONTROLS.findall(text)) <= MOST_CONTROLS * len(text)


def _not_text() -> UnreadableSource:
    return UnreadableSource("not text", "save it as text in UTF-8, or leave it out")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(data: bytes) -> str:
    """A code page's name; ascii where none fits. Imported late: the detector's tables are large."""
    from charset_normalizer import from_bytes

    sample = data if len(data) <= SAMPLE else data[: data.rfind(b"\n", 0, SAMPLE) + 1 or SAMPLE]
    best = from_bytes(sample, cp_exclusion=WIDE).best()
    guess = best.encoding if best else "ascii"
    if SIBLINGS.fullmatch(guess) and _decoded(data, "cp1252") is not None:
        return "cp1252"
    return guess
