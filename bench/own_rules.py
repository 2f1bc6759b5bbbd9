"""What a house's own rules cost an ordinary draft, in CPU time of one thread: python -m bench.own_rules"""

from __future__ import annotations

import random
import string
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.checks import CHECKS
from app.checks.own import OwnRules
from app.domain import Account, Draft, Moment, Prepared
from app.engine import decide, run_checks, run_own
from app.policy import Policy
from app.service.policies import load_policies
from app.service.reply import checks
from app.text import read

DEFAULT = Path(__file__).parent.parent / "data" / "policy" / "default.toml"
ORDINARY = (
    "Our new boots are here and they are made for walking: come and see them at the shop in Leeds on Saturday, "
    "doors open at nine and there is coffee and cake for everybody who comes early, see you there! #boots"
)


def main() -> None:
    chance = random.Random(1)
    prepared = Prepared(Draft(ORDINARY), Account(), Moment(datetime.now(UTC)), (read(ORDINARY),))
    print("own rules, patterns each: search, decide, list (µs); reading (ms)")
    for count, patterns in ((0, 0), (30, 1), (300, 0), (300, 1), (300, 3)):
        began = time.perf_counter()
        policy = _policy("\n".join(_rule(number, patterns, chance) for number in range(count)))
        reading = (time.perf_counter() - began) * 1e3
        own = OwnRules(policy)
        results = run_checks(prepared, CHECKS, policy) + run_own(prepared, own)
        costs = [
            _micros(lambda own=own: run_own(prepared, own)),
            _micros(lambda results=results, policy=policy: decide(results, prepared, policy)),
            _micros(lambda results=results: checks(results)),
        ]
        print(f"{count:4} {patterns:2}: " + " ".join(f"{cost:6.0f}" for cost in costs) + f"; {reading:5.0f}")


def _policy(own: str) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "default.toml").write_text(DEFAULT.read_text() + own)
        return load_policies(Path(folder), [check.id for check in CHECKS])["default"]


def _rule(number: int, patterns: int, chance: random.Random) -> str:
    def word() -> str:
        return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(5, 12)))

    words = [word() for _ in range(10)]
    told = ", ".join(rf"'\b{word()}\s+{word()}\b'" for _ in range(patterns))
    return (
        f'[own."platform_rule/r{number}"]\ntitle = "t"\nmessage = "m"\nwords = {words}\npatterns = [{told}]\n'
        f'flag = ["we like {words[0]}"]\nallow = ["hello you"]\n'
    )


def _micros(work: Callable[[], object], times: int = 1_000) -> float:
    """Median of seven runs."""
    runs = []
    for _ in range(7):
        began = time.process_time()
        for _ in range(times):
            work()
        runs.append((time.process_time() - began) / times * 1e6)
    return sorted(runs)[3]


if __name__ == "__main__":
    main()
