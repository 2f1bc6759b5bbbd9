"""`python -m bench.voice_budget --sources FOLDER`: does an account keep its budget of false alarms?

Accounts of all four corpora, up to 200 past posts, the newest drafts judged: how many in a thousand of their own drafts
are taken for unlike the account at budgets of 10 and 2, in how many accounts it is more than twice the budget, and how
many drafts of others are caught, with the curve's word counting for so many posts beside the account's own past.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.service.voice import FOLDER
from app.training.train import SEED
from app.voice import compare
from app.voice.compare import Voices
from app.voice.features import Features
from app.voice.profile import Profile
from bench.voice_corpora import CORPORA, Post, split

BUDGETS, COUNTS = (10.0, 2.0), (20, 50, 100, 200, 500, 1000, 1_000_000)
PAST, OTHERS = 200, 10
"""past posts, and drafts of each other account that are tried"""


@dataclass(frozen=True)
class Account:
    profile: Profile
    own: NDArray[np.float64]
    others: NDArray[np.float64]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    voices = Voices.load(FOLDER)
    corpora = {name: _accounts(split(read(folder)), voices) for name, read in CORPORA.items()}
    print("| curve counts as | budget | own drafts alarm | accounts over twice | caught: " + ", ".join(corpora) + " |")
    print("|---|---|---|---|---|")
    for counts in COUNTS:
        compare.CURVE_COUNTS = counts
        for budget in BUDGETS:
            own = [_alarms(a, a.own, voices, budget) for accounts in corpora.values() for a in accounts]
            drafts = sum(len(a.own) for accounts in corpora.values() for a in accounts)
            over = np.mean([rate > 2 * budget / 1000 for _, rate in own])
            caught = [np.mean([_alarms(a, a.others, voices, budget)[1] for a in each]) for each in corpora.values()]
            cells = [f"{counts:,} posts", f"{budget:g}", f"{1000 * sum(n for n, _ in own) / drafts:.1f}", f"{over:.0%}"]
            print("| " + " | ".join([*cells, ", ".join(f"{share:.1%}" for share in caught)]) + " |", flush=True)


def _accounts(parts: Mapping[str, tuple[list[Post], list[Post]]], voices: Voices) -> list[Account]:
    rng = np.random.default_rng(SEED)
    drafts = {name: [Features(text, when) for when, text in newest] for name, (_, newest) in parts.items()}
    found = []
    for name, (past, _) in parts.items():
        profile = Profile()
        for when, text in past[-PAST:]:
            post = Features(text, when)
            profile.add(post, voices.unlike(post, profile) if profile.posts >= 5 else None)
        others = [
            each[at] for other, each in drafts.items() if other != name for at in rng.permutation(len(each))[:OTHERS]
        ]
        own, strange = ([voices.unlike(draft, profile) for draft in several] for several in (drafts[name], others))
        found.append(Account(profile, np.array(own), np.array(strange)))
    return found


def _alarms(account: Account, drafts: NDArray[np.float64], voices: Voices, budget: float) -> tuple[int, float]:
    rates = [voices.own_per_1000(unlike, account.profile, account.profile.posts) for unlike in drafts]
    return sum(rate <= budget for rate in rates), float(np.mean([rate <= budget for rate in rates]))


if __name__ == "__main__":
    main()
