"""`python -m bench.blind_rules`: cases of platform rules, automation slips and private information, both sides.

tests/golden/rules/*.jsonl were written from the issue, the contract and the table of facts alone, by people who had not
seen the rules. Families with an odd number (`R001-03`) may be read by those who write rules; `--half even` is what to
expect on others. Of an alarming case a warning of the category above a note is asked for, with a verdict above pass; of
its harmless twin none. Of private items the warning must also touch the secret. `--show` prints what is wrong.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from bench.twins import alarms

FOLDER = Path(__file__).parent.parent / "tests" / "golden" / "rules"
CATEGORY = {
    "promo": "platform_rule",
    "sector": "platform_rule",
    "platform2": "platform_rule",
    "automation": "automation",
    "automation2": "automation",
    "private": "private_information",
    "private2": "private_information",
}
Case = dict[str, Any]


def cases(name: str, half: str = "all") -> Iterator[Case]:
    """Of one file; the slot of a private item is filled."""
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for number, case in enumerate(map(json.loads, lines)):
            digits = int(case["family"].rpartition("-")[2]) if "family" in case else number
            if half == "all" or (digits % 2 == 0) == (half == "even"):
                yield _filled(case)


def _filled(case: Case) -> Case:
    if "value" in case:
        case["value"] = "".join(case["value"])
        draft = case["request"]["draft"]
        draft["text"] = draft["text"].replace("{value}", case["value"])
    return case


def is_right(case: Case, reply: dict[str, Any], category: str) -> bool:
    found = alarms(reply, category)
    if case["side"] == "allow":
        return not found
    return bool(found) and ("value" not in case or _touches(case, reply, category))


def _touches(case: Case, reply: dict[str, Any], category: str) -> bool:
    start = case["request"]["draft"]["text"].index(case["value"])
    spans = [
        (span["start"], span["end"])
        for warning in reply["warnings"]
        if warning["category"] == category and warning["severity"] != "low"
        for span in warning["spans"]
        if span["field"] == "text"
    ]
    return any(first < start + len(case["value"]) and start < last for first, last in spans)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", choices=CATEGORY, action="append")
    ask.add_argument("--half", choices=("odd", "even", "all"), default="all")
    ask.add_argument("--show", action="store_true")
    asked = ask.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for name in asked.set or CATEGORY:
            _report(client, name, asked.half, show=asked.show)


def _report(client: TestClient, name: str, half: str, *, show: bool) -> None:
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in cases(name, half):
        reply = client.post("/check", json=case["request"]).raise_for_status().json()
        good = is_right(case, reply, CATEGORY[name])
        for kind in (case.get("rule", case.get("kind")), "all"):
            counted[case["side"]][kind] += 1
            right[case["side"]][kind] += good
        if show and not good:
            told = ", ".join(alarms(reply, CATEGORY[name])) or "nothing"
            print(f"{case['id']}: {told}: {case['request']['draft']['text'][:300]!r}")
    print(f"{name}, {half} families")
    for kind in sorted(counted["flag"] | counted["allow"]):
        print(f"  {kind:22} " + "   ".join(_share(side, right[side][kind], counted[side][kind]) for side in counted))


def _share(side: str, right: int, several: int) -> str:
    if not several:
        return f"{side}: none"
    low, high = wilson(right, several)
    return f"{side}: {right}/{several} = {right / several:.1%} [{low:.1%}, {high:.1%}]"


if __name__ == "__main__":
    main()
