"""Known fact checks over HTTP: a check answers on time whatever the source does, and says what was not done.

The source is a real server on loopback. “On time” is shown by the order of events wherever the server can be held back:
the check has been answered while the source still has not.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.checks.unverified_claim import fact_checked
from app.factchecks.build import build
from app.factchecks.claimreview import Review, Tally
from app.service import factchecks
from tests.api.conftest import CHECKS, Start
from tests.fact_check_server import (
    CLAIM,
    KEY,
    Behave,
    Server,
    bomb,
    breaks_off,
    claims,
    endless,
    hangs_after_the_headers,
    huge,
    review,
    right,
    says,
    serving,
    slow,
)

DRAFT = f"Good morning. {CLAIM} Have a nice day."
ON_TIME = 1.5
"""seconds, generous: the machine may be busy; a source that is waited for takes at least three"""
RULE = """
[rules."unverified_claim/fact_checked"]
severity = { default = "medium", clearly_wrong = "high", note = "low" }
"""
Check = Callable[..., dict[str, Any]]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def started(start: Start, settings: Any) -> Callable[..., TestClient]:
    """A service whose source is the server, with the rule."""
    policy = settings.policy_dir / "default.toml"
    policy.write_text(policy.read_text() + RULE)
    for name in ("local", "off"):
        (settings.policy_dir / f"{name}.toml").write_text(f'name = "{name}"\nversion = 1\nfact_checks = "{name}"\n')

    def _started(server: Server | None = None, **changes: Any) -> TestClient:
        if server is not None:
            changes = {"google_fact_check_key": SecretStr(KEY), "google_fact_check_url": server.url} | changes
        return start(checks=(*CHECKS, fact_checked.CHECK), **changes)

    return _started


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A local index with one review."""
    path = tmp_path / "claims.idx"
    found = Review(CLAIM, "Local Check", "https://local.example/1", "False", "wrong", None, "en")
    build([found], path, Tally())
    return path


def ask(client: TestClient, text: str = DRAFT, **more: Any) -> dict[str, Any]:
    """A check's reply, which must have come on time and never holds the key."""
    draft = {"text": text, "platform": "x"} | more.pop("draft", {})
    body = {"draft": draft, "account": {"handle": "@acme"}, "context": {"now": "2026-03-10T10:00:00Z"}, **more}
    begun = time.monotonic()
    answer = client.post("/v1/check", json=body)
    assert time.monotonic() - begun < ON_TIME
    assert answer.status_code == 200, answer.text
    assert KEY not in answer.text
    return answer.json()


def told(reply: dict[str, Any], name: str = "fact_checks/google") -> tuple[str, str]:
    """How a source fared, as the reply has it."""
    (entry,) = [entry for entry in reply["checks"] if entry["name"] == name]
    return entry["status"], entry["reason"] or ""


def later(client: TestClient, reply: dict[str, Any], until: str | None = None) -> dict[str, Any]:
    """What is found in the end."""
    end = time.monotonic() + 10
    while True:
        found = client.get(f"/v1/checks/{reply['id']}/fact-checks").json()
        if found["status"] != "pending" or until == "pending":
            return found
        assert time.monotonic() < end
        time.sleep(0.02)


def warned(reply: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in reply["warnings"] if each["rule"] == "unverified_claim/fact_checked"]


