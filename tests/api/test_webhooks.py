"""Webhooks against real receivers: signed, sent again, given up, replayed, and in nobody's way."""

from __future__ import annotations

import time

import pytest

from tests.api.test_queue import draft, flood, until
from tests.receiver import CLOSES, receiving

LOCAL = {"webhook_networks": "127.0.0.0/8", "webhook_retry_seconds": "0.1,0.1"}


def add(client, url: str, **more: object) -> dict:
    answer = client.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def deliveries(client, **only: str) -> list[dict]:
    return client.get("/v1/webhooks/deliveries", params=only).json()["items"]


def test_a_change_of_verdict_is_told_signed_and_without_the_drafts_words(start) -> None:
    """What the tool needs to stop the post: its own id for it, from what to what, and why."""
    client = start(**LOCAL)
    with receiving() as receiver:
        secret = add(client, receiver.url)["secret"]
        client.put("/v1/queue/post-1", json=draft("Zanzibar boots", tags=["spring"]))
        flood(client)
        [received] = receiver.wait(1)
        assert received.is_signed_with(secret)
        assert not received.is_signed_with(add(client, receiver.url)["secret"])
        told = received.told
        item = client.get("/v1/queue/post-1").json()
        until(lambda: deliveries(client, state="delivered"))
    assert told["type"] == "queue.verdict_changed"
    assert "Zanzibar" not in received.body.decode()
    data = told["data"]
    assert (data["id"], data["from"], data["to"], data["cause"]) == ("post-1", "pass", "warn", "events")
    assert (data["check_id"], data["revision"], data["tags"]) == (item["check_id"], item["revision"], ["spring"])
    assert [warning["rule"] for warning in data["warnings"]] == ["sombre_context/levity"]


def test_a_secret_is_shown_once_and_may_be_ones_own(start, caplog) -> None:
    """Who can list webhooks must not be able to sign as Prepost."""
    client = start(**LOCAL)
    own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    with receiving(lambda _: 500) as receiver:
        assert add(client, receiver.url, secret=own, types=["queue.paused"])["secret"] == own
        client.post("/v1/queue/pauses", json={"tag": "a", "until": "2199-01-01T00:00:00Z", "why": "x", "by": "dana"})
        assert receiver.wait(1)[0].is_signed_with(own)
    assert own not in client.get("/v1/webhooks").text + client.get("/v1/webhooks/deliveries").text + caplog.text
    for weak in ("hunter2", "whsec_aGk=", "whsec_!!!!"):
        refused = client.post("/v1/webhooks", json={"url": receiver.url, "secret": weak})
        assert (refused.status_code, refused.json()["pointer"]) == (422, "/secret")
        assert weak not in refused.text


def test_what_fails_is_sent_again_under_its_id_then_given_up_and_replayed(start) -> None:
    """A receiver that is down for a night loses nothing, and one that is down for good fills no queue."""
    client = start(**LOCAL)
    answers = [500, CLOSES, 302, 200]
    with receiving(lambda number: answers[number]) as receiver:
        add(client, receiver.url)
        client.put("/v1/queue/a", json=draft())
        flood(client)
        [dead] = until(lambda: deliveries(client, state="dead"))
        assert (dead["attempts"], dead["last_status"], dead["last_error"]) == (3, 302, "answered 302")
        assert client.post(f"/v1/webhooks/deliveries/{dead['id']}/replay").json()["state"] == "pending"
        until(lambda: deliveries(client, state="delivered"))
    assert {(message.id, message.body) for message in receiver.received} == {(dead["id"], receiver.received[0].body)}
    metrics = client.get("/metrics").text
    for outcome, count in (("failed", 2), ("dead", 1), ("delivered", 1)):
        assert f'prepost_webhook_deliveries_total{{outcome="{outcome}"}} {count}.0' in metrics


def test_a_slow_receiver_takes_nobody_elses_place_and_holds_up_no_check(start, request_for) -> None:
    """A tool that hangs must not silence the others, nor Prepost itself."""
    client = start(**LOCAL, webhook_timeout=3.0)
    with receiving(lambda _: time.sleep(4) or 200) as slow, receiving() as quick:
        add(client, slow.url)
        add(client, quick.url)
        for number in range(12):
            client.put(f"/v1/queue/{number}", json=draft(f"Hello, Leeds! Boots, pair {number}."))
        flood(client)
        slow.wait(8)
        assert len(quick.wait(12, seconds=3.0)) == 12
        began = time.monotonic()
        assert client.post("/check", json=request_for()).status_code == 200
        assert time.monotonic() - began < 2.0
        failed = until(lambda: [each for each in deliveries(client) if each["last_error"]])
    assert failed[0]["last_error"] == "no answer within 3 s"


def test_a_receiver_that_is_gone_is_told_nothing_more(start) -> None:
    """410 is how one unsubscribes by Standard Webhooks."""
    client = start(**LOCAL)
    with receiving(lambda _: 410) as receiver:
        webhook = add(client, receiver.url)
        client.put("/v1/queue/a", json=draft())
        flood(client)
        [dead] = until(lambda: deliveries(client, state="dead"))
        assert "410" in client.get("/v1/webhooks").json()["items"][0]["disabled"]
        assert client.post(f"/v1/webhooks/deliveries/{dead['id']}/replay").status_code == 409
    assert client.delete(f"/v1/webhooks/{webhook['id']}").status_code == 204
    assert deliveries(client) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/hook", "http://localhost/hook", "http://[::1]/", "http://10.0.0.8/", "http://169.254.169.254/",
        "http://[::ffff:192.168.1.1]/", "http://0.0.0.0/", "http://2130706433/", "https://no-such-name.invalid/",
    ],
)  # fmt: skip
def test_a_target_that_is_no_public_place_is_refused(client, url: str) -> None:
    """Otherwise whoever can add a webhook can knock at every door of the operator's network."""
    refused = client.post("/v1/webhooks", json={"url": url})
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/url")


def test_a_target_that_moved_into_a_private_network_is_refused_when_it_is_sent_to(start) -> None:
    """A name may lead elsewhere tomorrow; here the operator allows less than when the webhook was added."""
    client = start(**LOCAL)
    with receiving() as receiver:
        add(client, receiver.url)
        client.__exit__(None, None, None)
        strict = start(webhook_retry_seconds="")
        strict.put("/v1/queue/a", json=draft())
        flood(strict)
        [dead] = until(lambda: deliveries(strict, state="dead"))
        client.__enter__()
    assert dead["last_error"].startswith("refused: 127.0.0.1 leads to an address that is not public")
    assert receiver.received == []


def test_a_webhook_is_told_only_what_it_asked_for(start) -> None:
    """A tool that only pauses needs no verdicts."""
    client = start(**LOCAL)
    with receiving() as receiver:
        add(client, receiver.url, types=["queue.paused", "queue.resumed"])
        client.put("/v1/queue/a", json=draft())
        flood(client)
        until(lambda: client.get("/v1/queue/a").json()["verdict"] == "warn")
        body = {"region": "GB", "until": "2199-01-01T00:00:00Z", "why": "The flood.", "by": "dana"}
        pause = client.post("/v1/queue/pauses", json=body).json()
        receiver.wait(1)
        client.delete(f"/v1/queue/pauses/{pause['id']}")
        told = [message.told for message in receiver.wait(2)]
    assert [message["type"] for message in told] == ["queue.paused", "queue.resumed"]
    assert told[0]["data"] == {name: pause[name] for name in ("id", "account", "region", "tag", "why", "by")} | {
        "until": "2199-01-01T00:00:00+00:00"
    }
