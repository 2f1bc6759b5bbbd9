"""Idempotency-Key: the same POST sent twice is done once."""

from __future__ import annotations

from app.store import keys
from app.store.session import Database

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
    """Accounts, posts, events, batches, releases, feedback, the queue and webhooks as well."""
    held = client.post("/v1/check", json=request_for("damn")).json()["id"]
    event = client.post("/v1/events", json={"name": "Blast", "kind": "accident"}).json()["id"]
    said = {"check_id": held, "verdict_was": "right", "why": "It swears.", "by": "dana", "outcome": "revised"}
    request = request_for()
    scheduled = {"draft": {**request["draft"], "scheduled_for": "2198-01-01T00:00:00Z"}, "account": request["account"]}
    for path, body in (
        ("/v1/accounts", {"id": "acme"}),
        ("/v1/accounts/acme/posts", {"posts": ["Hello"]}),
        ("/v1/events", {"name": "Blast", "kind": "accident"}),
        (f"/v1/events/{event}/close", None),
        ("/v1/check/batch", {"items": [request_for()]}),
        (f"/v1/checks/{held}/release", {"by": "dana", "why": "fine"}),
        ("/v1/feedback", said),
        ("/v1/queue/batch", {"items": [{"id": "post-1", **scheduled}]}),
        ("/v1/queue/pauses", {"tag": "a", "until": "2199-01-01T00:00:00Z", "why": "x", "by": "dana"}),
        ("/v1/webhooks", {"url": "https://1.1.1.1/hook"}),
    ):
        first, again = (client.post(path, json=body, headers=KEY) for _ in range(2))
        assert first.is_success, first.text
        assert (again.status_code, again.text) == (first.status_code, first.text)
        assert again.headers["idempotency-replayed"] == "true"


def test_an_unusable_key_is_refused(client, request_for) -> None:
    """The store keeps 200 characters."""
    assert client.post("/v1/check", json=request_for(), headers={"Idempotency-Key": "k" * 201}).status_code == 422
    assert client.post("/v1/check", json=request_for(), headers={"Idempotency-Key": b"k\xe9"}).status_code == 422


def test_the_alias_shares_its_keys(client, request_for) -> None:
    """A client that falls back to the other path must not have its draft judged and counted twice."""
    first = client.post("/check", json=request_for(), headers=KEY)
    again = client.post("/v1/check", json=request_for(), headers=KEY)
    assert (again.text, again.headers["idempotency-replayed"]) == (first.text, "true")


def test_two_api_keys_never_see_each_others_answers(start, settings, request_for) -> None:
    """Clients count from 1, each of them: the second would get the first one's answer, or a conflict over it."""
    database = Database(settings.store_url)
    database.migrate()
    with database.transaction() as connection:
        tokens = [keys.create(connection, name)[1] for name in ("one", "two")]
    database.close()
    client = start()
    one, two = ({**KEY, "Authorization": f"Bearer {token}"} for token in tokens)
    first = client.post("/check", json=request_for(), headers=one).json()
    other = client.post("/check", json=request_for("damn"), headers=two)
    assert (other.status_code, other.json()["verdict"]) == (200, "hold")
    assert client.post("/check", json=request_for(), headers=one).json() == first


def test_paths_that_differ_late_are_not_one(client) -> None:
    """Ids may have 120 characters, as many as the store keeps of a route."""
    ids = ["a" * 119 + end for end in "xy"]
    for name in ids:
        client.post("/v1/accounts", json={"id": name})
        added = client.post(f"/v1/accounts/{name}/posts", json={"posts": ["Hello"]}, headers=KEY)
        assert (added.json(), "idempotency-replayed" in added.headers) == ({"added": 1}, False)