def test_a_check_does_not_wait_and_the_next_one_knows(started, server: Server) -> None:
    """The answer comes while the source has not answered; once it has, it can be asked for, and is remembered."""
    server.behave = slow
    client = started(server)
    first = ask(client)
    assert not server.released.is_set()  # the source has said nothing yet
    status, reason = told(first)
    assert (status, first["degraded"], warned(first)) == ("skipped", False, [])
    assert reason == (
        "the look-up at Google Fact Check Tools was not back in time; GET /v1/checks/{id}/fact-checks tells when it is"
    )
    assert later(client, first, until="pending")["status"] == "pending"
    server.released.set()
    found = later(client, first)
    (match,) = found.pop("matches")
    assert found == {"id": first["id"], "status": "done", "reason": None}
    assert match.pop("likeness") > 0.8
    assert match == {
        "claim": CLAIM, "publisher": "AFP Fact Check", "rating": "False", "standing": "wrong",
        "reviewed_on": "2021-03-04", "url": "https://factcheck.afp.com/vaccines-autism", "source": "google",
    }  # fmt: skip
    second = ask(client)
    (warning,) = warned(second)
    assert warning["message"] == ("AFP Fact Check has reviewed a claim like this and rated it “False” (4 March 2021).")
    assert warning["evidence"]["url"] == "https://factcheck.afp.com/vaccines-autism"
    assert [span["text"] for span in warning["spans"]] == [CLAIM]
    assert (second["verdict"], warning["severity"]) == ("hold", "high")
    assert first["input_hash"] != second["input_hash"]
    assert len(server.asked) == 1


def test_the_record_of_a_match_keeps_no_words_of_the_draft(started, index: Path) -> None:
    """The reviewed claim, and its link, say what the draft says."""
    client = started(claims_index=index)
    ask(client)
    reply = ask(client)
    assert reply["warnings"]
    recorded = client.get(f"/v1/checks/{reply['id']}").text.casefold()
    assert "local check" in recorded
    assert not [word for word in ("vaccines", "autism") if word in recorded]


def test_what_is_asked_holds_no_person_and_the_key_is_in_no_url(started, server: Server) -> None:
    """The one sentence leaves the house, without handles, addresses and numbers; proxies log URLs."""
    client = started(server)
    ask(
        client,
        "@mayor.jane, jane@example.org and +44 20 7946 0958: vaccines cause autism https://bit.ly/3xYz. Secret plan.",
    )
    server.wait(1)
    (asked,) = server.asked
    assert asked.parameters["query"] == ["and: vaccines cause autism."]
    assert asked.parameters["pageSize"] == ["10"]
    assert KEY not in asked.path
    assert asked.headers["x-goog-api-key"] == KEY
    assert not {"cookie", "referer"} & set(asked.headers)


