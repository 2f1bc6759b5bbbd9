"""Audit records: a verdict is on record before it is given, many at a time, or it is not given."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text

from app.errors import Conflict, Invalid, NotFound, StoreUnavailable
from app.store import audits, tables
from app.store.audits import AuditLog, AuditRecord, Release
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
Make = Callable[..., AuditRecord]


@contextmanager
def running(database: Database, **options: float) -> Iterator[AuditLog]:
    log = AuditLog(database, **options)
    log.start()
    try:
        yield log
    finally:
        log.stop()


@contextmanager
def locked(database: Database) -> Iterator[sqlite3.Connection]:
    """Somebody else is writing, until ROLLBACK."""
    file = database.engine.url.database
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@contextmanager
def counted_commits(database: Database) -> Iterator[list[int]]:
    """One entry for each commit."""
    commits: list[int] = []

    def note(_connection) -> None:
        commits.append(1)

    event.listen(database.engine, "commit", note)
    try:
        yield commits
    finally:
        event.remove(database.engine, "commit", note)


def at_once(log: AuditLog, *records: AuditRecord) -> list[BaseException | None]:
    """What each of several concurrent checks gets."""

    async def all_of_them() -> list[BaseException | None]:
        return await asyncio.gather(*map(log.record, records), return_exceptions=True)

    return asyncio.run(all_of_them())


def names(answers: list[BaseException | None]) -> list[str]:
    return [type(answer).__name__ for answer in answers]


def stored(database: Database) -> int:
    with database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(tables.audits)).scalar_one()


def find(database: Database, check_id: str) -> AuditRecord | None:
    with database.transaction() as connection:
        return audits.get(connection, check_id)


# --- what is kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("snapshot", [None, {"fields": {"text": "C:\\u0000\n“é”"}}])
def test_a_record_comes_back_as_it_was(database, record: Make, snapshot) -> None:
    """Without the draft's words where there is no snapshot."""
    whole = record(snapshot=snapshot)
    with running(database) as log:
        log.record_blocking([whole])
        assert find(database, whole.id) == whole


def test_an_unknown_check_is_none(database) -> None:
    """The caller says 404."""
    assert find(database, "chk_none") is None


def test_nothing_to_record_is_no_commit(sqlite, record: Make) -> None:
    """A batch in which each item was refused."""
    with running(sqlite) as log, counted_commits(sqlite) as commits:
        log.record_blocking([])
    assert (stored(sqlite), commits) == (0, [])


# --- group commit -----------------------------------------------------------------------------------------------


def test_a_record_is_committed_when_record_returns(database, record: Make) -> None:
    """Seen by another connection, not only by the writer's own."""
    one = record()

    async def check() -> AuditRecord | None:
        await log.record(one)
        return await asyncio.to_thread(find, database, one.id)

    with running(database) as log:
        assert asyncio.run(check()) == one


def test_concurrent_records_share_commits(database, record: Make) -> None:
    """One sync to disk for many checks: what arrives while a commit runs goes into the next."""
    with running(database) as log, counted_commits(database) as commits:
        answers = at_once(log, *(record() for _ in range(200)))
    assert (answers, stored(database)) == ([None] * 200, 200)
    assert len(commits) < 50


def test_what_waits_goes_into_one_commit(sqlite, record: Make) -> None:
    """Up to the batch's limit."""
    log = AuditLog(sqlite, max_batch=64)

    async def wait_then_start() -> None:
        jobs = [asyncio.ensure_future(log.record(record())) for _ in range(128)]
        log._thread = threading.current_thread()  # alive, but nobody's writer: all of them queue up
        await asyncio.sleep(0)
        log._thread = None
        log.start()
        await asyncio.gather(*jobs)

    with counted_commits(sqlite) as commits:
        asyncio.run(wait_then_start())
        log.stop()
    assert (stored(sqlite), len(commits)) == (128, 2)


def test_a_batch_is_one_commit(database, record: Make) -> None:
    """All of its records or none."""
    with running(database) as log, counted_commits(database) as commits:
        log.record_blocking([record() for _ in range(500)])
    assert (stored(database), len(commits)) == (500, 1)


