"""Work is begun before it is wanted, and no further ahead than by one."""

import threading
from collections.abc import Iterator

import pytest

from index.ahead import ahead


def test_the_next_item_is_worked_on_while_one_is_used() -> None:
    begun = [threading.Event() for _ in range(3)]

    def work(item: int) -> int:
        begun[item].set()
        return item * item

    made = ahead(work, range(3))
    assert next(made) == (0, 0)
    assert begun[1].wait(5)
    assert list(made) == [(1, 1), (2, 4)]


def test_items_are_taken_no_further_ahead_than_by_one() -> None:
    taken = []

    def items() -> Iterator[int]:
        for item in range(9):
            taken.append(item)
            yield item

    made = ahead(abs, items())
    next(made)
    assert taken == [0, 1]


def test_what_fails_fails_where_its_result_is_wanted() -> None:
    made = ahead(lambda item: 1 / item, [1, 0, 2])
    assert next(made) == (1, 1.0)
    with pytest.raises(ZeroDivisionError):
        next(made)


def test_nothing_gives_nothing() -> None:
    assert list(ahead(abs, [])) == []
