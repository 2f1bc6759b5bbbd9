"""prepost accounts import: what it takes, what it refuses, and that it goes on where it broke off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import history
from app.service import accounts
from app.store.session import Database

Run = Callable[..., Any]


@pytest.fixture
def write(prepost: Run, tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes a file of history for the account `acme`, whose handle is @acme."""
    (tmp_path / "account.json").write_text('{"handle": "@acme"}')
    prepost("accounts", "put", "acme", "account.json")

    def run(content: str | bytes) -> Path:
        path = tmp_path / "history.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return run


def _stored(tmp_path: Path) -> list[tuple[str, str]]:
    database = Database(f"sqlite:///{next((tmp_path / 'data').glob('*.db'))}")
    try:
        return sorted((post.text, post.kind) for post in accounts.find(database, "acme").recent_posts)
    finally:
        database.close()


def _tweets(*texts: str, **more: Any) -> str:
    tweets = [{"tweet": {"full_text": t, "created_at": "Wed Oct 10 20:19:24 +0000 2018", **more}} for t in texts]
    return f"window.YTD.tweets.part0 = {json.dumps(tweets)}"


def test_an_x_archive_is_imported_once(prepost: Run, write: Run, tmp_path: Path) -> None:
    """Prevents doubles; the line says what was added, what wasn't and why."""
    path = write(_tweets("one", "RT @you: two", "", "Grüße 🥾", "日本語"))

    assert prepost("accounts", "import", "acme", path).out == (
        "added 4 posts to acme, 0 already there; of all 1 reposts, 0 replies; "
        "1 skipped: 1 no words (first tweet 3: no words)\n"
    )
    assert prepost("accounts", "import", "acme", path).out.startswith("added 0 posts to acme, 4 already there; ")
    assert _stored(tmp_path) == [("Grüße 🥾", "post"), ("RT @you: two", "repost"), ("one", "post"), ("日本語", "post")]


def test_whose_thread_it_is_is_known_from_the_account(prepost: Run, write: Run, tmp_path: Path) -> None:
    """Prevents a thread from counting as replies; --me says it where the account has another name now."""
    path = write(_tweets("and on", in_reply_to_screen_name="Acme"))
    prepost("accounts", "import", "acme", path, "--me", "@renamed")
    assert _stored(tmp_path) == [("and on", "reply")]

    path = write(_tweets("and on it goes", in_reply_to_screen_name="Acme"))
    prepost("accounts", "import", "acme", path)
    assert _stored(tmp_path) == [("and on", "reply"), ("and on it goes", "post")]


def test_only_reposts_are_noted(prepost: Run, write: Run) -> None:
    """Prevents a history without one word of the account's own from passing for one."""
    done = prepost("accounts", "import", "acme", write(_tweets("RT @you: hi")))
    assert (done.code, done.err) == (0, "only reposts: they don't show how the account writes\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_excels_is_read(prepost: Run, write: Run, tmp_path: Path, encoding: str) -> None:
    """Prevents mojibake."""
    write("Text;Date\r\nCafé – “open”;25.11.2026\r\n".encode(encoding))
    assert prepost("accounts", "import", "acme", "history.txt").out.startswith(
        "added 1 posts to acme, 0 already there; "
    )
    assert _stored(tmp_path) == [("Café – “open”", "post")]


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        (b"", [], "there is nothing in it"),
        (_tweets("a")[:-3], [], "the file breaks off"),
        (_tweets(""), [], "no posts in it: 1 skipped: 1 no words"),
        ("window.YTD.tweets.part0 = []", [], "no posts in it: 0 skipped"),
        (_tweets("a"), ["--format", "mastodon"], "not JSON"),
        (_tweets("a"), ["--format", "jsonl"], "line 1: not JSON"),
        ('"a"', ["--format", "csv"], "line 1: no column"),
        ("text,profile\na,b\nc,d\n", [], "several accounts"),
        ("text,profile\na,b\nc,d\n", ["--me", "acme"], "no posts in it: 2 skipped: 2 another account's"),
        ("text,date\na,01/02/2026\n", [], "1 day and month could be either way round (first line 2 (01/02/2026)"),
        (b"PK\x03\x04nothing", [], "broken off, or no zip"),
        (b'"fine"\n"caf\xe9"\n', [], "byte 11: not UTF-8"),
        ('"fine"\n"half', [], "line 2: not JSON"),
        ("<!doctype html>", [], "a web page"),
    ],
)
def test_what_cannot_be_read_is_65_and_changes_nothing(
    prepost: Run, refused: Run, write: Run, tmp_path: Path, content: Any, options: list[str], reason: str
) -> None:
    """Prevents half a file in the store; file and place are named."""
    path = write(content)
    error = refused(65, "accounts", "import", "acme", path, *options)
    assert "history.txt: " in error
    assert reason in error
    assert _stored(tmp_path) == []


