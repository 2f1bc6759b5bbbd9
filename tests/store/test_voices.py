"""Voice profiles as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain import Account
from app.store import accounts, voices

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)


def test_a_voice_is_kept_replaced_and_erased_with_its_account(database) -> None:
    """One row an account; none is left of an account that was erased."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme"))
        assert voices.get(connection, "acme") is None
        voices.put(connection, "acme", b"\x00one", None)
        voices.put(connection, "acme", b"\x00two", NOW)
    with database.transaction() as connection:
        assert voices.get(connection, "acme") == (b"\x00two", NOW)
        accounts.delete(connection, "acme")
        assert voices.get(connection, "acme") is None
