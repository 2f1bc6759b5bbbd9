"""The queue: register scheduled drafts, look at them, let them go or not, forget them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from app.errors import Conflict, NotFound, PrepostError
from app.events.calendar import Calendar
from app.events.matching import touching
from app.service import messages, pauses, records
from app.service.directory import SAME_WITHIN, Directory
from app.service.present import Presence, Present
from app.service.waiting import Batch, Entry, Judged, judge, judge_again, tag_mark
from app.store import audits, queue, webhooks
from app.store import pauses as stored_pauses
from app.store.audits import Release
from app.store.pauses import Pause
from app.store.queue import Item, State
from app.store.session import Database, Transaction

_LOOK_UPS = 60.0
"""seconds that what was looked up for one batch is used: longer than a batch takes"""
_TTL = 2.0
_ACCOUNTS = 256
_LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """An item with all that decides whether it may go."""

    item: Item
    release: Release | None
    pause: Pause | None
    up_to_date: bool
    """whether it was judged against the present"""
    state: State
    is_late: bool = False
    """its moment is a day past: what waited so long is judged and sent anew, or not at all"""

    @property
    def may_go(self) -> bool:
        """Whether the scheduling tool may post it when its moment comes."""
        if self.is_late:
            return False
        let = self.item.verdict in ("pass", "warn") or (self.item.verdict == "hold" and self.release is not None)
        return let and self.pause is None and self.up_to_date


class Registered(NamedTuple):
    seen: Seen
    reply: dict[str, Any] | None
    """of its check; None where the record of an earlier one is gone"""
    new: bool
    judged: Judged | None
    """None where nothing had changed"""


class Filter(NamedTuple):
    verdict: str | None = None
    account: str | None = None
    tag: str | None = None
    region: str | None = None
    state: State | None = None


class Queue:
    """All that is done with the queue. Shared by threads.

    `busy`: whether somebody waits for a verdict, whom the judging of what is stale lets go first.
    """

    def __init__(
        self, database: Database, presence: Presence, calendar: Calendar, busy: Callable[[], bool] = lambda: False
    ) -> None:
        self.database, self._presence, self._calendar, self._pace = database, presence, calendar, Pace(busy)
        self._directory = Directory(database, calendar, ttl=_TTL, most=_ACCOUNTS)

    def register(self, entries: Sequence[Entry]) -> list[Registered | PrepostError]:
        """Judge each and put it in the queue, in place of what its id stood for; in order, a refusal in its place.

        The records of the checks, the items and what is told of them are committed together, before any answer.
        """
        with self.database.transaction() as connection:
            present = self._presence.read(connection)
            known = {entry.id: _as_sent(connection, entry) for entry in entries}
        directory, ids = Directory(self.database, self._calendar, ttl=_LOOK_UPS, most=_ACCOUNTS), set[str]()
        all_ids = frozenset(known)
        done: list[Judged | Item | PrepostError] = []
        for entry in entries:
            if entry.id in ids:
                done.append(Conflict(f"{entry.id!r} is in this batch already", pointer="/id"))
                continue
            ids.add(entry.id)
            same = known[entry.id]
            if same is not None and not present.is_known_to(same):
                self._judge([same], present, directory)
            batch = Batch(all_ids, tuple(each.item for each in done if isinstance(each, Judged)))
            done.append(same or _judge_or_refuse(entry, present, directory, batch))
        with self.database.transaction() as connection, connection.begin_nested():
            return [
                each if isinstance(each, PrepostError) else self._registered(connection, each, present) for each in done
            ]

    def _registered(self, connection: Transaction, done: Judged | Item, present: Present) -> Registered:
        if isinstance(done, Item):
            seen = _seen(connection, _found(queue.get(connection, done.id), done.id), present)
            return Registered(seen, records.reply_of(connection, seen.item.check_id), False, None)
        before = queue.get(connection, done.item.id, hold=True)
        item = done.item if before is None else replace(done.item, revision=before.revision + 1)
        if before is None:
            queue.add(connection, item)
        elif not queue.replace(connection, item, of=before.revision):
            raise Conflict("somebody else changed it at the same time; try again")
        _outdate_same(connection, before, item)
        audits.add_all(connection, [done.record] if done.record else [])
        message = messages.of_change(before, item, "edited") if before else None
        webhooks.enqueue(connection, [message] if message else [], datetime.now(UTC))
        reply = done.outcome.reply if done.outcome else None
        return Registered(_seen(connection, item, present), reply, before is None, done)

    def find(self, item_id: str) -> Seen:
        """One item, judged against the present if that hasn't happened yet. Raises NotFound.

        One that is due is judged in any case: events and days begin after its moment too, and it goes out now.
        """
        for attempt in range(3):
            with self.database.transaction() as connection:
                present = self._presence.read(connection)
                seen = _seen(connection, _found(queue.get(connection, item_id), item_id), present)
            if seen.up_to_date and (attempt or seen.state == "waiting"):
                break
            self._judge([seen.item], present, Directory(self.database, self._calendar))
        return seen

    def page(self, only: Filter, *, after: str | None, limit: int) -> list[Seen]:
        """Up to `limit`, those that go out next first. Those that are due are judged anew, as by `find`."""
        found = self._page(only, after=after, limit=limit)
        judged: set[str] = set()
        while due := [seen.item for seen in found if seen.state == "due" and seen.item.id not in judged]:
            with self.database.transaction() as connection:
                present = self._presence.read(connection)
            self._judge(due, present, Directory(self.database, self._calendar))
            judged |= {item.id for item in due}
            found = self._page(only, after=after, limit=limit)  # others may have moved up
        return found

    def _page(self, only: Filter, *, after: str | None, limit: int) -> list[Seen]:
        now = datetime.now(UTC)
        marks = [{tag_mark(only.tag)}] if only.tag is not None else []
        if only.region is not None:
            marks.append({f"r:{each}" for each in touching(only.region)})
        with self.database.transaction() as connection:
            present = self._presence.read(connection)
            pausing = stored_pauses.active(connection, now)
            rows = queue.list_page(
                connection,
                after=after,
                limit=limit,
                now=now,
                verdict=only.verdict,
                account=only.account,
                marks=marks,
                state=only.state,
            )
        return [_shown(item, release, pausing, present, now) for item, release in rows]

    def erase(self, item_id: str) -> None:
        """It went out, or never will. Raises NotFound."""
        with self.database.transaction() as connection:
            item = _found(queue.get(connection, item_id), item_id)
            if not queue.delete(connection, item_id):
                raise NotFound(f"there is no {item_id!r} in the queue")
            if item.scheduled_for > datetime.now(UTC):  # else it went out, and what says the same still is a double
                _outdate_same(connection, item)

    def counts(self) -> dict[str, int]:
        with self.database.transaction() as connection:
            return queue.counts(connection)

    def judge_stale(self, most: int) -> int:
        """Judge up to `most` items that were not judged against the present; how many there were.

        What has changed, its records and what is told of it are committed together: who is killed goes on from there.
        """
        with self.database.transaction() as connection:
            present = self._presence.read(connection)
            items = queue.stale(connection, events=present.agenda.revision, judged_by=present.judged_by, most=most)
        if any(item.events_seen == queue.OUTDATED for item in items):
            self._directory.forget()
        return self._judge(items, present, self._directory) if items else 0

    def _judge(self, items: Sequence[Item], present: Present, directory: Directory) -> int:
        """How many are settled: one that was edited meanwhile isn't."""
        judged = []
        for item in items:
            self._pace.give_way()
            judged.append((item, judge_again(item, present, directory)))
        try:
            return self._write(judged)
        except PrepostError as error:
            if error.status >= 500 or len(judged) == 1:
                raise
        return sum(self._write_alone(each) for each in judged)  # one is at fault: it sinks nobody else's

    def _write_alone(self, judged: tuple[Item, Judged]) -> int:
        try:
            return self._write([judged])
        except PrepostError as error:
            if error.status >= 500:
                raise
            return 0

    def _write(self, judged: Sequence[tuple[Item, Judged]]) -> int:
        standing = [after.item for before, after in judged if after.item.revision == before.revision]
        changed = [(before, after) for before, after in judged if after.item.revision != before.revision]
        with self.database.transaction() as connection:
            put = [pair for pair in changed if queue.replace(connection, pair[1].item, of=pair[0].revision)]
            audits.add_all(connection, [after.record for _, after in put if after.record is not None])
            told = [messages.of_change(before, after.item, _cause(before, after.item)) for before, after in put]
            webhooks.enqueue(connection, [message for message in told if message is not None], datetime.now(UTC))
            queue.stand(connection, standing)
        return len(standing) + len(put)


