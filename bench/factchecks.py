"""`python -m bench.factchecks`: how well drafts are matched to claims that fact checkers reviewed, and how fast.

Without an option: precision and recall on our own pairs (tests/factchecks/pairs.jsonl), by half and by kind.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from app.factchecks.matching import compare
from app.training.evaluate import wilson

PAIRS = Path(__file__).parent.parent / "tests" / "factchecks" / "pairs.jsonl"


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def is_tuning(pair: dict[str, Any]) -> bool:
    """Half the families, by hash: the claim of a pair is in one half only."""
    return hashlib.sha256(str(pair["family"]).encode()).digest()[0] % 2 == 0


def share(part: int, whole: int) -> str:
    """With its 95 % interval."""
    low, high = (abs(limit) for limit in wilson(part, whole))
    return f"{part / whole if whole else float('nan'):.3f} ({low:.3f} to {high:.3f}, {part} of {whole})"


def report(name: str, rows: list[dict[str, Any]]) -> None:
    found = [compare(row["draft"], row["claim"]) is not None for row in rows]
    hits = sum(hit and row["same"] for hit, row in zip(found, rows, strict=True))
    print(f"{name}: {len(rows)} pairs, {len({row['family'] for row in rows})} families")
    print(f"  precision {share(hits, sum(found))}")
    print(f"  recall    {share(hits, sum(row['same'] for row in rows))}")
    for kind, whole in sorted(Counter((row["same"], row["kind"]) for row in rows).items()):
        part = sum(hit for hit, row in zip(found, rows, strict=True) if (row["same"], row["kind"]) == kind)
        print(f"  {'same ' if kind[0] else 'other'} {kind[1]:<14} matched {share(part, whole)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="only the half that may be looked at")
    options = parser.parse_args()
    rows = pairs()
    report("tuning half", [row for row in rows if is_tuning(row)])
    if not options.tuning:
        report("other half", [row for row in rows if not is_tuning(row)])


if __name__ == "__main__":
    main()
