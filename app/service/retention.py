"""What is kept goes when its time is over: looked for at start and once an hour."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from app.errors import PrepostError
from app.service.resting import rest
from app.store import audits, idempotency, pauses, queue, webhooks
from app.store.session import Database

log = logging.getLogger(__name__)
HOUR = 3_600.0
QUEUED = timedelta(days=1)
"""how long a scheduled draft stays in the queue after its moment"""
TOLD = timedelta(days=30)
"""how long a message stays on the list once it is delivered or given up"""
_PAUSE = 0.02
"""seconds between two portions, so that the records of running checks are not held up"""


async def keep(database: Database, stop: asyncio.Event, *, every: float = HOUR) -> None:
    """Erase what is over, now and each `every` seconds, until `stop` is set. A store that can't is asked again."""
    while not stop.is_set():
        try:
            await _erase_all(database, stop)
        except PrepostError as error:
            log.warning("what is past its retention time could not be erased: %s", error.detail)
        await rest(stop, every)


async def _erase_all(database: Database, stop: asyncio.Event) -> None:
    while await asyncio.to_thread(erase, database, datetime.now(UTC)) and not stop.is_set():
        await rest(stop, _PAUSE)


def erase(database: Database, now: datetime) -> int:
    """Erase one portion of what is over: checks, idempotency keys, drafts whose moment passed, pauses, old messages."""
    with database.transaction() as connection:
        return (
            audits.purge(connection, now)
            + idempotency.purge(connection, now)
            + queue.purge(connection, now - QUEUED)
            + pauses.purge(connection, now - QUEUED)
            + webhooks.purge(connection, now - TOLD)
        )
