"""A house's own rules the whole way: written into a policy while the service runs, and answered like any others."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.service import reload
from app.settings import Settings
from tests.api.test_queue import draft, until

RIVALS = """
[own."platform_rule/rivals"]
title = "Competitor named"
message = "This names a competitor."
suggestion = "Leave it <b>out</b>."
words = ["Initech"]
flag = ["We beat Initech again"]
allow = ["We won again"]
severity = "high"
"""
FALCON = """
[own."private_information/project"]
title = "Project name"
message = "This names a project that is not public."
words = ["Falcon"]
flag = ["Falcon flies"]
allow = ["A bird flies"]
"""


@pytest.fixture
def write(settings: Settings) -> Callable[..., Path]:
    """Puts lines behind those of a policy file, in one step as an editor should."""
    before = {path.name: path.read_text() for path in settings.policy_dir.iterdir()}

    def _write(lines: str, *, name: str = "default.toml") -> Path:
        aside = settings.policy_dir / f"{name}.new"
        aside.write_text(before.get(name, f'name = "{name}"\nversion = 1\n') + lines, encoding="utf-8")
        return aside.replace(settings.policy_dir / name)

    return _write


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that looks at the folders more often than it need."""
    monkeypatch.setattr(reload, "follow", partial(reload.follow, every=0.02))


def rules_of(client, body: dict[str, Any]) -> list[str]:
    return [warning["rule"] for warning in client.post("/check", json=body).json()["warnings"]]


def test_a_changed_policy_counts_within_the_interval(client, request_for, write) -> None:
    """As it is in use: every two seconds, and no restart."""
    body = request_for("We beat Initech again")
    before = client.post("/check", json=body).json()
    assert before["warnings"] == []
    write(RIVALS)
    began = time.monotonic()
    until(lambda: rules_of(client, body), seconds=5)
    assert time.monotonic() - began < 3
    after = client.post("/check", json=body).json()
    assert after["verdict"] == "hold"
    assert after["versions"]["policy"] == before["versions"]["policy"] == "default@3"
    assert after["versions"]["policy_digest"] != before["versions"]["policy_digest"]
    assert after["input_hash"] != before["input_hash"]
    (warning,) = after["warnings"]
    assert (warning["rule"], warning["category"], warning["severity"]) == (
        "platform_rule/rivals",
        "platform_rule",
        "high",
    )
    assert [span["text"] for span in warning["spans"]] == ["Initech"]


@pytest.mark.usefixtures("quick")
def test_a_wrong_policy_is_said_and_the_old_ones_serve(client, request_for, write, caplog) -> None:
    """Once, with its line, and never with a word of a draft; a good one ends it."""
    caplog.set_level(logging.WARNING)
    body = request_for("We beat Initech again, says Zebulon")
    write(RIVALS)
    until(lambda: rules_of(client, body))
    write(RIVALS.replace("We beat", "We match"), name="studio.toml")
    until(lambda: client.put("/v1/accounts/s", json={"policy": "studio"}).status_code == 201)
    broken = RIVALS.replace('words = ["Initech"]', "patterns = ['(']")
    line = write(broken).read_text().split("\n").index("patterns = ['(']") + 1
    notes = until(lambda: client.get("/readyz").json()["notes"])
    assert f"default.toml:{line}: own.platform_rule/rivals.patterns #1: does not compile" in notes["policy"]
    time.sleep(0.3)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["policy"]) == (200, "ok")
    assert rules_of(client, body) == ["platform_rule/rivals"]
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(said) == 1
    assert f"default.toml:{line}: " in said[0]
    assert "Zebulon" not in caplog.text
    assert "prepost_policy_load_failures_total 1.0" in client.get("/metrics").text

    write("")
    until(lambda: not client.get("/readyz").json()["notes"])
    assert rules_of(client, body) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("left", ["", 'name = "default"\nversion = 3\n[own."pl', "\x00\xff", None])
def test_half_a_file_or_none_leaves_the_policies_of_before(client, request_for, settings, left: str | None) -> None:
    """Emptied by an editor, cut off, deleted."""
    path = settings.policy_dir / "default.toml"
    whole = path.read_text()
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left.encode("latin-1"))
    until(lambda: client.get("/readyz").json()["notes"])
    assert rules_of(client, request_for("damn")) == ["offensive/swearing"]
    path.write_text(whole)
    until(lambda: not client.get("/readyz").json()["notes"])


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_being_written_is_left_until_it_is_quiet(client, request_for, settings, caplog) -> None:
    """A file cut off between two rules is valid, and would switch the rest off."""
    caplog.set_level(logging.WARNING)
    path = settings.policy_dir / "default.toml"
    with path.open("a") as slow:
        for part in (RIVALS + FALCON).splitlines(keepends=True):
            slow.write(part)
            slow.flush()
            time.sleep(0.03)
    until(lambda: rules_of(client, request_for("Initech")))
    assert len([record for record in caplog.records if "serves in place of" in record.getMessage()]) == 3  # each once


@pytest.mark.usefixtures("quick")
def test_policies_come_and_go_with_their_files(client, request_for, write, settings) -> None:
    """A new one may be named at once; one that is gone is refused by name, also for an account that still has it."""
    body = request_for("We beat Initech again") | {"options": {"policy": "studio"}}
    assert client.post("/check", json=body).status_code == 422
    write(RIVALS, name="studio.toml")
    until(lambda: client.post("/check", json=body).status_code == 200)
    assert rules_of(client, body) == ["platform_rule/rivals"]
    assert client.put("/v1/accounts/acme", json={"policy": "studio"}).status_code == 201
    (settings.policy_dir / "studio.toml").unlink()
    until(lambda: client.post("/check", json=body).status_code == 422)
    refused = client.post("/check", json=request_for() | {"account": "acme"})
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/account/policy")


