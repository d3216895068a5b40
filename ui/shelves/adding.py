"""Adding, told step by step."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait

from index.report import AddReport, OnProgress, Progress

EVERY = 0.3  # seconds between two reports of progress


def adding(add: Callable[[OnProgress], AddReport]) -> Iterator[Progress | AddReport]:
    """How far an addition is, now and then, and at last its report.

    It goes on to its end also where nobody listens any more. Raises what `add` raises.
    """
    latest: list[Progress] = []
    pool = ThreadPoolExecutor(1)
    try:
        running = pool.submit(add, lambda progress: latest.__setitem__(slice(None), [progress]))
        while not wait([running], timeout=EVERY).done:
            yield from latest
        yield running.result()
    finally:
        pool.shutdown(wait=False)
