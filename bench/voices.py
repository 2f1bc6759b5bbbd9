"""`python -m bench.voices --sources FOLDER`: whose draft is it, and is it like the account's own at all?

Accounts with at least 70 posts; the newest are judged, the posts just before them are the past. Ordered pairs within
a corpus: a draft by the other sent to the target is to be caught, one by the target is not; one threshold for all
accounts of a corpus, at 1 % of the targets' own drafts. (a) both voices are known, and a rival of the two is added; (b)
the target's alone. Weights come from corpora that are not judged by them; once more for private persons, from companies
and the persons who are neither of the two. Intervals: 95 %, bootstrap over accounts. `--fit` writes app/voice/tables
anew: weights from corpora that may ship, and the curve, which is figures; with `--background` that too, from many
people's posts. `--plots FOLDER` draws what is learnt by how many past posts, and how voices age.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from app.service.voice import FOLDER
from app.training.train import SEED
from app.voice import GROUPS
from app.voice.compare import Voices
from app.voice.features import Features
from app.voice.profile import Profile, background
from app.voice.rival import MOST, Rival, learnt, read
from bench.voice_corpora import CORPORA, SHIP, Post, many_people, split

PAST = (5, 20, 50, 200)
ALARMS = 0.01
PER_1000 = (500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2)
_NOTHING = 1e-6
"""spread of a group of features that a corpus doesn't show (no times, no hours): it gets no weight"""
Scores = NDArray[np.float64]
Accounts = NDArray[np.intp]


@dataclass(frozen=True)
class Judged:
    """One corpus: features of past and newest posts by account, in the order of names."""

    past: Sequence[Sequence[Features]]
    drafts: Sequence[Features]
    own: Accounts
    """which account wrote each draft"""

    def scores(self, voices: Voices, several: int) -> Scores:
        """Shape (drafts, accounts, groups), with that many past posts."""
        profiles = [_learnt(past[-several:]) for past in self.past]
        return np.stack([voices.scores(draft, profiles) for draft in self.drafts])

    def rivals(self, several: int) -> Scores:
        """By how much each draft is its own account's rather than each other's, shape (drafts, accounts); 0 its own."""
        known = [[read(post) for post in past[-several:]] for past in self.past]
        found = np.zeros((len(self.drafts), len(known)))
        for first, second in itertools.combinations(range(len(known)), 2):
            rival = learnt(known[first], known[second])
            for own, other, way in ((second, first, rival), (first, second, rival.turned())):
                for draft in np.flatnonzero(self.own == own):
                    found[draft, other] = way.odds(self.drafts[int(draft)])
        return found

    def margins(self, voices: Voices, several: int) -> tuple[Scores, Accounts, Accounts]:
        """By how much each draft's own account fits better than each other, by groups and the rival; own, other."""
        scores, rivals = self.scores(voices, several), self.rivals(several)
        fits = scores[np.arange(len(self.own)), self.own][:, None, :] - scores
        drafts, others = np.nonzero(np.arange(len(self.past))[None, :] != self.own[:, None])
        pairs = np.hstack([fits[drafts, others], rivals[drafts, others][:, None]])
        return pairs, self.own[drafts], others


def _learnt(posts: Sequence[Features]) -> Profile:
    profile = Profile()
    for post in posts:
        profile.add(post)
    return Profile.from_bytes(profile.to_bytes())


def _read(posts: Sequence[Post]) -> list[Features]:
    return [Features(text, when) for when, text in posts]


def _judged(timelines: Mapping[str, list[Post]]) -> Judged:
    parts = split(timelines)
    past = [_read(before[-400:]) for before, _ in parts.values()]
    drafts = [_read(newest) for _, newest in parts.values()]
    own = np.repeat(np.arange(len(drafts)), [len(each) for each in drafts])
    return Judged(past, [draft for each in drafts for draft in each], own)


