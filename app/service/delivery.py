"""Delivers messages to webhooks: at least once, each endpoint by itself, none in the way of a check.

An attempt is recorded after its answer: who is killed in between sends again, under the same id.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import httpx

from app.egress import Network, Refused, Transport
from app.errors import PrepostError
from app.service.check import SERVICE
from app.service.resting import rest
from app.service.webhooks import headers
from app.store import webhooks
from app.store.session import Database
from app.store.webhooks import Delivery, DeliveryState, Webhook

log = logging.getLogger(__name__)
EVERY = 0.5
EACH = 8
"""attempts under way at once for one endpoint, so that a dead one takes nobody else's place"""
_SLACK = 10.0
"""seconds beyond an attempt's time limit after which it counts as lost"""
_JITTER = 0.2
_THREADS = 16
_GONE = 410
_GONE_SAYS = "its endpoint answered 410: nothing is sent there any more"


@dataclass(frozen=True, slots=True)
class Rules:
    """Where messages may go, how long an attempt may take, and how long to wait after each that failed."""

    allowed: Sequence[Network]
    waits: Sequence[float]
    timeout: float


class Answered(NamedTuple):
    status: int | None
    error: str | None

    @property
    def is_fine(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Deliveries:
    """The background task of a running service. `state` says how it fares: `ok`, or what is wrong."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database, self._rules = database, rules
        self._busy: Counter[str] = Counter()
        self._under_way: set[asyncio.Task[None]] = set()
        self._freed = asyncio.Event()
        self.state = "not running: no webhook is delivered"

    async def run(self, stop: asyncio.Event, counted: Callable[[str], None] = lambda _: None) -> None:
        """Until `stop` is set. `counted` is called with what came of each attempt: delivered, failed or dead."""
        # Threads of its own: a name that doesn't resolve holds one for half a minute, and checks need theirs.
        with_threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="webhooks")
        transport = Transport(allowed=self._rules.allowed, threads=with_threads)
        self.state = "ok"
        async with httpx.AsyncClient(transport=transport, follow_redirects=False, trust_env=False) as client:
            while not stop.is_set():
                self._freed.clear()
                for delivery, webhook in await self._claim(with_threads):
                    self._start(self._deliver(client, with_threads, delivery, webhook, counted), webhook.id)
                await self._next(stop)
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)
        with_threads.shutdown(wait=False, cancel_futures=True)
        self.state = "stopped"

    async def _claim(self, threads: ThreadPoolExecutor) -> list[tuple[Delivery, Webhook]]:
        busy, lease = dict(self._busy), timedelta(seconds=self._rules.timeout + _SLACK)

        def claim() -> list[tuple[Delivery, Webhook]]:
            with self._database.transaction() as connection:
                return webhooks.claim(connection, datetime.now(UTC), busy, each=EACH, lease=lease)

        try:
            claimed = await asyncio.get_running_loop().run_in_executor(threads, claim)
        except PrepostError as error:
            log.warning("webhooks could not be read: %s", error.detail)
            self.state = error.detail
            return []
        self.state = "ok"
        return claimed

    def _start(self, sending: Coroutine[Any, Any, None], webhook_id: str) -> None:
        task = asyncio.create_task(sending)
        self._busy[webhook_id] += 1
        self._under_way.add(task)

        def ended(task: asyncio.Task[None]) -> None:
            self._busy[webhook_id] -= 1
            self._under_way.discard(task)
            self._freed.set()

        task.add_done_callback(ended)

    async def _next(self, stop: asyncio.Event) -> None:
        """Until a place is free again, or for a while where none was taken."""
        if self._under_way:
            freed = asyncio.create_task(self._freed.wait())
            await asyncio.wait([freed], timeout=EVERY)
            freed.cancel()
        else:
            await rest(stop, EVERY)

    async def _deliver(
        self,
        client: httpx.AsyncClient,
        threads: ThreadPoolExecutor,
        delivery: Delivery,
        webhook: Webhook,
        counted: Callable[[str], None],
    ) -> None:
        answered = await self._attempt(client, delivery, webhook)
        state, again = self._outcome(delivery, answered)

        def note() -> None:
            now = datetime.now(UTC)
            with self._database.transaction() as connection:
                webhooks.settle(
                    connection,
                    delivery.id,
                    state=state,
                    at=now,
                    next_attempt_at=now + timedelta(seconds=again) if again is not None else None,
                    status=answered.status,
                    error=answered.error,
                )
                if answered.status == _GONE:
                    webhooks.disable(connection, webhook.id, _GONE_SAYS)

        try:
            await asyncio.get_running_loop().run_in_executor(threads, note)
        except PrepostError as error:  # it is sent again when the lease is over
            log.warning("what came of a webhook could not be kept: %s", error.detail)
            return
        counted("failed" if state == "pending" else state)

    async def _attempt(self, client: httpx.AsyncClient, delivery: Delivery, webhook: Webhook) -> Answered:
        """One POST. Its answer's body is never read: it could be endless."""
        sent = {
            **headers(webhook.secret, delivery.id, delivery.body, datetime.now(UTC)),
            "content-type": "application/json",
            "user-agent": f"Prepost/{SERVICE}",
        }
        posting = partial(client.stream, "POST", webhook.url, headers=sent, timeout=self._rules.timeout)
        try:
            async with asyncio.timeout(self._rules.timeout), posting(content=delivery.body.encode()) as answer:
                return Answered(answer.status_code, None if answer.is_success else f"answered {answer.status_code}")
        except Refused as refusal:
            return Answered(None, f"refused: {refusal.detail}")
        except TimeoutError:
            return Answered(None, f"no answer within {self._rules.timeout:g} s")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return Answered(None, f"{type(error).__name__}: {error}"[:200])

    def _outcome(self, delivery: Delivery, answered: Answered) -> tuple[DeliveryState, float | None]:
        """The state after this attempt, and the seconds to wait for the next."""
        if answered.is_fine:
            return "delivered", None
        if answered.status == _GONE or delivery.attempts >= len(self._rules.waits):
            return "dead", None
        wait = self._rules.waits[delivery.attempts]
        return "pending", wait * random.uniform(1 - _JITTER, 1 + _JITTER)
