"""Feeds are asked while the service runs: looked at every few seconds, one after another, beside the checks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from app.engine import Broken, attempt
from app.events.feeds.config import FeedSet
from app.service.feeds import Outcome, poll_if_due
from app.service.resting import rest
from app.store.session import Database

EVERY = 10.0


async def keep(
    database: Database,
    known: FeedSet,
    stop: asyncio.Event,
    *,
    polled: Callable[[str, Outcome], None],
    changed: Callable[[], None],
    every: float = EVERY,
) -> None:
    """Ask each feed when it is due, until `stop` is set. Survives whatever a poll raises.

    One at a time: feeds that hang must not take the threads that judge drafts. `polled` is told how each poll went,
    `changed` is called where events did.
    """
    while known.feeds and not stop.is_set():
        for feed in known.feeds:
            now = datetime.now(UTC)
            done = await asyncio.to_thread(
                attempt, f"polling {feed.name}", poll_if_due, database, feed, known.contact, now
            )
            if stop.is_set():
                return
            if isinstance(done, Broken):
                polled(feed.name, "failed")
            elif done is not None:
                polled(feed.name, done.outcome)
                if done.changes_events:
                    changed()
        await rest(stop, every)
