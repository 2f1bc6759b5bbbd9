"""prepost audit: every row gets a result; a broken one is an error of its own."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import StoreUnavailable
from app.service.directory import Directory
from app.store.audits import AuditLog

FINE = "Our library opens at nine tomorrow, come in and say hello."
RUDE = "What a fucking mess."
LEVITY = "We're gunning for the title tonight!"
EVENT = json.dumps(
    {"name": "The mall shooting", "kind": "shooting", "regions": ["WORLD"], "starts_at": "2026-03-02T10:00:00Z"}
)
Run = Callable[..., Any]


def _results(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_csv_is_judged_row_by_row(prepost: Run, tmp_path: Path) -> None:
    """Results beside the file, a summary on standard output, the bar on standard error."""
    posts = tmp_path / "posts.csv"
    posts.write_text(f'id,text\n1,"{FINE}"\n2,"{RUDE}"\n3,"{RUDE}"\n', encoding="utf-8")

    done = prepost("audit", posts)

    results = _results(tmp_path / "posts.csv.checked.jsonl")
    assert done.code == 0
    assert [(result["line"], result["verdict"]) for result in results] == [(2, "pass"), (3, "hold"), (4, "hold")]
    assert done.out.splitlines()[0].startswith("3 posts, results in ")
    assert done.out.splitlines()[1:3] == ["  pass         1   33.3%", "  hold         2   66.7%"]
    assert "        2  offensive/profanity" in done.out


def test_jsonl_holds_posts_or_whole_requests(prepost: Run, tmp_path: Path) -> None:
    """Each request brings its own account and moment."""
    posts = tmp_path / "posts.jsonl"
    request = {"draft": {"text": RUDE}, "account": {"kind": "brand"}, "options": {"policy": "gentle"}}
    posts.write_text("\n".join(map(json.dumps, ({"text": RUDE}, request, {"text": FINE}))), encoding="utf-8")

    assert prepost("audit", posts, "--out", tmp_path / "out.jsonl").code == 0
    assert [result["verdict"] for result in _results(tmp_path / "out.jsonl")] == ["hold", "warn", "pass"]


def test_broken_rows_are_errors_of_their_own(prepost: Run, tmp_path: Path) -> None:
    """The others are judged all the same, and the exit code says that not all could be."""
    posts = tmp_path / "posts.jsonl"
    rows = [
        b"{",
        b"[]",
        b'{"words": 1}',
        b'{"text": 7}',
        b'{"text": "caf\xe9"}',
        b'{"text": ""}',
        b'{"text": "\\ud800"}',
    ]
    rows += [
        b'{"draft": {"text": "a"}}',
        b'{"draft": 1, "account": {}}',
        b"[" * 50_000,
        json.dumps({"text": RUDE}).encode(),
    ]
    posts.write_bytes(b"\n\n".join(rows))

    done = prepost("audit", posts)

    results = _results(tmp_path / "posts.jsonl.checked.jsonl")
    assert done.code == 65
    assert [result["verdict"] for result in results] == ["error"] * 10 + ["hold"]
    assert [result["line"] for result in results] == list(range(1, 23, 2))
    assert "  error       10   90.9%" in done.out
    assert "10 could not be judged:" in done.out
    assert "        3  no field 'text' with text (first: line 3)" in done.out
    assert "        2  the text is not UTF-8 (first: line 9)" in done.out
    assert results[0]["problem"] | {"detail": ""} == {
        "type": "/problems/invalid",
        "title": "Invalid request",
        "status": 422,
        "detail": "",
    }
    assert results[7]["problem"]["errors"] == [{"pointer": "/account", "detail": "Field required"}]


def test_broken_rows_of_a_csv_are_errors_of_their_own(prepost: Run, tmp_path: Path) -> None:
    """Too few cells, too many, no text at all, or bytes that are no text."""
    posts = tmp_path / "POSTS.CSV"
    posts.write_bytes(b"id,text\n1\n2,hello,there\n3,\n4,caf\xe9\n5,hello\n")

    assert prepost("audit", posts, "--out", tmp_path / "out.jsonl").code == 65
    verdicts = [result["verdict"] for result in _results(tmp_path / "out.jsonl")]
    assert verdicts == ["error", "pass", "error", "error", "pass"]


def test_a_file_of_many_rows_is_judged_in_order(prepost: Run, tmp_path: Path) -> None:
    """More than one batch."""
    posts = tmp_path / "posts.jsonl"
    texts = [RUDE if number % 50 == 0 else FINE for number in range(201)]
    posts.write_text("\n".join(json.dumps({"text": text}) for text in texts))

    assert prepost("audit", posts, "--out", tmp_path / "out.jsonl").code == 0
    assert [result["verdict"] == "hold" for result in _results(tmp_path / "out.jsonl")] == [
        text == RUDE for text in texts
    ]


def test_an_empty_file_is_no_failure(prepost: Run, tmp_path: Path) -> None:
    """Nothing to judge."""
    (tmp_path / "posts.jsonl").write_text("")

    done = prepost("audit", tmp_path / "posts.jsonl")

    assert (done.code, done.out.split(",")[0]) == (0, "0 posts")


def test_each_row_has_its_own_platform_account_kind_and_moment(prepost: Run, tmp_path: Path) -> None:
    """Prevents an export of many accounts that is judged as if it were all one; an empty cell takes the default."""
    (tmp_path / "brand.json").write_text('{"handle": "@acme", "kind": "brand"}')
    (tmp_path / "press.json").write_text('{"handle": "@herald", "kind": "media"}')
    (tmp_path / "event.json").write_text(EVENT)
    for arguments in (
        ("accounts", "put", "acme", "brand.json"),
        ("accounts", "put", "herald", "press.json"),
        ("events", "open", "event.json"),
    ):
        assert prepost(*arguments).code == 0
    long = "a fine day " * 30
    rows = [
        (long, "X", "acme", "", ""),
        (long, "linkedin", "acme", "", ""),
        (long, "", "", "", ""),
        (LEVITY, "x", "acme", "", "2026-03-03"),
        (LEVITY, "x", "@acme", "Post", "2026-03-03T08:00"),
        (LEVITY, "x", "acme", "", "2026-01-03T10:00:00+01:00"),
        (LEVITY, "x", "herald", "", "2026-03-03 10:00:00Z"),
    ]
    with (tmp_path / "posts.csv").open("w", newline="") as sink:
        csv.writer(sink).writerows([("text", "platform", "account", "kind", "date"), *rows])

    assert prepost("audit", "posts.csv", "--platform", "bluesky").code == 0
    found = [
        {warning["rule"] for warning in result["warnings"]} for result in _results(tmp_path / "posts.csv.checked.jsonl")
    ]
    length, clash = {"platform_rule/length"}, {"sombre_context/violent_wording"}
    assert [rules & (length | clash) for rules in found] == [length, set(), length, clash, clash, set(), set()]


def test_the_columns_go_by_any_name_or_none(prepost: Run, tmp_path: Path) -> None:
    """Prevents an export whose `kind` means something else from being refused row by row."""
    posts = tmp_path / "posts.jsonl"
    long = "a fine day " * 30
    rows = [
        {"body": long, "network": "x", "who": {"kind": "media"}, "when": "2026-11-11", "kind": 7},
        {"body": long, "network": "linkedin", "who": "@acme", "when": None, "kind": "tweet"},
    ]
    posts.write_text("\n".join(map(json.dumps, rows)))
    named = ("--column", "body", "--platform-column", "network", "--account-column", "who", "--date-column", "when")

    assert prepost("audit", posts, *named, "--kind-column", "").code == 0
    judged = _results(tmp_path / "posts.jsonl.checked.jsonl")
    assert ["platform_rule/length" in {w["rule"] for w in result["warnings"]} for result in judged] == [True, False]


def test_rows_that_name_what_is_not_there_are_errors_with_their_reason(prepost: Run, tmp_path: Path) -> None:
    """In order among the others; the summary counts each reason and names the first line it struck."""
    posts = tmp_path / "posts.csv"
    rows = [
        (FINE, "x", "", "", ""),
        (FINE, "myspace", "", "", ""),
        (FINE, "x", "nobody", "", ""),
        (FINE, "x", "", "tweet", ""),
        (FINE, "x", "", "", "11/11/2026"),
        (FINE, "x", "nobody", "", ""),
        (RUDE, "x", "", "", ""),
    ]
    with posts.open("w", newline="") as sink:
        csv.writer(sink).writerows([("text", "platform", "account", "kind", "scheduled_for"), *rows])

    done = prepost("audit", posts)

    results = _results(tmp_path / "posts.csv.checked.jsonl")
    assert done.code == 65
    assert [result["line"] for result in results] == list(range(2, 9))
    assert [result["verdict"] for result in results] == ["pass", *["error"] * 5, "hold"]
    assert [result["problem"]["status"] for result in results[1:6]] == [422, 404, 422, 422, 404]
    assert [result["problem"].get("pointer") for result in results[1:4]] == [
        "/draft/platform",
        "/account",
        "/draft/kind",
    ]
    assert "        2  there is no account 'nobody' (first: line 4)" in done.out
    assert "        1  the date must be an ISO 8601 day or instant" in done.out


def test_a_refused_name_that_is_no_text_still_gets_its_result(prepost: Run, tmp_path: Path) -> None:
    """Prevents a crash in the middle of the file while its problem is written."""
    (tmp_path / "posts.jsonl").write_text('{"draft": {"text": "a"}, "account": {}, "\\ud800": 1}\n{"text": "hello"}\n')

    assert prepost("audit", "posts.jsonl").code == 65
    results = _results(tmp_path / "posts.jsonl.checked.jsonl")
    assert [result.get("error") for result in results] == [
        "must be valid Unicode: a lone surrogate is no character",
        None,
    ]


def test_only_the_commonest_reasons_are_listed(prepost: Run, tmp_path: Path) -> None:
    """The summary stays a screen long; the results hold the rest."""
    posts = "\n".join(json.dumps({"text": "hello", "account": f"nobody-{number}"}) for number in range(20))
    (tmp_path / "posts.jsonl").write_text(posts)

    done = prepost("audit", "posts.jsonl")

    assert (done.code, done.out.count("there is no account")) == (65, 12)
    assert "and 8 more reasons" in done.out


def test_rows_that_prepost_failed_on_are_70(prepost: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a broken store from being taken for bad data."""

    def fail(*_: object) -> None:
        raise StoreUnavailable("the store could not be read")

    monkeypatch.setattr(Directory, "_read_account", fail)
    (tmp_path / "posts.jsonl").write_text('{"text": "hello"}\n{"text": "hello", "account": "acme"}\n{"text": ""}\n')

    done = prepost("audit", "posts.jsonl")

    assert done.code == 70
    assert [r["verdict"] for r in _results(tmp_path / "posts.jsonl.checked.jsonl")] == ["pass", "error", "error"]
    assert "        1  the store could not be read (first: line 2)" in done.out