class Pace:
    """Works a while, then gives way while others are busy, but not for long: what waits must be judged as well."""

    _WORKS, _WAITS, _LOOKS = 0.002, 0.004, 0.0005
    """seconds"""

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy, self._since = busy, time.perf_counter()

    def give_way(self) -> None:
        now = time.perf_counter()
        if now - self._since < self._WORKS:
            return
        while self._busy() and time.perf_counter() - now < self._WAITS:
            time.sleep(self._LOOKS)
        self._since = time.perf_counter()


def _judge_or_refuse(entry: Entry, present: Present, directory: Directory, batch: Batch) -> Judged | PrepostError:
    try:
        return judge(entry, present, directory, batch)
    except PrepostError as refusal:
        if refusal.status >= 500:
            raise
        return refusal


def _outdate_same(connection: Transaction, *changed: Item | None) -> None:
    """Those that say what one of these says, or said: whether they are doubles has changed."""
    for item in changed:
        if item is not None and item.same_words is not None:
            queue.outdate_same(connection, item.same_words, at=item.scheduled_for, within=SAME_WITHIN, but=item.id)


def _as_sent(connection: Transaction, entry: Entry) -> Item | None:
    """The item where just this was sent before: its check, and its release, stand unless the present says otherwise."""
    item = queue.get(connection, entry.id)
    return item if item is not None and item.sent == entry.digest and item.recheck is None else None


def _cause(before: Item, after: Item) -> messages.Cause:
    if before.events_seen == queue.OUTDATED:
        return "account"
    return "events" if before.judged_by == after.judged_by else "rules"


def _found(item: Item | None, item_id: str) -> Item:
    if item is None:
        raise NotFound(f"there is no {item_id!r} in the queue")
    return item


def _seen(connection: Transaction, item: Item, present: Present) -> Seen:
    now = datetime.now(UTC)
    release = audits.release_of(connection, item.check_id)
    return _shown(item, release, stored_pauses.active(connection, now), present, now)


def _shown(item: Item, release: Release | None, pausing: Sequence[Pause], present: Present, now: datetime) -> Seen:
    state: State = "waiting" if item.scheduled_for > now else "due"
    late = item.scheduled_for < now - _LATE
    return Seen(item, release, pauses.over(item, pausing), present.is_known_to(item), state, late)
