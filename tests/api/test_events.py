"""Events over HTTP: changed, settled, listed; odd values are refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

FLOOD = {
    "name": "Floods in Valdera",
    "kind": "natural_disaster",
    "regions": ["GB"],
    "starts_at": "2026-03-05T08:00:00Z",
}


def _open(client: TestClient, **more: Any) -> dict[str, Any]:
    opened: dict[str, Any] = client.post("/v1/events", json={**FLOOD, **more}).raise_for_status().json()
    return opened


def _verdict(client: TestClient) -> str:
    body = {
        "draft": {"text": "Time to make waves! 20% off, dive in 🌊", "platform": "x"},
        "account": {"handle": "@acme", "kind": "brand", "language": "en", "regions": ["GB"]},
        "context": {"now": "2026-03-05T12:00:00Z"},
    }
    found: str = client.post("/check", json=body).raise_for_status().json()["verdict"]
    return found


def test_a_change_weighs_on_the_next_check(client: TestClient) -> None:
    """What was remembered of the store must be forgotten with it."""
    event = _open(client, regions=["FI"])
    assert _verdict(client) == "pass"
    changed = client.patch(f"/v1/events/{event['id']}", json={"regions": ["GB"], "severity": 3}).json()
    assert (changed["regions"], changed["severity"], changed["name"]) == (["GB"], 3, "Floods in Valdera")
    assert _verdict(client) == "warn"
    assert client.post(f"/v1/events/{event['id']}/dismiss").json()["status"] == "dismissed"
    assert _verdict(client) == "pass"
    assert [each["id"] for each in client.get("/v1/events?status=dismissed").json()["items"]] == [event["id"]]
    assert client.post(f"/v1/events/{event['id']}/accept").json()["status"] == "open"
    assert _verdict(client) == "warn"


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"severity": 4}, 422, "/severity"),
        ({"severity": 2.5}, 422, "/severity"),
        ({"kind": "party"}, 422, "/kind"),
        ({"regions": []}, 422, "/regions"),
        ({"regions": ["Mars"]}, 422, "/regions/0"),
        ({"name": ""}, 422, "/name"),
        ({"name": "x" * 100_000}, 422, "/name"),
        ({"starts_at": "2026-13-01T00:00:00Z"}, 422, "/starts_at"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, 422, "/ends_at"),
        ({"status": "open"}, 422, "/status"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_name(
    client: TestClient, body: dict[str, Any], status: int, pointer: str
) -> None:
    event = _open(client)
    refused = client.patch(f"/v1/events/{event['id']}", json=body)
    assert refused.status_code == status
    assert pointer in refused.text
    assert client.get(f"/v1/events/{event['id']}").json() == event


@pytest.mark.parametrize("body", [{"ends_at": None}, {"name": None}, {}])
def test_null_says_something_of_the_end_alone(client: TestClient, body: dict[str, Any]) -> None:
    event = _open(client, ends_at="2026-03-09T00:00:00Z")
    changed = client.patch(f"/v1/events/{event['id']}", json=body).raise_for_status().json()
    assert changed == {**event, "ends_at": None if body == {"ends_at": None} else event["ends_at"]}


def test_what_is_not_there_is_404(client: TestClient) -> None:
    for method, path in (("PATCH", ""), ("POST", "/accept"), ("POST", "/dismiss"), ("POST", "/close")):
        assert client.request(method, f"/v1/events/evt_none{path}", json={}).status_code == 404


def test_a_history_is_erased_and_the_account_stays(client: TestClient) -> None:
    """For a history that was somebody else's."""
    posts = [f"Crossing {n} is on time" for n in range(8)]
    client.put("/v1/accounts/acme", json={"handle": "@acme", "recent_posts": posts}).raise_for_status()
    assert client.delete("/v1/accounts/acme/posts").status_code == 204
    assert client.get("/v1/accounts/acme").json()["handle"] == "@acme"
    assert client.post("/v1/accounts/acme/posts", json={"posts": posts}).json()["added"] == 8
    assert client.delete("/v1/accounts/nobody/posts").status_code == 404
