"""How long people wait when several ask at once.

`python -m eval.benchmarks.load ADDRESS --from FILE`

ADDRESS is that of a chat that runs, and FILE holds questions: a line each, or cases as
`dateline eval` takes them. Each user asks one question after the other through `/api/ask`, over
HTTP; no two users ask the same at the same time.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

TIMEOUT = 60  # seconds


@dataclass(frozen=True)
class Asked:
    """What became of one question; `problem` is empty if it was answered."""

    seconds: float
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status is 1 if a question was not answered."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.load", description=__doc__)
    parser.add_argument("address", metavar="ADDRESS", help="http://127.0.0.1:7860")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--questions", type=int, default=20, help="of each user")
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE", required=True)
    options = parser.parse_args(arguments)
    questions = list(read(options.file))
    began = perf_counter()
    with ThreadPoolExecutor(options.users) as users:
        rounds = [
            islice(cycle(questions), user * len(questions) // options.users, None)
            for user in range(options.users)
        ]
        asked = [
            one
            for answers in users.map(
                lambda own: [ask(options.address, q) for q in islice(own, options.questions)],
                rounds,
            )
            for one in answers
        ]
    print(table(asked, perf_counter() - began))
    return 1 if any(one.problem for one in asked) else 0


def read(file: Path) -> Iterator[dict[str, Any]]:
    """The bodies of the requests to send."""
    for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line) if line.startswith("{") else {"question": line}
        yield {name: case[name] for name in ("question", "as_of", "until") if case.get(name)}


def ask(address: str, body: dict[str, Any]) -> Asked:
    request = Request(
        f"{address.rstrip('/')}/api/ask",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    began = perf_counter()
    problem = ""
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=TIMEOUT) as response:
            json.load(response)
    except HTTPError as error:
        problem = f"{error.code}: {error.read().decode(errors='replace')}"
    except (URLError, TimeoutError, ConnectionError, ValueError) as error:
        problem = str(error) or type(error).__name__
    return Asked(perf_counter() - began, problem)


def table(asked: Sequence[Asked], seconds: float) -> str:
    """A Markdown table of one row, and under it what went wrong."""
    waits = [one.seconds for one in asked]
    quantiles = statistics.quantiles(waits, n=100, method="inclusive")
    problems = [one.problem for one in asked if one.problem]
    row = [
        f"{len(asked)}",
        f"{len(problems)}",
        f"{quantiles[49]:.2f} s",
        f"{quantiles[94]:.2f} s",
        f"{max(waits):.2f} s",
        f"{len(asked) / seconds:.1f}",
    ]
    head = "| questions | errors | p50 | p95 | longest | questions a second |"
    rule = "| ---: | ---: | ---: | ---: | ---: | ---: |"
    return "\n".join([head, rule, f"| {' | '.join(row)} |", *sorted(set(problems))])


if __name__ == "__main__":
    sys.exit(main())
