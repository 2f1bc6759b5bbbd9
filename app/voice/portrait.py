"""Portrait: what marks an account's voice, and how far two accounts are apart, from posts that are at hand.

A profile keeps no words; these are read from the posts anew and weighed by the profile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from app.voice import GROUPS
from app.voice.compare import Voices
from app.voice.features import Features
from app.voice.profile import HALF_LIFE, Profile
from app.voice.rival import Places, learnt, read

_FOLDS = 10
"""parts of an account's posts, each judged by a rival that was learnt without it: as many fits, of five milliseconds"""
Alarms = Callable[[float, Profile, Profile], bool]
"""whether log-odds that the other wrote it raise an alarm, with the profiles of the target and of the other"""


def telling(
    voices: Voices, profile: Profile, posts: Sequence[Features], group: str, *, least: float
) -> list[tuple[str, float]]:
    """Features of a group that the account has more than people in general: the most telling first, with their share.

    The share is that of the posts that have it: `least` or more. Ranked by the share times the log of how much more
    common it is here (the greater part of Dunning's log-likelihood, "Accurate Methods for the Statistics of
    Surprise and Coincidence", 1993).
    """
    at = GROUPS.index(group)
    counts = Counter(name for post in posts for name in set(post.names[at]))
    shares = {name: count / len(posts) for name, count in counts.items() if count > 1 and count / len(posts) >= least}
    ratios = dict(zip(shares, voices.ratios(profile, at, list(shares)), strict=True))
    best = sorted((name for name in shares if ratios[name] > 0), key=lambda name: -shares[name] * ratios[name])
    return [(name, shares[name]) for name in best]


def noticed(voices: Voices, posts: Sequence[Features], other: Sequence[Features], alarms: Alarms) -> int:
    """How many of an account's posts would be noticed on the other account, each with the rest of them as its past.

    Both oldest first; of at most HALF_LIFE posts each, so that none counts less than another. Of rivals each is learnt
    without every tenth post, and judges those.
    """
    posts, other = posts[-HALF_LIFE:], other[-HALF_LIFE:]
    own, target = _learnt(posts), _learnt(other)
    ours, theirs = list(map(read, posts)), list(map(read, other))
    rivals = [learnt(theirs, _without(ours, fold)) for fold in range(min(_FOLDS, len(posts)))]
    found = 0
    for number, post in enumerate(posts):
        own.forget(post)
        [odds] = voices.odds(post, target, [own], [rivals[number % _FOLDS]]).tolist()
        found += alarms(odds, target, own)
        own.add(post)
    return found


def _without(posts: Sequence[Places], fold: int) -> list[Places]:
    return [post for number, post in enumerate(posts) if number % _FOLDS != fold]


def _learnt(posts: Sequence[Features]) -> Profile:
    profile = Profile()
    for post in posts:
        profile.add(post)
    return profile
