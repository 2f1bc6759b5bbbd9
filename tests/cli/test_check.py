"""prepost check: the verdict is the exit code, the draft is shown with the words underlined."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.render import render

FINE = "Our library opens at nine tomorrow, come in and say hello."
RUDE = "What a fucking mess."
Run = Callable[..., Any]


def test_a_harmless_draft_passes(prepost: Run) -> None:
    """Exit code 0, so that a script can go on."""
    done = prepost("check", FINE)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"  {FINE}\n\nPASS  chk_")


@pytest.mark.parametrize(
    ("policy", "code", "sign"), [("gentle", 1, "WARN"), ("default", 2, "HOLD"), ("strict", 2, "BLOCK")]
)
def test_the_exit_code_is_the_verdict(prepost: Run, policy: str, code: int, sign: str) -> None:
    """1 for warn, 2 for hold and block."""
    done = prepost("check", RUDE, "--policy", policy)

    assert done.code == code
    assert f"\n{sign}  chk_" in done.out


def test_the_words_are_underlined_and_explained(prepost: Run) -> None:
    """What, why, and what to do instead."""
    lines = prepost("check", "Hello all.\n" + RUDE).out.split("\n")

    assert lines[:3] == ["  Hello all.", "  What a fucking mess.", "         ^^^^^^^"]
    assert any(line.startswith("[high] ") and line.endswith(")") and "offensive/profanity" in line for line in lines)
    assert any(line.startswith("    Why: ") for line in lines)
    assert any(line.startswith("    Fix: ") for line in lines)


def test_json_is_the_reply_of_the_api(prepost: Run) -> None:
    """For machines: one object on standard output and nothing else."""
    done = prepost("check", RUDE, "--json")

    reply = json.loads(done.out)
    assert (done.code, reply["verdict"]) == (2, "hold")
    assert [RUDE[span["start"] : span["end"]] for span in reply["warnings"][0]["spans"]] == ["fucking"]


def test_a_draft_can_come_from_a_file_or_standard_input(prepost: Run, tmp_path: Path) -> None:
    """With or without a mark at its beginning, whatever ends its last line."""
    draft = tmp_path / "draft.txt"
    draft.write_bytes(b"\xef\xbb\xbf" + RUDE.encode() + b"\r\n")

    for done in (
        prepost("check", "--file", draft),
        prepost("check", stdin=RUDE.encode() + b"\n"),
        prepost("check", "-", stdin=RUDE.encode()),
    ):
        assert done.code == 2
        assert done.out.startswith(f"  {RUDE}\n         ^^^^^^^\n")


def test_a_whole_request_can_come_from_a_file(prepost: Run, tmp_path: Path) -> None:
    """As the API takes it; a policy named beside it wins."""
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"draft": {"text": RUDE}, "account": {"kind": "brand"}, "options": {"language": "en"}}))

    assert prepost("check", "--request", file).code == 2
    assert prepost("check", "--request", file, "--policy", "gentle").code == 1


def test_what_is_checked_is_recorded(prepost: Run, tmp_path: Path) -> None:
    """On the command line as over HTTP: the account is known to the next check."""
    (tmp_path / "acme.json").write_text('{"kind": "brand", "policy": "gentle"}')
    assert prepost("accounts", "put", "acme", tmp_path / "acme.json").code == 0

    assert prepost("check", RUDE, "--account", "acme").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nope",),
        ("a draft", "another"),
        ("a draft", "--file", "{file}"),
        ("--file", "missing.txt"),
        ("--request", "missing.json"),
        ("--platform",),
    ],
)
def test_misuse_is_64(refused: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No exit code of a verdict."""
    file = tmp_path / "draft.txt"
    file.write_text("hello")

    refused(64, "check", *(argument.replace("{file}", str(file)) for argument in arguments))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("hello", "--account", "nobody"), "there is no account 'nobody'"),
        (("hello", "--account", "no body"), "/account"),
        (("hello", "--account-kind", "shop"), "/account"),
        (("hello", "--platform", "myspace"), "/draft/platform"),
        (("hello", "--policy", "none"), "there is no policy 'none'"),
        (("hello", "--policy", "No!"), "/options/policy"),
        (("", "--policy", "default"), "/draft"),
        (("a" * 100_001,), "/draft/text"),
        (("nul\x00",), "/draft/text"),
        (("half a pair \udc9f",), "/"),
        (("--file", "."), "directory"),
    ],
)
def test_a_draft_that_cannot_be_judged_is_65(refused: Run, arguments: tuple[str, ...], reason: str) -> None:
    """The line names what is at fault."""
    assert reason in refused(65, "check", *arguments)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b"[]", "a JSON object is needed"),
        (b'"text"', "a JSON object is needed"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"{}", "/draft"),
        (b'{"draft": {"text": "a"}, "account": "demo", "extra": 1}', "/extra"),
        (b'{"draft": {"text": "a"}, "account": {}, "options": []}', "/options"),
        (b'{"draft": {"text": "\\ud800"}, "account": {}}', "/"),
        (b'{"draft": {"text": NaN}, "account": {}}', "/draft/text"),
        (b'{"draft": {"text": "a", "scheduled_for": "2026-11-11T10:00:00"}, "account": {}}', "/draft/scheduled_for"),
    ],
)
def test_a_broken_request_file_is_65(refused: Run, tmp_path: Path, content: bytes, reason: str) -> None:
    """Never a traceback, with a policy beside it or not."""
    file = tmp_path / "request.json"
    file.write_bytes(content)

    assert reason in refused(65, "check", "--request", file)
    assert reason in refused(65, "check", "--request", file, "--policy", "gentle")


def test_bytes_that_are_no_text_are_65(refused: Run, tmp_path: Path) -> None:
    """Latin-1 in a file or on standard input."""
    (tmp_path / "draft.txt").write_bytes(b"caf\xe9")

    assert "draft.txt:1: not UTF-8" in refused(65, "check", "--file", tmp_path / "draft.txt")
    assert "standard input:1: not UTF-8" in refused(65, "check", stdin=b"caf\xe9")


def test_a_draft_does_not_command_the_terminal(prepost: Run) -> None:
    """Escape sequences and marks of direction are shown as signs, under which the words still stand."""
    lines = prepost("check", "\x1b[2J\u202e " + RUDE).out.split("\n")

    assert lines[0] == "  ␛[2J\ufffd " + RUDE
    assert lines[1].index("^") == lines[0].index("fucking")


def test_a_link_that_settles_it_is_shown() -> None:
    """A review that nobody can open settles nothing."""
    warning = {
        "rule": "unverified_claim/fact_checked", "severity": "high", "message": "m", "why": "w", "suggestion": "s",
        "confidence": 0.9, "spans": [], "evidence": {"url": "https://check.example/1"},
    }  # fmt: skip
    shown = render({"verdict": "hold", "degraded": False, "id": "chk_1", "warnings": [warning], "checks": []}, "x")
    assert "See: https://check.example/1" in shown
