"""POST /v1/recover and GET /v1/drills: plans and drafts come back, and what is wrong is refused by name."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.checks import CHECKS
from app.errors import BadRecovery
from app.main import create_app
from app.recovery.incident import KINDS
from app.settings import Settings

ROOT = Path(__file__).parents[2]
FILLINGS = [
    json.loads(line)
    for line in (ROOT / "tests" / "golden" / "recovery" / "fillings.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service as it is shipped."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


def asked(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "post": {"text": "Our new boots are here, come and see them.", "platform": "x"},
        "account": {"handle": "@acme", "kind": "brand", "language": "en"},
        "mistake": {"kind": "slip", "hurt": []},
        "reach": 300,
        "spreading": False,
        "context": {"now": "2026-11-11T10:58:00Z"},
    }
    for key, value in changes.items():
        body[key] = {**body[key], **value} if isinstance(value, dict) and key in body else value
    return body


def test_a_plan_comes_back_whole(real: TestClient) -> None:
    """Outcome, reasons, what would change it, steps, drafts, changes, and what judged."""
    mistake = {"kind": "offensive", "hurt": ["group"], "harm": "offence"}
    reply = real.post("/v1/recover", json=asked(mistake=mistake, reach=9000, spreading=True)).json()
    assert reply["outcome"] == "apologise"
    assert reply["reasons"]
    assert {"pointer", "condition", "outcome"} == set(reply["would_change"][0])
    assert reply["steps"][0]["id"] == "stop-queue"
    assert reply["steps"][0]["due_at"] == "2026-11-11T11:00:00Z"
    assert len(reply["drafts"]) == 3
    assert {draft["intent"] for draft in reply["drafts"]} == {"apology"}
    assert reply["changes"]
    assert reply["versions"]["policy"].startswith("default@")
    assert reply["unknown"] == ["/post/posted_at"]


def test_nothing_is_let_go_while_nobody_knows_whom_it_hurt(real: TestClient) -> None:
    """What is left out is not known, and not “nobody”."""
    said = {"mistake": {"kind": "slip"}, "reach": 20}
    assert real.post("/v1/recover", json=asked() | said).json()["outcome"] != "let_it_go"
    known = real.post("/v1/recover", json=asked(mistake={"kind": "slip", "hurt": []}, reach=20)).json()
    assert known["outcome"] == "let_it_go"
    unknown = real.post("/v1/recover", json=asked() | said).json()["unknown"]
    assert {"/mistake/hurt", "/mistake/harm"} <= set(unknown)


def test_nothing_is_let_go_that_could_not_be_read(real: TestClient) -> None:
    """Rules that don't know its language have not found nothing in it."""
    post = {"text": "คนพวกนี้โง่กันทั้งนั้น ไม่ควรเชื่ออะไรพวกเขาเลย"}
    reply = real.post(
        "/v1/recover", json=asked(post=post, mistake={"kind": "wrong_account", "hurt": []}, reach=50)
    ).json()
    assert reply["outcome"] != "let_it_go"


def test_a_handle_is_no_command(real: TestClient) -> None:
    """What somebody calls themselves must not run in somebody's shell."""
    account = {"handle": "@a; rm -rf ~", "kind": "brand", "language": "en"}
    mistake = {"kind": "offensive", "hurt": ["group"], "harm": "offence"}
    reply = real.post("/v1/recover", json=asked(account=account, mistake=mistake))
    assert "rm -rf" not in json.dumps([step["command"] for step in reply.json()["steps"]])


