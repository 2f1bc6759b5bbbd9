"""Transactions: all or nothing, and a store that can't answer says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.exc import IntegrityError

from app.domain import Account, PastPost
from app.errors import Conflict, Invalid, PrepostError, StoreUnavailable
from app.store import accounts, audits, idempotency, keys, tables
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)


class Interrupted(Exception):
    """Whatever goes wrong in the caller."""


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else is writing."""
    with closing(sqlite3.connect(database.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _account_ids(database: Database) -> list[str | None]:
    with database.transaction() as connection:
        return [account.id for account in accounts.list_page(connection, after=None, limit=10)]


def test_a_transaction_commits_at_its_end(database) -> None:
    """Not before."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="a"))
        assert _account_ids(database) == []
    assert _account_ids(database) == ["a"]


def test_a_transaction_that_fails_leaves_nothing(database, record) -> None:
    """Whatever was called in it: also what tries a write and looks what came of it."""
    held = record()
    with database.transaction() as connection:
        connection.execute(insert(tables.audits), [audits._row(held)])

    def write_and_fail() -> None:
        with database.transaction() as connection:
            accounts.put(connection, Account(id="a"))
            accounts.add_posts(connection, "a", [PastPost("hi")])
            idempotency.reserve(connection, "k", "r", "f", NOW)
            audits.release(connection, held.id, by="sam", why="checked", at=NOW)
            raise Interrupted

    with pytest.raises(Interrupted):
        write_and_fail()
    with database.transaction() as connection:
        assert accounts.get(connection, "a") is None
        assert audits.release_of(connection, held.id) is None
        assert idempotency.reserve(connection, "k", "r", "other", NOW) is None


@pytest.mark.parametrize("first", ["reserve", "release"])
def test_a_savepoint_as_the_first_write_is_rolled_back_too(database, record, first: str) -> None:
    """SQLite's driver begins no transaction there, and releasing the savepoint would commit it."""
    held = record()
    with database.transaction() as connection:
        connection.execute(insert(tables.audits), [audits._row(held)])

    def write_and_fail() -> None:
        with database.transaction() as connection:
            if first == "reserve":
                idempotency.reserve(connection, "k", "r", "f", NOW)
            else:
                audits.release(connection, held.id, by="sam", why="checked", at=NOW)
            raise Interrupted

    with pytest.raises(Interrupted):
        write_and_fail()
    with database.transaction() as connection:
        assert audits.release_of(connection, held.id) is None
        assert idempotency.reserve(connection, "k", "r", "other", NOW) is None


def test_a_locked_database_is_unavailable(sqlite) -> None:
    """After the busy time-out, not for ever; and readers don't wait at all."""
    with locked(sqlite):
        with pytest.raises(StoreUnavailable, match="locked"), sqlite.transaction() as connection:
            accounts.put(connection, Account(id="a"))
        with pytest.raises(StoreUnavailable, match="locked"), sqlite.transaction() as connection:
            idempotency.reserve(connection, "k", "r", "f", NOW)
        assert _account_ids(sqlite) == []
    with sqlite.transaction() as connection:
        accounts.put(connection, Account(id="a"))
    assert _account_ids(sqlite) == ["a"]


def test_a_full_disk_is_unavailable_and_nothing_is_kept(sqlite) -> None:
    """Neither the account nor some of its posts."""

    @event.listens_for(sqlite.engine, "connect")
    def _full(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count=1")

    sqlite.engine.dispose()

    def write_too_much() -> None:
        with sqlite.transaction() as connection:
            accounts.put(connection, Account(id="a"))
            accounts.add_posts(connection, "a", [PastPost(f"{n}" * 3_000) for n in range(50)])

    with pytest.raises(StoreUnavailable, match="full"):
        write_too_much()
    assert _account_ids(sqlite) == []


def test_a_read_only_store_is_unavailable_for_writing_only(sqlite) -> None:
    """What was stored can still be read."""
    with sqlite.transaction() as connection:
        accounts.put(connection, Account(id="a"))

    @event.listens_for(sqlite.engine, "connect")
    def _read_only(connection, _record) -> None:
        connection.execute("PRAGMA query_only=ON")

    sqlite.engine.dispose()
    with pytest.raises(StoreUnavailable, match="readonly"), sqlite.transaction() as connection:
        accounts.put(connection, Account(id="b"))
    assert _account_ids(sqlite) == ["a"]


def test_a_read_only_postgres_is_unavailable_for_writing_only(postgres_url: str) -> None:
    """A standby, for instance."""
    database = Database(postgres_url)
    database.migrate()
    with database.transaction() as connection:
        name = database.engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    database.engine.dispose()
    with pytest.raises(StoreUnavailable, match="read-only"), database.transaction() as connection:
        accounts.put(connection, Account(id="a"))
    assert _account_ids(database) == []
    database.close()


def test_a_server_that_is_gone_is_unavailable() -> None:
    """Nobody listens there."""
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnavailable):
        database.ping()
    with pytest.raises(StoreUnavailable):
        database.migrate()
    database.close()


def test_connections_cut_by_the_server_are_replaced(postgres_url: str) -> None:
    """A restarted server must not cost a restart of the service."""
    database = Database(postgres_url)
    database.migrate()
    _cut(database)
    database.ping()
    database.close()


def _cut(database: Database) -> None:
    """End all of its sessions but the one that asks."""
    other = Database(database.url)
    with other.transaction() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path) -> None:
    """And is left as it was."""
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"not a database" * 1_000)
    database = Database(f"sqlite:///{file}")
    for use in (database.ping, database.migrate):
        with pytest.raises(StoreUnavailable, match="not a database"):
            use()
    assert file.read_bytes() == b"not a database" * 1_000
    database.close()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path) -> None:
    """There is a file of that name."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreUnavailable, match="folder"):
        Database(f"sqlite:///{tmp_path / 'data' / 'sub' / 'store.db'}")


@pytest.mark.parametrize(
    "url", ["", "store.db", "nosuch://h/d", "postgresql+nosuch://h/d", "postgresql://u:secret@h:port/d"]
)
def test_an_unusable_url_is_refused_without_repeating_it(url: str) -> None:
    """It may hold a password, and the message is logged."""
    with pytest.raises(StoreUnavailable) as refused:
        Database(url)
    assert "secret" not in refused.value.detail


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_in_memory_is_refused(url: str) -> None:
    """Each thread would see another one, and none would survive."""
    with pytest.raises(StoreUnavailable, match="no file"):
        Database(url)


def test_a_verdict_on_record_survives_a_power_cut(sqlite) -> None:
    """Write-ahead log, synced at each commit; foreign keys hold, and what is erased is overwritten."""
    with sqlite.transaction() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        ]
    assert pragmas == ["wal", 2, 1, 100, 1]


def test_what_two_write_at_once_is_a_conflict_not_an_outage(database) -> None:
    """The store is well; the second comes too late."""
    values = {"id": "k", "name": "n", "prefix": "p", "digest": "d", "created_at": NOW}
    with pytest.raises(Conflict) as refused, database.transaction() as connection:
        connection.execute(insert(tables.api_keys), [values, values])
    assert isinstance(refused.value.__cause__, IntegrityError)
    with database.transaction() as connection:
        assert keys.any_exist(connection) is False


def test_a_value_the_database_cannot_hold_is_invalid_not_an_outage(postgres_url: str) -> None:
    """Too long for its column, or with a NUL."""
    database = Database(postgres_url)
    database.migrate()
    for wrong in ("a" * 121, "a\x00"):
        values = {"id": wrong, "profile": "{}", "created_at": NOW, "updated_at": NOW}
        with pytest.raises(Invalid), database.transaction() as connection:
            connection.execute(insert(tables.accounts).values(**values))
    database.close()


def test_a_refusal_repeats_no_word_of_what_was_written(database) -> None:
    """A draft may be under embargo, and refusals are logged."""
    with pytest.raises(PrepostError) as refused, database.transaction() as connection:
        connection.execute(text("INSERT INTO nowhere (text) VALUES (:words)"), {"words": "we resign today"})
    assert "resign" not in refused.value.detail
