"""Two accounts of one author, through HTTP: whose draft is this?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from app.checks import CHECKS
from app.service import profiles, rivals, voice
from app.service.memory import Recent
from app.voice.compare import Voices
from app.voice.profile import Profile

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "wrong_account" / "other_voice.yml").read_text(encoding="utf-8"))
FERRIES, SAM, _, FEW = CASES["accounts"]
SLIP = "cant believe i fell asleep on the bus again lol"
OWN = "The 9.20 crossing is cancelled due to high winds. Tickets are valid on the 10.50."

Check = Callable[..., dict]


@pytest.fixture
def service(start: Callable[..., TestClient]) -> TestClient:
    """The real rules, policy and model, and the two accounts."""
    client = start(checks=CHECKS, models_dir=ROOT / "models", policy_dir=ROOT / "data" / "policy")
    for account_id, account in (("ferries", FERRIES), ("sam", SAM), ("few", FEW)):
        assert client.put(f"/v1/accounts/{account_id}", json=account).status_code == 201
    return client


@pytest.fixture
def check(service: TestClient) -> Check:
    def _check(text: str, account: object, *others: object) -> dict:
        request = {
            "draft": {"text": text, "platform": "x"},
            "account": account,
            "author": {"id": "sam", "accounts": list(others)},
        }
        answer = service.post("/v1/check", json=request)
        assert answer.status_code == 200
        return answer.json()

    return _check


def _voices(reply: dict) -> list[dict]:
    return [warning for warning in reply["warnings"] if warning["rule"] == "wrong_account/other_voice"]


@pytest.mark.parametrize(("target", "other"), [("ferries", "sam"), (FERRIES, SAM)], ids=["stored", "inline"])
def test_a_draft_of_one_sent_to_the_other_is_held_and_names_it(check: Check, target: object, other: object) -> None:
    """The mistake that this is all about; whether the accounts are stored or come along."""
    reply = check(SLIP, target, other)
    assert reply["verdict"] == "hold"
    [warning] = _voices(reply)
    assert reply["warnings"][0] == warning
    assert warning["message"] == "This sounds like @sam, not like @harbourferries."
    assert "lol" in {span["text"] for span in warning["spans"]}
    assert warning["evidence"]["account"] == "@sam"
    assert warning["evidence"]["share"] > 0.99


def test_own_drafts_pass(check: Check) -> None:
    """On both sides: an alarm on each post is one that people click away."""
    assert check(OWN, "ferries", "sam")["verdict"] == "pass"
    assert check(SLIP, "sam", "ferries")["verdict"] == "pass"
    assert _voices(check("We are sorry to hear of the fire at the town hall.", "ferries", "sam")) == []


def test_fewer_than_five_posts_say_nothing(check: Check) -> None:
    """The rule is skipped and says so, and that degrades nothing."""
    reply = check(SLIP, "ferries", "few")
    assert _voices(reply) == []
    assert not reply["degraded"]
    assert ("wrong_account/other_voice", "skipped") in {(entry["name"], entry["status"]) for entry in reply["checks"]}


def test_a_broken_comparison_degrades_and_is_no_pass(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the guard would be gone, and nobody would know."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Voices, "odds", broken)
    reply = check(OWN, "ferries", "sam")
    assert (reply["verdict"], reply["degraded"]) == ("warn", True)
    assert {"name": "voice", "status": "failed", "reason": "ZeroDivisionError while comparing voices"} in reply[
        "checks"
    ]


def test_a_history_that_cannot_be_read_degrades(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that came along must not become a 500."""
    monkeypatch.setattr(profiles, "_memory", Recent(1))
    monkeypatch.setattr(profiles, "voices", lambda: 1 / 0)
    reply = check(OWN, FERRIES, SAM)
    assert (reply["verdict"], reply["degraded"]) == ("warn", True)
    assert "ZeroDivisionError while reading past posts" in {entry["reason"] for entry in reply["checks"]}


def test_accounts_that_cannot_be_told_apart_degrade(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rival that breaks is no rival that is silent; what the profiles know is still said."""
    monkeypatch.setattr(rivals, "_pairs", Recent(1))
    monkeypatch.setattr(rivals, "learnt", lambda *_: 1 / 0)
    reply = check(SLIP, "ferries", "sam")
    assert reply["degraded"]
    assert len(_voices(reply)) == 1
    assert "ZeroDivisionError while telling accounts apart" in {entry["reason"] for entry in reply["checks"]}


def test_stored_or_inline_the_odds_are_the_same(check: Check) -> None:
    """And the second time, when everything is remembered."""
    replies = [check(SLIP, target, other) for target in ("ferries", FERRIES) for other in ("sam", SAM, "sam")]
    assert len({_voices(reply)[0]["confidence"] for reply in replies}) == 1
    assert len({_voices(reply)[0]["evidence"]["odds"] for reply in replies}) == 1


def test_posts_added_are_learnt_at_once(service: TestClient, check: Check) -> None:
    """The next check knows them."""
    assert _voices(check(SLIP, "ferries", "few")) == []
    service.post("/v1/accounts/few/posts", json={"posts": SAM["recent_posts"]})
    assert len(_voices(check(SLIP, "ferries", "few"))) == 1


def test_posts_that_cannot_be_learnt_are_not_added(service: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: either both are written, or neither is."""

    def broken(_: Profile) -> bytes:
        raise ZeroDivisionError

    new = {"posts": ["A new post of theirs", "And another one"]}
    with monkeypatch.context() as breaking:
        breaking.setattr(Profile, "to_bytes", broken)
        assert service.post("/v1/accounts/ferries/posts", json=new).status_code == 500
    assert service.post("/v1/accounts/ferries/posts", json=new).json() == {"added": 2}


def test_an_erased_account_leaves_no_voice(service: TestClient) -> None:
    """Made again under its id, it starts from nothing."""
    assert service.delete("/v1/accounts/sam").status_code == 204
    service.put("/v1/accounts/sam", json=FEW)
    request = {"draft": {"text": SLIP}, "account": "ferries", "author": {"accounts": ["sam"]}}
    assert _voices(service.post("/check", json=request).json()) == []


def test_a_folder_without_voices_stops_the_start(
    start: Callable[..., TestClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no service than one that has lost a guard."""
    monkeypatch.setattr(voice, "FOLDER", tmp_path)
    voice.voices.cache_clear()
    with pytest.raises(Exception, match="can't be read"):
        start()
    monkeypatch.undo()
    voice.voices()
