"""The audit record of each check: written before the verdict is given, by group commit.

Concurrent checks hand their records to one writer thread, which puts all that wait into one transaction: one fsync
serves many checks, and a check alone still waits for exactly one.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound, PrepostError, StoreUnavailable
from app.store import plain, tables
from app.store.session import Database, Writer

_AUDITS = tables.audits
_RELEASES = tables.releases
_INSERT = insert(_AUDITS)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """What is kept of one check. The caller leaves the draft's words out where the policy doesn't store them."""

    id: str
    created_at: datetime
    account: str | None
    platform: str | None
    verdict: str
    degraded: bool
    input_hash: str
    versions: Mapping[str, str]
    reply: Mapping[str, Any]
    snapshot: Mapping[str, Any] | None
    retain_until: datetime
    written: str | None = None
    """`reply` as compact JSON, where the caller has written it already"""


@dataclass(frozen=True, slots=True)
class Release:
    """Who let a held draft go, and why."""

    check_id: str
    by: str
    why: str
    at: datetime


_Rows = list[dict[str, Any]]


class _Job(NamedTuple):
    """The rows of one `record_many`, and the future that is told when they are written."""

    rows: _Rows
    written: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


_Answers = list[tuple[_Job, PrepostError | None]]
"""None for written, or why not"""


class AuditLog:
    """One writer thread over one queue. `start` before use; `stop` writes what is queued and ends the thread."""

    def __init__(
        self, database: Database, *, max_batch: int = 256, max_queue: int = 10_000, time_limit: float = 10.0
    ) -> None:
        self._database, self._max_batch, self._max_queue = database, max_batch, max_queue
        self._time_limit = time_limit
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._write_all, name="audit-log", daemon=True)
            self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether there is a writer: without one no record is committed, and no verdict given."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        self._thread = None

    async def record(self, record: AuditRecord) -> None:
        """Returns after the commit that holds the record. Raises StoreUnavailable, and Invalid for unstorable text."""
        await self.record_many((record,))

    async def record_many(self, records: Sequence[AuditRecord]) -> None:
        """As `record`, for several in one transaction."""
        if not records:
            return
        loop = asyncio.get_running_loop()
        written: asyncio.Future[None] = loop.create_future()
        self._submit(_Job([_row(record) for record in records], written, loop))
        late = loop.call_later(self._time_limit, _settle, written, StoreUnavailable(_LATE))
        try:
            await written
        finally:
            late.cancel()

    def record_blocking(self, records: Sequence[AuditRecord]) -> None:
        """As `record_many`, for callers without an event loop."""
        asyncio.run(self.record_many(records))

    def _submit(self, job: _Job) -> None:
        if self._thread is None or not self._thread.is_alive():
            raise StoreUnavailable(_STOPPED)
        if self._queue.qsize() >= self._max_queue:
            raise StoreUnavailable("too many audit records are waiting to be written")
        self._queue.put(job)

    def _write_all(self) -> None:
        jobs: list[_Job] = []
        running = True
        try:
            with self._database.writer(_INSERT) as write:
                while running:
                    jobs, running = self._take()
                    _tell(_write(jobs, write))
                    jobs = []
        finally:  # stopped, or dead of a fault: nobody shall wait in vain
            jobs += [job for job in self._queued() if job is not None]
            _tell([(job, StoreUnavailable(_STOPPED)) for job in jobs])

    def _take(self) -> tuple[list[_Job], bool]:
        """All that waits now, at least one, less those who gave up waiting; False where it is the last."""
        taken = [self._queue.get(), *self._queued(self._max_batch - 1)]
        return [job for job in taken if job is not None and not job.written.done()], None not in taken

    def _queued(self, most: int | None = None) -> Iterator[_Job | None]:
        while most != 0 and not self._queue.empty():  # this thread alone takes from the queue
            yield self._queue.get_nowait()
            most = most and most - 1


_LATE = "the audit record was not written in time"
_STOPPED = "the audit log is not running"


def _write(jobs: list[_Job], write: Writer) -> _Answers:
    """One transaction for all; one each where a record is at fault, so that a bad one sinks nobody else's.

    A database that can't be reached or written is not asked again for each: they would all wait for it in turn.
    """
    failure = _commit([row for job in jobs for row in job.rows], write) if jobs else None
    if failure is None or isinstance(failure, StoreUnavailable) or len(jobs) == 1:
        return [(job, failure) for job in jobs]
    return [(job, _commit(job.rows, write)) for job in jobs]


def _commit(rows: _Rows, write: Writer) -> PrepostError | None:
    try:
        write(rows)
    except PrepostError as error:
        return error
    except (ValueError, OverflowError) as error:  # a driver's refusal of one value
        return Invalid(f"the record can't be stored: {type(error).__name__}")
    return None


def _tell(answers: _Answers) -> None:
    """Wake all who wait, once per event loop."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, _Answers] = defaultdict(list)
    for job, error in answers:
        by_loop[job.loop].append((job, error))
    for loop, own in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle_all, own)