def test_many_loops_share_one_log(sqlite, record: Make) -> None:
    """Each is woken in its own thread."""
    answers: list[list[BaseException | None]] = []
    with running(sqlite) as log:
        threads = [
            threading.Thread(target=lambda: answers.append(at_once(log, *(record() for _ in range(20)))))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (answers, stored(sqlite)) == ([[None] * 20] * 4, 80)


def test_each_batch_wakes_a_loop_once(sqlite, record: Make, monkeypatch) -> None:
    """A wake-up is a system call: one for each of 256 checks would cost more than their commit."""
    woken: list[int] = []
    tell_all = audits._settle_all
    monkeypatch.setattr(audits, "_settle_all", lambda answers: (woken.append(len(answers)), tell_all(answers)))
    with running(sqlite) as log, counted_commits(sqlite) as commits:
        at_once(log, *(record() for _ in range(100)))
    assert (sum(woken), len(woken)) == (100, len(commits))


# --- starting and stopping --------------------------------------------------------------------------------------


def test_stopping_writes_what_is_queued(sqlite, record: Make) -> None:
    """A service that is told to end finishes its answers."""
    log = AuditLog(sqlite)
    log.start()

    async def leave() -> list[BaseException | None]:
        jobs = [asyncio.ensure_future(log.record(record())) for _ in range(50)]
        await asyncio.sleep(0)
        await asyncio.to_thread(log.stop)
        return await asyncio.gather(*jobs, return_exceptions=True)

    assert (asyncio.run(leave()), stored(sqlite)) == ([None] * 50, 50)


def test_starting_twice_is_starting_once(sqlite, record: Make) -> None:
    """One writer; and it can be started again after a stop."""
    log = AuditLog(sqlite)
    log.start()
    first = log._thread
    log.start()
    assert log._thread is first
    log.stop()
    log.stop()
    log.start()
    log.record_blocking([record()])
    log.stop()
    assert stored(sqlite) == 1


def test_a_log_that_does_not_run_refuses(sqlite, record: Make) -> None:
    """Before the start and after the stop: at once, not after a time-out."""
    log = AuditLog(sqlite)
    assert names(at_once(log, record())) == ["StoreUnavailable"]
    log.start()
    log.stop()
    assert names(at_once(log, record())) == ["StoreUnavailable"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_dies_leaves_nobody_waiting(sqlite, record: Make, monkeypatch) -> None:
    """Those it had taken, and those who come later: refused, loudly."""

    def die(_jobs, _write):
        raise MemoryError

    monkeypatch.setattr(audits, "_write", die)
    log = AuditLog(sqlite)
    log.start()
    writer = log._thread
    answers = at_once(log, record(), record())
    writer.join()
    answers += at_once(log, record())
    assert [str(answer) for answer in answers] == ["the audit log is not running"] * 3


# --- what goes wrong --------------------------------------------------------------------------------------------


def test_a_locked_database_refuses_all_who_wait(sqlite, record: Make) -> None:
    """After one busy time-out for the whole batch, not one for each; then it goes on."""
    with running(sqlite, time_limit=60) as log:
        tries: list[int] = []
        event.listen(sqlite.engine, "begin", lambda _connection: tries.append(1))
        with locked(sqlite):
            answers = at_once(log, *(record() for _ in range(100)))
        assert (names(answers), "locked" in str(answers[0])) == (["StoreUnavailable"] * 100, True)
        assert len(tries) < 50
        assert stored(sqlite) == 0
        assert at_once(log, record()) == [None]


def test_a_full_disk_refuses_and_keeps_nothing(sqlite, record: Make) -> None:
    """Not even those records of a batch that would have had room."""

    @event.listens_for(sqlite.engine, "connect")
    def _full(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count=60")

    sqlite.engine.dispose()
    with running(sqlite) as log:
        with pytest.raises(StoreUnavailable, match="full"):
            log.record_blocking([record(reply={"message": "x" * 5_000}) for _ in range(100)])
        assert stored(sqlite) == 0
        log.record_blocking([record()])
    assert stored(sqlite) == 1


def test_a_connection_that_is_lost_is_opened_anew(postgres_url: str, record: Make) -> None:
    """A server that restarted, or a firewall that forgot: no check is refused that could be recorded."""
    database = Database(postgres_url)
    database.migrate()
    other = Database(postgres_url)
    with running(database) as log:
        assert at_once(log, record()) == [None]
        with other.transaction() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert at_once(log, record()) == [None]
    assert stored(database) == 2
    other.close()
    database.close()


def test_one_bad_record_sinks_nobody_elses(database, record: Make) -> None:
    """Written twice under one id: the first counts, the others beside it too."""
    same = record()
    log = AuditLog(database)

    async def together() -> list[BaseException | None]:
        jobs = [asyncio.ensure_future(log.record(one)) for one in (record(), same, record(), same, record())]
        log._thread = threading.current_thread()  # alive, but nobody's writer: all of them queue up
        await asyncio.sleep(0)
        log._thread = None
        log.start()
        return await asyncio.gather(*jobs, return_exceptions=True)

    answers = asyncio.run(together())
    log.stop()
    assert (names(answers).count("NoneType"), type(answers[3]), stored(database)) == (4, Conflict, 4)


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
@pytest.mark.parametrize("where", ["account", "reply", "snapshot"])
def test_unstorable_text_is_invalid(database, record: Make, bad: str, where: str) -> None:
    """In a column or inside the JSON, on both databases; the log goes on."""
    wrong = record(**{where: bad if where == "account" else {"text": bad}})
    with running(database) as log:
        answers = at_once(log, record(), wrong, record())
        assert (answers[0], type(answers[1]), answers[2]) == (None, Invalid, None)
        assert at_once(log, record()) == [None]


def test_a_queue_that_is_full_refuses(sqlite, record: Make) -> None:
    """At once: memory must not grow while a disk hangs."""
    log = AuditLog(sqlite, max_queue=3, time_limit=0.2)
    log._thread = threading.current_thread()  # alive, but takes nothing
    answers = at_once(log, *(record() for _ in range(5)))
    assert [str(answer) for answer in answers] == ["the audit record was not written in time"] * 3 + [
        "too many audit records are waiting to be written"
    ] * 2


def test_a_record_nobody_waits_for_any_more_is_not_written(sqlite, record: Make) -> None:
    """Its check was refused: a record would say that a verdict was given."""
    log = AuditLog(sqlite, time_limit=0.05)
    log._thread = threading.current_thread()  # alive, but takes nothing
    assert names(at_once(log, record())) == ["StoreUnavailable"]
    log._thread = None
    log.start()
    log.stop()
    assert stored(sqlite) == 0


def test_a_caller_that_left_harms_nobody(sqlite, record: Make) -> None:
    """A client that hung up, and a loop that ended, while their records were being written."""
    writing = threading.Event()
    event.listen(sqlite.engine, "begin", lambda _connection: writing.set())

    async def leave() -> None:
        job = asyncio.ensure_future(log.record(record()))
        await asyncio.to_thread(writing.wait)
        job.cancel()

    with running(sqlite) as log:
        with locked(sqlite):
            asyncio.run(leave())
        assert at_once(log, record()) == [None]


# --- releases ---------------------------------------------------------------------------------------------------


def _release(database: Database, check_id: str) -> Release:
    with database.transaction() as connection:
        return audits.release(connection, check_id, by="sam", why="“checked”", at=NOW)


def test_a_held_check_is_released_once(database, record: Make) -> None:
    """With who and why; the second one learns that it was done."""
    held = record()
    with running(database) as log:
        log.record_blocking([held])
    released = _release(database, held.id)
    assert released == Release(held.id, "sam", "“checked”", NOW)
    with pytest.raises(Conflict, match="released already"):
        _release(database, held.id)
    with database.transaction() as connection:
        assert audits.release_of(connection, held.id) == released


@pytest.mark.parametrize("verdict", ["pass", "warn", "block"])
def test_only_a_hold_can_be_released(database, record: Make, verdict: str) -> None:
    """A block is policy: nobody releases it."""
    other = record(verdict=verdict)
    with running(database) as log:
        log.record_blocking([other])
    with pytest.raises(Conflict, match="is not held"):
        _release(database, other.id)
    with database.transaction() as connection:
        assert audits.release_of(connection, other.id) is None


def test_an_unknown_check_cannot_be_released(database) -> None:
    """404."""
    with pytest.raises(NotFound):
        _release(database, "chk_none")


def test_of_two_releases_at_once_one_counts(database, record: Make) -> None:
    """Whoever looks before the other has written is told by the write."""
    held = record()
    with running(database) as log:
        log.record_blocking([held])
    looked = threading.Barrier(2)
    look = audits.release_of
    outcomes: list[str] = []

    def look_together(connection, check_id):
        found = look(connection, check_id)
        looked.wait(timeout=10)
        return found

    def try_it() -> None:
        try:
            _release(patient, held.id)
            outcomes.append("released")
        except Conflict as refusal:
            outcomes.append(refusal.detail)

    patient = Database(database.url, busy_timeout_ms=10_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audits, "release_of", look_together)
        threads = [threading.Thread(target=try_it) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    patient.close()
    assert sorted(outcomes) == [f"check {held.id!r} has been released already", "released"]


# --- retention --------------------------------------------------------------------------------------------------


def test_records_are_erased_when_their_time_is_over(database, record: Make) -> None:
    """With their releases; the others stay."""
    over, due, kept = (record(retain_until=NOW + timedelta(seconds=s)) for s in (-1, 0, 1))
    with running(database) as log:
        log.record_blocking([over, due, kept])
    for one in (over, kept):
        _release(database, one.id)
    with database.transaction() as connection:
        assert audits.purge(connection, NOW) == 2
        assert audits.purge(connection, NOW) == 0
        left = [audits.release_of(connection, one.id) is not None for one in (over, due, kept)]
    assert [find(database, one.id) for one in (over, due, kept)] == [None, None, kept]
    assert left == [False, False, True]
