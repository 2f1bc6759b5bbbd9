"""Feedback over HTTP: given, listed, looked at and erased; refused, with a pointer, where it doesn't fit its check."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.classifier import LABELS

JSON = {"Content-Type": "application/json"}
Give = Callable[..., Any]


@pytest.fixture
def body(client, request_for) -> dict[str, Any]:
    """That a check which held a draft for swearing was wrong."""
    held = client.post("/v1/check", json=request_for("damn, a fine boot")).json()["id"]
    return {
        "check_id": held,
        "verdict_was": "wrong",
        "why": "It is the name of the boot.",
        "by": "dana",
        "outcome": "sent_unchanged",
    }


@pytest.fixture
def passed(client, request_for) -> str:
    """The id of a check that found nothing."""
    return str(client.post("/v1/check", json=request_for()).json()["id"])


def _problem(answer: Any, status: int, pointer: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().get("pointer") == pointer, answer.text


def test_feedback_is_stored_with_what_the_check_knew(client, body: dict[str, Any]) -> None:
    """The check's record may be gone when somebody learns from it."""
    given = body | {"category": "offensive", "rule": "offensive/swearing", "labels": {"profanity": 0, "levity": 1.0}}
    answer = client.post("/v1/feedback", json=given | {"text": "damn, a fine boot"})
    stored = answer.json()

    assert answer.status_code == 201
    assert {name: stored[name] for name in given} == given
    assert stored["id"].startswith("fb_")
    assert stored["at"].endswith("Z")
    assert (stored["has_text"], stored["warned"], stored["model"], stored["platform"], stored["account"]) == (
        True, ["offensive/swearing"], "tiny-1", "x", None,
    )  # fmt: skip


def test_the_text_is_told_only_to_who_asks_for_that_feedback(client, body: dict[str, Any]) -> None:
    """An embargoed draft must not stand in a list, nor in the answer that an Idempotency-Key keeps for a day."""
    secret = {"text": "damn, the takeover of Globex"}
    answer = client.post("/v1/feedback", json=body | secret, headers={"Idempotency-Key": "k-1"})
    assert "Globex" not in answer.text + client.get("/v1/feedback").text
    assert client.get(f"/v1/feedback/{answer.json()['id']}").json() == answer.json() | secret


def test_the_category_follows_from_the_rule(client, body: dict[str, Any]) -> None:
    """So that a list by category has it."""
    client.post("/v1/feedback", json=body | {"rule": "offensive/swearing"})
    assert client.get("/v1/feedback?category=offensive").json()["items"][0]["rule"] == "offensive/swearing"


def test_feedback_is_listed_page_by_page_and_by_kind(client, body: dict[str, Any], passed: str) -> None:
    """`next` leads through all of it and ends with null."""
    missed = {"check_id": passed, "verdict_was": "missed", "category": "sombre_context"}
    ids = [client.post("/v1/feedback", json=body | more).json()["id"] for more in ({}, missed, {"by": "sam"})]
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/feedback?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]

    assert seen == sorted(ids)
    assert [item["id"] for item in client.get("/v1/feedback?verdict_was=missed").json()["items"]] == [ids[1]]
    assert [item["id"] for item in client.get("/v1/feedback?category=sombre_context").json()["items"]] == [ids[1]]
    assert client.get("/v1/feedback?verdict_was=wrong&category=sombre_context").json() == {"items": [], "next": None}


def test_who_changes_their_mind_adds_to_the_record(client, body: dict[str, Any]) -> None:
    """Nothing that was said is lost."""
    for verdict_was in ("wrong", "right"):
        assert client.post("/v1/feedback", json=body | {"verdict_was": verdict_was}).status_code == 201
    listed = client.get("/v1/feedback").json()["items"]
    assert sorted(item["verdict_was"] for item in listed) == ["right", "wrong"]