HOSTILE: dict[str, tuple[Behave, str]] = {
    "hangs": (hangs_after_the_headers, "no whole answer in"),
    "endless": (endless, "no whole answer in"),
    "huge": (huge, "larger than 1024 KiB"),
    "bomb": (bomb, "an encoding that was not asked for"),
    "breaks off": (breaks_off, "broke off"),
    "500": (says(500), "answered 500"),
    "503": (says(503, b""), "answered 503"),
    "404": (says(404), "answered 404"),
    "400": (says(400), "answered 400"),
    "204": (says(204, b""), "answered 204"),
    "bad UTF-8": (says(200, b'{"claims": [{"text": "\xff\xfe"}]}'), "not UTF-8"),
    "no JSON": (says(200, b"<html>Sign in</html>"), "not JSON"),
    "wrong types": (right({"claims": {"text": 5}}), "not a list of claims"),
    "nested": (says(200, b"[" * 200_000), "not JSON"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_the_source_does_the_check_is_on_time_and_says_so(
    started, server: Server, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A hostile server costs a sentence of explanation, never a verdict; and neither key nor draft reaches a log."""
    caplog.set_level(logging.DEBUG)
    behave, reason = HOSTILE[name]
    server.behave = behave
    client = started(server, fact_check_timeout=0.5)
    first = ask(client)
    assert (first["verdict"], first["degraded"], told(first)[0]) == ("pass", False, "skipped")
    found = later(client, first)
    assert (found["status"], found["matches"]) == ("failed", [])
    assert reason in found["reason"]
    again = ask(client)
    assert told(again) == ("skipped", found["reason"])
    assert not again["degraded"]
    assert len(server.asked) == 1  # a failure is remembered for a minute
    metrics = client.get("/metrics").text
    assert 'prepost_fact_check_look_ups_total{outcome="failed",source="fact_checks/google"} 1.0' in metrics
    said = caplog.text + metrics + client.get("/readyz").text
    assert KEY not in said
    assert "autism" not in said


def test_a_redirect_is_not_followed(started, server: Server) -> None:
    """The key and the draft's sentence would go wherever the answer says."""
    with serving() as elsewhere:
        server.behave = says(302, b"", location=elsewhere.url)
        client = started(server)
        first = ask(client)
        assert "answered 302" in later(client, first)["reason"]
        assert elsewhere.asked == []


def test_a_source_that_is_down_is_left_alone_for_a_while_and_taken_up_again(
    started, server: Server, monkeypatch
) -> None:
    """No restart is needed, and an outage doesn't use up the quota."""
    server.behave = says(500)
    client = started(server)
    google = client.app.state.services.fact_checks._google
    for number in range(3):
        later(client, ask(client, f"Vaccines killed {number + 7} children."))
    reply = ask(client, "Vaccines killed 90 children.")
    assert told(reply) == ("skipped", "Google Fact Check Tools could not be asked: answered 500")
    assert later(client, reply)["status"] == "failed"
    assert len(server.asked) == 3
    noted = client.get("/readyz")
    assert noted.status_code == 200
    assert "answered 500; nothing is asked for another" in noted.json()["notes"]["fact_checks"]
    assert "prepost_fact_checks_paused 1.0" in client.get("/metrics").text
    server.behave = right()
    now = google._clock
    monkeypatch.setattr(google, "_clock", lambda: now() + 31)
    assert later(client, ask(client))["status"] == "done"
    assert client.get("/readyz").json()["notes"] == {}
    assert "prepost_fact_checks_paused 0.0" in client.get("/metrics").text


def test_a_server_that_is_not_there_costs_nothing(started) -> None:
    with serving() as gone:
        pass
    client = started(gone)
    first = ask(client)
    assert "no connection" in later(client, first)["reason"]


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (says(403), "the key was refused (answered 403)"),
        (says(401), "the key was refused (answered 401)"),
        (says(400, b'{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}'), "the key was refused (answered 400)"),
        (says(429), "its quota is used up (answered 429)"),
        (says(429, b"", **{"retry-after": "86400"}), "its quota is used up (answered 429)"),
    ],
)
def test_a_refusal_opens_a_pause_that_is_told(started, server: Server, behave: Behave, reason: str) -> None:
    """Who goes on asking is locked out for longer."""
    server.behave = behave
    client = started(server)
    later(client, ask(client))
    other = ask(client, "Vaccines killed 90 children.")
    assert told(other) == ("skipped", f"Google Fact Check Tools could not be asked: {reason}")
    assert len(server.asked) == 1
    assert reason in client.get("/readyz").json()["notes"]["fact_checks"]


def test_the_quota_holds_under_fifty_checks_at_once(started, server: Server) -> None:
    """Fifty people press the button; ten questions are bought."""
    client = started(server, fact_check_per_day=10)
    with ThreadPoolExecutor(50) as many:
        replies = list(many.map(lambda n: ask(client, f"Vaccines killed {n + 100} children."), range(50)))
    reasons = [told(reply)[1] for reply in replies]
    assert all("not back in time" in each or "used up" in each or "under way already" in each for each in reasons)
    for more in range(11):  # until the ten are used up
        reply = ask(client, f"Vaccines killed {more + 900} children.")
        later(client, reply)
    assert told(reply)[1] == "the 10 look-ups that PREPOST_FACT_CHECK_PER_DAY allows in 24 hours are used up"
    assert later(client, reply)["status"] == "not_looked_up"
    assert len(server.asked) == 10


def test_one_sentence_is_asked_once_however_many_ask(started, server: Server) -> None:
    """A campaign's thirty drafts that say the same are one look-up."""
    server.behave = slow
    client = started(server)
    with ThreadPoolExecutor(20) as many:
        english = {"language": "en"}
        replies = list(many.map(lambda n: ask(client, f"Part {n}: hello. {CLAIM}", options=english), range(1, 21)))
    server.wait(1)
    server.released.set()
    assert {later(client, reply)["status"] for reply in replies} == {"done"}
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"fact_checks": "local"}, "options.fact_checks says 'local': nothing leaves the house"),
        ({"fact_checks": "off"}, "options.fact_checks says 'off'"),
        ({"policy": "local"}, "the policy says 'local': nothing leaves the house"),
        ({"policy": "local", "fact_checks": "all"}, "the policy says 'local': nothing leaves the house"),
        ({"policy": "off", "fact_checks": "local"}, "the policy says 'off'"),
    ],
)
def test_an_embargoed_draft_does_not_leave_the_house(
    started, server: Server, index: Path, options: dict[str, str], reason: str
) -> None:
    """The stricter of policy and request wins, whichever it is."""
    client = started(server, claims_index=index)
    reply = ask(client, options=options)
    assert told(reply) == ("skipped", reason)
    is_off = "off" in options.values()
    assert len(warned(reply)) == (0 if is_off else 1)
    assert later(client, reply)["status"] == ("not_looked_up" if is_off else "done")
    assert server.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, Leeds!",
        "Did vaccines cause autism?",
        "Our new boots are in, 20 % off!",
        "Acme sold 300 boots in Leeds.",
    ],
)
def test_without_a_claim_nobody_is_asked(started, server: Server, text: str) -> None:
    """Most posts claim nothing that anybody reviews, and what is told of one's own house is nobody's business yet."""
    client = started(server)
    reply = ask(client, text)
    assert told(reply) == ("skipped", "no sentence of it is like a claim that somebody may have reviewed")
    assert later(client, reply)["status"] == "not_looked_up"
    assert server.asked == []