def test_rows_that_could_not_be_recorded_have_no_verdict(
    prepost: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over HTTP: a verdict that nobody can look up again is none. Rows that are bad anyway keep their reason."""

    async def fail(*_: object) -> None:
        raise StoreUnavailable("the store could not be written")

    monkeypatch.setattr(AuditLog, "record_many", fail)
    (tmp_path / "posts.jsonl").write_text('{"text": "hello"}\n{"text": ""}\n{"text": "hello"}\n')

    assert prepost("audit", "posts.jsonl").code == 70
    problems = [result["problem"]["status"] for result in _results(tmp_path / "posts.jsonl.checked.jsonl")]
    assert problems == [503, 422, 503]


def test_degraded_rows_are_counted(prepost: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judged, but not by everything; prevents a summary that hides a check that failed."""

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("app.engine._findings", fail)
    (tmp_path / "posts.jsonl").write_text(json.dumps({"text": FINE}))

    done = prepost("audit", "posts.jsonl")

    assert (done.code, "  1 of them degraded: a check failed" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("content", "arguments", "reason"),
    [
        ("id,words\n1,hello\n", (), "posts.csv has no column 'text'"),
        ("", (), "posts.csv has no column 'text'"),
        ("text\nhello\n", ("--column", "body"), "no column 'body'"),
        ("text\nhello\n", ("--platform-column", "network"), "no column 'network'"),
        ("text\nhello\n", ("--date-column", "when"), "no column 'when'"),
        ("text\nhello\n", ("--account", "nobody"), "there is no account 'nobody'"),
        ("text\nhello\n", ("--platform", "myspace"), "/draft/platform"),
        ("text\nhello\n", ("--account-kind", "shop"), "/account"),
        ("text\nhello\n", ("--out", "missing/out.jsonl"), "missing/out.jsonl"),
    ],
)
def test_a_file_or_option_that_is_wrong_is_65(
    refused: Run, tmp_path: Path, content: str, arguments: tuple[str, ...], reason: str
) -> None:
    """Refused once, before anything is written."""
    (tmp_path / "posts.csv").write_text(content)

    assert reason in refused(65, "audit", "posts.csv", *arguments)
    assert not list(tmp_path.glob("*.jsonl"))


def test_a_field_that_no_line_has_is_65(refused: Run, tmp_path: Path) -> None:
    """Prevents a slip in an option after which every row is judged by the default."""
    (tmp_path / "posts.jsonl").write_text('{"text": "hello", "network": "x"}\n{"text": "hello"}\n')

    assert "no field 'netwrok'" in refused(65, "audit", "posts.jsonl", "--platform-column", "netwrok")
    assert not list(tmp_path.glob("*.checked.jsonl"))


def test_a_file_that_is_not_there_is_64(refused: Run) -> None:
    """As every wrong argument is."""
    refused(64, "audit", "missing.csv")
