"""prepost audit: every row gets a result; a broken one is an error of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FINE = "Our library opens at nine tomorrow, come in and say hello."
RUDE = "What a fucking mess."
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


@pytest.mark.parametrize(
    ("content", "arguments", "reason"),
    [
        ("id,words\n1,hello\n", (), "posts.csv has no column 'text'"),
        ("", (), "posts.csv has no column 'text'"),
        ("text\nhello\n", ("--column", "body"), "no column 'body'"),
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


def test_a_file_that_is_not_there_is_64(refused: Run) -> None:
    """As every wrong argument is."""
    refused(64, "audit", "missing.csv")