def test_erased_feedback_is_gone(client, body: dict[str, Any]) -> None:
    """With its text, and once."""
    path = f"/v1/feedback/{client.post('/v1/feedback', json=body | {'text': 'damn'}).json()['id']}"
    assert client.delete(path).status_code == 204
    assert [client.get(path).status_code, client.delete(path).status_code] == [404, 404]


def test_feedback_goes_with_its_account(client, request_for) -> None:
    """Only a stored account has something to be erased with."""
    client.put("/v1/accounts/acme", json={"kind": "ngo", "regions": ["WORLD", "GB-LND"]})
    check = client.post("/v1/check", json=request_for("damn") | {"account": "acme"}).json()["id"]
    said = {"check_id": check, "verdict_was": "right", "why": "It swears.", "by": "dana", "outcome": "revised"}
    stored = client.post("/v1/feedback", json=said).json()
    assert stored["account"] == "acme"
    client.delete("/v1/accounts/acme")
    assert client.get(f"/v1/feedback/{stored['id']}").status_code == 404


def test_the_same_request_is_recorded_once(client, body: dict[str, Any]) -> None:
    """A retry after a lost answer is not a second opinion."""
    first, again = (client.post("/v1/feedback", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (again.status_code, again.text, again.headers["idempotency-replayed"]) == (201, first.text, "true")
    assert len(client.get("/v1/feedback").json()["items"]) == 1
    other = client.post("/v1/feedback", json=body | {"by": "sam"}, headers={"Idempotency-Key": "k"})
    assert other.status_code == 409


def test_metrics_count_feedback_by_kind(client, body: dict[str, Any], passed: str) -> None:
    """False alarms and misses by category, on a dashboard."""
    client.post("/v1/feedback", json=body)
    client.post("/v1/feedback", json=body | {"check_id": passed, "verdict_was": "missed", "category": "apology"})
    client.post("/v1/feedback", json=body | {"check_id": "chk_none"})
    text = client.get("/metrics").text
    assert 'prepost_feedback_total{category="any",verdict_was="wrong"} 1.0' in text
    assert 'prepost_feedback_total{category="apology",verdict_was="missed"} 1.0' in text
    assert text.count("prepost_feedback_total{") == 2


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"check_id": None}, "/check_id"),
        ({"check_id": ""}, "/check_id"),
        ({"check_id": 7}, "/check_id"),
        ({"check_id": "chk_\x00"}, "/check_id"),
        ({"check_id": "c" * 121}, "/check_id"),
        ({"verdict_was": "fine"}, "/verdict_was"),
        ({"verdict_was": None}, "/verdict_was"),
        ({"verdict_was": ["wrong"]}, "/verdict_was"),
        ({"category": "rude"}, "/category"),
        ({"category": ""}, "/category"),
        ({"category": 1}, "/category"),
        ({"rule": "swearing"}, "/rule"),
        ({"rule": "offensive/"}, "/rule"),
        ({"rule": "offensive/swearing\n"}, "/rule"),
        ({"rule": 1}, "/rule"),
        ({"labels": []}, "/labels"),
        ({"labels": "insult"}, "/labels"),
        ({"labels": {"rude": 1}}, "/labels/rude"),
        ({"labels": {"insult": 2}}, "/labels/insult"),
        ({"labels": {"insult": -1}}, "/labels/insult"),
        ({"labels": {"insult": True}}, "/labels/insult"),
        ({"labels": {"insult": "1"}}, "/labels/insult"),
        ({"labels": {"insult": 0.5}}, "/labels/insult"),
        ({"text": ""}, "/text"),
        ({"text": " \n"}, "/text"),
        ({"text": "a" * 100_001}, "/text"),
        ({"text": "a\x00"}, "/text"),
        ({"text": "a\ud83d"}, "/text"),
        ({"text": 1}, "/text"),
        ({"why": ""}, "/why"),
        ({"why": None}, "/why"),
        ({"why": "a" * 2_001}, "/why"),
        ({"why": "a\x00"}, "/why"),
        ({"why": "a\ud83d"}, "/why"),
        ({"by": ""}, "/by"),
        ({"by": None}, "/by"),
        ({"by": "a" * 201}, "/by"),
        ({"by": "a\ud83d"}, "/by"),
        ({"outcome": "sent"}, "/outcome"),
        ({"outcome": None}, "/outcome"),
        ({"outcome": 0}, "/outcome"),
        ({"id": "fb_1"}, "/id"),
    ],
)
def test_a_wrong_field_is_a_422_that_points_at_it(client, body: dict, change: dict, pointer: str) -> None:
    """Nothing is stored of it."""
    _problem(client.post("/v1/feedback", content=json.dumps(body | change), headers=JSON), 422, pointer)
    assert client.get("/v1/feedback").json()["items"] == []


