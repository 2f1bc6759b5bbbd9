"""API keys: none needed on loopback until one exists; from then on each call needs one."""

from __future__ import annotations

import pytest

from app.errors import PrepostError
from app.store import keys
from app.store.session import Database


def _make(settings) -> tuple[str, str]:
    database = Database(settings.store_url)
    database.migrate()
    with database.transaction() as connection:
        key, token = keys.create(connection, "test")
    database.close()
    return key.id, token


def test_without_any_key_loopback_is_open(client, request_for) -> None:
    """The first minute needs no set-up."""
    assert client.post("/check", json=request_for()).status_code == 200


def test_with_a_key_each_call_needs_it(start, settings, request_for) -> None:
    """The first key closes the door."""
    _, token = _make(settings)
    client = start()
    for path in ("/check", "/v1/check", "/v1/check/batch"):
        answer = client.post(path, json=request_for())
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/rules").status_code == 401
    wrong = {"Authorization": "Bearer pp_wrong"}
    assert client.post("/check", json=request_for(), headers=wrong).status_code == 401
    assert client.post("/check", json=request_for(), headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_health_needs_no_key(start, settings) -> None:
    """Probes carry none."""
    _make(settings)
    client = start()
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics")] == [200] * 3


def test_a_revoked_key_stays_out_and_the_door_stays_closed(start, settings, request_for) -> None:
    """Revoking the last key must not open the service."""
    key_id, token = _make(settings)
    database = Database(settings.store_url)
    with database.transaction() as connection:
        keys.revoke(connection, key_id)
    database.close()
    client = start()
    assert client.post("/check", json=request_for(), headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert client.post("/check", json=request_for()).status_code == 401


def test_beyond_loopback_it_refuses_to_start_without_a_key(start, settings) -> None:
    """Nobody opens a service to a network by accident."""
    with pytest.raises(PrepostError, match=r"0\.0\.0\.0: no API key exists"):
        start(host="0.0.0.0")
    _make(settings)
    assert start(host="0.0.0.0").get("/v1/rules").status_code == 401