def test_a_post_that_could_not_be_read_for_secrets_goes_into_no_policy(tmp_path: Path) -> None:
    """Where the rules on private information are off, nobody knows what the post holds."""
    policies = tmp_path / "policy"
    policies.mkdir()
    default = (ROOT / "data" / "policy" / "default.toml").read_text()
    off = "".join(
        f'[rules."{check.id}"]\nmode = "off"\n' for check in CHECKS if check.category == "private_information"
    )
    (policies / "default.toml").write_text(default)
    (policies / "blind.toml").write_text(f'name = "blind"\nversion = 1\n{off}')
    post = {"text": "Ask Sam, the door code is gull-tide.", "platform": "x"}
    account = {"handle": "@acme", "kind": "brand", "policy": "blind"}
    with TestClient(
        create_app(Settings(data_dir=tmp_path, policy_dir=policies)), base_url="http://127.0.0.1"
    ) as client:
        reply = client.post("/v1/recover", json=asked(post=post, account=account, mistake={"kind": "offensive"}))
    assert reply.status_code == 200
    assert "gull-tide" not in json.dumps(reply.json()["changes"])


def test_nothing_is_recorded(real: TestClient) -> None:
    """Somebody's worst hour is nobody's statistic."""

    def checks() -> list[str]:
        return [line for line in real.get("/metrics").text.splitlines() if line.startswith("prepost_checks_total{")]

    before = checks()
    assert real.post("/v1/recover", json=asked()).status_code == 200
    assert checks() == before
    real.post("/check", json={"draft": {"text": "Doors open at nine."}, "account": {"handle": "@acme"}})
    assert checks() != before


def test_what_prepost_finds_in_the_post_counts(real: TestClient) -> None:
    """A report that nobody was hurt doesn't let a slur go."""
    post = {"text": "What a bunch of retards, the lot of them."}
    reply = real.post("/v1/recover", json=asked(post=post, mistake={"kind": "wrong_account"}, reach=50)).json()
    assert any(warning["category"] == "offensive" for warning in reply["found"])
    assert reply["outcome"] != "let_it_go"
    assert any("Prepost itself would have held the post" in reason for reason in reply["reasons"])


