"""JSON, with what is wrong with it said so that a person can mend it."""

import json

from index.errors import UnreadableSource

CURE = "mend or remove it"


def parsed_json(text: str) -> object:
    """
    Raises:
        UnreadableSource: it is not JSON, or nothing that Python can hold. The caller names it.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.rstrip("\n") else ""
        problem = f"not JSON ({error.msg.lower()} at {line}character {error.colno})"
        raise UnreadableSource(problem, CURE) from error
    except (ValueError, RecursionError) as error:  # endless digits, endless brackets
        raise UnreadableSource("JSON that cannot be read", CURE) from error
