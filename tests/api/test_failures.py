"""What happens when a part fails: a problem or a degraded reply, never a pass, nothing recorded half."""

from __future__ import annotations

import shutil
import sqlite3
import traceback
from contextlib import closing

import pytest
from sqlalchemy import event

from app.errors import PrepostError, StoreUnavailable


class BrokenModel:
    """A scorer that can't."""

    version = "broken"
    labels = ("insult",)

    def score(self, texts):
        raise FloatingPointError("overflow")


def _file(settings):
    return settings.data_dir / "prepost.db"


def test_without_scores_the_reply_is_degraded(client, request_for) -> None:
    """A classifier that breaks is said, and rules that need it have failed."""
    client.app.state.services.checker.model = BrokenModel()
    reply = client.post("/check", json=request_for()).json()
    failed = {check["name"] for check in reply["checks"] if check["status"] == "failed"}
    assert (reply["verdict"], reply["degraded"]) == ("warn", True)
    assert failed == {"classifier", "unverified_claim", "unverified_claim/english"}


def test_events_that_cannot_be_read_degrade_the_reply(client, request_for, settings) -> None:
    """No event found and no event readable are not the same."""
    with closing(sqlite3.connect(_file(settings))) as connection:
        connection.execute("DROP TABLE events")
    reply = client.post("/check", json=request_for()).json()
    assert (reply["verdict"], reply["degraded"]) == ("warn", True)
    assert {"name": "events", "status": "failed", "reason": "the stored events could not be read"} in reply["checks"]


