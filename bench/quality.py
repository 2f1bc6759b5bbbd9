"""`python -m bench.quality`: how many of the blind cases draw a right warning, how many harmless ones an alarm.

The cases (bench/blind_cases.jsonl) were written from the contract alone. A case is right where a warning of an expected
category comes with a verdict above pass; a harmless one alarms where its verdict is anything but pass.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson

CASES = Path(__file__).with_name("blind_cases.jsonl")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cases", type=Path, default=CASES)
    cases = [json.loads(line) for line in ask.parse_args().cases.read_text(encoding="utf-8").splitlines() if line]
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        replies = [client.post("/check", json=case["request"]).raise_for_status().json() for case in cases]
    for name, part, whole in _figures(list(zip(cases, replies, strict=True))):
        low, high = wilson(part, whole)
        print(f"{name:28} {part}/{whole} = {part / whole:.1%} [{low:.1%}, {high:.1%}]")


def _figures(judged: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[tuple[str, int, int]]:
    """Name, successes and number of cases of each figure."""
    seen: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for case, reply in judged:
        expected = set(case["expected"])
        warned = {warning["category"] for warning in reply["warnings"]} if reply["verdict"] != "pass" else set()
        names = [*sorted(expected), "a right warning"] if expected else ["harmless: any alarm"]
        for name in names:
            seen[name] += 1
            caught[name] += name in warned or (name == "a right warning" and bool(warned & expected))
        if expected:
            seen["held for a right reason"] += 1
            caught["held for a right reason"] += bool(warned & expected) and reply["verdict"] in ("hold", "block")
        else:
            caught["harmless: any alarm"] += reply["verdict"] != "pass"
    return [(name, caught[name], seen[name]) for name in sorted(seen)]


if __name__ == "__main__":
    main()