def test_an_operator_may_let_checks_wait(started, server: Server) -> None:
    """Then the first check knows; and not for longer than that."""
    client = started(server, fact_check_wait=1.0)
    (warning,) = warned(ask(client))
    assert warning["evidence"]["publisher"] == "AFP Fact Check"
    server.behave = slow
    client = started(server, fact_check_wait=0.2)
    assert "not back in time" in told(ask(client, "Vaccines killed 90 children."))[1]
    assert not server.released.is_set()


def test_a_batch_knows_what_was_found_before_and_asks_nobody(started, server: Server, index: Path) -> None:
    """Five hundred drafts would use up a day's quota."""
    client = started(server)
    later(client, ask(client))
    bodies = [
        {"draft": {"text": text}, "account": {"handle": "@acme"}} for text in (DRAFT, "Vaccines killed 9 children.")
    ]
    known, unknown = client.post("/v1/check/batch", json={"items": bodies}).json()["results"]
    assert len(warned(known)) == 1
    assert told(unknown)[1].startswith("drafts of a batch are not sent")
    assert later(client, unknown)["status"] == "not_looked_up"
    assert len(server.asked) == 1


def test_the_local_index_answers_at_once(started, index: Path) -> None:
    """Nothing leaves the house for it."""
    client = started(claims_index=index)
    ask(client)  # opens it
    reply = ask(client)
    (warning,) = warned(reply)
    assert warning["evidence"]["source"] == "index"
    assert [span["text"] for span in warning["spans"]] == [CLAIM]
    assert later(client, reply)["status"] == "done"
    assert {"name": "fact_checks", "status": "ok", "reason": None} in reply["checks"]


def test_both_sources_are_told_together(started, server: Server, index: Path) -> None:
    """Publishers who contradict each other are all named."""
    server.behave = right(claims(review(textualRating="True")))
    client = started(server, claims_index=index)
    later(client, ask(client))
    (warning,) = warned(ask(client))
    assert "Local Check “False”" in warning["message"]
    assert "AFP Fact Check “True” (4 March 2021)" in warning["message"]
    assert (warning["evidence"]["disagree"], warning["evidence"]["others"]) == (True, 1)


def test_an_index_that_is_gone_degrades_and_is_never_a_silent_pass(started, index: Path) -> None:
    """What the operator set up on this machine has to work; a new file is taken without a restart."""
    client = started(claims_index=index)
    ask(client)
    kept = index.read_bytes()
    index.unlink()
    reply = ask(client)
    assert (reply["degraded"], reply["verdict"]) == (True, "warn")
    assert told(reply, "fact_checks/index")[0] == "failed"
    assert str(index.parent) not in str(reply)
    assert later(client, reply)["status"] == "failed"
    index.write_bytes(kept)
    assert warned(ask(client))