def test_a_locked_database_gives_no_verdict(client, request_for, settings) -> None:
    """A verdict that is not on record must not be given."""
    with closing(sqlite3.connect(_file(settings), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/check", json=request_for())
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-unavailable")
    assert "verdict" not in answer.json()
    assert "prepost_checks_total{" not in client.get("/metrics").text


def test_a_full_database_gives_no_verdict(start, request_for) -> None:
    """Neither in a single check nor in a batch."""
    client = start()
    engine = client.app.state.services.database.engine

    @event.listens_for(engine, "connect")
    def _full(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count=1")

    engine.dispose()
    long_enough = [request_for("damn " * 2_000)] * 20
    answer = client.post("/v1/check/batch", json={"items": long_enough})
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "full" in answer.json()["detail"]


def test_a_database_without_tables_is_not_ready_and_gives_no_verdict(client, request_for, settings) -> None:
    """The account can't be looked up, so nothing is judged."""
    with closing(sqlite3.connect(_file(settings))) as connection:
        connection.execute("DROP TABLE audits")
    assert client.post("/check", json=request_for()).status_code == 503


def test_a_check_that_could_not_be_recorded_gives_its_idempotency_key_back(client, request_for, settings) -> None:
    """The retry must be judged, not answered with a failure."""
    headers = {"Idempotency-Key": "k"}
    with closing(sqlite3.connect(_file(settings))) as connection:
        connection.execute("ALTER TABLE audits RENAME TO gone")
        assert client.post("/check", json=request_for(), headers=headers).status_code == 503
        connection.execute("ALTER TABLE gone RENAME TO audits")
    assert client.post("/check", json=request_for(), headers=headers).status_code == 200


def test_a_recorded_verdict_is_given_though_its_idempotency_key_cannot_be_kept(
    client, request_for, monkeypatch, caplog
) -> None:
    """A 503 would have the client repeat what is on record already."""

    def fail(*_args: object, **_more: object) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr("app.store.idempotency.finish", fail)
    answer = client.post("/check", json=request_for(), headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "pass")
    assert client.get(f"/v1/checks/{answer.json()['id']}").status_code == 200
    assert "could not be kept: the disk is full" in caplog.text


def test_a_refusal_stays_the_answer_though_its_idempotency_key_cannot_be_given_back(
    client, request_for, monkeypatch
) -> None:
    """What went wrong second must not hide what went wrong first."""

    def fail(*_args: object) -> None:
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr("app.store.idempotency.abandon", fail)
    answer = client.post("/check", json=request_for() | {"account": "nobody"}, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 404


def test_a_dead_audit_writer_is_not_ready(client, request_for) -> None:
    """Each check would be a 503, and a balancer that asks /readyz would send more of them."""
    assert client.get("/readyz").json()["parts"]["audit_log"] == "ok"
    client.app.state.services.desk.audit_log.stop()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert answer.json()["parts"]["audit_log"] == "its writer is not running: no check is recorded"
    shown = client.get("/metrics").text
    assert 'prepost_part_ready{part="audit_log"} 0.0' in shown
    assert 'prepost_part_ready{part="store"} 1.0' in shown
    assert client.post("/check", json=request_for()).status_code == 503


def test_the_unexpected_is_a_problem_with_the_request_id(client, request_for) -> None:
    """Nobody reads a traceback in a reply, and nobody gets a verdict."""
    client.app.state.services.live.serving = None
    answer = client.post("/check", json=request_for(), headers={"X-Request-Id": "r-1"})
    assert (answer.status_code, answer.json()["instance"]) == (500, "r-1")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_traceback_of_the_unexpected_holds_no_word_of_the_draft(client, request_for, monkeypatch, caplog) -> None:
    """The server logs it, and drafts may be embargoed."""

    def fail(query) -> None:
        try:
            raise KeyError(query.draft.text)
        except KeyError as error:
            raise RuntimeError(f"no {query.draft.text}") from error

    monkeypatch.setattr(client.app.state.services.desk, "check", fail)
    client._transport.raise_server_exceptions = True
    body = request_for("we resign")
    with pytest.raises(RuntimeError) as raised:
        client.post("/check", json=body)
    assert "resign" not in "".join(traceback.format_exception(raised.value))
    assert "failed: RuntimeError at app/api/routes/checks.py:" in caplog.text
    assert "resign" not in caplog.text


def test_a_missing_model_is_a_refusal_to_start(start, settings) -> None:
    """The cause is one line that names the file."""
    (settings.models_dir / "CURRENT").unlink()
    with pytest.raises(PrepostError, match="CURRENT can't be read"):
        start()


def test_a_corrupt_model_is_a_refusal_to_start(start, settings) -> None:
    """One changed byte is enough."""
    weights = settings.models_dir / "tiny" / "weights.npz"
    weights.write_bytes(weights.read_bytes() + b"x")
    with pytest.raises(PrepostError, match="sha256 differs"):
        start()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("name =", "default.toml"),
        ('name = "default"\nversion = 1\n', "no entry for this rule"),
        ('name = "default"\nversion = 1\n[rules."a/b"]\n', "no such rule"),
    ],
)
def test_a_bad_policy_is_a_refusal_to_start(start, settings, text: str, cause: str) -> None:
    """The cause names the file and the entry."""
    (settings.policy_dir / "default.toml").write_text(text)
    with pytest.raises(PrepostError, match=cause):
        start()


def test_a_folder_without_policy_is_a_refusal_to_start(start, settings) -> None:
    """No policy is not an empty policy."""
    shutil.rmtree(settings.policy_dir)
    with pytest.raises(PrepostError, match=r"holds no default\.toml"):
        start()


def test_a_file_that_is_no_database_is_a_refusal_to_start(start, settings) -> None:
    """Better now than at the first check."""
    settings.data_dir.mkdir()
    _file(settings).write_bytes(b"this is not a database" * 100)
    with pytest.raises(PrepostError, match="not a database"):
        start()


def test_a_database_folder_that_cannot_be_made_is_a_refusal_to_start(start, settings) -> None:
    """A file lies where the folder should."""
    settings.data_dir.write_text("")
    with pytest.raises(PrepostError, match="folder can't be made"):
        start()


def test_a_locked_new_database_is_a_refusal_to_start(start, settings) -> None:
    """Its tables can't be made."""
    settings.data_dir.mkdir()
    with closing(sqlite3.connect(_file(settings), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PrepostError, match="locked"):
            start()
