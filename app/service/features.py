"""What is kept of a scheduled draft whose text may not be kept, and what can be said of it when the events change.

Kept are no words: which of the rules would speak if an event came up (tried with made-up events when the draft was
registered), and a hash of each word, of sixteen bits, so that about one in two thousand words that are not in it is
taken for one of its own: an event's words are found, and nobody can read the text out of it.
"""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from app.domain import Account, Event, EventKind, Text, Verdict
from app.events import naming
from app.events.matching import match
from app.service.canonical import digest
from app.service.check import Assessed, Checker
from app.service.query import Case
from app.service.stirring import KINDS, stirs_named

ASK = "must be checked again: its text is not kept"
_GRAVE = 3


@dataclass(frozen=True, slots=True)
class Features:
    stirred_near: bool
    """whether a rule would speak if something grave happened near its audience"""
    stirred_named: bool
    """whether one would if its own words were the event's"""
    known: frozenset[str]
    """the events it was judged against, each as a digest"""

    def to_json(self) -> str:
        return json.dumps({"near": self.stirred_near, "named": self.stirred_named, "known": sorted(self.known)})

    @classmethod
    def from_json(cls, text: str) -> Features:
        kept = json.loads(text)
        return cls(kept["near"], kept["named"], frozenset(kept["known"]))


def features(checker: Checker, case: Case, assessed: Assessed, *, near: bool) -> Features:
    """Judge the draft against grave events in its own words; `near`: whether one that isn't may stir it."""
    prepared = assessed.prepared
    scored = (prepared.scores, prepared.reply_scores)
    said = naming.Said(prepared.texts).words
    before = _warned(assessed.verdict)

    def stirs(keywords: Sequence[str]) -> bool:
        return any(_warned(checker.assess(_with(case, kind, keywords), scored).verdict) - before for kind in KINDS)

    near = near or assessed.verdict.degraded
    return Features(
        near,
        near or stirs_named(checker, assessed) or stirs(sorted(said)),
        frozenset(digest(found.event) for found in prepared.moment.events),
    )


def _with(case: Case, kind: EventKind, keywords: Sequence[str]) -> Case:
    at = case.goes_out_at
    event = Event("", kind, ("WORLD",), at, at, tuple(keywords), _GRAVE)
    return replace(case, events=(*case.events, event))


def _warned(verdict: Verdict) -> frozenset[tuple[str, str]]:
    return frozenset((warning.rule, warning.severity) for warning in verdict.warnings)


def unknown(
    kept: Features, words: frozenset[int], salt: str, events: Sequence[Event], account: Account, at: datetime
) -> frozenset[str]:
    """The events that may concern it and that it wasn't judged against, each as a digest. In doubt, they do."""
    near = (found.event for found in match(events, account, at, ())) if kept.stirred_near else ()
    # Read anywhere, all that are active are near.
    active = (found.event for found in match(events, replace(account, regions=()), at, ()))
    named = (event for event in active if kept.stirred_named and may_name(words, salt, event))
    return frozenset(digest(event) for event in (*near, *named)) - kept.known


# --- hashed words --------------------------------------------------------------------------------------------------


def hashed(texts: Sequence[Text], salt: str) -> str:
    """A hash of each word, as it is kept."""
    found = array("H", sorted(set(_hashes(naming.Said(texts).words, salt))))
    return base64.b64encode(found.tobytes()).decode()


def words_of(kept: str) -> frozenset[int]:
    return frozenset(array("H", base64.b64decode(kept)))


def may_name(words: frozenset[int], salt: str, event: Event) -> bool:
    """Whether a draft with these words may use the event's: surely where it does, seldom where it doesn't."""
    terms = {term.words for nearby in (True, False) for term in naming.terms_of(event, nearby=nearby)}
    return any(words.issuperset(_hashes(term, salt)) for term in terms)


def _hashes(words: Iterable[str], salt: str) -> Iterable[int]:
    return (int.from_bytes(blake2b(f"{salt} {word}".encode(), digest_size=2).digest(), "little") for word in words)
