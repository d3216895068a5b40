"""What can go wrong, said so that a person can mend it."""


class DatelineError(Exception):
    """Something a user can act on.

    Attributes:
        problem: what is wrong, naming the value or the file.
        cure: what mends it; a command where there is one. May be empty.

    >>> print(DatelineError("no file at 'nwes/'", "check the spelling"))
    no file at 'nwes/': check the spelling
    """

    def __init__(self, problem: str, cure: str = "") -> None:
        super().__init__(problem, cure)
        self.problem = problem
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.problem}: {self.cure}" if self.cure else self.problem


class UnreadableSource(DatelineError):
    """A file, an address, or one record of either, that gave no article."""


class ArchiveInUse(DatelineError):
    """Another process is writing to the archive."""


class ArchiveUnusable(DatelineError):
    """The archive's files are missing, unwritable, damaged, or made by something else."""


class EncoderUnusable(DatelineError):
    """The encoder's files are missing or altered, or the archive was made with another."""