def fit_known(pairs: Sequence[Scores]) -> Scores:
    """Of groups and rival, none below 0, by logistic regression without intercept; corpora count by their root."""
    rows = np.concatenate(pairs)
    counts = np.concatenate([np.full(len(each), len(each) ** -0.5) for each in pairs])
    spread = np.sqrt((counts[:, None] * rows**2).sum(axis=0) / counts.sum())
    scaled = np.where(spread > _NOTHING, rows / np.maximum(spread, _NOTHING), 0.0)

    def loss(weights: Scores) -> tuple[float, Scores]:
        fit = scaled @ weights
        pull = counts / (1 + np.exp(np.clip(fit, -50, 50)))
        value = float((counts * np.logaddexp(0, -fit)).sum() / counts.sum() + 1e-3 * weights @ weights)
        return value, -(scaled * pull[:, None]).sum(axis=0) / counts.sum() + 2e-3 * weights

    bounds = [(0, None)] * rows.shape[1]
    found: Scores = minimize(loss, np.full(rows.shape[1], 0.5), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.where(spread > _NOTHING, found / np.maximum(spread, _NOTHING), 0.0)


def fit_alone(several: Sequence[tuple[Scores, Accounts]]) -> Scores:
    """Weights that tell a draft of somebody else from the account's own."""
    rows, truth, counts = [], [], []
    for scores, own in several:
        other = (np.arange(scores.shape[1])[None, :] != own[:, None]).ravel()
        rows.append(scores.reshape(len(other), -1))
        truth.append(other)
        counts.append(np.where(other, 1 / other.sum(), 1 / (~other).sum()) * len(other) ** 0.5)
    table, weights = np.concatenate(rows), np.concatenate(counts)
    spread = table.std(axis=0) + 1e-9
    head = LogisticRegression(C=1.0, max_iter=300).fit(
        table / spread, np.concatenate(truth), sample_weight=weights / weights.mean()
    )
    found: Scores = head.coef_[0] / spread
    return found


def caught(wrong: Scores, right: Scores) -> float:
    """The share of wrong ones above what 1 % of the right ones exceed."""
    return float((wrong > np.quantile(right, 1 - ALARMS)).mean())


def interval(wrong: Scores, right: Scores, accounts: Accounts, right_accounts: Accounts) -> str:
    rng, found, several = np.random.default_rng(SEED), [], int(accounts.max()) + 1
    for _ in range(200):
        drawn = np.bincount(rng.integers(0, several, several), minlength=several)
        chosen = np.repeat(right, drawn[right_accounts])
        weights = drawn[accounts]
        if weights.sum() and len(chosen):
            found.append(float((weights * (wrong > np.quantile(chosen, 1 - ALARMS))).sum() / weights.sum()))
    low, high = np.quantile(found, [0.025, 0.975])
    return f"{low:.0%} to {high:.0%}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--fit", action="store_true")
    ask.add_argument("--background", action="store_true")
    ask.add_argument("--plots", type=Path)
    asked = ask.parse_args()
    corpora = {name: _judged(read(asked.sources)) for name, read in CORPORA.items()}
    if asked.background:
        share = background(_read(many_people(asked.sources, seed=SEED)))
        np.savez_compressed(FOLDER / "background.npz", log=np.log(share).astype(np.float16))
    if asked.fit:
        _fit(corpora)
    voices = Voices.load(FOLDER)
    table = _table(corpora, voices)
    _left_out(corpora, voices)
    print("\ncharacter n-grams (2 to 5, TF-IDF) and logistic regression on 50 past posts of both:")
    for name in corpora:
        print(f"  {name}: {_baseline(split(CORPORA[name](asked.sources))):.1%}", flush=True)
    aged = _aged(asked.sources, corpora, voices)
    _costs(corpora["brands"], voices)
    if asked.plots:
        from bench.voice_plots import draw  # noqa: PLC0415 - only where something is drawn

        draw(asked.plots, table, aged)


