"""API keys, on both databases."""

from __future__ import annotations

from sqlalchemy import select

from app.store import keys, tables


def test_a_token_finds_its_key(database) -> None:
    """And no other token does."""
    with database.transaction() as connection:
        key, token = keys.create(connection, "scheduler")
        assert (keys.find(connection, token), keys.list_all(connection)) == (key, [key])
        assert [keys.find(connection, wrong) for wrong in ("", token[:-1], token + "x", "é\ud800\x00")] == [None] * 4


def test_the_token_itself_is_not_stored(database) -> None:
    """Who reads the database can't use the API; the prefix only helps to tell keys apart."""
    with database.transaction() as connection:
        key, token = keys.create(connection, "scheduler")
        (row,) = connection.execute(select(tables.api_keys)).all()
    assert not any(token[9:] in str(value) for value in row)
    assert (token.startswith(key.prefix), len(key.prefix), len(token)) == (True, 9, 46)


def test_a_revoked_key_finds_nothing_but_still_counts(database) -> None:
    """A service that asked for keys must not open itself when the last one is revoked."""
    with database.transaction() as connection:
        assert keys.any_exist(connection) is False
        key, token = keys.create(connection, "scheduler")
        assert [keys.revoke(connection, key.id), keys.revoke(connection, key.id)] == [True, False]
        assert (keys.find(connection, token), keys.any_exist(connection)) == (None, True)
        assert keys.list_all(connection)[0].revoked_at is not None
