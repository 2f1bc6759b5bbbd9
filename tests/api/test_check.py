"""POST /v1/check: verdicts, spans, events, masking, and what is kept."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from app.api.schemas.reply import CheckReply
from app.main import create_app
from app.settings import Settings


def test_a_harmless_draft_passes_and_the_reply_keeps_the_contract(client, request_for) -> None:
    """An ordinary draft draws no warning, and the reply has the shape that is documented."""
    answer = client.post("/v1/check", json=request_for())
    assert answer.status_code == 200
    reply = CheckReply.model_validate(answer.json())
    assert (reply.verdict, reply.warnings, reply.degraded, reply.language) == ("pass", [], False, "en")
    assert reply.versions.model == "tiny-1"
    assert reply.versions.policy == "default@3"


def test_the_alias_answers_the_same(client, request_for) -> None:
    """POST /check is a permanent alias."""
    assert client.post("/check", json=request_for("damn")).json()["verdict"] == "hold"


def test_each_category_is_listed_and_so_is_each_rule_that_is_not_ok(client, request_for) -> None:
    """A skipped rule and its reason are there to see."""
    checks = client.post("/v1/check", json=request_for()).json()["checks"]
    assert {"name": "offensive", "status": "ok", "reason": None} in checks
    assert {"name": "sombre_context/levity", "status": "skipped", "reason": "no event is near"} in checks


@pytest.mark.parametrize(("unit", "first", "last"), [("codepoint", 3, 7), ("utf16", 5, 9)])
def test_spans_are_in_the_unit_asked_for(client, request_for, unit: str, first: int, last: int) -> None:
    """JavaScript counts an emoji as two; everybody else as one."""
    body = request_for("🥾🥾 damn") | {"options": {"offsets": unit}}
    span = client.post("/v1/check", json=body).json()["warnings"][0]["spans"][0]
    assert span == {"start": first, "end": last, "text": "damn", "field": "text"}


def test_every_field_with_words_is_read(client, request_for) -> None:
    """A swear word in a poll's option or a picture's description counts as well."""
    body = request_for("", title="damn", poll={"options": ["x", "damn"]}, media=[{"type": "image", "alt_text": "damn"}])
    warnings = client.post("/v1/check", json=body).json()["warnings"]
    assert {warning["spans"][0]["field"] for warning in warnings} == {"title", "poll.options[1]", "media[0].alt_text"}


def test_a_rule_that_breaks_degrades_and_never_passes(client, request_for) -> None:
    """Prevents the failure that reads as a pass."""
    reply = client.post("/v1/check", json=request_for("Give me a break today, will you?")).json()
    assert (reply["verdict"], reply["degraded"]) == ("warn", True)
    failed = {"name": "automation/broken", "status": "failed", "reason": "ZeroDivisionError in this rule"}
    assert failed in reply["checks"]


def test_a_language_that_a_rule_does_not_know_is_listed(client, request_for) -> None:
    """not_assessed is said, and by default changes nothing."""
    body = request_for("สวัสดีครับ ร้านของเราเปิดแล้ววันนี้ ขอเชิญทุกท่าน")
    reply = client.post("/v1/check", json=body).json()
    assert (reply["verdict"], reply["language"]) == ("pass", "th")
    assert "unverified_claim/english" in {c["name"] for c in reply["checks"] if c["status"] == "not_assessed"}


def test_the_language_may_be_given(client, request_for) -> None:
    """options.language overrides what is detected."""
    body = request_for() | {"options": {"language": "de-AT"}}
    assert client.post("/v1/check", json=body).json()["language"] == "de"


def test_scores_are_there_when_asked_for(client, request_for) -> None:
    """explain adds each label's probability."""
    assert client.post("/v1/check", json=request_for()).json()["scores"] is None
    explained = client.post("/v1/check", json=request_for() | {"options": {"explain": True}}).json()
    assert 0 <= explained["scores"]["insult"] <= 1


def test_an_event_of_the_request_counts(client, request_for) -> None:
    """Events come with the request, too."""
    body = request_for()
    body["context"]["events"] = [{"name": "Blast", "kind": "accident", "regions": ["GB"]}]
    reply = client.post("/v1/check", json=body).json()
    assert [warning["rule"] for warning in reply["warnings"]] == ["sombre_context/levity"]


def test_a_stored_event_counts_at_once_and_until_it_is_closed(client, request_for) -> None:
    """Opening an event shows in the very next check."""
    del (body := request_for())["context"]
    event = client.post("/v1/events", json={"name": "Blast", "kind": "accident", "regions": ["GB"]}).json()
    assert client.post("/v1/check", json=body).json()["verdict"] == "warn"
    client.post(f"/v1/events/{event['id']}/close")
    assert client.post("/v1/check", json=body).json()["verdict"] == "pass"


