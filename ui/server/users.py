"""Who may come in: names with hashed passwords, a line each in a file that only its owner reads.

`anna:scrypt$16384$8$5$SALT$HASH`, salt and hash in base64; the numbers are scrypt's cost, block
size and parallelism, and as OWASP's Password Storage Cheat Sheet has them (16 MB, 0.2 s a try).
"""

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import DatelineError

SHORTEST_PASSWORD = 8  # characters
COST, BLOCK, PARALLEL = 16_384, 8, 5
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")  # also a file's name, on any system


@dataclass(frozen=True)
class Users:
    """Hashed passwords by name.

    >>> users = Users().with_user("anna", "eight or more")
    >>> users.knows("anna", "eight or more"), users.knows("anna", "another")
    (True, False)
    """

    hashes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "Users":
        """
        Raises:
            DatelineError: it cannot be read, others may read it, or a line is not a user.
        """
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
            mode = file.stat().st_mode
        except (OSError, UnicodeDecodeError) as error:
            cure = f"make it with `dateline user add NAME --file {file}`"
            raise DatelineError(f"{file} cannot be read as a file of users", cure) from error
        if os.name == "posix" and mode & 0o077:
            raise DatelineError(f"others may read {file}", f"chmod 600 {file}")
        pairs = [line.split(":") for line in lines]
        for number, pair in enumerate(pairs, start=1):
            if len(pair) != 2 or not _NAME.fullmatch(pair[0]) or not _is_hash(pair[1]):
                raise DatelineError(f"line {number} of {file} is not a user", "add them anew")
        return cls(dict(pairs))

    def write(self, file: Path) -> None:
        """The old file stays whole until the new one is."""
        handle, name = tempfile.mkstemp(dir=file.parent)  # with mode 600
        with os.fdopen(handle, "w", encoding="utf-8") as lines:
            lines.writelines(f"{user}:{hashed}\n" for user, hashed in sorted(self.hashes.items()))
        Path(name).replace(file)

    def with_user(self, name: str, password: str) -> "Users":
        """Raises DatelineError if the name is no name, or the password too short."""
        if not _NAME.fullmatch(name):
            raise DatelineError(
                f"'{name}' is not a user's name", "use a–z, 0–9 and . _ @ - and at most 64 of them"
            )
        if len(password) < SHORTEST_PASSWORD:
            raise DatelineError(
                "the password is too short", f"use {SHORTEST_PASSWORD} characters or more"
            )
        return Users({**self.hashes, name: _hashed(password)})

    def without(self, name: str) -> "Users":
        """Raises DatelineError if there is no such user."""
        if name not in self.hashes:
            raise DatelineError(f"there is no user '{name}'", "`dateline user list` names them")
        return Users({user: self.hashes[user] for user in self.hashes if user != name})

    def knows(self, name: str, password: str) -> bool:
        """Whether that is the user's password; takes as long for a name that there is not."""
        expected = self.hashes.get(name, NOBODY)
        _, *costs, salt, _ = expected.split("$")
        same = hmac.compare_digest(_hashed(password, b64decode(salt), *map(int, costs)), expected)
        return same and name in self.hashes


def _hashed(
    password: str,
    salt: bytes | None = None,
    cost: int = COST,
    block: int = BLOCK,
    parallel: int = PARALLEL,
) -> str:
    salt = salt or secrets.token_bytes(16)
    key = hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=256 * cost * block
    )
    return f"scrypt${cost}${block}${parallel}${b64encode(salt).decode()}${b64encode(key).decode()}"


def _is_hash(text: str) -> bool:
    return re.fullmatch(r"scrypt(\$[1-9]\d{0,6}){3}(\$[A-Za-z0-9+/]+=*){2}", text) is not None


# Of no password: no key consists of 64 zero bytes, as far as anybody will ever find.
NOBODY = f"scrypt${COST}${BLOCK}${PARALLEL}${b64encode(bytes(16)).decode()}${'A' * 86}=="
