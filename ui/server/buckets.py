"""How often each visitor may do something: a token bucket for each of them."""

import time
from collections.abc import Callable

MOST_VISITORS = 10_000  # remembered; one that is forgotten starts with a full bucket


class Buckets:
    """Each holds a minute's worth of tokens, and fills evenly.

    Args:
        clock: seconds, from any beginning.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # tokens, and when; last seen last

    def take(self, visitor: str) -> float:
        """Takes a token; if there is none, the seconds until there will be one, otherwise 0."""
        now = self._clock()
        tokens, then = self._left.pop(visitor, (self.per_minute, now))
        tokens = min(self.per_minute, tokens + (now - then) * self.per_minute / 60)
        wait = max(0.0, (1 - tokens) * 60 / self.per_minute)
        self._left[visitor] = (tokens if wait else tokens - 1, now)
        if len(self._left) > MOST_VISITORS:
            del self._left[next(iter(self._left))]
        return wait
