"""prepost accounts profile and compare: a voice as people can read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Run = Callable[..., Any]
CASES = Path(__file__).parents[1] / "cases" / "wrong_account" / "other_voice.yml"
FERRIES, SAM, _, FEW = yaml.safe_load(CASES.read_text(encoding="utf-8"))["accounts"]


@pytest.fixture(autouse=True)
def stored(prepost: Run, tmp_path: Path) -> None:
    dated = [
        {"text": text, "posted_at": f"2026-10-{day:02}T08:00:00Z"}
        for day, text in enumerate(FERRIES["recent_posts"], 1)
    ]
    for name, account in (
        ("ferries", {**FERRIES, "recent_posts": dated}),
        ("twin", FERRIES),
        ("sam", SAM),
        ("few", FEW),
    ):
        (tmp_path / "account.json").write_text(json.dumps(account))
        prepost("accounts", "put", name, tmp_path / "account.json")


def test_a_voice_is_shown_in_plain_words(prepost: Run) -> None:
    """What was learnt, so that people can see whether it is theirs."""
    shown = prepost("accounts", "profile", "ferries").out
    assert shown.startswith("@harbourferries: 24 posts since 2026-10-01\nvoice learnt from 24 posts")
    for part in ("words: crossing", "hashtags: #harbourferries 25%", "sites: ferry.example.com", "speaking as “we”"):
        assert part in shown
    assert "hours (UTC): 8 100%" in shown
    assert prepost("accounts", "profile", "ferries", "--rebuild").out == shown


def test_too_few_posts_are_said_to_be_too_few(prepost: Run, refused: Run) -> None:
    """Instead of a picture of four posts."""
    assert "no voice yet: it takes 5 posts" in prepost("accounts", "profile", "few").out
    assert "'few' has 4 posts" in refused(65, "accounts", "compare", "ferries", "few")


@pytest.mark.parametrize(
    "command", [("profile", "nobody"), ("profile", "nobody", "--rebuild"), ("compare", "sam", "nobody")]
)
def test_a_voice_of_nobody_is_refused(refused: Run, command: tuple[str, ...]) -> None:
    """By name."""
    assert "there is no account 'nobody'" in refused(65, "accounts", *command)


def test_accounts_that_are_apart_are_told_apart(prepost: Run) -> None:
    """Both ways, without a warning."""
    done = prepost("accounts", "compare", "ferries", "sam")
    assert done.code == 0
    assert done.out == (
        "of 24 posts of ferries, 24 (100%) would be noticed on sam\n"
        "of 24 posts of sam, 21 (88%) would be noticed on ferries\n"
    )


def test_two_accounts_that_post_the_same_are_called_too_alike(prepost: Run) -> None:
    """Whoever counts on a warning there must know that none will come; it is no error."""
    done = prepost("accounts", "compare", "ferries", "twin")
    assert done.code == 0
    assert "too alike to tell" in done.out
