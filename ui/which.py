"""Which archive a command means."""

import sys
from typing import TYPE_CHECKING

from index.home import archive_path

if TYPE_CHECKING:
    from rag.archive import Archive

DEFAULT = "default"
SAMPLE = "sample"


def open_archive(name: str | None, create: bool = False, llm: str | None = None) -> "Archive":
    """The archive of that name; without one, the user's own, and until there is one the sample.

    Args:
        llm: the address of a language model to write the answers.

    Raises:
        DatelineError: there is none of that name and `create` is false, or it or the model cannot
            be used.
    """
    from eval.sample import open_sample
    from rag.archive import Archive

    if name is None and not create and not archive_path(DEFAULT).exists():
        sys.stderr.write("This is the sample archive; `dateline add FOLDER` makes your own.\n")
        name = SAMPLE
    if name == SAMPLE:
        archive = open_sample()
        return archive.written_by(llm) if llm else archive
    return Archive.open(name or DEFAULT, create=create, llm=llm)
