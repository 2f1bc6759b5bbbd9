"""Models and policies are exchanged without a restart, and no request is lost to it or sees half of each."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import http.client
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from app.checks.base import Check
from app.cli import session
from app.domain import Finding, Prepared
from app.main import create_app
from app.service import reload
from app.service.serving import Live
from app.settings import Settings
from app.training.promote import make_current
from tests.tiny_models import ENCODER, expected, write_encoder, write_tiny

ROOT = Path(__file__).parents[2]
MODELS = {"one": (1.0, 0.3), "two": (2.0, 0.6)}
"""bias and threshold of each"""


def _insult(prepared: Prepared) -> Iterable[Finding]:
    assert prepared.scores is not None
    score = prepared.scores.strengths["insult"]
    yield Finding("Rude.", "It says so.", "Don't.", confidence=score)


CHECKS = (Check("offensive/insulting", "Insulting", _insult, needs_scores=True, label="insult"),)
_POLICY = 'name = "default"\nversion = 1\n[rules."offensive/insulting"]\nfalse_alarms_per_1000 = 5\n'
_OWN = """
[own."sombre_context/town"]
title = "Town"
message = "This names a town."
words = ["Leeds"]
flag = ["to Leeds"]
allow = ["to York"]
"""
BODY = {
    "draft": {"text": "Hello, Leeds!", "platform": "x"},
    "account": {"handle": "@acme", "kind": "brand"},
    "options": {"explain": True},
}

_JSON = {"Content-Type": "application/json"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two models that share an encoder, `one` of them current."""
    models, policies = tmp_path / "models", tmp_path / "policy"
    policies.mkdir()
    (policies / "default.toml").write_text(_POLICY)
    write_encoder(models)
    for name, (bias, threshold) in MODELS.items():
        write_tiny(models, name, bias=bias, encoder=ENCODER, thresholds=threshold, metrics={"of": name})
    make_current(models, "one")
    (models / "apology").symlink_to(Path(__file__).parents[2] / "models" / "apology")
    return Settings(data_dir=tmp_path / "data", models_dir=models, policy_dir=policies)


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A service that looks at CURRENT more often than it need."""
    monkeypatch.setattr(reload, "follow", partial(reload.follow, every=0.02))
    return create_app(settings, checks=CHECKS)


@pytest.fixture
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def _until(true: Callable[[], Any], what: str = "in time") -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Load:
    """Clients that ask without a pause, each on a connection of its own, and look at every reply."""

    def __init__(self, port: int) -> None:
        self.port, self.stop, self.wrong = port, threading.Event(), list[str]()
        self.answered: Counter[tuple[str, str]] = Counter()
        self.threads = [threading.Thread(target=self._ask, args=("/check", BODY)) for _ in range(4)]
        self.threads += [threading.Thread(target=self._ask, args=("/v1/check/batch", {"items": [BODY] * 25}))]
        self.threads += [threading.Thread(target=self._ask, args=("/v1/models/current", None))]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _ask(self, path: str, body: Any) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            while not self.stop.is_set():
                connection.request("POST" if body else "GET", path, body and json.dumps(body), _JSON)
                answer = connection.getresponse()
                self._look(path, answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"{path}: {error!r}")
        finally:
            connection.close()

    def _look(self, path: str, status: int, raw: bytes) -> None:
        reply = json.loads(raw)
        if status != 200:
            self.wrong.append(f"{path}: {status} {reply}")
        elif path == "/v1/models/current":
            if not reply["version"] == reply["manifest"]["version"] == reply["metrics"]["of"]:
                self.wrong.append(f"{path}: {reply}")
        else:
            results = reply.get("results", [reply])
            version = results[0]["versions"]["model"]
            self.answered[path, version] += 1
            for result in results:
                self._consistent(result, version)

    def _consistent(self, result: Any, version: str) -> None:
        bias, threshold = MODELS[version]
        scores = {round(score, 4) for score in result["scores"].values()}
        limits = [warning["threshold"] for warning in result["warnings"]]
        found = (result["versions"]["model"], scores, limits, result["degraded"])
        if found != (version, {round(expected(bias), 4)}, [pytest.approx(threshold)], False):
            self.wrong.append(f"{found} of {version}")


def test_no_request_fails_or_sees_two_models_while_they_are_exchanged(app: Any, settings: Settings) -> None:
    """Ten promotions back and forth under load: each reply is of one model from its scores to its thresholds."""
    port = _free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    running = threading.Thread(target=server.run)
    running.start()
    live: Live = app.state.services.live
    encoder, olds = live.serving.model.encoder, []
    try:
        _until(lambda: server.started)
        with Load(port) as load:
            for name in ("two", "one") * 5:
                olds.append(weakref.ref(live.serving.model))
                before = load.answered["/check", name]
                make_current(settings.models_dir, name)
                _until(lambda before=before, name=name: load.answered["/check", name] > before + 3 or load.wrong)
            _until(lambda: load.answered["/v1/check/batch", "one"] > 2 or load.wrong)
        shared = live.serving.model.encoder is encoder
        _until(lambda: [old() for old in olds] == [None] * 10, "an old model is still held")
    finally:
        server.should_exit = True
        running.join()

    assert load.wrong[:3] == []
    assert {version for path, version in load.answered if path == "/check"} == {"one", "two"}
    assert shared


def test_a_batch_in_flight_ends_on_the_model_it_began_with(app: Any, settings: Settings, monkeypatch) -> None:
    """Its first and its last draft are judged by one measure."""
    desk, live = app.state.services.desk, app.state.services.live
    versions: list[str] = []
    judge = desk._judge_or_refuse

    def slow(query, checker):
        if len(versions) == 1:
            make_current(settings.models_dir, "two")
            assert live.refresh() == []
        versions.append(checker.model.version)
        return judge(query, checker)

    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        monkeypatch.setattr(desk, "_judge_or_refuse", slow)
        reply = client.post("/v1/check/batch", json={"items": [BODY] * 4}).json()

    assert [result["versions"]["model"] for result in reply["results"]] == ["one"] * 4
    assert live.serving.model.version == "two"


def test_a_model_that_cannot_be_loaded_is_said_and_the_old_one_serves(client, settings, caplog) -> None:
    """Once, not every two seconds; and a good one ends it."""
    weights = settings.models_dir / "two" / "weights.npz"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1])
    caplog.set_level(logging.WARNING)
    make_current(settings.models_dir, "two")
    _until(lambda: client.get("/readyz").json()["notes"])
    time.sleep(0.2)

    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["status"], ready.json()["parts"]["model"]) == (200, "ok", "ok")
    assert ready.json()["notes"]["model"].startswith("one goes on serving: CURRENT names one that is refused: two/weig")
    assert str(settings.models_dir) not in ready.text
    assert [record.levelname for record in caplog.records if str(weights) in record.getMessage()] == ["ERROR"]
    shown = client.get("/metrics").text
    assert "prepost_model_load_failures_total 1.0" in shown
    assert 'prepost_model_info{version="one"} 1.0' in shown
    assert client.post("/check", json=BODY).json()["versions"]["model"] == "one"
    assert client.get("/v1/models/current").json()["metrics"] == {"of": "one"}

    weights.write_bytes(whole)
    time.sleep(0.1)
    assert client.post("/check", json=BODY).json()["versions"]["model"] == "one"  # until CURRENT changes
    make_current(settings.models_dir, "two")
    _until(lambda: client.get("/v1/models/current").json()["version"] == "two")
    assert client.get("/readyz").json()["notes"] == {}
    assert 'prepost_model_info{version="two"} 1.0' in client.get("/metrics").text
    assert client.post("/check", json=BODY).json()["warnings"][0]["threshold"] == pytest.approx(0.6)


@pytest.mark.parametrize("content", ["", "nowhere", "../one", None])
def test_a_current_that_names_nothing_leaves_the_old_model(client, settings, content: str | None) -> None:
    """Emptied by an editor, deleted, or pointing outside."""
    current = settings.models_dir / "CURRENT"
    if content is None:
        current.unlink()
    else:
        current.write_text(content)
    _until(lambda: client.get("/readyz").json()["notes"])

    assert client.post("/check", json=BODY).json()["versions"]["model"] == "one"


def test_a_model_that_breaks_in_an_unforeseen_way_is_refused_too(client, settings, monkeypatch) -> None:
    """The watcher lives on, and takes the next good one."""
    loader = client.app.state.services.live._loader
    load = loader.load
    monkeypatch.setattr(loader, "load", lambda under, held: {}["nothing"])
    make_current(settings.models_dir, "two")
    _until(lambda: client.get("/readyz").json()["notes"])
    assert "KeyError while loading it" in client.get("/readyz").json()["notes"]["model"]

    monkeypatch.setattr(loader, "load", load)
    make_current(settings.models_dir, "two")
    _until(lambda: client.get("/v1/models/current").json()["version"] == "two")


def test_an_encoder_that_cannot_run_never_serves(client, settings) -> None:
    """It loads; every reply would be degraded."""
    write_encoder(settings.models_dir, "encoder-narrow", width=8)
    write_tiny(settings.models_dir, "narrow", encoder="encoder-narrow")
    make_current(settings.models_dir, "narrow")
    _until(lambda: client.get("/readyz").json()["notes"])

    assert "narrow can't score a text" in client.get("/readyz").json()["notes"]["model"]
    assert client.post("/check", json=BODY).json()["degraded"] is False


def test_the_model_of_the_start_is_freed_though_the_collector_does_not_see_it(app: Any, settings: Settings) -> None:
    """What is loaded at start is frozen; its memory must come back without a collection."""
    live = app.state.services.live
    olds = [weakref.ref(part) for part in (live.serving.model, live.serving.model.grams, live.serving.checker)]
    gc.disable()
    try:
        make_current(settings.models_dir, "two")
        assert live.refresh() == []
        assert [old() for old in olds] == [None] * 3
    finally:
        gc.enable()


def test_the_watcher_ends_with_the_service(app: Any) -> None:
    """Also in the middle of a wait."""

    async def run() -> float:
        stop = asyncio.Event()
        task = asyncio.create_task(reload.follow(app.state.services.live, stop, every=60))
        await asyncio.sleep(0.05)
        started = time.monotonic()
        stop.set()
        await task
        return time.monotonic() - started

    assert asyncio.run(run()) < 5


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal here")
def test_a_running_process_follows_current_and_looks_again_on_sighup(settings: Settings, tmp_path: Path) -> None:
    """As an operator does it: a refused model is repaired in its place, and a signal has it tried again."""
    port = _free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PREPOST_DATA_DIR": str(tmp_path / "data")}
    environment |= {"PREPOST_MODELS_DIR": str(settings.models_dir)}
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "data" / "policy", policies)
    environment |= {"PREPOST_POLICY_DIR": str(policies)}
    whole_policy = (policies / "default.toml").read_text()
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    curve = settings.models_dir / "two" / "curve.json"
    whole = curve.read_bytes()
    curve.write_bytes(b"{}")

    def ask(path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        except ConnectionError:
            assert process.poll() is None
            return {}
        finally:
            connection.close()

    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _until(lambda: ask("/v1/models/current").get("version") == "one")
            make_current(settings.models_dir, "two")
            _until(lambda: ask("/readyz")["notes"])
            curve.write_bytes(whole)
            process.send_signal(signal.SIGHUP)
            _until(lambda: ask("/v1/models/current")["version"] == "two")
            (policies / "default.toml").write_text(whole_policy + _OWN)
            process.send_signal(signal.SIGHUP)
            _until(lambda: ask("/v1/rules")["rules"][-1]["id"] == "sombre_context/town")
        finally:
            process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert "policy default: default@1" in said
    assert said.count("goes on serving") == 1
    assert "model two serves in place of one" in said
    assert "Traceback" not in said


# --- policies ------------------------------------------------------------------------------------------------------


def _write_policy(settings: Settings, text: str) -> None:
    """In one step."""
    aside = settings.policy_dir / "default.new"
    aside.write_text(text)
    aside.replace(settings.policy_dir / "default.toml")


class LoadOfPolicies(Load):
    """The same, where each reply must be of the policy whose digest it shows."""

    digests: Mapping[str, bool]
    """of each policy, whether it has the own rule"""

    def _consistent(self, result: Any, version: str) -> None:
        digest = result["versions"]["policy_digest"]
        found = "sombre_context/town" in [warning["rule"] for warning in result["warnings"]]
        self.answered[digest, "found" if found else "not found"] += 1
        if found is not self.digests[digest]:
            self.wrong.append(f"{digest}: {found}")


def test_no_request_fails_or_sees_two_policies_while_they_are_exchanged(app: Any, settings: Settings) -> None:
    """Under load, a model promoted in between: each reply is of the policy that it names, and each batch of one."""
    texts = {_POLICY: False, _POLICY + _OWN: True}
    digests = {hashlib.sha256(text.encode()).hexdigest()[:12]: has for text, has in texts.items()}
    port = _free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    running = threading.Thread(target=server.run)
    running.start()
    live: Live = app.state.services.live
    olds = []
    try:
        _until(lambda: server.started)
        LoadOfPolicies.digests = digests
        with LoadOfPolicies(port) as load:
            for number, text in enumerate([_POLICY + _OWN, _POLICY] * 3):
                digest = hashlib.sha256(text.encode()).hexdigest()[:12]
                olds.append(weakref.ref(live.serving.checker))
                key = (digest, "found" if texts[text] else "not found")
                before = load.answered[key]
                if number == 2:
                    make_current(settings.models_dir, "two")
                _write_policy(settings, text)
                _until(lambda before=before, key=key: load.answered[key] > before + 3 or load.wrong)
        _until(lambda: [old() for old in olds] == [None] * 6, "an old checker is still held")
    finally:
        server.should_exit = True
        running.join()

    assert load.wrong[:3] == []
    assert live.serving.model.version == "two"


def test_an_own_rule_is_told_apart_from_those_that_look_at_events(app: Any, settings: Settings) -> None:
    """Whatever its category: a draft that waits is judged by it once, also where events alone have changed."""
    _write_policy(settings, _POLICY + _OWN)
    services = app.state.services
    assert services.live.refresh() == []
    checker = services.checker
    case = services.desk.directory.case(session.query(BODY))
    assessed = checker.assess(case)
    scored = (assessed.prepared.scores, assessed.prepared.reply_scores)

    moment = checker.assess_moment(case, scored)

    assert "sombre_context/town" not in [result.rule for result in moment.verdict.results]
    assert checker.complete(case, moment) == assessed
    assert [warning.rule for warning in assessed.verdict.warnings].count("sombre_context/town") == 1
    assert checker.of_moment(assessed) == moment.verdict


def test_policies_that_break_in_an_unforeseen_way_are_refused_too(client, settings, monkeypatch) -> None:
    """The watcher lives on, and takes the next good ones; the model goes its own way meanwhile."""
    loader = client.app.state.services.live._loader
    load = loader.load_policies
    monkeypatch.setattr(loader, "load_policies", lambda: {}["nothing"])
    _write_policy(settings, _POLICY + _OWN)
    _until(lambda: client.get("/readyz").json()["notes"])
    assert "KeyError while loading it" in client.get("/readyz").json()["notes"]["policy"]
    make_current(settings.models_dir, "two")
    _until(lambda: client.get("/v1/models/current").json()["version"] == "two")
    assert len(client.post("/check", json=BODY).json()["warnings"]) == 1

    monkeypatch.setattr(loader, "load_policies", load)
    _write_policy(settings, _POLICY + _OWN)
    _until(lambda: not client.get("/readyz").json()["notes"])
    assert len(client.post("/check", json=BODY).json()["warnings"]) == 2


def test_both_are_refused_and_counted_each_by_itself(app: Any, settings: Settings) -> None:
    """Looked at again, as a signal has it, each is said again."""
    live = app.state.services.live
    make_current(settings.models_dir, "one")
    (settings.models_dir / "CURRENT").write_text("nowhere")
    _write_policy(settings, "")
    assert live.refresh() == ["policy", "model"]
    assert live.refresh() == []
    assert live.refresh(again=True) == ["policy", "model"]
    assert sorted(live.refusals) == ["model", "policy"]
    make_current(settings.models_dir, "one")
    _write_policy(settings, _POLICY)
    assert live.refresh() == []
    assert live.refusals == {}
