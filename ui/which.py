"""Which archive a command means."""

import sys
from typing import TYPE_CHECKING

from index.home import archive_path

if TYPE_CHECKING:
    from rag.archive import Archive

DEFAULT = "default"
SAMPLE = "sample"


def open_archive(name: str | None, create: bool = False) -> "Archive":
    """The archive of that name; without one, the user's own, and until there is one the sample.

    Raises:
        DatelineError: there is none of that name and `create` is false, or it cannot be used.
    """
    from eval.sample import open_sample
    from rag.archive import Archive

    if name is None and not create and not archive_path(DEFAULT).exists():
        sys.stderr.write("This is the sample archive; `dateline add FOLDER` makes your own.\n")
        name = SAMPLE
    if name == SAMPLE:
        return open_sample()
    return Archive.open(name or DEFAULT, create=create)