def test_an_account_of_the_store_is_looked_up(real: TestClient) -> None:
    """By its id, with its kind, its voice and its limits."""
    account = {
        "id": "pen",
        "handle": "@pen",
        "kind": "professional",
        "voice": {"tone": "formal"},
        "limits": {"text": 900},
    }
    assert real.post("/v1/accounts", json=account).status_code == 201
    mistake = {"kind": "unverified_claim", "hurt": ["public"], "harm": "annoyance"}
    reply = real.post("/v1/recover", json=asked(account="pen", mistake=mistake, reach=5000)).json()
    assert reply["speaker"] == "person"
    assert {(draft["tone"], draft["limit"]) for draft in reply["drafts"]} == {("formal", 900)}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"post": None}, "/post"),
        ({"post": {"text": ""}}, "/post/text"),
        ({"post": {"text": "  \n"}}, "/post/text"),
        ({"post": {"posted_at": "yesterday"}}, "/post/posted_at"),
        ({"post": {"platform": "myspace"}}, "/post/platform"),
        ({"mistake": {"kind": "oops"}}, "/mistake/kind"),
        ({"mistake": {"kind": "slip", "hurt": ["everybody"]}}, "/mistake/hurt/0"),
        ({"mistake": {"kind": "slip", "hurt": ["person"], "harm": "none"}}, "/mistake/harm"),
        ({"mistake": {"kind": "slip", "hurt": [], "harm": "loss"}}, "/mistake/hurt"),
        ({"reach": -1}, "/reach"),
        ({"reach": "many"}, "/reach"),
        ({"reach": 1.5}, "/reach"),
        ({"spreading": "yes"}, "/spreading"),
        ({"account": None}, "/account"),
        ({"account": {"policy": "none-such"}}, "/account/policy"),
        ({"options": {"tone": "rude"}}, "/options/tone"),
        ({"options": {"language": "de"}, "reach": 90000, "mistake": {"kind": "unverified_claim"}}, "/options/language"),
        ({"account": {"language": "de"}, "reach": 90000, "mistake": {"kind": "unverified_claim"}}, "/account"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_wrong_request_is_a_422_that_points_at_the_field(real: TestClient, changes: dict, pointer: str) -> None:
    """Without the post, with a reach below zero, in a language that no drafts are written in: by name."""
    body = asked(**{key: value for key, value in changes.items() if value is not None})
    for key in (key for key, value in changes.items() if value is None):
        del body[key]
    answer = real.post("/v1/recover", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["pointer"] == pointer


def test_an_unknown_account_is_a_404(real: TestClient) -> None:
    """And says so at the account."""
    answer = real.post("/v1/recover", json=asked() | {"account": "none-such"})
    assert (answer.status_code, answer.json()["pointer"]) == (404, "/account")


def test_a_language_without_drafts_is_answered_where_none_are_wanted(real: TestClient) -> None:
    """Triage and steps know no language."""
    body = asked(account={"language": "de"}, mistake={"kind": "unverified_claim"}, reach=90000)
    reply = real.post("/v1/recover", json=body | {"options": {"drafts": False}})
    assert reply.status_code == 200
    assert reply.json()["drafts"] == []
    assert reply.json()["steps"]


@pytest.mark.parametrize("kind", KINDS)
def test_drafts_warn_of_a_placeholder_until_their_gaps_are_filled(real: TestClient, kind: str) -> None:
    """Nobody posts [insert whom it hurt]."""
    for hurt, harm, reach in (([], "none", 2000), (["person"], "annoyance", 50), (["public"], "offence", 9000)):
        mistake = {"kind": kind, "hurt": hurt, "harm": harm}
        reply = real.post("/v1/recover", json=asked(mistake=mistake, reach=reach)).json()
        for draft in reply["drafts"]:
            body = {"draft": {"text": draft["text"], "platform": "x"}, "account": {"handle": "@acme"}}
            verdict = real.post("/check", json=body).json()
            assert "automation/placeholder" in {warning["rule"] for warning in verdict["warnings"]}, draft["text"]
            assert verdict["verdict"] == "hold"


def filled(draft: dict[str, Any], gaps: dict[str, str]) -> str:
    text = draft["text"]
    for gap in reversed(draft["gaps"]):
        text = text[: gap["start"]] + gaps[gap["ask"]] + text[gap["end"] :]
    return text


_ROUTES = {
    "correct_quietly": ({"hurt": ["staff"], "harm": "annoyance"}, 50),
    "correct_in_public": ({"hurt": ["public"], "harm": "annoyance"}, 90_000),
    "apologise": ({"hurt": ["group"], "harm": "offence"}, 9_000),
    "escalate": ({"hurt": ["group"], "harm": "danger"}, 9_000),
}
"""what leads to each outcome that something is said after; another mistake's route may lead elsewhere"""


@pytest.mark.parametrize("filling", FILLINGS[::3], ids=[each["id"] for each in FILLINGS[::3]])
def test_each_draft_passes_the_whole_check_and_the_apology_review_once_it_is_filled(
    real: TestClient, filling: dict[str, Any]
) -> None:
    """With words by somebody who hadn't seen the rules: every variant and outcome, in two tones.

    Whatever the draft's own intent, it is sent as an apology, so that each is reviewed as one.
    """
    seen = set()
    deleted = len(filling["incident"]) % 2 == 0  # `python -m bench.recovered_drafts` tries both of each, and all tones
    for (mistake, reach), tone in itertools.product(_ROUTES.values(), ("formal", "playful")):
        body = asked(
            post={"platform": filling["platform"], "deleted": deleted},
            account=filling["account"],
            mistake={"kind": filling["kind"], **mistake},
            reach=reach,
            spreading=reach > 1000,
        )
        body["options"] = {"tone": tone}
        reply = real.post("/v1/recover", json=body).json()
        seen.add(reply["outcome"])
        for draft in reply["drafts"]:
            text = filled(draft, filling["gaps"])
            sent = {"text": text, "platform": draft["platform"], "kind": draft["kind"], "intent": "apology"}
            if draft["platform"] in ("instagram", "tiktok", "youtube", "pinterest"):
                sent["media"] = [{"type": "image", "alt_text": "A plain sheet of paper with this text on it."}]
            verdict = real.post(
                "/check",
                json={"draft": sent, "account": filling["account"], "context": {"now": "2026-06-10T09:00:00Z"}},
            ).json()
            assert verdict["verdict"] == "pass", (text, [(w["rule"], w["message"]) for w in verdict["warnings"]])
    assert len(seen) >= 2


@pytest.mark.parametrize(
    ("post", "kind"),
    [
        (
            {"text": "We raffle a bike! Share this post to your timeline to win.", "platform": "facebook"},
            "platform_rule",
        ),
        ({"text": 'It is "done"\n\\ and dusted \x7f', "platform": "x"}, "offensive"),
        ({"text": "The mayor resigns tomorrow, says my barber.", "platform": "x"}, "unverified_claim"),
    ],
)
def test_a_rule_that_is_proposed_is_one_that_a_policy_file_takes(
    real: TestClient, post: dict[str, str], kind: str
) -> None:
    """Once its gaps are filled; whoever pastes it in has no second mistake to mend."""
    reply = real.post("/v1/recover", json=asked(post=post, mistake={"kind": kind}, reach=5000)).json()
    policies = [change["policy"] for change in reply["changes"] if change["policy"]]
    assert len(policies) == 1
    parsed = tomllib.loads(policies[0])
    for rule, entry in parsed.get("rules", {}).items():
        assert entry == {"mode": "block"}
        assert any(warning["rule"] == rule for warning in reply["found"])
    for entry in parsed.get("own", {}).values():
        assert entry["flag"] == [post["text"]]


def test_private_words_are_masked_in_what_is_found_and_go_into_no_policy(real: TestClient) -> None:
    """The plan for a leak must not be the next leak."""
    post = {"text": "Hi Jo, call her on 07700 900318 about the parcel.", "platform": "x", "kind": "reply"}
    mistake = {"kind": "private_information", "hurt": ["person"], "harm": "loss", "legal": True}
    reply = real.post("/v1/recover", json=asked(post=post, mistake=mistake))
    assert "900318" not in reply.text
    assert reply.json()["outcome"] == "escalate"


def test_drills_are_listed_and_shown(real: TestClient) -> None:
    """Each with its decisions and what the method does."""
    listed = real.get("/v1/drills").json()["items"]
    assert len(listed) == 10
    shown = real.get(f"/v1/drills/{listed[0]['id']}").json()
    assert listed[0].items() <= shown.items()
    assert all(step["method"] for step in shown["steps"])
    assert real.post("/v1/recover", json=shown["recovery"]).status_code == 200


def test_a_drill_that_isn_t_there_is_a_404(real: TestClient) -> None:
    """With the names of those that are."""
    answer = real.get("/v1/drills/none-such")
    assert answer.status_code == 404
    assert "ceremony-person" in answer.json()["detail"]


def test_a_reply_marked_as_an_apology_that_is_none_is_answered_by_name(real: TestClient) -> None:
    """Not reviewed as if it were one, and not passed over."""
    draft = {"text": "Thanks for asking! We open at nine.", "platform": "x", "kind": "reply", "intent": "apology"}
    reply = real.post("/check", json={"draft": draft, "account": {"handle": "@acme"}}).json()
    assert [warning["rule"] for warning in reply["warnings"]][:1] == ["apology/no_apology"]
    assert reply["verdict"] == "warn"


def test_what_is_no_apology_is_listed_once_as_such(real: TestClient) -> None:
    """One line for the whole category, not one a rule."""
    draft = {"text": "Doors open at nine tomorrow.", "platform": "x"}
    reply = real.post("/check", json={"draft": draft, "account": {"handle": "@acme"}}).json()
    assert [entry for entry in reply["checks"] if entry["name"].startswith("apology")] == [
        {
            "name": "apology",
            "status": "skipped",
            "reason": "it is not marked as an apology, and does not read as one",
        }
    ]


def test_a_table_that_can_t_be_used_keeps_the_service_from_starting(tmp_path: Path) -> None:
    """Prevents a service that gives no plan on the one bad day."""

    with pytest.raises(BadRecovery):
        create_app(Settings(data_dir=tmp_path, recovery_dir=tmp_path))
