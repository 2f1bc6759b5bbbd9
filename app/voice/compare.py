"""Compare: how well a draft fits the voices of several accounts, with the words and habits that say so.

For each group of features the log of the profile's smoothed share over the background's is summed over the draft and
divided by the root of how many there are (they are far from independent); the groups' weights come from logistic
regression on pairs of accounts (`python -m bench.voices`), and so does that of a rival's decision (app/voice/rival.py),
which is added. What is left adds up to log-odds at equal odds before.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModel
from app.voice import GROUPS
from app.voice.features import OFFSETS, SIZE, Features, place, tokens_of
from app.voice.profile import UNIT, Profile
from app.voice.rival import Rival

PRIOR = np.array([3000, 3000, 1000, 300, 10, 90, 90, 100], dtype=np.float64)
"""posts' worth of features by group that the background counts beside a profile's own: flat within a factor of three"""
_ROOTED = np.array([True, True, True, True, True, False, True, False])
"""groups whose size varies from post to post"""
_HABITS = tuple(GROUPS.index(group) for group in ("marks", "habits", "places", "clock"))
_WORDS = GROUPS.index("words")
CURVE_COUNTS = 500
"""posts; of 20 to 1,000 the fewest, which catch most, that keep the budgets of 10 and 2 (`bench.voice_budget`)"""
_MOST = 6
"""words, and habits, that are told"""
_BEYOND, _DECADE = 0.02, -4
"""in a thousand: the rarest that the curve is drawn out to, for authors of many accounts"""
_TELLING = 0.05
"""log-odds below which a word or habit is not worth telling"""


@dataclass(frozen=True, slots=True)
class Said:
    """What speaks for another account."""

    spans: tuple[tuple[int, int], ...]
    """of words, in the raw text"""
    habits: tuple[str, ...]


class Voices:
    """What comparing needs beside the profiles: how people write in general, and what each group of features counts."""

    def __init__(self, share: NDArray[np.float32], weights: Mapping[str, Any], curve: Mapping[str, Any]) -> None:
        self._prior = (share * np.repeat(PRIOR, np.diff(OFFSETS))).astype(np.float32)
        self._log = np.log(share).astype(np.float32)
        self.known: NDArray[np.float64] = np.array([weights["known"][group] for group in GROUPS])
        self.rival = float(weights["known"]["rival"])
        self.alone: NDArray[np.float64] = np.array([weights["alone"][group] for group in GROUPS])
        self._curve = curve

    @classmethod
    def load(cls, folder: Path) -> Self:
        """From app/voice/tables. Raises BadModel with the file at fault."""
        try:
            with np.load(folder / "background.npz", allow_pickle=False) as file:
                share = np.exp(file["log"].astype(np.float32))
            weights = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
            curve = json.loads((folder / "curve.json").read_text(encoding="utf-8"))
            found = cls(share, weights, curve)
            whole = share.shape == (SIZE,) and bool((share > 0).all()) and bool(curve["known"]["scores"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadModel(f"{folder} can't be read: {type(error).__name__} {error}") from error
        if not whole:
            raise BadModel(f"{folder} is of another version")
        return found

    def scores(self, draft: Features, profiles: Sequence[Profile]) -> NDArray[np.float64]:
        """How much better each profile fits than the background, shape (profiles, groups), before weights."""
        ratios = self._ratios(draft, profiles)
        sums = np.zeros((len(profiles), ratios.shape[1] + 1))
        np.cumsum(ratios, axis=1, out=sums[:, 1:])
        found: NDArray[np.float64] = np.diff(sums[:, draft.bounds], axis=1) / _temper(draft)
        if not np.isfinite(found).all():  # it would lie below every threshold: a silent pass
            raise FloatingPointError("a voice is no number")
        return found

    def odds(
        self, draft: Features, target: Profile, others: Sequence[Profile], rivals: Sequence[Rival | None]
    ) -> NDArray[np.float64]:
        """Log-odds that each other wrote the draft and not the target, were both as likely before.

        `rivals`: of the target's posts (first) and each other's (second); None where there is none.
        """
        found = self.scores(draft, [target, *others])
        against: NDArray[np.float64] = (found[1:] - found[0]) @ self.known
        for at, rival in enumerate(rivals):
            against[at] += self.ruling(draft, rival)
        if not np.isfinite(against).all():
            raise FloatingPointError("a comparison is no number")
        return against

    def ruling(self, draft: Features, rival: Rival | None) -> float:
        """What a rival adds to the log-odds."""
        return self.rival * rival.odds(draft) if rival else 0.0

    def unlike(self, draft: Features, target: Profile) -> float:
        """How little the draft has of the target's voice, beside people in general; the higher, the less."""
        return float(self.scores(draft, [target])[0] @ self.alone)

    def strays(self, unlike: float, target: Profile) -> float:
        """The share of the account's own newest posts that were as unlike it; 0 where none is known."""
        return sum(own >= unlike for own in target.strayed) / max(len(target.strayed), 1)

    def own_per_1000(self, unlike: float, target: Profile, posts: int) -> float:
        """How many in a thousand of this account's own posts are so unlike it.

        The curve's word counts as that of `CURVE_COUNTS` posts; beside it stand the account's own newest posts.
        """
        several, reached = len(target.strayed), sum(own >= unlike for own in target.strayed)
        expected = self.per_1000("alone", unlike, posts) * CURVE_COUNTS / 1000
        return 1000 * (expected + reached) / (CURVE_COUNTS + several)

    def per_1000(self, which: str, score: float, posts: int) -> float:
        """How many in a thousand of an account's own posts reach a score, by `known` or `alone` and its past posts."""
        table, rates = self._curve[which], np.log([*self._curve["per_1000"], _BEYOND])
        by_posts = np.array([np.interp(score, [*scores, _beyond(scores)], rates) for scores in table["scores"]])
        return float(np.exp(np.interp(math.log(max(posts, 1)), np.log(table["posts"]), by_posts)))

    def ratios(self, profile: Profile, group: int, names: Sequence[str]) -> NDArray[np.float64]:
        """Log of how much more common each named feature is with the profile than in general, shape (names,)."""
        at = np.array([place(group, name) for name in names], dtype=np.int64)
        mass = profile.totals[group] / UNIT + PRIOR[group]
        found: NDArray[np.float64] = np.log((profile.counts[at] / UNIT + self._prior[at]) / mass) - self._log[at]
        return found

    def explain(self, text: str, draft: Features, target: Profile, other: Profile | None) -> Said:
        """The words and habits that speak for the other account (None: people in general) and against the target.

        Only what the other has: a word that neither uses speaks for the one with fewer posts, which is no evidence.
        """
        ratios = self._ratios(draft, [target] if other is None else [target, other])
        against = -ratios[0] if other is None else ratios[1] - ratios[0]
        weights = -self.alone if other is None else self.known
        if other is not None:
            against = np.where(other.counts[draft.at] > 0, against, 0.0)
        shares = dict(zip(draft.at.tolist(), against * np.repeat(weights / _temper(draft), draft.sizes), strict=True))
        words: dict[str, float] = {name: shares[place(_WORDS, name)] for name in draft.names[_WORDS]}
        telling = _strongest(words)
        habits = {name: shares[place(group, name)] for group in _HABITS for name in draft.names[group]}
        spans = tuple((start, end) for start, end, word in tokens_of(text) if word in telling)
        return Said(spans[: 2 * _MOST], tuple(_strongest(habits)))

    def _ratios(self, draft: Features, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Log of a profile's share over the background's, shape (profiles, features)."""
        found = np.stack([profile.counts[draft.at] for profile in profiles]).astype(np.float32)
        found /= UNIT
        found += self._prior[draft.at]
        np.log(found, out=found)
        found -= self._log[draft.at]
        mass = np.log(np.stack([profile.totals for profile in profiles]) / UNIT + PRIOR)
        found -= np.repeat(mass, draft.sizes, axis=1).astype(np.float32)
        return found


def _strongest(shares: Mapping[str, float]) -> list[str]:
    telling = (name for name, share in shares.items() if share > _TELLING)
    return sorted(telling, key=lambda name: -shares[name])[:_MOST]


def _beyond(scores: Sequence[float]) -> float:
    """A decade past the rarest that was measured (2 to 0.2 in a thousand), as far again as that decade is wide."""
    return 2 * scores[-1] - scores[_DECADE]


def _temper(draft: Features) -> NDArray[np.float64]:
    return np.where(_ROOTED, np.sqrt(np.maximum(draft.sizes, 1)), 1.0)
