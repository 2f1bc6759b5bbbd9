"""/v1/queue over HTTP: scheduled drafts are judged, judged again, paused, released and forgotten."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=6)


def draft(text: str = "Hello, Leeds! Our new boots are here.", *, at: datetime = SOON, **more: Any) -> dict[str, Any]:
    """A scheduled draft of a brand in Britain."""
    account = {"handle": "@acme", "kind": "brand", "regions": ["GB"]}
    return {"draft": {"text": text, "platform": "x", "scheduled_for": at.isoformat()}, "account": account, **more}


def until(look: Callable[[], Any], seconds: float = 10.0) -> Any:
    """What it gives once it gives something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


def flood(client, **changes: Any) -> str:
    """An event in Britain at the moment of the drafts."""
    event = {"name": "Flood", "kind": "natural_disaster", "regions": ["GB"], "ends_at": "2199-01-01T00:00:00Z"}
    return client.post("/v1/events", json={**event, **changes}).json()["id"]


def queued(client, **filters: str) -> list[str]:
    return [item["id"] for item in client.get("/v1/queue", params=filters).json()["items"]]


def test_a_registered_draft_is_judged_recorded_and_may_go(client) -> None:
    """The check's record is there as soon as the answer is."""
    answer = client.put("/v1/queue/a", json=draft(tags=["spring"]))
    assert answer.status_code == 201
    item, check = answer.json()["item"], answer.json()["check"]
    assert (item["verdict"], item["may_go"], item["state"], item["up_to_date"]) == ("pass", True, "waiting", True)
    assert client.get(f"/v1/checks/{item['check_id']}").json()["verdict"] == check["verdict"] == "pass"
    assert client.get("/v1/queue/a").json() == item
    assert client.delete("/v1/queue/a").status_code == 204
    assert client.get("/v1/queue/a").status_code == 404


def test_the_same_draft_sent_again_keeps_its_check_and_its_release(client) -> None:
    """A tool that syncs its queue each minute must not undo what a second person decided."""
    check_id = client.put("/v1/queue/a", json=draft("damn")).json()["item"]["check_id"]
    assert client.get("/v1/queue/a").json()["may_go"] is False
    client.post(f"/v1/checks/{check_id}/release", json={"by": "dana", "why": "It is a quotation."})
    again = client.put("/v1/queue/a", json=draft("damn"))
    assert (again.status_code, again.json()["item"]["check_id"]) == (200, check_id)
    assert again.json()["item"]["may_go"] is True
    assert again.json()["check"]["id"] == check_id

    edited = client.put("/v1/queue/a", json=draft("damn it")).json()["item"]
    assert (edited["revision"], edited["may_go"], edited["release"]) == (2, False, None)


def test_an_event_holds_what_it_concerns_and_nothing_else(client) -> None:
    """Judged again by itself, both when the event opens and when it is erased; the others keep their check."""
    elsewhere = draft()
    elsewhere["account"]["regions"] = ["JP"]
    later = draft(at=SOON + timedelta(days=30))
    before = {
        name: client.put(f"/v1/queue/{name}", json=body).json()["item"]
        for name, body in (("near", draft()), ("far", elsewhere), ("later", later))
    }
    event = flood(client, ends_at=(SOON + timedelta(days=1)).isoformat())
    held = until(lambda: client.get("/v1/queue", params={"verdict": "warn"}).json()["items"])
    assert [item["id"] for item in held] == ["near"]
    assert held[0]["warnings"][0]["rule"] == "sombre_context/levity"
    assert held[0]["check_id"] != before["near"]["check_id"]
    assert client.get(f"/v1/checks/{held[0]['check_id']}").json()["verdict"] == "warn"
    for name in ("far", "later"):
        now = client.get(f"/v1/queue/{name}").json()
        assert (now["check_id"], now["revision"], now["up_to_date"]) == (before[name]["check_id"], 1, True)

    client.delete(f"/v1/events/{event}")
    until(lambda: client.get("/v1/queue/near").json()["verdict"] == "pass")


def test_asking_for_one_draft_never_gets_an_old_verdict(client) -> None:
    """A tool that asks right before it posts must not beat the background task."""
    client.put("/v1/queue/a", json=draft())
    flood(client)
    assert client.get("/v1/queue/a").json()["verdict"] == "warn"


def test_a_changed_account_is_judged_anew(client) -> None:
    """Its audience may have moved to where the event is."""
    client.put("/v1/accounts/acme", json={"handle": "@acme", "regions": ["JP"]})
    client.put("/v1/queue/a", json={**draft(), "account": "acme"})
    flood(client)
    assert client.get("/v1/queue/a").json()["verdict"] == "pass"
    client.put("/v1/accounts/acme", json={"handle": "@acme", "regions": ["GB"]})
    assert client.get("/v1/queue/a").json()["verdict"] == "warn"

    client.delete("/v1/accounts/acme")
    assert client.get("/v1/queue/a").status_code == 404


def test_a_draft_whose_text_is_not_kept_is_asked_for_when_an_event_concerns_it(client, settings) -> None:
    """Neither is a word of it in the store, nor does it go out unjudged."""
    secret = "Zanzibarbarossa boots are here, hello Leeds!"
    item = client.put("/v1/queue/a", json=draft(secret, keep="features")).json()["item"]
    assert (item["verdict"], item["may_go"], item["recheck"]) == ("pass", True, None)
    assert not [path for path in settings.data_dir.iterdir() if b"anzibarbarossa" in path.read_bytes()]

    flood(client)
    held = until(lambda: client.get("/v1/queue", params={"verdict": "hold"}).json()["items"])[0]
    assert held["recheck"] == "must be checked again: its text is not kept"
    assert held["may_go"] is False
    again = client.put("/v1/queue/a", json=draft(secret, keep="features")).json()["item"]
    assert (again["verdict"], again["recheck"]) == ("warn", None)


