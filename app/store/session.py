"""One engine and its transactions. A database that can't answer is StoreUnavailable, whatever the driver calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Insert, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from app.errors import Conflict, Invalid, PrepostError, StoreUnavailable
from app.store.prepared import PreparedInsert

HEAD = "0007"
"""the newest revision under migrations/versions; a test holds the two together"""

Transaction: TypeAlias = Connection
"""what `Database.transaction` gives, for those who pass it on"""
_POOL_TIMEOUT = 5
"""seconds to wait for a free connection"""
_MIGRATION_LOCK = 7305220611

Writer = Callable[[Sequence[Mapping[str, Any]]], None]
"""inserts rows, at least one, in a transaction of their own"""


class Database:
    """One engine, shared by threads. Raises StoreUnavailable for a URL that names no usable database."""

    def __init__(self, url: str, *, busy_timeout_ms: int = 2000) -> None:
        self.url = url
        try:
            parsed = make_url(url)
            self._sqlite = parsed.get_backend_name() == "sqlite"
            if self._sqlite:
                _make_folder(parsed.database)
            self.engine: Engine = create_engine(url, pool_pre_ping=not self._sqlite, pool_timeout=_POOL_TIMEOUT)
        except (SQLAlchemyError, ImportError, ValueError, TypeError) as error:
            # Not the error's own words: they may hold the URL, and with it a password.
            raise StoreUnavailable(f"the database URL can't be used: {type(error).__name__}") from None
        if self._sqlite:
            _prepare_sqlite(self.engine, busy_timeout_ms)

    @property
    def place(self) -> str:
        """Where the store is, for people: the file, or server and database; nothing that may hold a password."""
        url = make_url(self.url)
        return url.database or "" if self._sqlite else f"{url.host}/{url.database}"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commits at the end, rolls back on any error.

        Raises StoreUnavailable where the database can't do it, Invalid for a value that it can't hold, Conflict where
        somebody else wrote the same at the same time.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, UnicodeEncodeError) as error:
            raise _refusal(error) from error

    @contextmanager
    def migration(self) -> Iterator[Connection]:
        """A transaction that one process holds at a time and that takes schema changes too, all or none."""
        with self.engine.connect() as connection:
            lock = "BEGIN IMMEDIATE" if self._sqlite else f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"
            connection.exec_driver_sql(lock)
            yield connection
            connection.commit()

    @contextmanager
    def writer(self, statement: Insert) -> Iterator[Writer]:
        """A way to insert rows, a transaction a call, on a connection of its own, opened anew after an error.

        Saves the pool's and the compiler's bookkeeping for whoever writes all the time. A connection that was lost
        since the last write, by a server's restart for instance, is replaced once. Raises like `transaction`, and
        ValueError for a value that its column doesn't take.
        """
        prepared = PreparedInsert(statement, self.engine.dialect)
        kept: list[Connection] = []

        def drop() -> None:
            while kept:
                kept[-1].invalidate()
                kept.pop().close()

        def write(rows: Sequence[Mapping[str, Any]]) -> None:
            used_before = bool(kept)
            bound = [prepared.bind(row) for row in rows]
            try:
                if not kept:
                    kept.append(self.engine.connect())
                with kept[0].begin():
                    kept[0].exec_driver_sql(prepared.sql, bound if len(bound) > 1 else bound[0])
            except (SQLAlchemyError, UnicodeEncodeError) as error:
                drop()
                if not (used_before and isinstance(error, DBAPIError) and error.connection_invalidated):
                    raise _refusal(error) from error
                write(rows)

        try:
            yield write
        finally:
            while kept:
                kept.pop().close()

    def migrate(self) -> None:
        """Bring the schema to HEAD. Costs one query where it is there already."""
        if self.revision() != HEAD:
            # Alembic takes half a second to import, and a service that is up to date never needs it.
            from app.store.migrations import run  # noqa: PLC0415

            run.upgrade(self)

    def revision(self) -> str | None:
        """The schema's revision, or None for an empty database."""
        try:
            with self.engine.connect() as connection:
                if not self.engine.dialect.has_table(connection, "alembic_version"):
                    return None
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except SQLAlchemyError as error:
            raise _refusal(error) from error

    def ping(self) -> None:
        """Raises StoreUnavailable where the database doesn't answer."""
        with self.transaction() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        self.engine.dispose()


def _make_folder(path: str | None) -> None:
    if not path or path == ":memory:":
        raise StoreUnavailable("the database URL names no file: a store in memory is lost, and not seen by all threads")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"the store's folder can't be made: {error}") from error


def _prepare_sqlite(engine: Engine, busy_timeout_ms: int) -> None:
    """WAL, so that readers don't wait for the writer; FULL, so that a recorded verdict survives a power cut.

    What is erased is overwritten: where SQLite was built without, its words stay in the file until the space is used.
    """

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={busy_timeout_ms}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "savepoint")
    def _begin_first(connection: Connection, _name: str) -> None:
        # The driver opens no transaction before a savepoint: releasing the savepoint would commit it for good.
        if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refusal(error: SQLAlchemyError | UnicodeEncodeError) -> PrepostError:
    """What went wrong, in the caller's terms. Neither SQL nor values: those could hold a draft's words."""
    unholdable = isinstance(error, StatementError) and not isinstance(error, DBAPIError)
    if unholdable or isinstance(error, DataError | UnicodeEncodeError):
        return Invalid("the store can't hold one of these values: too long, out of range, or not valid text")
    if isinstance(error, IntegrityError):
        return Conflict("somebody else changed the same at the same time; try again")
    return StoreUnavailable(f"the store could not do this: {_cause(error)}")


def _cause(error: SQLAlchemyError) -> str:
    """The driver's own sentence, without SQL and parameters: those could hold a draft's words."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return str(error.orig).partition("\n")[0]
    return type(error).__name__