def _settle_all(answers: _Answers) -> None:
    for job, error in answers:
        _settle(job.written, error)


def _settle(written: asyncio.Future[None], error: PrepostError | None) -> None:
    if written.done():  # the one who waited gave up
        return
    if error is None:
        written.set_result(None)
    else:
        written.set_exception(type(error)(error.detail))  # one each: a raised error collects its raiser's frames


def add_all(connection: Connection, records: Sequence[AuditRecord]) -> None:
    """Records that must be committed with something else, or not at all. Raises Invalid for unstorable text."""
    if records:
        connection.execute(_INSERT, [_row(record) for record in records])


def get(connection: Connection, check_id: str) -> AuditRecord | None:
    row = connection.execute(select(_AUDITS).where(_AUDITS.c.id == check_id)).first()
    if row is None:
        return None
    values = dict(row._mapping)
    for column in ("versions", "reply", "snapshot"):
        values[column] = json.loads(values[column]) if values[column] is not None else None
    return AuditRecord(**values)


def release(connection: Connection, check_id: str, *, by: str, why: str, at: datetime) -> Release:
    """Let a held draft go. Raises NotFound, and Conflict where it isn't held or has been released."""
    verdict = connection.execute(select(_AUDITS.c.verdict).where(_AUDITS.c.id == check_id)).scalar()
    if verdict is None:
        raise NotFound(f"there is no check {check_id!r}")
    if verdict != "hold":
        raise Conflict(f"check {check_id!r} is not held: its verdict is {verdict!r}")
    if release_of(connection, check_id) is not None:
        raise Conflict(f"check {check_id!r} has been released already")
    for text in (by, why):
        plain.check_text(text)
    try:
        with connection.begin_nested():
            values = {"check_id": check_id, "released_by": by, "why": why, "released_at": at}
            connection.execute(insert(_RELEASES).values(**values))
    except IntegrityError as error:  # somebody else released it between the look and the write
        raise Conflict(f"check {check_id!r} has been released already") from error
    return Release(check_id, by, why, at)


def release_of(connection: Connection, check_id: str) -> Release | None:
    row = connection.execute(select(_RELEASES).where(_RELEASES.c.check_id == check_id)).first()
    return Release(row.check_id, row.released_by, row.why, row.released_at) if row else None


def purge(connection: Connection, now: datetime, *, most: int = 1_000) -> int:
    """Erase up to `most` records whose retention time is over, with their releases; how many there were."""
    over = select(_AUDITS.c.id).where(_AUDITS.c.retain_until <= now).limit(most)
    ids = list(connection.execute(over).scalars())
    if ids:  # a DELETE that finds nothing would still wait for the write lock
        connection.execute(delete_from(_RELEASES).where(_RELEASES.c.check_id.in_(ids)))
        connection.execute(delete_from(_AUDITS).where(_AUDITS.c.id.in_(ids)))
    return len(ids)


def _row(record: AuditRecord) -> dict[str, Any]:
    for name in (record.account, record.platform):
        plain.check_text(name or "")
    return {
        "id": record.id,
        "created_at": record.created_at,
        "account": record.account,
        "platform": record.platform,
        "verdict": record.verdict,
        "degraded": record.degraded,
        "input_hash": record.input_hash,
        "versions": plain.dumps(record.versions),
        "reply": plain.dumps(record.reply) if record.written is None else plain.check_json(record.written),
        "snapshot": plain.dumps(record.snapshot) if record.snapshot is not None else None,
        "retain_until": record.retain_until,
    }
