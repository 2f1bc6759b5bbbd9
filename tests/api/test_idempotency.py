"""Idempotency-Key: the same POST sent twice is done once."""

from __future__ import annotations

KEY = {"Idempotency-Key": "k-1"}


def test_the_same_request_is_answered_the_same_and_done_once(client, request_for) -> None:
    """A retry after a lost answer must not be judged and counted again."""
    first = client.post("/v1/check", json=request_for(), headers=KEY)
    again = client.post("/v1/check", json=request_for(), headers=KEY)
    assert again.json() == first.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert 'prepost_checks_total{verdict="pass"} 1.0' in client.get("/metrics").text


def test_another_body_under_the_same_key_is_refused(client, request_for) -> None:
    """A key that is used twice by mistake must not answer for another draft."""
    client.post("/v1/check", json=request_for(), headers=KEY)
    assert client.post("/v1/check", json=request_for("damn"), headers=KEY).status_code == 409


def test_a_refused_request_gives_its_key_back(client, request_for) -> None:
    """The corrected request may use it."""
    assert client.post("/v1/check", json=request_for() | {"account": "nobody"}, headers=KEY).status_code == 404
    assert client.post("/v1/check", json=request_for(), headers=KEY).status_code == 200


def test_every_post_that_records_something_honours_the_key(client, request_for) -> None:
    """Accounts, posts, events, batches and releases as well."""
    held = client.post("/v1/check", json=request_for("damn")).json()["id"]
    event = client.post("/v1/events", json={"name": "Blast", "kind": "accident"}).json()["id"]
    for path, body in (
        ("/v1/accounts", {"id": "acme"}),
        ("/v1/accounts/acme/posts", {"posts": ["Hello"]}),
        ("/v1/events", {"name": "Blast", "kind": "accident"}),
        (f"/v1/events/{event}/close", None),
        ("/v1/check/batch", {"items": [request_for()]}),
        (f"/v1/checks/{held}/release", {"by": "dana", "why": "fine"}),
    ):
        first, again = (client.post(path, json=body, headers=KEY) for _ in range(2))
        assert first.is_success, first.text
        assert (again.status_code, again.text) == (first.status_code, first.text)
        assert again.headers["idempotency-replayed"] == "true"


def test_an_unusable_key_is_refused(client, request_for) -> None:
    """The store keeps 200 characters."""
    assert client.post("/v1/check", json=request_for(), headers={"Idempotency-Key": "k" * 201}).status_code == 422
    assert client.post("/v1/check", json=request_for(), headers={"Idempotency-Key": b"k\xe9"}).status_code == 422