def _weights(name: str, corpora: Mapping[str, Judged], voices: Voices, several: int) -> tuple[Scores, Scores]:
    """Weights for judging a corpus: those that are shipped, or from the other ones where these were learnt from it."""
    if name not in SHIP:
        return np.append(voices.known, voices.rival), voices.alone
    others = [corpora[each] for each in SHIP if each != name]
    alone = fit_alone([(each.scores(voices, several), each.own) for each in others])
    return fit_known([each.margins(voices, several)[0] for each in others]), alone


def _table(corpora: Mapping[str, Judged], voices: Voices) -> dict[str, dict[int, tuple[float, float]]]:
    print("| corpus | accounts | drafts | past posts | (a) both known | (b) target alone |\n|---|---|---|---|---|---|")
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for name, judged in corpora.items():
        known, alone = _weights(name, corpora, voices, 50)
        for several in PAST:
            scores = judged.scores(voices, several)
            pairs, own, others = judged.margins(voices, several)
            odds = pairs @ known
            unlike = scores @ alone
            other = np.arange(scores.shape[1])[None, :] != judged.own[:, None]
            targets = np.broadcast_to(np.arange(scores.shape[1])[None, :], other.shape)
            both, one = caught(odds, -odds), caught(unlike[other], unlike[~other])
            found.setdefault(name, {})[several] = (both, one)
            cells = [f"{both:.1%} [{interval(odds, -odds, others, own)}]"]
            cells.append(f"{one:.1%} [{interval(unlike[other], unlike[~other], targets[other], targets[~other])}]")
            print(
                f"| {name} | {len(judged.past)} | {len(judged.own):,} | {several} | " + " | ".join(cells) + " |",
                flush=True,
            )
    return found


def _left_out(corpora: Mapping[str, Judged], voices: Voices) -> None:
    """Private persons once more, with weights that are nearer to what ships."""
    persons, companies = (corpora[name] for name in SHIP)
    also = companies.margins(voices, 50)[0]
    learnt_from, owns, rest = persons.margins(voices, 50)
    print("\nprivate persons (a), weights from companies and the pairs of the other persons:")
    for several in PAST:
        pairs, own, others = persons.margins(voices, several)
        odds = np.zeros(len(pairs))
        for two in itertools.combinations(range(len(persons.past)), 2):
            kept = ~np.isin(owns, two) & ~np.isin(rest, two)
            judged = np.isin(own, two) & np.isin(others, two)
            odds[judged] = pairs[judged] @ fit_known([also, learnt_from[kept]])
        print(f"  {several} past posts: {caught(odds, -odds):.1%} [{interval(odds, -odds, others, own)}]", flush=True)


def _baseline(parts: Mapping[str, tuple[list[Post], list[Post]]]) -> float:
    """The same protocol; the decision of each pair's own classifier."""
    names, wrong, right = list(parts), [], []
    for first in range(len(names)):
        for second in range(first + 1, len(names)):
            past = [[text for _, text in parts[names[at]][0][-50:]] for at in (first, second)]
            newest = [[text for _, text in parts[names[at]][1]] for at in (first, second)]
            reader = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True)
            head = LogisticRegression(C=10.0, max_iter=200).fit(
                reader.fit_transform([*past[0], *past[1]]), [0] * len(past[0]) + [1] * len(past[1])
            )
            firsts, seconds = (head.decision_function(reader.transform(each)) for each in newest)
            wrong += [*-firsts, *seconds]
            right += [*firsts, *-seconds]
    return caught(np.array(wrong), np.array(right))


