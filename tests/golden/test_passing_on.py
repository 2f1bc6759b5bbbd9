"""Reposts and quotes: passing on is asserting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

RUMOUR = {"text": "Hearing shots fired inside Terminal 2, two gunmen, not confirmed", "author": "@lee"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as found:
        yield found


def check(client: TestClient, **draft: Any) -> dict[str, Any]:
    body = {"draft": {"platform": "x", **draft}, "account": {"handle": "@citytrips", "kind": "brand", "language": "en"}}
    found: dict[str, Any] = client.post("/check", json=body).raise_for_status().json()
    return found


@pytest.mark.parametrize("kind", ["repost", "quote"])
@pytest.mark.parametrize("offsets", ["codepoint", "utf16"])
def test_the_words_at_fault_are_shown_in_the_quoted_post(client: TestClient, kind: str, offsets: str) -> None:
    body = {
        "draft": {"text": "Stay safe 😳", "kind": kind, "quoted": RUMOUR},
        "account": {"handle": "@citytrips", "kind": "brand", "language": "en"},
        "options": {"offsets": offsets},
    }
    reply = client.post("/check", json=body).raise_for_status().json()
    warned = [warning for warning in reply["warnings"] if warning["category"] == "unverified_claim"]
    assert warned
    spans = [span for warning in warned for span in warning["spans"]]
    assert {span["field"] for span in spans} == {"quoted.text"}
    for span in spans:  # the rumour has no character beyond the basic plane: both units are the same
        assert RUMOUR["text"][span["start"] : span["end"]] == span["text"]
    assert all(warning["evidence"]["stands_on"]["passed_on"] for warning in warned)


def test_a_repost_needs_no_words_of_its_own(client: TestClient) -> None:
    """A plain repost has none; before, it could not be checked at all."""
    reply = check(client, text="", kind="repost", quoted=RUMOUR)
    assert reply["verdict"] in ("warn", "hold")
    refused = client.post("/check", json={"draft": {"text": "", "kind": "repost"}, "account": {"handle": "@a"}})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/draft/text"


def test_a_post_that_only_answers_the_rumour_passes_nothing_on(client: TestClient) -> None:
    reply = check(client, text="Thanks for asking, the airport will know.", kind="reply", in_reply_to=RUMOUR)
    assert not [warning for warning in reply["warnings"] if warning["category"] == "unverified_claim"]


def test_putting_it_right_is_no_alarm_and_satire_is_listed_as_skipped(client: TestClient) -> None:
    right = check(client, text="This is not true, please don't share it.", kind="quote", quoted=RUMOUR)
    assert not [warning for warning in right["warnings"] if warning["category"] == "unverified_claim"]
    satire = check(client, text="[SATIRE] Hearing shots fired at the snooze button, two dead alarm clocks")
    skipped = {entry["name"] for entry in satire["checks"] if entry["status"] == "skipped"}
    assert "unverified_claim/hearsay" in skipped
    assert satire["degraded"] is False
