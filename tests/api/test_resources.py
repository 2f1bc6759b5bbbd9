"""Accounts, events, recorded checks, rules, the model and the pages."""

from __future__ import annotations

import re

EVENT = {"name": "Blast", "kind": "shooting", "regions": ["US-CO"], "keywords": ["#blast"]}


def test_an_account_is_stored_listed_replaced_and_erased(client) -> None:
    """The whole life of an account."""
    made = client.post(
        "/v1/accounts", json={"id": "acme", "handle": "@acme", "recent_posts": ["Hi"], "voice": {"a": 1}}
    )
    assert made.status_code == 201
    assert made.json()["recent_posts"] == [{"text": "Hi", "posted_at": None, "kind": "post"}]
    assert client.post("/v1/accounts", json={"id": "acme"}).status_code == 409
    replaced = client.put("/v1/accounts/acme", json={"handle": "@acme_uk"})
    assert (replaced.status_code, replaced.json()["handle"]) == (200, "@acme_uk")
    assert client.put("/v1/accounts/other", json={}).status_code == 201
    assert client.get("/v1/accounts/acme").json() == replaced.json()
    assert client.delete("/v1/accounts/acme").status_code == 204
    assert client.delete("/v1/accounts/acme").status_code == 404
    assert [account["id"] for account in client.get("/v1/accounts").json()["items"]] == ["other"]


def test_an_erased_account_is_unknown_at_once(client, request_for) -> None:
    """Nothing is judged from the memory of an erased account."""
    client.put("/v1/accounts/acme", json={})
    body = request_for() | {"account": "acme"}
    assert client.post("/check", json=body).status_code == 200
    client.delete("/v1/accounts/acme")
    assert client.post("/check", json=body).status_code == 404


def test_accounts_are_listed_page_by_page(client) -> None:
    """`next` leads through all of them and ends with null."""
    for index in range(5):
        client.put(f"/v1/accounts/a{index}", json={})
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/accounts?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [account["id"] for account in page["items"]]
        cursor = page["next"]
    assert seen == ["a0", "a1", "a2", "a3", "a4"]


def test_posts_are_added_once(client) -> None:
    """An import that is sent again adds nothing."""
    client.put("/v1/accounts/acme", json={})
    posts = {"posts": ["Hi", {"text": "Ho", "posted_at": "2026-01-01T00:00:00Z", "kind": "reply"}]}
    assert client.post("/v1/accounts/acme/posts", json=posts).json() == {"added": 2}
    assert client.post("/v1/accounts/acme/posts", json=posts).json() == {"added": 0}
    assert len(client.get("/v1/accounts/acme").json()["recent_posts"]) == 2
    assert client.post("/v1/accounts/none/posts", json=posts).status_code == 404


def test_an_account_with_an_unknown_policy_is_refused(client) -> None:
    """Better now than at its first check."""
    assert client.put("/v1/accounts/acme", json={"policy": "none-such"}).json()["pointer"] == "/policy"


def test_an_event_is_opened_listed_closed_and_erased(client) -> None:
    """Its severity follows from its kind where nobody gives one."""
    event = client.post("/v1/events", json=EVENT).json()
    assert (event["severity"], event["ends_at"], event["regions"]) == (3, None, ["US-CO"])
    assert client.get(f"/v1/events/{event['id']}").json() == event
    closed = client.post(f"/v1/events/{event['id']}/close").json()
    assert closed["ends_at"] is not None
    assert client.get("/v1/events?active_at=2030-01-01T00:00:00Z").json()["items"] == []
    assert client.get("/v1/events").json()["items"] == [closed]
    assert client.delete(f"/v1/events/{event['id']}").status_code == 204
    assert client.get(f"/v1/events/{event['id']}").status_code == 404


def test_an_event_cannot_end_before_it_starts(client) -> None:
    """Such an event would never count, in silence."""
    window = {"starts_at": "2026-12-02T00:00:00Z", "ends_at": "2026-12-01T00:00:00Z"}
    assert client.post("/v1/events", json=EVENT | window).json()["pointer"] == "/ends_at"


def test_a_held_check_is_released_once(client, request_for) -> None:
    """Who and why stay on record."""
    held = client.post("/check", json=request_for("damn")).json()["id"]
    release = client.post(f"/v1/checks/{held}/release", json={"by": "dana", "why": "a quote"}).json()
    assert (release["by"], release["why"]) == ("dana", "a quote")
    assert client.get(f"/v1/checks/{held}").json()["release"] == release
    assert client.post(f"/v1/checks/{held}/release", json={"by": "sam", "why": "again"}).status_code == 409


def test_only_a_held_check_can_be_released(client, request_for) -> None:
    """A pass needs no release, and an unknown check has none."""
    passed = client.post("/check", json=request_for()).json()["id"]
    assert client.post(f"/v1/checks/{passed}/release", json={"by": "sam", "why": "x"}).status_code == 409
    assert client.post("/v1/checks/chk_none/release", json={"by": "sam", "why": "x"}).status_code == 404
    assert client.get("/v1/checks/chk_none").status_code == 404


def test_rules_can_be_read_by_machines_and_people(client, request_for) -> None:
    """The `docs` of a warning leads to a page."""
    listed = client.get("/v1/rules").json()["rules"]
    assert listed[0] == client.get("/v1/rules/offensive/swearing").json()
    assert listed[0]["severity"] == {"strong": "high", "default": "medium"}
    docs = client.post("/check", json=request_for("damn")).json()["warnings"][0]["docs"]
    page = client.get(docs)
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Swearing</h1>" in page.text
    assert client.get("/docs/rules/offensive/none").status_code == 404
    assert client.get("/v1/rules/offensive/none").status_code == 404


def test_the_model_shows_its_papers(client) -> None:
    """What it was made from and how well it does."""
    model = client.get("/v1/models/current").json()
    assert (model["version"], model["metrics"]) == ("tiny-1", {"insult": {"auc": 0.5}})
    assert "insult" in model["labels"]


def test_ready_names_each_part(client) -> None:
    """An operator sees what is missing."""
    parts = dict.fromkeys(("model", "policy", "store", "queue", "webhooks", "audit_log"), "ok")
    assert client.get("/readyz").json() == {"status": "ok", "parts": parts, "notes": {}}


def test_the_docs_page_needs_no_other_host(client) -> None:
    """Prevents documentation that is blank where the network ends."""
    page = client.get("/docs").text
    links = re.findall(r"(?:src|href)=\"([^\"]+)\"", page)
    assert links
    assert "://" not in page.replace("http://www.w3.org", "")
    for link in links:
        assert client.get(link).status_code == 200, link
    assert client.get("/openapi.json").json()["info"]["title"] == "Prepost"


def test_metrics_count_verdicts_rules_and_routes(client, request_for) -> None:
    """What is on a dashboard."""
    client.post("/check", json=request_for("damn, give me a break"))
    text = client.get("/metrics").text
    assert 'prepost_checks_total{verdict="hold"} 1.0' in text
    assert 'prepost_warnings_total{rule="offensive/swearing",shown="yes"} 1.0' in text
    assert 'prepost_rule_failures_total{rule="automation/broken"} 1.0' in text
    assert 'prepost_request_seconds_count{route="/check",status="2xx"} 1.0' in text
