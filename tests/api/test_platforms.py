"""Platforms over HTTP: one draft for several, the account's tier and limits, law that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

SIX = ["x", "bluesky", "mastodon", "threads", "linkedin", "facebook"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as found:
        yield found


def _check(client: TestClient, draft: dict[str, Any], **account: Any) -> dict[str, Any]:
    body = {"draft": draft, "account": {"handle": "@pier", "kind": "brand", "language": "en"} | account}
    reply: dict[str, Any] = client.post("/check", json=body).raise_for_status().json()
    return reply


def _verdicts(reply: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    return {each["platform"]: (each["verdict"], each["rules"]) for each in reply["platforms"]}


def test_one_draft_for_six_platforms_says_which_it_breaks(client: TestClient) -> None:
    """Prevents a post that is cut on one network because it was right for another."""
    text = "The pier opens on Saturday. " * 12
    found = _verdicts(_check(client, {"text": text.strip(), "platforms": SIX}))
    assert list(found) == SIX
    broken = {name for name, (verdict, _) in found.items() if verdict != "pass"}
    assert broken == {"x", "bluesky"}
    assert found["x"] == ("hold", ["platform_rule/length"])
    assert found["linkedin"] == ("pass", [])


def test_what_is_wrong_everywhere_counts_on_each(client: TestClient) -> None:
    """Prevents a pass for one platform of a draft that no platform should see."""
    reply = _check(client, {"text": "Hi {{first_name}}, the pier is open", "platforms": ["x", "linkedin"]})
    assert {verdict for verdict, _ in _verdicts(reply).values()} == {"hold"}
    assert reply["verdict"] == "hold"


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ({}, "hold"),
        ({"tier": "premium"}, "pass"),
        ({"tier": "Premium Plus"}, "pass"),
        ({"limits": {"text": 4000}}, "pass"),
        ({"limits": {"x_text": 4000}}, "pass"),
        ({"limits": {"characters": 4000}}, "pass"),
        ({"limits": {"mastodon_text": 4000}}, "hold"),
    ],
)
def test_an_accounts_tier_and_limits_take_the_place_of_the_usual(
    client: TestClient, account: dict[str, Any], expected: str
) -> None:
    """Prevents alarms on each long post of an account that may write them."""
    reply = _check(client, {"text": "The pier opens on Saturday. " * 20, "platform": "x"}, **account)
    assert reply["verdict"] == expected


def _listed(reply: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {each["name"]: (each["status"], each["reason"]) for each in reply["checks"] if each["status"] != "ok"}


def test_law_and_limits_that_nobody_knows_are_listed(client: TestClient) -> None:
    """Prevents silence on Kenyan law that is taken for consent, and a limit that nobody reads."""
    listed = _listed(_check(client, {"text": "Open"}, jurisdictions=["KE", "GB"], limits={"lenght": 20}))
    assert listed["jurisdictions"] == ("skipped", "no rules of law are known for KE")
    assert listed["limits"] == ("skipped", "there is no limit called lenght")


def test_a_reply_without_the_message_it_answers_says_what_was_not_judged(client: TestClient) -> None:
    """Prevents a scripted answer to a grieving person that passes because nobody sent what they wrote."""
    listed = _listed(_check(client, {"text": "Thanks for your message!", "platform": "x", "kind": "reply"}))
    assert listed["automation/canned_reply"] == ("skipped", "the draft answers no message")


def test_a_warning_of_a_row_names_its_authority(client: TestClient) -> None:
    """Prevents a warning about law that nobody can look up."""
    reply = _check(
        client, {"text": "Guaranteed returns of 9 % a year", "platform": "x"}, sector="brokerage", jurisdictions=["US"]
    )
    (warning,) = [each for each in reply["warnings"] if each["evidence"].get("row") == "R060"]
    assert warning["rule"] == "platform_rule/financial_promotion"
    assert warning["evidence"]["authority"] == "FINRA"
    page = client.get(warning["docs"]).raise_for_status().text
    assert "R060" in page
    assert "Rule 2210" in page


NINE = ["x", "facebook", "instagram", "youtube", "tiktok", "linkedin", "threads", "pinterest", "bluesky"]
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("Flip your money with us: turn $100 into $1,000 overnight, on autopilot", {}),
    ("Ad: crispy tofu in twelve minutes, shop now, link in bio", {"paid_partnership": False}),
    ("Vote for us on 7 May. Paid for by Reform the North", {"kind": "ad"}),
    ("Giveaway! Tag two friends, share this to your timeline and like this post to win a tent", {}),
    ("Buy any tent for a chance to win a weekend. Enter from all of your accounts!", {}),
    ("The pier opens on Saturday. " * 14, {}),
    ("Tag a friend who needs this. $ACME and $BOOT are up", {"tags": ["pier"] * 9}),
]
ACCOUNTS = [
    {"kind": "brand", "jurisdictions": ["US", "GB", "DE"]},
    {"kind": "politician", "jurisdictions": ["US"]},
    {"kind": "public_figure", "regions": ["DE"]},
]


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda each: str(each["kind"]))
@pytest.mark.parametrize(("text", "more"), BROKEN)
def test_the_verdict_on_a_platform_is_what_it_is_alone(
    client: TestClient, text: str, more: dict[str, Any], account: dict[str, Any]
) -> None:
    """Prevents one platform's breach from hiding another's, and one platform's rule from being told of all."""
    together = _verdicts(_check(client, {"text": text, "platforms": NINE} | more, **account))
    alone = {name: _check(client, {"text": text, "platform": name} | more, **account)["verdict"] for name in NINE}
    assert {name: verdict for name, (verdict, _) in together.items()} == alone
