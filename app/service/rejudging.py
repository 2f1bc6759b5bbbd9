"""Keeps the queue judged against the present: looks for what isn't, twice a second, and judges it a batch at a time."""

from __future__ import annotations

import asyncio
import logging

from app.engine import Broken, attempt
from app.errors import PrepostError
from app.service.queue import Queue
from app.service.resting import rest

log = logging.getLogger(__name__)
EVERY = 0.5
_BATCH = 400
"""items a transaction: a few tens of milliseconds of the store's time"""
_AFTER_FAILURE = 5.0


class Rejudging:
    """The background task of a running service. `state` says how it fares: `ok`, or what is wrong."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self.state = "not running: waiting drafts are not judged again"

    async def run(self, stop: asyncio.Event, *, every: float = EVERY) -> None:
        """Until `stop` is set. What fails is said and tried again."""
        self.state = "ok"
        while not stop.is_set():
            done = await asyncio.to_thread(self._judge)
            if not done:
                await rest(stop, every if self.state == "ok" else _AFTER_FAILURE)
        self.state = "stopped"

    def _judge(self) -> int:
        done = attempt("judging the queue again", self._try)
        if isinstance(done, Broken):
            self.state = f"{done.error} while judging the queue again"
            return 0
        return done

    def _try(self) -> int:
        try:
            done = self._queue.judge_stale(_BATCH)
        except PrepostError as error:
            log.warning("the queue could not be judged again: %s", error.detail)
            self.state = error.detail
            return 0
        self.state = "ok"
        return done
