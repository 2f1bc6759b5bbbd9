"""Where the time of one check goes, stage by stage, in CPU time of one thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.checks import CHECKS
from app.classifier.model import load_current
from app.engine import decide, run_checks
from app.policy import load_policy
from app.text import read
from bench.prepare import prepared

ROOT = Path(__file__).parent.parent


def report(bodies: list[dict[str, Any]]) -> None:
    """Print microseconds of CPU per ordinary draft for each stage, and the dearest rules."""
    model = load_current(ROOT / "models")
    policy = load_policy(ROOT / "data" / "policy" / "default.toml", [check.id for check in CHECKS])
    texts = [read(body["draft"]["text"]) for body in bodies]
    cases = [prepared(body, text, scores) for body, text, scores in zip(bodies, texts, model.score(texts), strict=True)]
    results = [run_checks(case, CHECKS, policy) for case in cases]
    print("stage            µs of CPU per draft")
    _line("read", lambda: [read(body["draft"]["text"]) for body in bodies], len(bodies))
    _line("score", lambda: [model.score([text]) for text in texts], len(bodies))
    _line("judge", lambda: [run_checks(case, CHECKS, policy) for case in cases], len(bodies))
    _line("decide", lambda: [decide(r, c, policy) for r, c in zip(results, cases, strict=True)], len(bodies))
    dearest = sorted(
        (
            (_micros(lambda c=check: [run_checks(case, [c], policy) for case in cases], len(cases)), check.id)
            for check in CHECKS
        ),
        reverse=True,
    )  # type: ignore[misc]
    for cost, name in dearest[:6]:
        print(f"  {name:34} {cost:7.1f}")


def _line(name: str, work: Callable[[], object], count: int) -> None:
    print(f"{name:16} {_micros(work, count):7.1f}")


def _micros(work: Callable[[], object], count: int) -> float:
    """Median of seven runs, per draft."""
    runs = []
    for _ in range(7):
        began = time.process_time()
        work()
        runs.append((time.process_time() - began) / count * 1e6)
    return sorted(runs)[3]
