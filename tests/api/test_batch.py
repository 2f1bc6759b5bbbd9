"""POST /v1/check/batch: each item on its own, in order."""

from __future__ import annotations


def test_results_stand_in_the_order_of_the_items(client, request_for) -> None:
    """A bad item becomes its problem in its own place and spoils nothing."""
    items = [request_for("damn"), {"draft": {}}, request_for(), 7, request_for() | {"account": "nobody"}]
    results = client.post("/v1/check/batch", json={"items": items}).json()["results"]
    assert [result.get("verdict") or result["status"] for result in results] == ["hold", 422, "pass", 422, 404]
    assert [result.get("pointer") for result in results] == [None, "/draft/text", None, "", "/account"]


def test_each_reply_of_a_batch_is_recorded(client, request_for) -> None:
    """A batch leaves the same trail as single checks."""
    results = client.post("/v1/check/batch", json={"items": [request_for("damn")] * 3}).json()["results"]
    assert [client.get(f"/v1/checks/{result['id']}").json()["verdict"] for result in results] == ["hold"] * 3


def test_501_items_are_refused_and_none_is_judged(client, request_for) -> None:
    """Half a batch is no batch."""
    answer = client.post("/v1/check/batch", json={"items": [request_for()] * 501})
    assert (answer.status_code, answer.json()["pointer"]) == (422, "/items")
    assert "prepost_checks_total{" not in client.get("/metrics").text


def test_500_items_are_judged(client, request_for) -> None:
    """The limit itself is allowed."""
    results = client.post("/v1/check/batch", json={"items": [request_for()] * 500}).json()["results"]
    assert [result["verdict"] for result in results] == ["pass"] * 500


def test_a_batch_may_be_larger_than_a_single_check(client, request_for) -> None:
    """16 MiB for many drafts, 4 for one."""
    answer = client.post("/v1/check/batch", json={"items": [request_for("a" * 90_000)] * 60})
    assert answer.status_code == 200
