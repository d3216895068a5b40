"""The file that says what the suite once reached.

{"corpus_sha256": "5f1d...", "cases": 60, "floors": {"hit@1": 0.7, "mrr": 0.8}}
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import DatelineError

UPDATE = "run `dateline eval --update`"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was reached, on which corpus.

    Attributes:
        cases: how many there are in all.
        floors: by measure, 0 to 1.
    """

    corpus_sha256: str
    cases: int
    floors: Mapping[str, float]


def load_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        DatelineError: there is none at this path, or it is not one.
    """
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        problem = f"cannot read the baseline {str(path)!r} ({error.strerror})"
        raise DatelineError(problem, f"{UPDATE} to make it") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        problem = f"{str(path)!r} is not a baseline ({error!r})"
        raise DatelineError(problem, f"restore it, or delete it and {UPDATE}") from error


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_text(json.dumps(asdict(baseline), indent=2) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        problem = f"cannot write the baseline {str(path)!r} ({error.strerror})"
        raise DatelineError(problem, "name a file that you may write") from error


def _parse(plain: dict[str, Any]) -> Baseline:
    floors = {str(name): float(floor) for name, floor in plain["floors"].items()}
    return Baseline(str(plain["corpus_sha256"]), int(plain["cases"]), floors)