def test_without_a_source_nothing_is_listed_but_the_rule(started) -> None:
    client = started()
    reply = ask(client)
    assert not [entry for entry in reply["checks"] if entry["name"].startswith("fact_checks")]
    assert told(reply, "unverified_claim/fact_checked")[0] == "skipped"
    found = client.get(f"/v1/checks/{reply['id']}/fact-checks").json()
    assert found == {
        "id": reply["id"], "status": "not_looked_up", "reason": "no source of fact checks is set up", "matches": [],
    }  # fmt: skip


def test_an_unknown_check_is_404_and_a_forgotten_one_says_so(started, server: Server, monkeypatch) -> None:
    """What is found is kept in memory for a while; the check itself for a year."""
    client = started(server)
    assert client.get("/v1/checks/chk_none/fact-checks").status_code == 404
    reply = ask(client)
    kept = client.app.state.services.fact_checks._kept
    now = kept._clock
    monkeypatch.setattr(kept, "_clock", lambda: now() + factchecks.KEPT_FOR + 1)
    found = client.get(f"/v1/checks/{reply['id']}/fact-checks").json()
    assert (found["status"], found["matches"]) == ("not_looked_up", [])
    assert "kept for an hour" in found["reason"]


def test_a_quoted_post_that_is_passed_on_is_looked_up_too(started, server: Server) -> None:
    """Passing on is asserting; an answer to somebody is not."""
    client = started(server)
    ask(client, "Wow.", draft={"kind": "reply", "in_reply_to": {"text": CLAIM}})
    reply = ask(client, "Wow.", draft={"kind": "quote", "quoted": {"text": CLAIM, "author": "@mayor_jane"}})
    assert later(client, reply)["status"] == "done"
    (warning,) = warned(ask(client, "Wow.", draft={"kind": "quote", "quoted": {"text": CLAIM}}))
    assert warning["spans"] == [{"start": 0, "end": len(CLAIM), "text": CLAIM, "field": "quoted.text"}]
    assert [asked.parameters["query"] for asked in server.asked] == [[CLAIM]]


def test_a_hostile_answer_is_shown_as_harmless_text(started, server: Server) -> None:
    """HTML in a publisher's name, a link that runs code: neither reaches whoever shows the reply."""
    bad = review(publisher={"name": "<img src=x onerror=alert(1)>AFP\u202e"}, textualRating="<b>False</b>\x1b[2J")
    server.behave = right(claims(bad, review(url="javascript:alert(1)")))
    client = started(server)
    found = later(client, ask(client))
    assert [(each["publisher"], each["rating"]) for each in found["matches"]] == [("AFP", "False [2J")]
    assert "<img" not in str(found)


def test_a_draft_in_the_queue_is_not_looked_up_and_says_so(started, server: Server, index: Path) -> None:
    """What a look-up brings later would change a waiting draft's verdict without anybody seeing it."""
    client = started(server, claims_index=index)
    body = {
        "draft": {"text": DRAFT, "scheduled_for": "2030-01-01T10:00:00Z"}, "account": {"handle": "@acme"},
    }  # fmt: skip
    answer = client.put("/v1/queue/one", json=body)
    assert answer.status_code == 201, answer.text
    reply = answer.json()["check"]
    for name in ("fact_checks/index", "fact_checks/google"):
        assert told(reply, name) == (
            "skipped", "drafts in the queue are not looked up: POST /v1/check with the draft does",
        )  # fmt: skip
    assert not reply["degraded"]
    assert server.asked == []
    client.post("/v1/events", json={"name": "Vaccines", "kind": "accident", "starts_at": "2029-12-31T00:00:00Z"})
    item = client.get("/v1/queue/one").json()
    again = client.get(f"/v1/checks/{item['check_id']}").json()
    assert again["id"] != reply["id"]  # it was judged again, and says so still
    assert told(again)[0] == told(again, "fact_checks/index")[0] == "skipped"
    assert server.asked == []
