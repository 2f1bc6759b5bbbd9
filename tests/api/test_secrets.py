"""No record, log line, error or message holds a secret that a draft gave away: one of each of twelve kinds."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient

from app.checks import CHECKS
from app.cli import main
from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parents[2]
WHEN = "2199-03-11T09:00:00Z"
_KEEPING = 'name = "keeping"\nversion = 1\nstore_text = true\n'


class Secret(NamedTuple):
    kind: str
    text: str
    words: tuple[str, ...]
    """what must not be found anywhere; of a label, what is said besides it"""
    rule: str


SECRETS = (
    Secret(
        "phone",
        "Running late, her mobile is +44 7700 900456, ask her",
        ("7700 900456", "7700900456"),
        "contact_details",
    ),
    Secret(
        "email",
        "Complaints go to her private mail rosa.miller84@gmail.com",
        ("rosa.miller84", "miller84"),
        "contact_details",
    ),
    Secret(
        "address",
        "She lives at 220 Elmvale Street, Dayton, OH 45402 with her cat",
        ("20 Elmvale", "45402"),
        "home_address",
    ),
    Secret(
        "card",
        "Put it on 4111 1111 1111 1111 exp 04/29, thanks",
        ("111 1111", "4111111111111111", "04/29"),
        "payment_details",
    ),
    Secret(
        "iban",
        "Donations to GB82 WEST 1234 5698 7654 32 please",
        ("WEST 1234", "5698 7654"),
        "payment_details",
    ),
    Secret(
        "account",
        "Pay her: sort code 20-00-00, account 55779911",
        ("55779911", "0-00-00"),
        "payment_details",
    ),
    Secret(
        "identity",
        "@dana We found your file, SSN 412-55-7781",
        ("12-55-7781", "7781"),
        "payment_details",
    ),
    Secret(
        "password",
        "New router! The wifi password is h4rb0ur-Gull77",
        ("4rb0ur", "Gull77", "gull77"),
        "credentials",
    ),
    Secret(
        "key",
        "Deploy token ghp_1234567890abcdefghijklmnopqrstuvwxyz is live",
        ("1234567890abcdef", "ghp_"),
        "credentials",
    ),
    Secret(
        "meeting",
        "Board call: https://zoom.us/j/81234567890?pwd=TmV2ZXJHb25uYQ",
        ("TmV2ZXJ", "1234567890?pwd"),
        "meeting_access",
    ),
    Secret(
        "embargo",
        "EMBARGOED UNTIL 12 March 2199: Quillfeather takes over Marrowby",
        ("Quillfeather", "Marrowby"),
        "not_for_release",
    ),
    Secret(
        "confidential",
        "Strictly confidential: Quillfeather sacks 300 at Marrowby",
        ("Quillfeather", "Marrowby"),
        "not_for_release",
    ),
)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The service as it is shipped, all rules and the shipped model, and a policy that keeps text."""
    policies = tmp_path / "policy"
    shutil.copytree(ROOT / "data" / "policy", policies)
    (policies / "keeping.toml").write_text(_KEEPING)
    settings = Settings(data_dir=tmp_path / "data", policy_dir=policies)
    with TestClient(create_app(settings, checks=CHECKS), base_url="http://127.0.0.1") as running:
        yield running


def _body(secret: Secret, policy: str = "default", **draft: Any) -> dict[str, Any]:
    return {
        "draft": {"text": secret.text, "platform": "x", **draft},
        "account": {"handle": "@acme", "kind": "brand", "regions": ["GB"]},
        "options": {"policy": policy, "explain": True},
    }


def _stored(folder: Path) -> str:
    """All that the database holds, as it lies on the disk and as rows."""
    files = [path.read_bytes().decode("utf-8", "ignore") for path in (folder / "data").rglob("*") if path.is_file()]
    with sqlite3.connect(next((folder / "data").glob("*.db"))) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        rows = [repr(row) for name in tables for row in connection.execute(f'select * from "{name}"')]
    return "\n".join([*files, *rows])


def _leaks(words: str, secret: Secret) -> list[str]:
    return [told for told in secret.words if told in words]


def _tells_more(secret: Secret) -> bool:
    """Whether the secret is the text itself, of which policy may keep what it wants, and not a detail in it."""
    return secret.rule == "not_for_release"


