"""The triage on scenarios read by two editors: `python -m bench.triage`.

`tests/golden/recovery/scenarios*.jsonl` were written by people who had not seen the table and hold no outcomes;
`readings.csv` holds those of two independent readings, and of a third where they disagreed. Right is what two of them
say. `--set` takes one file, `--half` odd or even ids, `--show` prints what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.api import convert
from app.api.schemas.recovery import RecoverRequest
from app.recovery import conditions
from app.recovery.incident import OUTCOMES
from app.recovery.triage import Triage
from app.service.recovery import incident_of
from app.training.evaluate import wilson

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "golden" / "recovery"
SETS = ("scenarios", "scenarios_2", "scenarios_3")


class Scenario(NamedTuple):
    id: str
    request: dict[str, Any]
    readings: tuple[str, ...]
    story: str

    @property
    def outcome(self) -> str:
        return Counter(self.readings).most_common(1)[0][0]


def scenarios(name: str, half: str = "all") -> Iterator[Scenario]:
    with (FOLDER / "readings.csv").open(encoding="utf-8", newline="") as lines:
        readings = {
            row["id"]: tuple(filter(None, (row["first"], row["second"], row["third"]))) for row in csv.DictReader(lines)
        }
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            even = int(line["id"].rpartition("-")[2]) % 2 == 0
            if half == "all" or even == (half == "even"):
                yield Scenario(line["id"], line["request"], readings[line["id"]], line["story"])


def decide(triage: Triage, scenario: Scenario) -> tuple[str, str]:
    """Outcome and row. What Prepost itself finds in the post is left out: the readers had only what is stated."""
    asked = convert.incident(RecoverRequest.model_validate_json(json.dumps(scenario.request)))
    facts = conditions.facts_of(incident_of(asked, asked.account), frozenset())
    decision = triage.decide(facts)
    return decision.outcome, decision.row.id


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", choices=SETS, action="append")
    ask.add_argument("--half", choices=("odd", "even", "all"), default="all")
    ask.add_argument("--show", action="store_true")
    asked = ask.parse_args()
    triage = Triage.load(ROOT / "data" / "recovery" / "triage.csv")
    for name in asked.set or [name for name in SETS if (FOLDER / f"{name}.jsonl").exists()]:
        _report(triage, name, asked.half, show=asked.show)


def _report(triage: Triage, name: str, half: str, *, show: bool) -> None:
    found = list(scenarios(name, half))
    said = [decide(triage, each) for each in found]
    agreed = sum(len(set(each.readings[:2])) == 1 for each in found)
    print(f"{name}, {half}: {_share(agreed, len(found))} agreed by two readings, Cohen's kappa {_kappa(found):.3f}")
    right = sum(outcome == each.outcome for (outcome, _), each in zip(said, found, strict=True))
    print(f"  right {_share(right, len(found))}")
    for outcome in OUTCOMES:
        mine = [(got, each) for (got, _), each in zip(said, found, strict=True) if each.outcome == outcome]
        print(f"    {outcome:18} {sum(got == outcome for got, _ in mine)}/{len(mine)}")
    let = [
        each.id
        for (got, _), each in zip(said, found, strict=True)
        if got == "let_it_go" and each.request["mistake"]["hurt"]
    ]
    print(f"  let go although somebody was hurt: {len(let)}")
    if show:
        for got, each in zip(said, found, strict=True):
            _show(got, each)


def _show(got: tuple[str, str], each: Scenario) -> None:
    if got[0] != each.outcome:
        print(f"{each.id} said {got[0]} ({got[1]}), right {each.outcome} {each.readings}\n   {each.story}")
        print(f"   {json.dumps({name: each.request.get(name) for name in ('post', 'mistake', 'reach', 'spreading')})}")


def _share(right: int, several: int) -> str:
    low, high = wilson(right, several)
    return f"{right}/{several} = {right / several:.1%} [{low:.1%}, {high:.1%}]"


def _kappa(found: list[Scenario]) -> float:
    first, second = (Counter(each.readings[at] for each in found) for at in (0, 1))
    n = len(found)
    chance = sum(first[name] * second[name] for name in first) / n**2
    seen = sum(each.readings[0] == each.readings[1] for each in found) / n
    return (seen - chance) / (1 - chance)


if __name__ == "__main__":
    main()
