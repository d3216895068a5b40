"""Which column of a record holds which field of an article."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

from index.article import shorten
from index.errors import DatelineError, UnreadableSource
from index.loaders.record import FIELDS, HTML

Record = Mapping[str, object]  # what a column holds, by the column's plain name

MOST_LISTED = 20  # columns named in an error
LONGEST_LISTED = 40  # characters


@lru_cache(10_000)
def plain_name(column: str) -> str:
    """A column's name as it is compared.

    >>> plain_name(" Published At")
    'published_at'
    """
    return column.strip().lower().replace(" ", "_").replace("-", "_")


class Columns:
    """The columns that a user names; the other fields are found by their usual names.

    >>> columns = Columns({"text": "Story"})
    >>> columns.fields({"story": "It rained.", "body": "", "date": "2021-03-02"})
    {'date': '2021-03-02', 'text': 'It rained.'}
    """

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        """
        Args:
            named: a column for each field that is not under a usual name.

        Raises:
            DatelineError: there is no such field.
        """
        self.named = dict(named or {})
        for field in self.named:
            if field not in FIELDS:
                raise DatelineError(f"no field '{field}'", f"the fields are {', '.join(FIELDS)}")
        self._plain = {field: plain_name(column) for field, column in self.named.items()}
        usual = {name for field in self.named for name in FIELDS[field]}
        self._not_as_usual = {*usual, *self._plain.values()}
        self.text_is_html = self._plain.get("text") in HTML

    def fields(self, record: Record) -> Record:
        """The record by the names of fields. A column that was named serves nothing else."""
        if not self.named:
            return record
        rest = {name: said for name, said in record.items() if name not in self._not_as_usual}
        return rest | {field: record.get(column) for field, column in self._plain.items()}

    def known(self, header: Iterable[str]) -> set[str]:
        """The names in a header that hold a field, plain."""
        usual = {name for names in FIELDS.values() for name in names}
        return {*map(plain_name, header)} & {*usual, *self._plain.values()}

    def hold_text(self, header: Iterable[str]) -> bool:
        """Whether one of the columns in a header holds the text."""
        names = {self._plain["text"]} if "text" in self.named else {*FIELDS["text"]}
        return not names.isdisjoint(map(plain_name, header))

    def refuse_missing(self, records: Iterable[Iterable[str]]) -> None:
        """Looks at the records' names until each of the columns was seen.

        Raises:
            UnreadableSource: no record has a column of that name. The caller names the file.
        """
        missing = dict(zip(self._plain.values(), self.named.values(), strict=True))
        seen: dict[str, None] = {}
        for names in records if missing else ():
            seen |= dict.fromkeys(names)
            for name in map(plain_name, names):
                missing.pop(name, None)
            if not missing:
                return
        if missing and seen:
            column = next(iter(missing.values()))
            raise UnreadableSource(f"no column '{column}'", f"its columns are {_listed(seen)}")

    def refuse_textless(self, header: Iterable[str]) -> None:
        """Refuses a file whose records have no text, once rather than record by record.

        Raises:
            UnreadableSource: none of its columns holds a text, or one that was named is missing.
        """
        header = list(header)
        self.refuse_missing([header])
        if not self.hold_text(header):
            raise UnreadableSource(
                f"no column of text among {_listed(header)}",
                "say which holds the articles' text: --columns text=COLUMN",
            )


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    listed = ", ".join(shorten(name, LONGEST_LISTED) for name in islice(names, MOST_LISTED))
    more = len(names) - MOST_LISTED
    return f"{listed} and {more:,} more" if more > 0 else listed