@pytest.mark.parametrize("field", ["check_id", "verdict_was", "why", "by", "outcome"])
def test_a_missing_field_is_named(client, body: dict, field: str) -> None:
    """Who, what and why are the least that is needed to learn from it."""
    del body[field]
    _problem(client.post("/v1/feedback", json=body), 422, f"/{field}")


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"null", b'"x"'])
def test_a_body_that_is_no_object_is_refused(client, content: bytes) -> None:
    """As everywhere."""
    assert client.post("/v1/feedback", content=content, headers=JSON).status_code in (400, 422)


def test_feedback_on_an_unknown_check_is_a_404(client, body: dict[str, Any]) -> None:
    """A typing error in the id would teach a label to the wrong draft."""
    _problem(client.post("/v1/feedback", json=body | {"check_id": "chk_none", "text": " "}), 404, "/check_id")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"rule": "offensive/none"}, "/rule"),
        ({"rule": "platform_rule/contest"}, "/rule"),
        ({"rule": "offensive/swearing", "category": "automation"}, "/category"),
        ({"category": "automation"}, "/category"),
        ({"verdict_was": "right", "category": "automation"}, "/category"),
        ({"verdict_was": "right", "rule": "platform_rule/contest"}, "/rule"),
        ({"verdict_was": "missed"}, "/category"),
        ({"verdict_was": "missed", "rule": "offensive/swearing"}, "/rule"),
    ],
)
def test_what_the_check_did_not_say_cannot_be_right_or_wrong(client, body: dict, change: dict, pointer: str) -> None:
    """Feedback on the wrong check, or about the wrong rule, is found while its sender still knows what was meant."""
    _problem(client.post("/v1/feedback", json=body | change), 422, pointer)


def test_a_pass_without_a_warning_is_no_false_alarm(client, body: dict[str, Any], passed: str) -> None:
    """What is wrong with it is that something was missed."""
    _problem(client.post("/v1/feedback", json=body | {"check_id": passed}), 422, "/verdict_was")
    assert client.post("/v1/feedback", json=body | {"check_id": passed, "verdict_was": "right"}).status_code == 201


def test_what_was_only_observed_can_be_spoken_about(client, body: dict[str, Any], request_for) -> None:
    """A rule on trial is where feedback counts most."""
    watched = request_for("damn") | {"options": {"policy": "watching"}}
    check = client.post("/v1/check", json=watched).json()["id"]
    assert client.post("/v1/feedback", json=body | {"check_id": check, "rule": "offensive/swearing"}).is_success


def test_each_label_of_the_classifier_can_be_given(client, body: dict[str, Any]) -> None:
    """And null is what it is everywhere: not said."""
    given = {"labels": {**dict.fromkeys(LABELS, 1), LABELS[0]: None}}
    stored = client.post("/v1/feedback", json=body | given).json()
    assert stored["labels"] == dict.fromkeys(LABELS[1:], 1)


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "verdict_was=fine", "category=rude", "cursor=%00"])
def test_a_wrong_parameter_is_named(client, query: str) -> None:
    """Not ignored: a list of everything would look like the answer."""
    answer = client.get(f"/v1/feedback?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]