def test_an_unknown_format_is_misuse_and_a_folder_is_bad_data(refused: Run, write: Run, tmp_path: Path) -> None:
    """Prevents a guess."""
    refused(64, "accounts", "import", "acme", write('"a"'), "--format", "xml")
    assert "regular file" in refused(65, "accounts", "import", "acme", tmp_path)


def test_an_interrupted_import_goes_on(
    prepost: Run, write: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents an import that starts at the beginning, or twice; what was stored before Ctrl-C stays."""
    path = write("".join(f'"post {n}"\n' for n in range(25)))
    monkeypatch.setattr(history, "_BATCH", 10)
    monkeypatch.setattr(history, "_TOLD_EVERY", 20)
    add, calls = accounts.add_posts, []

    def stop(*given: Any) -> int:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return add(*given)

    monkeypatch.setattr(accounts, "add_posts", stop)
    done = prepost("accounts", "import", "acme", path)
    assert (done.code, done.out) == (130, "")
    assert "stopped after 10 of 25 posts: run it again and it goes on" in done.err
    assert len(_stored(tmp_path)) == 10

    done = prepost("accounts", "import", "acme", path)
    assert done.out.startswith("added 15 posts to acme, 10 already there; ")
    assert done.err == "20 of 25 posts\n"
    assert len(_stored(tmp_path)) == 25


def _outbox(actor: str) -> str:
    note = {"type": "Note", "content": "<p>hello</p>", "published": "2026-01-01T10:00:00Z"}
    return json.dumps({"orderedItems": [{"type": "Create", "actor": actor, "object": note}]})


def test_another_persons_archive_is_refused_until_it_is_named(prepost: Run, write: Run, tmp_path: Path) -> None:
    """Two voices in one history would make each of them sound right."""
    path = write(_outbox("https://example.social/users/robin"))
    refused = prepost("accounts", "import", "acme", path)
    assert refused.code == 65
    assert "these are the posts of @robin, not of @acme: --me @robin takes them all the same" in refused.err
    assert "not of @sam" in prepost("accounts", "import", "acme", path, "--me", "@sam").err
    assert prepost("accounts", "import", "acme", path, "--me", "@robin").code == 0
    assert prepost("accounts", "forget-posts", "acme").out == "erased 1 posts of acme, and its voice\n"
    assert _stored(tmp_path) == []


def test_the_accounts_own_rows_are_taken_of_a_table_of_several(prepost: Run, write: Run, tmp_path: Path) -> None:
    """The handle is known: nobody should have to say it again."""
    prepost("accounts", "import", "acme", write("Profile,Text\n@acme,ours\n@other,theirs\n"))
    assert _stored(tmp_path) == [("ours", "post")]
    assert prepost("accounts", "import", "acme", write("Profile,Text\n@other,theirs\n")).code == 65


def test_dates_that_could_be_either_are_read_as_told(prepost: Run, write: Run, tmp_path: Path) -> None:
    """A file was lost row by row, and nothing said how to save it."""
    path = write("Date,Text\n01/04/2026,one\n02/04/2026,two\n")
    first = prepost("accounts", "import", "acme", path)
    assert first.code == 65
    assert "day and month could be either way round" in first.err
    assert prepost("accounts", "import", "acme", path, "--dates", "mdy").out.startswith("added 2 posts")


def test_an_account_that_is_not_there_is_told_how_to_make(prepost: Run, write: Run) -> None:
    """And where it was looked for: in another folder is another store."""
    refused = prepost("accounts", "import", "nobody", write("Text\none\n"))
    assert "`prepost accounts put nobody FILE`" in refused.err
    assert "prepost.db" in refused.err
