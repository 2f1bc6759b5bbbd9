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


LOCAL = ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.8.9.1:80", "[::1]", "[::1]:8000"]
FOREIGN = [
    "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.7", "0.0.0.0",
    "[::2]:8000", "::1", "[127.0.0.1]", "", "localhost:x", "2130706433", "127.1",
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_without_any_key_this_machine_is_answered_by_each_of_its_names(client, request_for, host: str) -> None:
    """With whatever port a tunnel or a container gives it."""
    assert client.post("/check", json=request_for(), headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_without_any_key_no_other_name_is_answered(client, request_for, host: str) -> None:
    """A web page whose name resolves to 127.0.0.1 would read accounts and records through the visitor's browser."""
    answer = client.post("/check", json=request_for(), headers={"Host": host})
    assert (answer.status_code, answer.json()["type"]) == (421, "/problems/misdirected")
    assert "no API key exists" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/v1/accounts", "/metrics", "/docs", "/openapi.json", "/readyz", "/none"])
def test_no_path_is_answered_by_another_name(client, path: str) -> None:
    """Counts of rules tell about drafts, and a list of harmless paths would have to be kept."""
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 421


def test_with_a_key_the_name_is_free(start, settings, request_for) -> None:
    """A proxy passes its own name on, and probes come before the first check."""
    _, token = _make(settings)
    client, name = start(), {"Host": "prepost.example"}
    assert client.get("/healthz", headers=name).status_code == 200
    answer = client.post("/check", json=request_for(), headers={**name, "Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_where_a_key_is_required_the_name_is_free(start) -> None:
    """The page has no key."""
    assert start(require_key=True).get("/healthz", headers={"Host": "prepost.example"}).status_code == 200
