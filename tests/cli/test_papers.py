"""prepost openapi, rules, train, and prepost by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.checks import CHECKS

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]


def test_openapi_prints_or_writes_what_the_repository_holds(prepost: Run, tmp_path: Path) -> None:
    """To the byte, so that `make openapi` changes nothing by itself."""
    kept = (ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8")

    assert prepost("openapi").out == kept
    assert prepost("openapi", "--out", tmp_path / "openapi.json").code == 0
    assert (tmp_path / "openapi.json").read_text(encoding="utf-8") == kept


def test_rules_lists_each_rule_or_writes_its_page(prepost: Run, tmp_path: Path) -> None:
    """One page a rule, under the rule's id, and the index."""
    assert [line.split()[0] for line in prepost("rules").out.splitlines()] == [check.id for check in CHECKS]

    assert prepost("rules", "--out", tmp_path / "rules").code == 0
    pages = {str(path.relative_to(tmp_path / "rules")) for path in (tmp_path / "rules").rglob("*.md")}
    assert pages == {f"{check.id}.md" for check in CHECKS} | {"README.md"}


def test_a_place_that_cannot_be_written_is_65(refused: Run, tmp_path: Path) -> None:
    """A file where a folder should be."""
    (tmp_path / "file").write_text("")

    for command in ("openapi", "rules"):
        assert "file" in refused(65, command, "--out", tmp_path / "file" / "out")


def test_training_needs_drafts(refused: Run, tmp_path: Path) -> None:
    """The folder is named, and no half model is left behind."""
    assert "nowhere holds no labelled drafts" in refused(65, "train", "--labels", "nowhere")

    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "mine.jsonl").write_text('{"text": "a", "labels": {"rude": 1}, "family": "a"}\n')
    assert "mine.jsonl:1: unknown label 'rude'" in refused(65, "train", "--labels", "labels")
    assert not (tmp_path / "models").exists()


def test_training_on_corpora_needs_the_corpora(refused: Run, tmp_path: Path) -> None:
    """A folder that isn't there is a wrong argument; one without the corpora is bad data."""
    refused(64, "train", "--sources", "nowhere")

    arguments = ("--labels", ROOT / "data" / "labels", "--table", ROOT / "data" / "sources.toml")
    refused(65, "train", "--sources", tmp_path, *arguments)
    assert not (tmp_path / "models").exists()


def test_prepost_by_itself_shows_its_help(prepost: Run) -> None:
    """And so does every group of commands."""
    for arguments in ((), ("accounts",), ("events",), ("keys",), ("labels",)):
        done = prepost(*arguments)
        assert (done.code, "Usage: prepost" in done.out + done.err) == (64, True)
    assert prepost("--help").code == 0


def test_an_unknown_command_is_64(refused: Run) -> None:
    """Named in one line."""
    assert "judge" in refused(64, "judge")


def test_a_terminal_of_another_encoding_still_gets_its_verdict(tmp_path: Path) -> None:
    """What can't be shown is escaped: a crash would hide the verdict."""
    environment = {
        **os.environ,
        "PREPOST_DATA_DIR": str(tmp_path),
        "PYTHONIOENCODING": "latin-1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "check", "--json"]

    done = subprocess.run(
        command, cwd=ROOT, env=environment, input="What a fucking mess 😀".encode(), capture_output=True
    )

    assert (done.returncode, done.stderr) == (2, b"")
    assert json.loads(done.stdout.decode("latin-1").replace("\\U", "\\\\U"))["verdict"] == "hold"