def test_the_time_a_draft_goes_out_is_the_time_that_counts(client, request_for) -> None:
    """A draft scheduled into an event is judged for that moment."""
    event = {"name": "Blast", "kind": "accident", "regions": ["GB"]}
    window = {"starts_at": "2026-12-01T00:00:00Z", "ends_at": "2026-12-02T00:00:00Z"}
    client.post("/v1/events", json=event | window)
    assert client.post("/v1/check", json=request_for()).json()["verdict"] == "pass"
    scheduled = request_for(scheduled_for="2026-12-01T12:00:00+01:00")
    assert client.post("/v1/check", json=scheduled).json()["verdict"] == "warn"


def test_secrets_are_masked_in_the_reply(client, request_for) -> None:
    """A phone number is never repeated, not even by another rule's span."""
    answer = client.post("/v1/check", json=request_for("Call 0201234567 and win a pair of our lovely new boots"))
    assert "201234567" not in answer.text
    spans = {w["rule"]: w["spans"][0]["text"] for w in answer.json()["warnings"]}
    assert spans["private_information/phone"] == "0•••••••••"
    assert spans["platform_rule/contest"].startswith("Call 0••••••••• and win")


def test_the_record_keeps_no_words_of_the_draft(client, request_for) -> None:
    """Drafts can be embargoed: the record has the offsets and not the words."""
    reply = client.post("/v1/check", json=request_for("damn 0201234567")).json()
    recorded = client.get(f"/v1/checks/{reply['id']}")
    assert "damn" not in recorded.text
    assert "0201234567" not in recorded.text
    warning = recorded.json()["warnings"][0]
    assert warning["spans"][0]["text"] is None
    assert warning["spans"][0]["end"] > 0


def test_the_record_keeps_no_words_of_a_hashtag_that_a_rule_split(request_for, tmp_path) -> None:
    """The shipped rule gives the unlucky reading as evidence, and nowhere does the draft spell it so."""
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        request = request_for("Tonight: #susanalbumparty") | {"context": {"now": "2026-11-12T10:58:00Z"}}
        reply = client.post("/v1/check", json=request).json()
        recorded = client.get(f"/v1/checks/{reply['id']}").json()
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "bum" in reply["warnings"][0]["evidence"]["reading"]
    assert [warning["rule"] for warning in recorded["warnings"]] == ["offensive/hashtag_reading"]
    assert [word for word in (b"susan", b" bum", b"party") if word in kept] == []


def test_the_record_keeps_the_words_where_policy_says_so(client, request_for, settings) -> None:
    """store_text keeps the draft, but its secrets stay masked."""
    body = request_for("damn 0201234567") | {"options": {"policy": "keeping"}}
    reply = client.post("/v1/check", json=body).json()
    recorded = client.get(f"/v1/checks/{reply['id']}").json()
    assert recorded["warnings"] == reply["warnings"]
    everything = b"".join(path.read_bytes() for path in settings.data_dir.iterdir())
    assert b"damn 0\xe2\x80\xa2" in everything
    assert b"0201234567" not in everything


def test_an_observed_finding_is_recorded_and_counted_but_not_shown(client, request_for, settings) -> None:
    """A quiet rule can be watched before it speaks."""
    body = request_for("damn") | {"options": {"policy": "watching"}}
    assert client.post("/v1/check", json=body).json()["warnings"] == []
    assert 'prepost_warnings_total{rule="offensive/swearing",shown="no"} 1.0' in client.get("/metrics").text
    assert b'"observed":[{"rule":"offensive/swearing"' in b"".join(p.read_bytes() for p in settings.data_dir.iterdir())


def test_the_same_input_has_the_same_hash(client, request_for) -> None:
    """A verdict can be tied to what was judged."""
    first, second, other = (
        client.post("/v1/check", json=body).json()["input_hash"]
        for body in (request_for(), request_for(), request_for("Something else"))
    )
    assert first == second
    assert first != other


def test_a_stored_account_is_used_by_its_id(client, request_for) -> None:
    """An id stands for the stored account, also among the author's."""
    client.put("/v1/accounts/acme-uk", json={"handle": "@acme", "policy": "watching"})
    body = request_for("damn") | {"account": "acme-uk", "author": {"accounts": ["acme-uk"]}}
    reply = client.post("/v1/check", json=body).json()
    assert (reply["verdict"], reply["versions"]["policy"]) == ("pass", "watching@1")


def test_a_long_draft_is_judged(client, request_for) -> None:
    """100,000 code points are allowed, and 4 MiB are enough for them in any script."""
    reply = client.post("/v1/check", content=json.dumps(request_for("🥾" * 99_990 + " damn")).encode()).json()
    assert reply["status"] == 422
    body = json.dumps(request_for("🥾" * 99_990 + " damn"), ensure_ascii=False).encode()
    reply = client.post("/v1/check", content=body, headers={"Content-Type": "application/json"}).json()
    assert reply["warnings"][0]["spans"][0]["start"] == 99_991