@pytest.mark.parametrize("policy", ["default", "keeping"])
@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.kind)
def test_a_secret_is_pointed_at_and_never_repeated(
    client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture, secret: Secret, policy: str
) -> None:
    """Not by the reply, the record, the answer kept for an Idempotency-Key, nor the log."""
    caplog.set_level(logging.DEBUG)
    answer = client.post("/v1/check", json=_body(secret, policy), headers={"Idempotency-Key": "k-1"})
    reply = answer.json()
    warned = [w for w in reply["warnings"] if w["rule"] == f"private_information/{secret.rule}"]
    assert warned, reply["warnings"]
    assert all(span["end"] > span["start"] for warning in warned for span in warning["spans"])
    seen = client.get(f"/v1/checks/{reply['id']}").text
    again = client.post("/v1/check", json=_body(secret, policy), headers={"Idempotency-Key": "k-1"}).text
    assert [_leaks(words, secret) for words in (answer.text, seen, again, caplog.text)] == [[], [], [], []]
    if policy == "default" or not _tells_more(secret):
        assert _leaks(_stored(tmp_path), secret) == []


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.kind)
def test_a_waiting_draft_with_a_secret_is_kept_without_its_words(
    client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture, secret: Secret
) -> None:
    """It would lie in the store until its moment; a label is no secret, and a draft that carries one may wait."""
    caplog.set_level(logging.DEBUG)
    item = _body(secret, scheduled_for=WHEN)
    put = client.put("/v1/queue/post-1", json=item)
    assert put.status_code in (200, 201), put.text
    got = client.get("/v1/queue/post-1")
    listed = client.get("/v1/queue")
    assert [_leaks(answer.text, secret) for answer in (put, got, listed)] == [[], [], []]
    assert _leaks(caplog.text, secret) == []
    if not _tells_more(secret):
        assert put.json()["item"]["keep"] == "features"
        assert _leaks(_stored(tmp_path), secret) == []


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.kind)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda body, text: body["draft"].update(platform=text),
        lambda body, text: body["draft"].update(scheduled_for=text),
        lambda body, text: body["draft"].update(media=text),
        lambda body, text: body["draft"].update(kind=text, text=[text]),
        lambda body, text: body["account"].update(regions=[text], recent_posts=[{"text": 1, "posted_at": text}]),
        lambda body, text: body.update(context={"now": text, "events": text}),
        lambda body, text: body["draft"].update(text=f"{text}\x00"),
        lambda body, text: body["draft"].update(text=text * 3000),
    ],
    ids=["platform", "time", "media", "kind", "account", "context", "nul", "length"],
)
def test_a_refusal_repeats_nothing_of_what_was_sent(
    client: TestClient, caplog: pytest.LogCaptureFixture, secret: Secret, spoil: Callable[..., Any]
) -> None:
    """Whoever pastes a secret into the wrong field is told which field, and no more."""
    caplog.set_level(logging.DEBUG)
    body = _body(secret)
    spoil(body, secret.text)
    answers = [client.post("/v1/check", json=body), client.post("/v1/check/batch", json={"items": [body]})]
    assert answers[0].status_code == 422
    assert [_leaks(answer.text, secret) for answer in answers] == [[], []]
    assert _leaks(caplog.text, secret) == []


def test_a_body_that_is_no_json_is_not_repeated(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """A secret may stand in what cannot even be read."""
    caplog.set_level(logging.DEBUG)
    for secret in SECRETS:
        answer = client.post(
            "/v1/check", content=f'{{"draft": "{secret.text}"', headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, _leaks(answer.text + caplog.text, secret)) == (400, [])


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.kind)
def test_the_terminal_shows_it_masked(
    tmp_path: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal's lines are kept in logs of builds and in scrollbacks."""
    monkeypatch.setenv("PREPOST_DATA_DIR", str(tmp_path / "data"))
    for more in ([], ["--json"]):
        monkeypatch.setattr(sys, "argv", ["prepost", "check", *more, secret.text])
        with pytest.raises(SystemExit):
            main()
        printed = "".join(capsys.readouterr())
        assert f"private_information/{secret.rule}" in printed
        if not _tells_more(secret):
            assert "•" in printed
            assert _leaks(printed, secret) == []


def test_each_of_the_rules_has_a_secret_here() -> None:
    """Prevents a rule on what is private that nobody looked after."""
    rules = {check.id.partition("/")[2] for check in CHECKS if check.category == "private_information"}
    assert rules - {secret.rule for secret in SECRETS} == {"patient_details"}


@pytest.mark.parametrize(
    "link",
    [
        "https://docs.example.com/d/abc?access_token={}",
        "https://admin:{}@10.0.0.1/wiki",
        "https://us02web.zoom.us/j/81234567890?pwd={}",
    ],
)
def test_an_attached_link_keeps_no_secret(link: str, tmp_path: Path) -> None:
    """Prevents a token that passes, and lies in the record, because it came beside the text."""
    secret = "gh" + "p_0123456789abcdefghij0123456789abcdef"
    draft = {"text": "Read more here", "platform": "x", "links": [link.format(secret)]}
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        reply = client.post("/check", json={"draft": draft, "account": {"handle": "@acme"}})
        kept = client.get(f"/v1/checks/{reply.json()['id']}")
    assert reply.json()["verdict"] == "hold"
    assert secret not in reply.text + kept.text
    assert secret.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
