"""Which archive a command means."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.home import archive_path

if TYPE_CHECKING:
    from rag.archive import Archive

DEFAULT = "default"
SAMPLE = "sample"


def open_archive(
    name: str | None, create: bool = False, llm: str | None = None, encoder: str | None = None
) -> "Archive":
    """The archive of that name; without one, the user's own, and until there is one the sample.

    Args:
        llm: the address of a language model to write the answers.
        encoder: the name of the one to make the archive with; see `index.encoder.load_encoder`.

    Raises:
        DatelineError: there is none of that name and `create` is false, it has another encoder,
            or it or a model cannot be used.
    """
    with _keeping_what_is_made():
        from eval.sample import open_sample
        from index.encoder import load_encoder
        from rag.archive import Archive

        if name is None and not create and not archive_path(DEFAULT).exists():
            sys.stderr.write("This is the sample archive; `dateline add FOLDER` makes your own.\n")
            name = SAMPLE
        if name == SAMPLE:
            archive = open_sample()
            return archive.written_by(llm) if llm else archive
        named = load_encoder(encoder) if encoder else None
        return Archive.open(name or DEFAULT, named, create, llm)


@contextmanager
def _keeping_what_is_made() -> Iterator[None]:
    """Imports leave 300,000 objects that stay to the end. To walk them for garbage again and again,
    and once more at exit, took a quarter of the processor's time for `dateline ask`."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