def _aged(folder: Path, corpora: Mapping[str, Judged], voices: Voices) -> dict[str, tuple[int, float, float]]:
    """Caught with 50 past posts from just before, and with 50 that end a year before, for accounts that have such."""
    found = {}
    print("\nvoices of the same accounts, fresh and a year old (50 past posts each):")
    for name in ("brands", "private persons", "organisations"):
        parts = split(CORPORA[name](folder))
        old: dict[str, tuple[list[Post], list[Post], list[Post]]] = {}
        for account, (past, newest) in parts.items():
            first = newest[0][0]
            before = [post for post in past if first and post[0] and post[0] < first - timedelta(days=365)]
            if len(before) >= 50:
                old[account] = (past, before, newest)
        if len(old) < 2:
            continue
        drafts = [_read(newest) for _, _, newest in old.values()]
        own = np.repeat(np.arange(len(drafts)), [len(each) for each in drafts])
        shares, known = [], _weights(name, corpora, voices, 50)[0]
        for which in (0, 1):
            judged = Judged(
                [_read(each[which][-50:]) for each in old.values()], [d for each in drafts for d in each], own
            )
            odds = judged.margins(voices, 50)[0] @ known
            shares.append(caught(odds, -odds))
        found[name] = (len(old), shares[0], shares[1])
        print(f"  {name}: {len(old)} accounts, fresh {shares[0]:.1%}, a year old {shares[1]:.1%}", flush=True)
    return found


def _fit(corpora: Mapping[str, Judged]) -> None:
    voices = Voices.load(FOLDER)  # of its weights and curve nothing is used
    known = fit_known([corpora[name].margins(voices, 50)[0] for name in SHIP])
    alone = fit_alone([(corpora[name].scores(voices, 50), corpora[name].own) for name in SHIP])
    weights = {
        "known": dict(zip((*GROUPS, "rival"), known.round(5).tolist(), strict=True)),
        "alone": dict(zip(GROUPS, alone.round(5).tolist(), strict=True)),
    }
    (FOLDER / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    curve: dict[str, Any] = {"per_1000": list(PER_1000)}
    for which in ("known", "alone"):
        table = []
        for several in PAST:
            pooled = []
            for judged in corpora.values():
                if which == "known":
                    pooled.append(-(judged.margins(voices, several)[0] @ known))
                else:
                    unlike = judged.scores(voices, several) @ alone
                    pooled.append(unlike[np.arange(len(judged.own)), judged.own])
            each = np.concatenate([np.quantile(scores, np.linspace(0, 1, 20_001)) for scores in pooled])
            table.append([round(float(np.quantile(each, 1 - rate / 1000)), 4) for rate in PER_1000])
        curve[which] = {"posts": list(PAST), "scores": table}
    (FOLDER / "curve.json").write_text(json.dumps(curve, indent=1) + "\n", encoding="utf-8")


def _costs(judged: Judged, voices: Voices) -> None:
    profiles = [_learnt(past[-200:]) for past in judged.past[:6]]
    largest = max(len(profile.to_bytes()) for profile in profiles)
    text = "We're back on Saturday with a new menu. Book a table: https://example.com/book #brunch"

    def micros(work: Any) -> float:
        runs = []
        for _ in range(7):
            began = time.process_time()
            for _ in range(100):
                work()
            runs.append((time.process_time() - began) * 1e4)
        return sorted(runs)[3]

    draft = Features(text)
    known = [[read(post) for post in past[-MOST:]] for past in judged.past[:6]]
    rivals: list[Rival | None] = [learnt(known[0], other) for other in known[1:]]
    largest_rival = max(rival.at.nbytes * 2 for rival in rivals if rival)
    print("\nmicroseconds of CPU:")
    five = micros(lambda: voices.odds(Features(text), profiles[0], profiles[1:], rivals))
    print(f"  a draft against five candidates: {five:.0f}")
    print(f"  of that, reading the draft: {micros(lambda: Features(text)):.0f}")
    print(f"  adding a post, read and written: {micros(lambda: _added(profiles[0], text)):.0f}")
    print(f"  telling words and habits: {micros(lambda: voices.explain(text, draft, profiles[0], profiles[1])):.0f}")
    print(f"  fitting a rival to {MOST} posts of both: {micros(lambda: learnt(known[0], known[1])):.0f}")
    print(f"  largest of {len(profiles)} profiles of 200 posts: {largest:,} bytes")
    print(f"  largest of {len(rivals)} rivals: {largest_rival:,} bytes")


def _added(profile: Profile, text: str) -> bytes:
    again = Profile.from_bytes(profile.to_bytes())
    again.add(Features(text))
    return again.to_bytes()


if __name__ == "__main__":
    main()
