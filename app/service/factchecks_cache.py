"""What is remembered of look-ups, and how many there may be: both bounded, both safe to share between threads."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Clock = Callable[[], float]
_DAY, _MINUTE = 86_400.0, 60.0


class Aging(Generic[K, V]):
    """Values that are forgotten after a time, and the oldest of them where there are too many."""

    def __init__(self, most: int, clock: Clock = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._values: OrderedDict[K, tuple[V, float]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            if found[1] <= self._clock():
                del self._values[key]
                return None
            return found[0]

    def put(self, key: K, value: V, seconds: float) -> None:
        with self._lock:
            self._values[key] = (value, self._clock() + seconds)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class Quota:
    """At most so many requests in any 24 hours and in any minute. A restart forgets those of before."""

    def __init__(self, per_day: int, per_minute: int, clock: Clock = time.monotonic) -> None:
        self._per_day, self._per_minute, self._clock = per_day, per_minute, clock
        self._made: deque[float] = deque()
        self._lock = Lock()

    def take(self) -> str | None:
        """Counts one request; or says why there may be none."""
        with self._lock:
            now = self._clock()
            while self._made and self._made[0] <= now - _DAY:
                self._made.popleft()
            if len(self._made) >= self._per_day:
                return f"the {self._per_day} look-ups that PREPOST_FACT_CHECK_PER_DAY allows in 24 hours are used up"
            if self._per_minute <= len(self._made) and self._made[-self._per_minute] > now - _MINUTE:
                return f"{self._per_minute} look-ups were made within the last minute, and no more are allowed"
            self._made.append(now)
            return None
