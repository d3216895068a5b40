"""Where Dateline keeps what it makes: archives and exported models."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder named by DATELINE_HOME, else the platform's data directory."""
    named = os.environ.get("DATELINE_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("dateline"))


def archive_path(where: str | Path) -> Path:
    """A named archive lives at home; anything written as a path is that path.

    >>> archive_path("./clippings")
    PosixPath('clippings')
    """
    if isinstance(where, Path) or os.sep in where or where.startswith((".", "~")):
        return Path(where).expanduser()
    return home() / "archives" / where
