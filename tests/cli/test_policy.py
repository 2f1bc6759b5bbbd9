"""prepost policy check: what the service would make of a folder, told before it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
RULE = """
[own."platform_rule/rivals"]
title = "Competitor named"
message = "This names a competitor."
words = ["Initech"]
patterns = ['globex\\w*']
flag = ["We beat Initech again"]
allow = ["We won again", "Hello"]
"""


def _append(path: Path, lines: str) -> int:
    """Gives the line on which they begin."""
    before = path.read_text()
    path.write_text(before + lines)
    return before.count("\n") + 1


def test_policy_check_tells_each_policys_own_rules_and_that_their_cases_hold(prepost: Run, tmp_path: Path) -> None:
    """The folder that the service has, or another one."""
    _append(tmp_path / "policy" / "default.toml", RULE)
    _append(tmp_path / "policy" / "gentle.toml", '[own."platform_rule/rivals"]\nmode = "off"\n')
    done = prepost("policy", "check")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        "default:", "platform_rule/rivals", "gentle:", "platform_rule/rivals", "strict:", "platform_rule/rivals"
    ]  # fmt: skip
    first = " ".join(done.out.splitlines()[1].split())
    assert first == "platform_rule/rivals hold medium 1 word, 1 pattern; 1 flagged and 2 allowed, as they should be"
    assert prepost("policy", "check", tmp_path / "policy").out == done.out


def test_policy_check_names_each_wrong_file_with_its_line(prepost: Run, tmp_path: Path) -> None:
    """Bad data: one line for each file, and the good ones are told all the same."""
    lines = {
        name: _append(tmp_path / "policy" / f"{name}.toml", RULE.replace("Initech", "Hooli", 1))
        for name in ("gentle", "strict")
    }
    done = prepost("policy", "check")
    assert done.code == 65
    assert done.out.startswith("default: default@1, 0 own rules")
    reason = "own.platform_rule/rivals.flag #1: finds nothing in this case, which it must flag"
    assert done.err.splitlines() == [f"prepost: {name}.toml:{line + 6}: {reason}" for name, line in lines.items()]


def test_a_folder_without_a_default_is_bad_data(refused: Run, tmp_path: Path) -> None:
    """And one that isn't there is misuse."""
    assert "holds no default.toml" in refused(65, "policy", "check", tmp_path)
    refused(64, "policy", "check", tmp_path / "nowhere")


def test_a_command_under_a_wrong_policy_says_where(refused: Run, tmp_path: Path) -> None:
    """Prepost itself can't work: the line is told all the same."""
    line = _append(tmp_path / "policy" / "default.toml", "\n[own]\nx = 1\n")
    assert f"Policy refused: default.toml:{line + 2}: own.x" in refused(70, "check", "hello")
