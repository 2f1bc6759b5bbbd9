"""A running service on a real SQLite file, with a small verified model and a few rules whose effect is known.

Its calendar is empty, so that no test depends on the day it runs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.checks.base import Check, NotApplicable
from app.classifier import LABELS
from app.classifier.model import FORMAT
from app.domain import Finding, Prepared, Span
from app.events.observances import COLUMNS
from app.main import create_app
from app.settings import Settings

SHIPPED = Path(__file__).parents[2] / "models"
Start = Callable[..., TestClient]


def _swearing(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        for found in re.finditer(r"\bdamn\b", text.raw):
            yield Finding(
                "This swears.", f"It says “{found[0]}”.", "Leave it out.", (Span(*found.span(), text.field),),
                grade="strong", evidence={"words": [found[0]], "counted": 1},
            )  # fmt: skip


def _phone(prepared: Prepared) -> Iterable[Finding]:
    for found in re.finditer(r"\d{9,}", prepared.text.raw):
        spans = (Span(*found.span()),)
        yield Finding("A phone number.", f"{found[0]} is private.", "Remove it.", spans, evidence={"number": found[0]})


def _whole_text(prepared: Prepared) -> Iterable[Finding]:
    if len(prepared.text.raw) > 40 and "win" in prepared.text.raw:
        yield Finding("A contest.", "It asks for shares.", "Reword it.", (Span(0, len(prepared.text.raw)),))


def _levity(prepared: Prepared) -> Iterable[Finding]:
    if not prepared.moment.events:
        raise NotApplicable("no event is near")
    for match in prepared.moment.events:
        why = f"{match.event.name} is going on."
        yield Finding("This is light-hearted.", why, "Wait.", confidence=0.9, evidence={"event": match.event.id})


def _english(prepared: Prepared) -> Iterable[Finding]:
    """A rule that knows English only."""
    return ()


def _broken(prepared: Prepared) -> Iterable[Finding]:
    if "break" in prepared.text.raw:
        raise ZeroDivisionError
    return ()


CHECKS = (
    Check("offensive/swearing", "Swearing", _swearing, default_grades=("strong",), sources=("A dictionary",)),
    Check("private_information/phone", "Phone", _phone),
    Check("platform_rule/contest", "Contest", _whole_text),
    Check("sombre_context/levity", "Levity", _levity),
    Check("unverified_claim/english", "English", _english, languages=frozenset({"en"}), needs_scores=True),
    Check("automation/broken", "Broken", _broken),
)
_POLICY = """
name = "default"
version = 3
[rules."offensive/swearing"]
severity = { strong = "high", default = "medium" }
[rules."private_information/phone"]
severity = "high"
[rules."platform_rule/contest"]
mode = "warn"
[rules."sombre_context/levity"]
[rules."unverified_claim/english"]
[rules."automation/broken"]
"""
_KEEPING = 'name = "keeping"\nversion = 1\nstore_text = true\n'
_WATCHING = 'name = "watching"\nversion = 1\n[rules."offensive/swearing"]\nmode = "observe"\n'


def write_model(folder: Path) -> Path:
    """A models folder with one model of four features."""
    model = folder / "tiny"
    model.mkdir(parents=True)
    arrays = {
        "vocabulary": np.frombuffer(b"w:damn\nw:boots\nw:sale\nw:hello", dtype=np.uint8),
        "idf": np.ones(4),
        "coefficients": np.zeros((4, len(LABELS)), dtype=np.float32),
        "intercepts": np.zeros(len(LABELS)),
        "platt": np.array([-np.ones(len(LABELS)), np.ones(len(LABELS))]),
    }
    np.savez(model / "weights.npz", **arrays)
    digest = hashlib.sha256((model / "weights.npz").read_bytes()).hexdigest()
    manifest = {"format": FORMAT, "version": "tiny-1", "labels": list(LABELS), "files": {"weights.npz": digest}}
    (model / "manifest.json").write_text(json.dumps(manifest))
    (model / "metrics.json").write_text(json.dumps({"insult": {"auc": 0.5}}))
    (folder / "CURRENT").write_text("tiny\n")
    (folder / "apology").symlink_to(SHIPPED / "apology")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    policies = tmp_path / "policy"
    policies.mkdir()
    for name, text in (("default", _POLICY), ("keeping", _KEEPING), ("watching", _WATCHING)):
        (policies / f"{name}.toml").write_text(text)
    days = tmp_path / "calendar"
    days.mkdir()
    (days / "none.csv").write_text(",".join(COLUMNS) + "\n")
    return Settings(
        data_dir=tmp_path / "data",
        models_dir=write_model(tmp_path / "models"),
        policy_dir=policies,
        calendar_dir=days,
    )


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Starts a service; `checks` and any setting may differ from the usual."""
    running: list[TestClient] = []

    def _start(*, checks: tuple[Check, ...] = CHECKS, **changes: object) -> TestClient:
        app = create_app(settings.model_copy(update=changes), checks=checks)
        client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
        running.append(client.__enter__())
        return client

    yield _start
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture
def client(start: Start) -> TestClient:
    return start()


@pytest.fixture
def request_for() -> Callable[..., dict]:
    """A request that a brand could send."""

    def _request(text: str = "Hello, Leeds! Our new boots are here.", **draft: object) -> dict:
        return {
            "draft": {"text": text, "platform": "x", **draft},
            "account": {"handle": "@acme", "kind": "brand", "regions": ["GB"]},
            "context": {"now": "2026-11-11T10:58:00Z"},
        }

    return _request
