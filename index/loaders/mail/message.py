"""An e-mail message, and the files that came with it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import Any

from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.files import named
from index.loaders.hostile import damage_named
from index.loaders.loader import Loaded, Loader
from index.loaders.mail.inside import file_name, load_inside
from index.loaders.mail.message_fields import message_fields
from index.loaders.mail.message_text import message_text
from index.loaders.record import article_of_file

MOST_PARTS = 100  # which also bounds how deeply they nest
MOST_TRIALS = 20_000_000  # some 10 seconds
A_PART = re.compile(rb"boundary|content-type:\s*message/", re.IGNORECASE)
LONGEST_HEADER = 2_000  # characters; the standard library's time grows with their square
SAVE_ANEW = "save it anew in a mail program"


class _Sparing(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:
        """A header cut short, and decoded where it should have been ASCII and is not."""
        sent = decode(value[:LONGEST_HEADER].encode("utf-8", "surrogateescape"))
        with suppress(UnreadableSource), damage_named("header", SAVE_ANEW):
            return super().header_fetch_parse(name, sent)
        return " ".join(sent.split())  # as it stands: one odd header spoils no message


def load_message(data: bytes, name: str, loaders: Sequence[Loader]) -> Iterator[Loaded]:
    """The articles of the files that came with a message, then its own.

    Args:
        name: what it is known by; a file with it by `name/file`.
        loaders: for the files.

    Raises:
        UnreadableSource: it is no message, or damaged, or has neither text nor files.
    """
    with named(name), damage_named("e-mail message", SAVE_ANEW):
        _refuse_a_maze(data)
        message = message_from_bytes(data, policy=_Sparing())
        assert isinstance(message, EmailMessage)  # the policy makes it one
        if not message.keys():
            raise UnreadableSource("not an e-mail message", SAVE_ANEW)
    yield from _loaded(message, name, loaders)


def _refuse_a_maze(data: bytes) -> None:
    """The standard library tries every line against each part that it may end."""
    parts = len(A_PART.findall(data))
    if parts > MOST_PARTS or parts * data.count(b"\n") > MOST_TRIALS:
        raise UnreadableSource(f"{parts} parts, too many to read", "save its attachments as files")


def _loaded(message: EmailMessage, name: str, loaders: Sequence[Loader]) -> Iterator[Loaded]:
    with named(name), damage_named("e-mail message", SAVE_ANEW):
        text, files = message_text(message, name), _files(message)
    found = False
    for called, content in files:
        if isinstance(content, bytes):
            inside = load_inside(name, called, content, loaders)
        else:
            inside = _forwarded(content, f"{name}/{called}", loaders)
        for one in inside:
            found = True
            yield one
    if text or not found:  # without text it is an error, but not if its files are the message
        with named(name), damage_named("e-mail message", SAVE_ANEW):
            yield article_of_file(message_fields(message), text, Path(name))


def _forwarded(message: EmailMessage, name: str, loaders: Sequence[Loader]) -> Iterator[Loaded]:
    try:
        yield from _loaded(message, name, loaders)
    except UnreadableSource as unreadable:
        yield unreadable


def _files(message: EmailMessage) -> list[tuple[str, bytes | EmailMessage]]:
    """The attachments that have a name, and the messages that were forwarded whole."""
    found: list[tuple[str, bytes | EmailMessage]] = []
    used = Counter[str]()
    for part in message.iter_attachments() if message.is_multipart() else ():
        is_message = part.get_content_type() == "message/rfc822"
        stated = part.get_filename() or ("message.eml" if is_message else "")
        if stated:
            called = file_name(stated)
            used[called] += 1
            if used[called] > 1:
                called = f"{used[called]}-{called}"
            content: Any = part.get_content() if is_message else part.get_payload(decode=True)
            found.append((called, content or b""))
    return found
