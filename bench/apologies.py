"""The apology review on apologies by people who had not seen the rules: `python -m bench.apologies`.

`tests/golden/apology/*.jsonl` holds apologies, good and poor, each with the reasons that its writer, an editor by
brief, named. For each reason its precision, recall and F1, and their mean (macro-F1), with a bootstrap interval over
families; a good one is passed where the verdict is `pass`, whichever rule of Prepost's would warn. `--half` takes the
odd or even families, `--show` prints what is wrong. The third set has a second reading by another editor. The
sentences of the first set are among those that the model has learnt; of the second they are not, but its bounds were
chosen on it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson

FOLDER = Path(__file__).parent.parent / "tests" / "golden" / "apology"
SETS = ("apologies", "apologies_2", "apologies_3")
REASONS = (
    "no_apology", "conditional", "excuse", "blame", "hacked", "arguing", "no_correction", "no_action", "too_long",
    "off_voice",
)  # fmt: skip


class Judged(NamedTuple):
    case: dict[str, Any]
    named: frozenset[str]
    """reasons that the review warns of"""
    passed: bool
    verdict: str
    rules: tuple[str, ...]


def cases(name: str, half: str = "all") -> Iterator[dict[str, Any]]:
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            number = int("".join(filter(str.isdigit, case["family"].rpartition("-")[2])))
            if half == "all" or (number % 2 == 0) == (half == "even"):
                yield case


def judge(client: TestClient, case: dict[str, Any]) -> Judged:
    reply = client.post("/check", json=case["request"]).raise_for_status().json()
    warned = [warning["rule"] for warning in reply["warnings"] if warning["severity"] != "low"]
    named = frozenset(rule.partition("/")[2] for rule in warned if rule.startswith("apology/"))
    return Judged(case, named, reply["verdict"] == "pass", reply["verdict"], tuple(warned))


def f1(judged: Sequence[Judged], reason: str) -> tuple[int, int, int, float]:
    """True and false positives, false negatives, F1."""
    hit = sum(reason in each.named and reason in each.case["reasons"] for each in judged)
    false = sum(reason in each.named and reason not in each.case["reasons"] for each in judged)
    missed = sum(reason not in each.named and reason in each.case["reasons"] for each in judged)
    return hit, false, missed, 2 * hit / (2 * hit + false + missed) if hit + false + missed else 1.0


def macro(judged: Sequence[Judged], reasons: Collection[str] = REASONS) -> float:
    return sum(f1(judged, reason)[3] for reason in reasons) / len(reasons)


def interval(judged: Sequence[Judged], draws: int = 1000) -> tuple[float, float]:
    """95 % of the macro-F1 over families drawn with replacement."""
    families: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        families[each.case["family"]].append(each)
    names, rng = sorted(families), random.Random(8)
    values = sorted(
        macro([each for name in rng.choices(names, k=len(names)) for each in families[name]]) for _ in range(draws)
    )
    return values[int(draws * 0.025)], values[int(draws * 0.975)]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", choices=SETS, action="append")
    ask.add_argument("--half", choices=("odd", "even", "all"), default="all")
    ask.add_argument("--show", action="store_true")
    asked = ask.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for name in asked.set or [name for name in SETS if (FOLDER / f"{name}.jsonl").exists()]:
            judged = [judge(client, case) for case in cases(name, asked.half)]
            if asked.show:
                _show(judged)
            _report(f"{name}, {asked.half} families", judged)


def _show(judged: Sequence[Judged]) -> None:
    for each in judged:
        said = frozenset(each.case["reasons"])
        if each.named != said or (each.case["good"] and not each.passed):
            print(
                f"{each.case['id']} missed {sorted(said - each.named)} false {sorted(each.named - said)} {each.rules}"
            )
            account = each.case["request"]["account"]
            draft = each.case["request"]["draft"]
            print(f"   {draft['platform']} {draft.get('kind')} {account['kind']} {account.get('voice')}")
            print(f"   {draft['text']!r}")


def _report(title: str, judged: Sequence[Judged]) -> None:
    print(title)
    for reason in REASONS:
        hit, false, missed, score = f1(judged, reason)
        print(f"  {reason:14} caught {hit:3}  false {false:3}  missed {missed:3}  F1 {score:.3f}")
    low, high = interval(judged)
    print(f"  macro-F1 {macro(judged):.3f} [{low:.3f}, {high:.3f}], n = {len(judged)}")
    for good, word in ((True, "good ones passed"), (False, "poor ones warned of")):
        mine = [each for each in judged if each.case["good"] == good]
        right = sum(each.passed == good for each in mine)
        low, high = wilson(right, len(mine))
        print(f"  {word}: {right}/{len(mine)} = {right / len(mine):.1%} [{low:.1%}, {high:.1%}]")


if __name__ == "__main__":
    main()
