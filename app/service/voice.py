"""How a draft sounds beside the past posts of its account and of the author's others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TypeVar

from app.domain import OTHERS_TONE, Account, Draft, OtherVoice, Span, Voice
from app.service.query import Candidate, Case
from app.voice.compare import Said, Voices
from app.voice.features import Features
from app.voice.person import Person
from app.voice.profile import Profile

T = TypeVar("T")
FOLDER = Path(__file__).parents[1] / "voice" / "tables"
"""part of the package, as it belongs to this version's features"""
FULL = 20
"""past posts up to which a few of them are judged as strictly as so many"""
_SHORTEST = 15
"""characters below which a draft shows too little of its writer"""
_WORTH_TELLING = 50.0
"""in a thousand: what more of an account's own posts reach is not explained, which would cost more than comparing"""
_HIGHEST = 50.0
"""log-odds above which a share is 1 anyway"""


@cache
def voices() -> Voices:
    """Read once, at the start of the service or of a command. Raises BadModel."""
    return Voices.load(FOLDER)


@cache
def person() -> Person:
    """Read once, as the voices. Raises BadModel."""
    return Person.load(FOLDER)


def candidates(target: Account, known: Sequence[tuple[Account, T | None]]) -> tuple[tuple[str, T], ...]:
    """The author's other accounts that have a voice, by the name to show; each once, in the order given."""
    found: list[tuple[Account, T]] = []
    for account, voice in known:
        if voice is not None and not any(_is_same(account, other) for other in (target, *(each for each, _ in found))):
            found.append((account, voice))
    return tuple((_told(account, target), voice) for account, voice in found)


def _told(account: Account, target: Account) -> str:
    """The name to show; with the platform where the target has the same name on another."""
    name = account.shown_name or "another account"
    alike = name.casefold() == (target.shown_name or "").casefold()
    return f"{name} on {account.platform}" if alike and account.platform else name


def _is_same(one: Account, other: Account) -> bool:
    """Also by the name shown, where both have no other: a copy would count as one more rival.

    One handle on two platforms is two accounts, which may well write in two ways.
    """
    if one.id and other.id:
        return one.id == other.id
    if one.platform and other.platform and one.platform != other.platform:
        return False
    if one.is_same(other):
        return True
    nameless = not (one.id or one.handle or other.id or other.handle)
    return nameless and one.display_name is not None and one.display_name == other.display_name


def is_compared(draft: Draft) -> bool:
    """Whether it is a post in its own words, and long enough to show its writer."""
    own = draft.kind not in OTHERS_TONE and not draft.in_reply_to
    return own and len(draft.text.strip()) >= _SHORTEST


def heard(case: Case) -> Voice | None:
    """How the draft sounds; None where the target's voice isn't known, or the draft is no post in its own words.

    Its hour counts where it is scheduled: the moment of a check is seldom that of the post.
    """
    draft, target = case.draft, case.profile
    if target is None or not is_compared(draft):
        return None
    return compare(
        draft.text,
        Features(draft.text, draft.scheduled_for.astimezone(UTC) if draft.scheduled_for else None),
        target,
        case.others,
    )


def compare(text: str, draft: Features, target: Profile, others: Sequence[Candidate]) -> Voice:
    """How the draft sounds beside the target's and the others' past posts."""
    the = voices()
    unlike = the.unlike(draft, target)
    profiles, rivals = [other.profile for other in others], [other.rival for other in others]
    odds = the.odds(draft, target, profiles, rivals).tolist() if others else []
    total = 1 + sum(_ratio(each) for each in odds)
    found = [
        OtherVoice(
            other.name,
            each,
            _ratio(each) / total,
            rate_of(each, target, other.profile),
            other.profile.posts,
            _own_per_1000(draft, other.profile) if each > 0 else 1000.0,
        )
        for other, each in zip(others, odds, strict=True)
    ]
    rate = the.own_per_1000(unlike, target, max(target.posts, FULL))
    best = max(range(len(found)), key=odds.__getitem__, default=None)
    rarest = rate if best is None else min(rate, found[best].per_1000)
    nearest = others[best] if best is not None and odds[best] > 0 else None
    told = Said((), ())
    if rarest <= _WORTH_TELLING and not (nearest and _is_the_rivals(draft, max(odds), nearest)):
        told = the.explain(text, draft, target, nearest.profile if nearest else None)
    return Voice(
        posts=target.posts,
        per_1000=rate,
        strays=the.strays(unlike, target),
        person=person().log_odds(draft),
        spans=tuple(Span(start, end) for start, end in told.spans),
        habits=told.habits,
        others=tuple(sorted(found, key=lambda other: -other.odds)),
    )


def _is_the_rivals(draft: Features, odds: float, nearest: Candidate) -> bool:
    """Whether the rival alone speaks for the other account.

    Words that the other's profile has more of would then be outweighed by words that it has less of: no evidence.
    """
    return odds <= voices().ruling(draft, nearest.rival)


def _own_per_1000(draft: Features, profile: Profile) -> float:
    return voices().own_per_1000(voices().unlike(draft, profile), profile, max(profile.posts, FULL))


def _ratio(log_odds: float) -> float:
    return math.exp(min(log_odds, _HIGHEST))


def rate_of(odds: float, target: Profile, other: Profile) -> float:
    """How many in a thousand of an account's own posts look so much like another's, by the fewer past posts of the two.

    Fewer than FULL count as that many, whose scores spread wider.
    """
    return voices().per_1000("known", odds, max(min(target.posts, other.posts), FULL))
