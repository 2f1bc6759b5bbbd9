"""`python -m bench.twins`: in how many twins of sombre context are both sides judged rightly? `--category` for others.

tests/golden/sombre/*.yml and tests/golden/claims/*.yml, written from the issue and the contract alone, and read since
by those who write the rules: the first runs in docs/quality.md say what to expect on others. `alarm` is right where a
warning of the category comes with a verdict above pass, `quiet` where none does. `--show` names the pairs that are not
wholly right.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
FOLDERS = {"sombre_context": "sombre", "unverified_claim": "claims"}


def pairs(files: str = "*", category: str = "sombre_context") -> list[dict[str, Any]]:
    """Of each file whose name fits, in order."""
    found = sorted((GOLDEN / FOLDERS[category]).glob(f"{files}.yml"))
    return [pair for file in found for pair in yaml.safe_load(file.read_text(encoding="utf-8"))]


def alarms(reply: dict[str, Any], category: str = "sombre_context") -> list[str]:
    """The rules of the category that warn, above a note."""
    if reply["verdict"] == "pass":
        return []
    return [w["rule"] for w in reply["warnings"] if w["category"] == category and w["severity"] != "low"]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--show", action="store_true")
    ask.add_argument("--category", default="sombre_context", choices=FOLDERS)
    ask.add_argument("--set", default="*", help="the file's name, or a pattern of names")
    asked = ask.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for pair in pairs(asked.set, asked.category):
            found = {side: alarms(_check(client, pair[side]), asked.category) for side in ("alarm", "quiet")}
            caught, silent = bool(found["alarm"]), not found["quiet"]
            kinds = [(name, pair[name]) for name in ("sort", "kind", "differs") if name in pair]
            for kind, value in (("all", "pairs"), *kinds):
                counted[kind, value] += 1
                right[kind, value] += caught and silent
            counted["side", "alarm"] += 1
            counted["side", "quiet"] += 1
            right["side", "alarm"] += caught
            right["side", "quiet"] += silent
            if asked.show and not (caught and silent):
                side = "quiet" if caught else "alarm"
                wrong = "missed" if not caught else ", ".join(found["quiet"])
                print(f"{pair['id']} {pair['sort']}: {wrong}: {pair[side]['draft']['text'][:150]!r}")
    for key, several in sorted(counted.items()):
        low, high = wilson(right[key], several)
        print(f"{key[1]:18} {right[key]}/{several} = {right[key] / several:.1%} [{low:.1%}, {high:.1%}]")


def _check(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = client.post("/check", json=request).raise_for_status().json()
    return reply


if __name__ == "__main__":
    main()
