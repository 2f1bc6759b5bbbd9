"""`python -m bench.factchecks`: how well drafts are matched to claims that fact checkers reviewed, and how fast.

Without an option: precision and recall on our own pairs (tests/factchecks/pairs.jsonl), by part and by kind.
`--search CSV`: the pairs' claims among others (a CSV with a column `text`) in an index that
is searched with each draft. `--speed`: 50,000 made-up claims, how long an index of them takes and how large it is.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.factchecks.build import build
from app.factchecks.claimreview import Review, Tally
from app.factchecks.index import Index
from app.factchecks.matching import compare
from app.text.hashtags import rarity
from app.training.evaluate import wilson

COUNT = 50_000
_MEMORY = """
import sys, time
from pathlib import Path
from app.factchecks.index import Index
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4 / 1024
before, started = resident(), time.perf_counter()
index = Index.open(Path(sys.argv[1]))
print(f"  opened in {(time.perf_counter() - started) * 1000:.1f} ms, {resident() - before:.1f} MB;", end=" ")
started = time.perf_counter()
index.search("The minister said that unemployment fell by half in Marlow since the summer")
taken = (time.perf_counter() - started) * 1000
print(f"first search, word lists included: {taken:.0f} ms, {resident() - before:.1f} MB")
"""
PAIRS = Path(__file__).parent.parent / "tests" / "factchecks" / "pairs.jsonl"


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def part_of(pair: dict[str, Any]) -> str:
    """Which part a pair's family belongs to, by hash: the claim of a pair is in one part only.

    Lists and weights were made on `tuning`; after the first run on the rest, half of that was opened and is `opened`.
    Nobody who tuned has read `unseen`.
    """
    digest = hashlib.sha256(str(pair["family"]).encode()).digest()
    return "tuning" if digest[0] % 2 == 0 else "opened" if digest[1] % 2 == 0 else "unseen"


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


def reviews(claims: Iterable[str]) -> Iterator[Review]:
    for at, claim in enumerate(claims):
        yield Review(claim, f"Publisher {at % 90}", f"https://check.example/{at}", "False", "wrong", None, "en")


def search(rows: list[dict[str, Any]], others: list[str]) -> None:
    """Each draft in an index of all claims: a match is right where it is the pair's claim and the pair is the same."""
    own = list(dict.fromkeys(row["claim"] for row in rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.idx"
        build(reviews([*own, *others]), path, Tally())
        index = Index.open(path)
        right = wrong = among_others = 0
        for row in rows:
            for check in index.search(row["draft"]):
                hit = row["same"] and check.claim == row["claim"]
                right, wrong = right + hit, wrong + (not hit)
                among_others += check.claim not in own
    print(f"search: {len(rows)} drafts in {len(own) + len(others):,} claims; {among_others} matches among the others")
    print(f"  precision {share(right, right + wrong)}")
    print(f"  recall    {share(right, sum(row['same'] for row in rows))}")


def made_up(count: int) -> list[str]:
    """Claims of eleven to twenty-four words, the commoner the more often, with names and numbers; the same each run."""
    dice = random.Random(50)
    listed = (Path(__file__).parent.parent / "app" / "factchecks" / "lists" / "wordnet.txt").read_text(encoding="utf-8")
    known = sorted({word for line in listed.splitlines() if line.islower() for word in line.split() if word.isalpha()})
    weights = [2.0 ** -(rarity(word) or 14) for word in known]
    names = [
        f"{start}{end}" for start in ("Mar", "Hel", "Os", "Tor", "Vel", "Kar") for end in ("low", "dera", "nau", "vik")
    ]
    claims = []
    for _ in range(count):
        words = dice.choices(known, weights, k=dice.randint(6, 19))
        claims.append(f"{dice.choice(names)} {' '.join(words)} {dice.randint(2, 99)} percent in {dice.choice(names)}")
    return claims


def speed() -> None:
    claims = made_up(COUNT)
    drafts = made_up(3_000)
    short = [" ".join(drafts[at : at + 3])[:280] for at in range(400)]
    long = [". ".join(drafts[at * 40 : at * 40 + 60])[:5_000] for at in range(40)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.idx"
        started = time.perf_counter()
        build(reviews(claims), path, Tally())
        print(f"{COUNT:,} claims: built in {time.perf_counter() - started:.1f} s, {path.stat().st_size / 1e6:.1f} MB")
        index = Index.open(path)
        index.search(short[0])
        timed("280 characters", index, short)
        timed("280 characters that quote a claim", index, [f"Did you know? {claim}" for claim in claims[:400]])
        timed("5,000 characters", index, long)
        subprocess.run([sys.executable, "-c", _MEMORY, str(path)], check=True)


def timed(name: str, index: Index, drafts: list[str]) -> None:
    taken = []
    for draft in drafts:
        started = time.perf_counter()
        index.search(draft)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"  search, {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms (n={len(taken)})", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seen", action="store_true", help="only the parts that may be looked at")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--search", type=Path, metavar="CSV")
    options = parser.parse_args()
    if options.speed:
        return speed()
    parts: dict[str, list[dict[str, Any]]] = {"tuning": [], "opened": [], "unseen": []}
    for row in pairs():
        parts[part_of(row)].append(row)
    if options.seen:
        del parts["unseen"]
    for name, rows in parts.items():
        report(name, rows)
    everything = [row for rows in parts.values() for row in rows]
    report("together", everything)
    if options.search:
        with options.search.open(encoding="utf-8", errors="replace", newline="") as source:
            search(everything, [row["text"] for row in csv.DictReader(source)])


if __name__ == "__main__":
    main()
