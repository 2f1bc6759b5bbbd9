"""prepost accounts, events, keys: what the service knows, without the service."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
EVENT = {"name": "Bridge collapse", "kind": "accident", "regions": ["GB"]}


@pytest.fixture
def put(prepost: Run, tmp_path: Path) -> Run:
    """Stores an account."""

    def run(account_id: str, **account: Any) -> Any:
        (tmp_path / "account.json").write_text(json.dumps(account))
        return prepost("accounts", "put", account_id, tmp_path / "account.json")

    return run


def test_accounts_are_put_and_listed(prepost: Run, put: Run) -> None:
    """In the order of their ids, whatever the page size."""
    assert put("b", kind="media", handle="@b", display_name="Bee").out == "created b\n"
    assert put("a").out == "created a\n"
    assert put("b", kind="ngo").out == "replaced b\n"

    assert prepost("accounts", "list").out == "a\tbrand\t\t\nb\tngo\t\t\n"


def test_posts_are_imported_once(prepost: Run, put: Run, tmp_path: Path) -> None:
    """Strings and objects; what is there already is left out."""
    put("acme")
    posts = tmp_path / "posts.jsonl"
    lines = ['"one\u2028two"', '{"text": "two", "posted_at": "2026-11-01T10:00:00Z", "kind": "reply"}', "", '"three"']
    posts.write_text("\n".join(lines), encoding="utf-8")

    for counts in ("added 3 posts to acme, 0 already there", "added 0 posts to acme, 3 already there"):
        assert prepost("accounts", "import", "acme", posts).out == f"{counts}; of all 0 reposts, 1 replies; 0 skipped\n"


def test_an_account_is_erased(prepost: Run, refused: Run, put: Run) -> None:
    """And then it is gone."""
    put("acme", recent_posts=["hello"])

    assert prepost("accounts", "delete", "acme").out == "erased acme and its posts\n"
    assert prepost("accounts", "list").out == ""
    assert "there is no account 'acme'" in refused(65, "accounts", "delete", "acme")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "account.json"),
        (b"[]", "account.json"),
        (b'{"knd": "brand"}', "/knd"),
        (b'{"kind": "shop"}', "/kind"),
        (b'{"policy": "none"}', "there is no policy 'none'"),
        (b"\xff", "account.json"),
    ],
)
def test_a_broken_account_is_65(refused: Run, prepost: Run, tmp_path: Path, content: bytes, reason: str) -> None:
    """Nothing is stored."""
    (tmp_path / "account.json").write_bytes(content)

    assert reason in refused(65, "accounts", "put", "acme", "account.json")
    assert prepost("accounts", "list").out == ""


@pytest.mark.parametrize("account_id", ["", "a b", "/", "a" * 121, "a\n", "\udcff", "é"])
def test_an_id_that_no_request_could_name_is_65(refused: Run, tmp_path: Path, account_id: str) -> None:
    """The same ids as over HTTP."""
    (tmp_path / "account.json").write_text("{}")

    assert "can't be an id" in refused(65, "accounts", "put", account_id, "account.json")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "posts.jsonl: line 2: not JSON"),
        (b"7", "posts.jsonl: line 2: a string or an object"),
        (b'{"words": "a"}', "posts.jsonl: line 2: a string or an object"),
        (b'{"text": "a", "posted_at": "2026-11-11"}', "posts.jsonl: line 2: posted_at"),
        (b'"caf\xe9"', "posts.jsonl: byte 12: not UTF-8"),
    ],
)
def test_a_broken_post_is_65_and_none_is_added(
    refused: Run, prepost: Run, put: Run, tmp_path: Path, line: bytes, reason: str
) -> None:
    """File and place are named."""
    put("acme")
    (tmp_path / "posts.jsonl").write_bytes(b'"hello"\n' + line + b"\n")

    assert reason in refused(65, "accounts", "import", "acme", "posts.jsonl")
    (tmp_path / "posts.jsonl").write_bytes(b'"hello"\n')
    assert prepost("accounts", "import", "acme", "posts.jsonl").out.startswith("added 1 posts to acme, 0 already there")


def test_posts_of_nobody_are_65(prepost: Run, refused: Run, tmp_path: Path) -> None:
    """An empty file is no excuse."""
    prepost("accounts", "list")
    for content in ('"hello"', ""):
        (tmp_path / "posts.jsonl").write_text(content)
        assert "there is no account 'acme'" in refused(65, "accounts", "import", "acme", "posts.jsonl")


def test_events_are_opened_listed_and_closed(prepost: Run, tmp_path: Path) -> None:
    """A closed event is no longer active."""
    (tmp_path / "event.json").write_text(json.dumps(EVENT))
    prepost("accounts", "list")  # makes the store, as the service does

    opened = prepost("events", "open", "event.json").out
    event_id = opened.split("\t")[0]
    assert opened.split("\t")[1:3] == ["accident", "GB"]
    assert prepost("events", "list", "--active").out == opened

    closed = prepost("events", "close", event_id).out
    assert " until " in closed
    assert prepost("events", "list").out == closed
    assert prepost("events", "list", "--active").out == ""


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"name": "a"}', b'{"name": "a", "kind": "party"}', b"\xff"])
def test_a_broken_event_is_65(refused: Run, tmp_path: Path, content: bytes) -> None:
    """The file is named."""
    (tmp_path / "event.json").write_bytes(content)

    assert "event.json" in refused(65, "events", "open", "event.json")


def test_an_event_nobody_opened_cannot_be_closed(prepost: Run, refused: Run) -> None:
    """Refused by name."""
    assert "there is no store at" in refused(65, "events", "close", "evt_1")
    prepost("accounts", "list")
    assert "there is no event 'evt_1'" in refused(65, "events", "close", "evt_1")


def test_keys_are_made_listed_and_revoked(prepost: Run, refused: Run) -> None:
    """The token is shown once, and only its beginning after that."""
    key_id, token = prepost("keys", "create", "scheduler").out.strip().split("\t")

    [line] = prepost("keys", "list").out.splitlines()
    assert line.split("\t")[:3] == [key_id, f"{token[:9]}…", "active"]
    assert token not in line
    assert prepost("keys", "revoke", key_id).out == f"revoked {key_id}\n"
    assert "\trevoked\t" in prepost("keys", "list").out
    assert f"there is no active key {key_id!r}" in refused(65, "keys", "revoke", key_id)


def test_a_name_that_cannot_be_stored_is_65(refused: Run) -> None:
    """Bytes that are no text, from a shell of another encoding."""
    refused(65, "keys", "create", "caf\udce9")


def test_a_store_that_cannot_be_used_is_70(refused: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepost's fault, or its operator's: not the caller's."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "prepost.db").write_bytes(b"no database " * 1_000)
    assert "Store unavailable" in refused(70, "accounts", "list")

    monkeypatch.setenv("PREPOST_DATABASE_URL", "nonsense://user:secret@host/name")
    assert "secret" not in refused(70, "accounts", "list")


def test_the_calendar_is_listed(prepost: Run) -> None:
    """A planner sees the days of a region before the posts are written, and which dates nobody has confirmed."""
    done = prepost("events", "calendar", "--region", "GB", "--from", "2026-11-08", "--to", "2026-11-08")
    assert done.out == "2026-11-08\tGB\twar remembrance\t3\tRemembrance Sunday\n"
    eve = prepost("events", "calendar", "--region", "IL", "--from", "2026-10-05", "--to", "2026-10-05").out
    assert eve.startswith("2026-10-05 from sunset before\tIL\tterror attack\t2?\t")


@pytest.mark.parametrize(
    "wrong", [("--region", "Britain"), ("--from", "yesterday"), ("--to", "0999-01-01")], ids=["region", "date", "year"]
)
def test_a_calendar_of_nowhere_or_never_is_refused(prepost: Run, wrong: tuple[str, str]) -> None:
    """Prevents an empty list for a question that was misunderstood."""
    done = prepost("events", "calendar", *wrong)
    assert done.code == 64
    assert wrong[1] in done.err
