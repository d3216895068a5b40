"""Work begun before it is wanted."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def ahead(work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[tuple[Item, Made]]:
    """Each item with what `work` makes of it; while one is used, a thread works on the next.

    >>> list(ahead(abs, [-3, 4]))
    [(-3, 3), (4, 4)]
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        waiting: tuple[Item, Future[Made]] | None = None
        for item in items:
            following = item, thread.submit(work, item)
            if waiting is not None:
                yield waiting[0], waiting[1].result()
            waiting = following
        if waiting is not None:
            yield waiting[0], waiting[1].result()
