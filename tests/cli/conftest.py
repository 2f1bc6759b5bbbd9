"""The command line as a person meets it: arguments and standard input in, two streams and an exit code out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app.checks import CHECKS
from app.cli import main

POLICIES = Path(__file__).parents[2] / "data" / "policy"


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def prepost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs a command with a store of its own, and the policies `gentle` (warns only) and `strict` (blocks)."""
    policies = tmp_path / "policy"
    policies.mkdir()
    (policies / "default.toml").write_bytes((POLICIES / "default.toml").read_bytes())
    for name, mode in (("gentle", "warn"), ("strict", "block")):
        rules = "".join(f'[rules."{check.id}"]\nmode = "{mode}"\n' for check in CHECKS)
        (policies / f"{name}.toml").write_text(f'name = "{name}"\nversion = 1\n{rules}')
    monkeypatch.setenv("PREPOST_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PREPOST_POLICY_DIR", str(policies))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["prepost", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Done(ended.value.code, out, err)

    return run


@pytest.fixture
def refused(prepost: Callable[..., Done]) -> Callable[..., str]:
    """Runs a command that must be refused with an exit code; gives the one line that says why."""

    def run(code: int, *arguments: str, stdin: bytes = b"") -> str:
        done = prepost(*arguments, stdin=stdin)
        assert done.code == code, done
        assert done.err.startswith("prepost: ")
        assert done.err.count("\n") == 1
        return done.err

    return run