def test_a_draft_without_text_is_found_by_its_words_alone(client) -> None:
    """An event on the other side of the world, named in the draft, isn't missed; another one doesn't disturb."""
    body = draft("The Kumamoto boots have landed.", keep="features")
    client.put("/v1/queue/a", json=body)
    flood(client, regions=["JP"], name="Typhoon Lan")
    assert client.get("/v1/queue/a").json()["verdict"] == "pass"
    flood(client, regions=["JP"], name="Kumamoto earthquake")
    assert client.get("/v1/queue/a").json()["verdict"] == "hold"


def test_a_hold_for_want_of_text_is_released_as_any_other(client) -> None:
    """A person may have looked at it where it lies."""
    client.put("/v1/queue/a", json=draft(keep="features"))
    flood(client)
    held = client.get("/v1/queue/a").json()
    answer = client.post(f"/v1/checks/{held['check_id']}/release", json={"by": "dana", "why": "I have read it."})
    assert answer.status_code == 200
    assert client.get("/v1/queue/a").json()["may_go"] is True


def test_pauses_stop_what_they_name_until_they_end(client) -> None:
    """By region, tag or account; a draft that goes out after the end isn't stopped."""
    client.put("/v1/queue/a", json=draft(tags=["Spring  Sale"]))
    client.put("/v1/queue/later", json=draft(at=SOON + timedelta(days=9), tags=["spring sale"]))
    until_then = (SOON + timedelta(days=1)).isoformat()
    who = {"until": until_then, "why": "The flood.", "by": "dana"}
    for named in ({"region": "GB"}, {"region": "GB-SCT"}, {"tag": "spring sale"}, {"account": "@acme"}):
        pause = client.post("/v1/queue/pauses", json={**who, **named}).json()["id"]
        item = client.get("/v1/queue/a").json()
        assert (item["may_go"], item["paused"]["id"], item["verdict"]) == (False, pause, "pass")
        assert client.get("/v1/queue/later").json()["may_go"] is True
        assert [each["id"] for each in client.get("/v1/queue/pauses").json()["items"]] == [pause]
        assert client.delete(f"/v1/queue/pauses/{pause}").status_code == 204
    client.post("/v1/queue/pauses", json={**who, "region": "FR"})
    client.post("/v1/queue/pauses", json={**who, "tag": "spring sale", "account": "@other"})
    assert client.get("/v1/queue/a").json()["may_go"] is True


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"region": None}, "/account"), ({"until": "2020-01-01T00:00:00Z"}, "/until"), ({"until": None}, "/until")],
)
def test_a_pause_without_an_end_or_a_subject_is_refused(client, changes: dict[str, Any], pointer: str) -> None:
    """It would stop everything, or for ever."""
    body = {"region": "GB", "until": SOON.isoformat(), "why": "The flood.", "by": "dana", **changes}
    answer = client.post("/v1/queue/pauses", json=body)
    assert (answer.status_code, answer.json()["pointer"]) == (422, pointer)


def test_a_batch_registers_the_good_and_names_the_bad(client) -> None:
    """Importing a queue must not stop at one draft."""
    late = draft()
    del late["draft"]["scheduled_for"]
    items = [
        {"id": "a", **draft()}, {"id": "b", **late}, {"id": "c", **draft(), "account": "nobody"},
        {"id": "a", **draft("Twice.")}, {"id": "d", **draft("damn")},
    ]  # fmt: skip
    results = client.post("/v1/queue/batch", json={"items": items}).json()["results"]
    assert [each.get("pointer") or each["item"]["verdict"] for each in results] == [
        "pass", "/draft/scheduled_for", "/account", "/id", "hold",
    ]  # fmt: skip
    assert queued(client) == ["a", "d"]


def test_the_queue_is_listed_nearest_first_by_page_and_by_filter(client) -> None:
    """Each draft on exactly one page, also where several go out in the same second."""
    for number, name in enumerate("edcba"):
        client.put(
            f"/v1/queue/{name}",
            json=draft(
                "damn" if number % 2 else "Hello", at=SOON + number // 2 * timedelta(hours=1), tags=[f"t_{number}"]
            ),
        )
    pages, cursor = [], None
    while cursor is not None or not pages:
        page = client.get("/v1/queue", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        pages.append([item["id"] for item in page["items"]])
        cursor = page["next"]
    assert pages == [["d", "e"], ["b", "c"], ["a"]]
    assert queued(client, verdict="hold") == ["d", "b"]
    assert queued(client, tag="T_1") == ["d"]
    assert queued(client, tag="t%1") == []
    assert queued(client, region="GB-ENG") == ["d", "e", "b", "c", "a"]
    assert queued(client, region="JP") == []
    assert queued(client, account="@acme", state="waiting") == ["d", "e", "b", "c", "a"]
    assert queued(client, state="due") == []
    assert client.get("/v1/queue", params={"cursor": "nonsense"}).status_code == 422


def test_figures_and_parts_tell_of_the_queue(client) -> None:
    """An operator sees a queue that stands still."""
    client.put("/v1/queue/a", json=draft("damn"))
    assert 'prepost_queue_items{verdict="hold"} 1.0' in client.get("/metrics").text
    assert client.get("/readyz").json()["parts"]["queue"] == "ok"


def test_an_id_that_is_a_path_of_the_api_is_refused(client) -> None:
    """It could be registered and never looked at."""
    assert client.put("/v1/queue/pauses", json=draft()).status_code == 405
    [refused] = client.post("/v1/queue/batch", json={"items": [{"id": "batch", **draft()}]}).json()["results"]
    assert refused["pointer"] == "/id"
