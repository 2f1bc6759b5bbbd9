"""prepost serve: answers, or refuses to start in one line that names the cause."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
Run = Callable[..., Any]


def test_the_service_answers_says_that_it_is_open_and_stops_when_told(tmp_path: Path) -> None:
    """As a process of its own, with the demo that the README promises."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PREPOST_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [*MAIN, "serve", "--demo", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            reply = _ask(port, {"draft": {"text": "What a fucking mess."}, "account": "demo"}, process)
        finally:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert reply["verdict"] == "hold"
    assert f"http://127.0.0.1:{port}/check" in out
    assert "no API key exists: listening on loopback only" in err
    assert "Traceback" not in err


def _ask(port: int, body: dict[str, Any], process: subprocess.Popen[str]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/check", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except (ConnectionError, urllib.error.URLError):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "prepost.example"])
def test_without_a_key_nothing_beyond_loopback_is_served(refused: Run, host: str) -> None:
    """Otherwise anybody could read drafts that were meant for nobody yet."""
    assert "no API key exists" in refused(70, "serve", "--host", host)


def test_a_missing_or_corrupt_model_is_named(refused: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service never starts without its classifier."""
    models = tmp_path / "models"
    monkeypatch.setenv("PREPOST_MODELS_DIR", str(models))
    assert "CURRENT" in refused(70, "serve")

    shutil.copytree(ROOT / "models", models)
    weights = models / (models / "CURRENT").read_text().strip() / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert str(weights) in refused(70, "serve")
    assert str(weights) in refused(70, "check", "hello")


def test_a_wrong_policy_is_named(refused: Run, tmp_path: Path) -> None:
    """So is a broken policy file."""
    (tmp_path / "policy" / "extra.toml").write_text("name = ")

    assert "extra.toml" in refused(70, "serve")


def test_a_port_that_is_taken_is_no_verdict(prepost: Run) -> None:
    """uvicorn ends with 1 there, which would read as a warning."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert prepost("serve", "--port", taken.getsockname()[1]).code == 70


def test_a_wrong_setting_is_named(refused: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error in a variable of the environment."""
    monkeypatch.setenv("PREPOST_PORT", "eight thousand")

    assert "/port" in refused(64, "serve")
    assert "/port" in refused(64, "accounts", "list")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_64(refused: Run, port: str) -> None:
    """As every wrong argument is."""
    refused(64, "serve", "--port", port)
