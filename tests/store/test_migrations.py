"""The schema, made by revisions, on both databases."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import tokenize
from pathlib import Path

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.domain import Account
from app.errors import StoreUnavailable
from app.store import accounts, feedback, tables
from app.store.session import HEAD, Database

MIGRATIONS = Path(tables.__file__).parent / "migrations"


def test_the_migrated_schema_is_the_one_the_code_writes_to(database) -> None:
    """A column added to the tables alone would fail at the first upgrade of a real store."""
    with database.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_constant_names_the_newest_revision() -> None:
    """Otherwise a store would never be upgraded, or at each start."""
    assert ScriptDirectory(MIGRATIONS).get_current_head() == HEAD


def test_migrating_again_changes_nothing(database) -> None:
    """Each start does it."""
    database.migrate()
    assert database.revision() == HEAD


def test_an_empty_store_has_no_revision(empty_url: str) -> None:
    """What migrate looks at first."""
    database = Database(empty_url)
    assert database.revision() is None
    database.close()


def test_processes_that_start_at_once_make_one_schema(empty_url: str) -> None:
    """Neither fails, neither finds half of it."""
    code = "import sys; from app.store.session import Database; Database(sys.argv[1], busy_timeout_ms=20000).migrate()"
    command = [sys.executable, "-c", code, empty_url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate()[1] for process in started]
    assert (said, [process.returncode for process in started]) == ([""] * 3, [0] * 3)
    database = Database(empty_url)
    assert database.revision() == HEAD
    database.close()


def test_one_at_a_time_migrates(empty_url: str) -> None:
    """The second waits until the first has made the schema, or given up."""
    first, second = (Database(empty_url, busy_timeout_ms=20_000) for _ in range(2))
    entered = threading.Event()

    def enter() -> None:
        with second.migration():
            entered.set()

    waiting = threading.Thread(target=enter)
    with first.migration():
        waiting.start()
        assert not entered.wait(0.3)
    waiting.join()
    assert entered.is_set()
    first.close()
    second.close()


def test_a_revision_that_fails_leaves_nothing_behind(empty_url: str, monkeypatch) -> None:
    """A schema half made could be neither used nor made again."""
    make = op.create_table

    def fail_late(name: str, *columns, **options):
        if name == "releases":
            op.execute("SELECT nonsense")
        return make(name, *columns, **options)

    database = Database(empty_url)
    monkeypatch.setattr(op, "create_table", fail_late)
    with pytest.raises(StoreUnavailable, match="could not be made"):
        database.migrate()
    assert inspect(database.engine).get_table_names() == []
    monkeypatch.undo()
    database.migrate()
    assert database.revision() == HEAD
    database.close()


def test_a_store_of_a_newer_release_is_refused(database) -> None:
    """An older service would write rows that the newer one can't read."""
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match=r"another release.*9999"):
        database.migrate()


def test_the_first_revision_can_be_taken_back(database) -> None:
    """Down to nothing, in an order that foreign keys allow."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.migration() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]


def test_a_store_of_the_first_revision_is_brought_up_with_its_rows(empty_url: str) -> None:
    """An upgrade that lost an account would be noticed by its owner first."""
    database, config = Database(empty_url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.migration() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme", kind="ngo"))
    database.migrate()
    with database.transaction() as connection:
        kept = accounts.get(connection, "acme")
        assert kept is not None
        assert kept.kind == "ngo"
        assert list(feedback.since(connection, None)) == []
    database.close()


def test_a_store_that_is_up_to_date_never_imports_alembic(sqlite) -> None:
    """Half a second of each start."""
    code = (
        "import sys; from app.store.session import Database; Database(sys.argv[1]).migrate();"
        "print([name for name in sys.modules if re.match('alembic|mako', name)])"
    )
    command = [sys.executable, "-c", f"import re; {code}", sqlite.url]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_only_the_session_knows_which_database_it_is() -> None:
    """What works on SQLite only would be found on the day somebody moves to PostgreSQL."""
    files = [path for path in MIGRATIONS.parent.rglob("*.py") if path.name != "session.py"]
    named = [path.name for path in files if re.search(r"sqlite|postgres|pragma|dialect\.name", _code(path), re.I)]
    assert named == []


def _code(path: Path) -> str:
    """Without strings and comments."""
    words = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return " ".join(word.string for word in words if word.type == tokenize.NAME)