@pytest.mark.usefixtures("quick")
def test_drafts_that_wait_are_judged_again(client, write) -> None:
    """A new rule concerns what goes out tomorrow, too."""
    first = client.put("/v1/queue/a", json=draft("We beat Initech again")).json()["item"]
    client.put("/v1/queue/b", json=draft())
    write(RIVALS)
    held = until(lambda: client.get("/v1/queue", params={"verdict": "hold"}).json()["items"])
    assert [item["id"] for item in held] == ["a"]
    assert held[0]["warnings"][0]["rule"] == "platform_rule/rivals"
    assert held[0]["check_id"] != first["check_id"]
    assert until(lambda: client.get("/v1/queue/b").json()["up_to_date"])


def test_an_own_rule_has_its_page_its_entry_and_its_feedback(start, request_for, write) -> None:
    """The page answers without a key, so no word, pattern or case is on it."""
    write(RIVALS)
    client = start()
    (warning,) = client.post("/check", json=request_for("We beat Initech again")).json()["warnings"]
    page = client.get(warning["docs"])
    assert page.status_code == 200
    assert "<h1>Competitor named</h1>" in page.text
    assert "Leave it &lt;b&gt;out&lt;/b&gt;." in page.text
    assert "nitech" not in page.text
    shown = client.get("/v1/rules/platform_rule/rivals").json()
    assert client.get("/v1/rules").json()["rules"][-1] == shown
    assert (shown["mode"], shown["severity"]) == ("hold", {"default": "high"})
    assert shown["policies"] == ["default", "keeping", "watching"]
    assert '\nFlag: "We beat Initech again".\n' in shown["manual"]
    assert client.get("/v1/rules/platform_rule/contest").json()["policies"] is None
    assert client.get("/v1/rules/platform_rule/none").status_code == 404
    assert client.get("/docs/rules/platform_rule/none").status_code == 404
    check_id = client.post("/check", json=request_for("We beat Initech again")).json()["id"]
    said = {"check_id": check_id, "verdict_was": "wrong", "why": "A quote.", "by": "dana",
            "rule": warning["rule"], "category": "platform_rule", "outcome": "sent_unchanged"}  # fmt: skip
    assert client.post("/v1/feedback", json=said).status_code == 201
    assert 'prepost_warnings_total{rule="platform_rule/rivals",shown="yes"} 2.0' in client.get("/metrics").text


def test_what_an_own_rule_of_private_information_finds_is_masked_and_never_stored(
    start, request_for, write, settings, caplog
) -> None:
    """A project's name is a secret like any other: the reply shows where, no row, log line or error says what."""
    caplog.set_level(logging.DEBUG)
    write(FALCON.replace("Falcon", "Zerubbabel"))
    client = start()
    for policy in ("default", "keeping"):
        body = request_for("Soon: Zerubbabel 2") | {"options": {"policy": policy}}
        reply = client.post("/check", json=body)
        (warning,) = reply.json()["warnings"]
        assert "erubbabel" not in reply.text
        assert [(span["start"], span["end"]) for span in warning["spans"]] == [(6, 16)]
        assert "erubbabel" not in client.get(f"/v1/checks/{reply.json()['id']}").text
    stored = b"".join(path.read_bytes() for path in settings.data_dir.iterdir())
    assert b"erubbabel" not in stored
    assert "erubbabel" not in caplog.text


def test_a_service_does_not_start_under_a_wrong_rule(start, write) -> None:
    """It says why in one line."""
    path = write(RIVALS.replace("We beat Initech again", "We beat them again"))
    line = path.read_text().split("\n").index('flag = ["We beat them again"]') + 1
    with pytest.raises(Exception, match=rf"default\.toml:{line}: own\.platform_rule/rivals\.flag #1: finds nothing"):
        start()


def test_a_batch_is_judged_by_one_set_of_policies(start, request_for, write, monkeypatch) -> None:
    """Its first and its last draft, whatever is written in between."""
    client = start()
    services = client.app.state.services
    judge, judged = services.desk._judge_or_refuse, list[str]()

    def slow(query, checker):
        if len(judged) == 1:
            write(RIVALS)
            assert services.live.refresh() == []
        judged.append(json.dumps(sorted(checker.policies["default"].own)))
        return judge(query, checker)

    monkeypatch.setattr(services.desk, "_judge_or_refuse", slow)
    bodies = {"items": [request_for("We beat Initech again")] * 3}
    replies = client.post("/v1/check/batch", json=bodies).json()["results"]
    assert judged == ["[]"] * 3
    assert {reply["verdict"] for reply in replies} == {"pass"}
    assert rules_of(client, request_for("We beat Initech again")) == ["platform_rule/rivals"]


def test_policies_that_were_only_touched_change_nothing(start, settings, caplog) -> None:
    """A deployment that writes the same again is no news."""
    caplog.set_level(logging.WARNING)
    client = start()
    live = client.app.state.services.live
    before = {name: policy.digest for name, policy in live.serving.policies.items()}
    os.utime(settings.policy_dir / "default.toml", (1, 1))
    assert live.refresh() == []
    assert {name: policy.digest for name, policy in live.serving.policies.items()} == before
    assert "serves in place of" not in caplog.text
