"""What is kept goes when its time is over."""

from __future__ import annotations

import asyncio
import inspect
import logging
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from starlette.testclient import TestClient

from app.main import create_app
from app.service import retention
from app.settings import Settings
from app.store import idempotency, tables
from app.store.session import Database

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.store_url, busy_timeout_ms=50)
    database.migrate()
    yield database
    database.close()


def _add_checks(database: Database, count: int, *, retain_until: datetime) -> None:
    row = {
        "created_at": NOW - 30 * DAY, "account": "acme", "platform": "x", "verdict": "hold", "degraded": False,
        "input_hash": "sha256:0", "versions": "{}", "reply": "{}", "snapshot": None, "retain_until": retain_until,
    }  # fmt: skip
    name = retain_until.isoformat()
    rows = [{**row, "id": f"chk_{name[:10]}_{number}"} for number in range(count)]
    released = {"released_by": "kim", "why": "quoted", "released_at": NOW}
    with database.transaction() as connection:
        connection.execute(insert(tables.audits), rows)
        connection.execute(insert(tables.releases), [{**released, "check_id": rows[0]["id"]}])


def _count(database: Database, table: str) -> int:
    with database.transaction() as connection:
        return connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()


def _keep_for(database: Database, seconds: float) -> None:
    async def run() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(seconds, stop.set)
        await retention.keep(database, stop)

    asyncio.run(run())


def test_checks_past_their_time_go_with_their_releases_and_the_others_stay(database: Database) -> None:
    """However many there are: portions follow each other until none is left."""
    _add_checks(database, 2_500, retain_until=NOW - DAY)
    _add_checks(database, 3, retain_until=NOW + DAY)

    while retention.erase(database, NOW):
        pass

    assert _count(database, "audits") == 3
    assert _count(database, "releases") == 1


def test_one_portion_is_small_enough_not_to_hold_up_checks(database: Database) -> None:
    """The write lock of SQLite is everybody's."""
    _add_checks(database, 1_200, retain_until=NOW - DAY)

    assert retention.erase(database, NOW) == 1_000
    assert _count(database, "audits") == 200


def test_idempotency_keys_past_their_time_go(database: Database) -> None:
    """A key is only good for a day."""
    with database.transaction() as connection:
        idempotency.reserve(connection, "old", "/check", "a", NOW - 2 * idempotency.KEPT_FOR)
        idempotency.reserve(connection, "new", "/check", "a", NOW)

    assert retention.erase(database, NOW) == 1
    assert _count(database, "idempotency") == 1


def test_the_answer_kept_for_a_key_is_gone_from_the_file(database: Database, settings: Settings) -> None:
    """It holds the marked words, whatever the policy keeps; a row that is only unlinked can still be read."""
    words = ("we resign at noon " * 300).strip()
    with database.transaction() as connection:
        for number, text in enumerate(("short: we resign", words)):
            idempotency.reserve(connection, f"k{number}", "/check", "a", NOW - idempotency.KEPT_FOR - DAY / 24)
            idempotency.finish(connection, f"k{number}", "/check", status=200, body=text)

    retention.erase(database, NOW)
    database.close()  # and with it the write-ahead log

    assert b"resign" not in b"".join(path.read_bytes() for path in settings.data_dir.iterdir())


def test_what_is_over_is_looked_for_every_hour() -> None:
    """An answer is kept for a day, says the manual: erased once a day it would be kept for up to two."""
    assert inspect.signature(retention.keep).parameters["every"].default == 3_600


def test_nothing_to_erase_asks_for_no_write_lock(database: Database, settings: Settings) -> None:
    """Otherwise each start of a process would wait for the writers of the others."""
    lock = sqlite3.connect(settings.data_dir / "prepost.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    assert retention.erase(database, NOW) == 0

    lock.close()


def test_a_store_that_cannot_erase_is_reported_and_asked_again(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A locked database must not end the task for good."""
    _add_checks(database, 2, retain_until=NOW - DAY)
    lock = sqlite3.connect(settings.data_dir / "prepost.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    with caplog.at_level(logging.WARNING):
        _keep_for(database, 0.01)

    assert "could not be erased" in caplog.text
    assert _count(database, "audits") == 2
    lock.close()
    _keep_for(database, 0.01)
    assert _count(database, "audits") == 0


def test_a_service_that_starts_erases_what_is_over(database: Database, settings: Settings) -> None:
    """Nobody has to remember to call anything."""
    _add_checks(database, 5, retain_until=NOW - DAY)

    with TestClient(create_app(settings)):
        until = time.monotonic() + 10
        while _count(database, "audits") and time.monotonic() < until:
            time.sleep(0.02)

    assert _count(database, "audits") == 0
