"""Pauses: nothing of an account, a region or a tag goes out until an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from app.errors import Invalid, NotFound
from app.events.matching import touching
from app.service import messages
from app.service.waiting import tag_mark
from app.store import pauses, webhooks
from app.store.pauses import Pause
from app.store.queue import Item
from app.store.session import Database


def begin(database: Database, pause: Pause) -> Pause:
    """From now on. Raises Invalid where it names nothing to pause, or has ended already."""
    now = datetime.now(UTC)
    if pause.until <= now:
        raise Invalid("a pause needs an end ahead", pointer="/until")
    if pause.account is None and pause.region is None and pause.tag is None:
        raise Invalid("name an account, a region or a tag to pause", pointer="/account")
    with database.transaction() as connection:
        stored = pauses.add(connection, replace(pause, begun_at=now))
        webhooks.enqueue(connection, [messages.of_pause(stored, "queue.paused")], now)
    return stored


def active(database: Database) -> list[Pause]:
    with database.transaction() as connection:
        return pauses.active(connection, datetime.now(UTC))


def end(database: Database, pause_id: str) -> None:
    """Before its time. Raises NotFound."""
    with database.transaction() as connection:
        pause = pauses.get(connection, pause_id)
        if pause is None or not pauses.delete(connection, pause_id):
            raise NotFound(f"there is no pause {pause_id!r}")
        webhooks.enqueue(connection, [messages.of_pause(pause, "queue.resumed")], datetime.now(UTC))


def over(item: Item, active: Iterable[Pause]) -> Pause | None:
    """The pause that the item's moment falls into, the one that ends last; None where there is none."""
    found = (pause for pause in active if item.scheduled_for < pause.until and _names(pause, item))
    return max(found, key=lambda pause: pause.until, default=None)


def _names(pause: Pause, item: Item) -> bool:
    """Whether all that the pause names is the item's."""
    if pause.account is not None and _bare(pause.account) not in (_bare(item.account), _bare(item.account_id)):
        return False
    if pause.tag is not None and tag_mark(pause.tag) not in item.marks:
        return False
    return pause.region is None or not item.marks.isdisjoint(f"r:{each}" for each in touching(pause.region))


def _bare(account: str | None) -> str:
    """A handle with or without @ is one."""
    return (account or "").lstrip("@").casefold()
