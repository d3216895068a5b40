"""YAML between two lines of dashes, above a text."""

import re

from index.errors import UnreadableSource

FENCED = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
OPENED = re.compile(r"---[ \t]*\n\w+:")  # a key below the fence; else it is a ruled line
NOTHING = ("null", "Null", "NULL", "~")


def split_front_matter(source: str, name: str) -> tuple[dict[str, object], str]:
    """The fields above the text, by name in lower case, and the text.

    Raises:
        UnreadableSource: the front matter is broken; names the line.
    """
    source = re.sub("\r\n?", "\n", source)
    found = FENCED.match(source)
    if found is None:
        if OPENED.match(source):
            raise UnreadableSource(f"{name}:1: front matter that does not end", "close it with ---")
        return {}, source
    fields = _parsed(found["yaml"], name)
    if not isinstance(fields, dict):  # text between two ruled lines
        return {}, source
    kept = {str(key).lower(): value for key, value in fields.items() if value not in NOTHING}
    return kept, source[found.end() :]


def _parsed(written: str, name: str) -> object:
    """YAML with every scalar a string: `no` is a language, and dates are read in one place."""
    import yaml

    try:
        return yaml.load(written, Loader=yaml.BaseLoader)  # makes only str, list and dict
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1  # counted from 0, below the fence
        problem = f"{name}:{line}: front matter that is not YAML ({error.problem})"
    except (yaml.YAMLError, RecursionError):
        problem = f"{name}:1: front matter that is not YAML"
    raise UnreadableSource(problem, "mend the line; a value with a colon needs quotes")
