"""The model that reads apologies: verified, read sentence by sentence, and a failure that is never a pass."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.classifier.apology import HEADS, ApologyModel
from app.domain import Text
from app.errors import BadModel
from app.main import create_app
from app.settings import Settings
from app.text import read

MODELS = Path(__file__).parents[2] / "models"
DRAFT = {"text": "We are sorry for the joke. We have deleted it.", "platform": "x", "intent": "apology"}


def _copied(folder: Path) -> Path:
    shutil.copytree(MODELS / "apology", folder / "apology")
    return folder


def test_each_sentence_comes_with_the_probability_of_each_head() -> None:
    """The places are those of the draft, so that a person is shown the words."""
    model = ApologyModel.load(MODELS)
    assert model is not None
    raw = "We were hacked. We are sorry if anyone was offended.\n\nWe have deleted the post."
    found = model.read(read(raw, "text", language="en"))
    assert [raw[each.span.start : each.span.end] for each in found] == [
        "We were hacked.",
        "We are sorry if anyone was offended.",
        "We have deleted the post.",
    ]
    assert all(tuple(each.strengths) == HEADS for each in found)
    assert [max(each.strengths, key=lambda head: each.strengths[head]) for each in found] == [
        "hacked",
        "conditional",
        "action",
    ]


def test_without_a_folder_there_is_none() -> None:
    """The lists then judge alone."""
    assert ApologyModel.load(MODELS / "nowhere") is None


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("weights.npz", lambda raw: raw[:-1] + b"x", "sha256 differs"),
        ("manifest.json", lambda raw: raw.replace(b"prepost-apology-1", b"prepost-apology-9"), "format"),
        ("manifest.json", lambda raw: raw.replace(b'"excuse"', b'"excuses"'), "labels"),
        ("manifest.json", lambda raw: b"{", "can't be read"),
    ],
)
def test_a_folder_that_is_not_what_its_manifest_says_is_refused(
    tmp_path: Path, file: str, change: object, says: str
) -> None:
    """Nothing is loaded that nobody vouches for."""
    path = _copied(tmp_path) / "apology" / file
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(BadModel) as refusal:
        ApologyModel.load(tmp_path)
    assert says in refusal.value.detail


def test_a_model_that_breaks_degrades_the_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An apology that could not be read is never passed."""

    def broken(self: ApologyModel, text: Text) -> None:
        raise FloatingPointError

    monkeypatch.setattr(ApologyModel, "read", broken)
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        reply = client.post("/check", json={"draft": DRAFT, "account": {"handle": "@acme"}}).json()
        other = client.post("/check", json={"draft": {"text": "Doors open at nine."}, "account": {}}).json()
    assert reply["degraded"]
    assert reply["verdict"] != "pass"
    assert [entry["status"] for entry in reply["checks"] if entry["name"] == "apology"] == ["failed"]
    assert not other["degraded"]


def test_another_model_makes_other_rules(tmp_path: Path) -> None:
    """A reply's `versions.rules` tells which one has read it."""
    shutil.copytree(MODELS, tmp_path / "models")
    digests = []
    for version in ("one", "two"):
        path = tmp_path / "models" / "apology" / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"version": version}))
        settings = Settings(data_dir=tmp_path / "data", models_dir=tmp_path / "models")
        with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
            digests.append(client.get("/v1/rules").json()["version"])
    assert digests[0] != digests[1]
