"""What a caller asks to be judged, before ids are looked up, and the same once they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from app.domain import Account, Author, CheckResult, Draft, Event, FactCheck, WaitingPost
from app.events.index import EventSet
from app.events.matching import NONE
from app.policy import FactCheckScope
from app.voice.profile import Profile
from app.voice.rival import Rival


@dataclass(frozen=True, slots=True)
class Options:
    policy: str | None = None
    language: str | None = None
    offsets: Literal["codepoint", "utf16"] = "codepoint"
    explain: bool = False
    fact_checks: FactCheckScope = "all"
    """where published fact checks may be looked for; the policy may allow less"""


@dataclass(frozen=True, slots=True)
class AuthorRef:
    id: str | None = None
    accounts: tuple[str | Account, ...] = ()
    last_account: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A draft for an account, which may be named by its id in the store."""

    draft: Draft
    account: str | Account
    author: AuthorRef | None = None
    now: datetime | None = None
    """None: the service's clock"""
    events: tuple[Event, ...] = ()
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another of the author's accounts, whose draft this may be."""

    name: str
    """to show"""
    profile: Profile
    rival: Rival | None = None
    """of the target's newest posts and its own; None where either has too few, both have the same, or the fit failed"""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of looking for published fact checks."""

    found: tuple[FactCheck, ...] | None = None
    """None where no source answered"""
    results: tuple[CheckResult, ...] = ()
    """how each source fared; none where none is set up"""


NOT_LOOKED_UP = LookedUp()


@dataclass(frozen=True, slots=True)
class Case:
    """All that is judged, looked up: from here on nothing is read from outside."""

    draft: Draft
    account: Account
    author: Author | None
    now: datetime
    events: tuple[Event, ...]
    options: Options
    stored: EventSet = NONE
    """the events of the store that count at the moment, beside those of the request and the calendar"""
    events_error: str | None = None
    """why stored events or days of the calendar are missing from `events`, where they could not be read"""
    profile: Profile | None = None
    """the account's voice; None where it has too few past posts"""
    others: tuple[Candidate, ...] = ()
    """the author's other accounts that have a voice"""
    voice_error: str | None = None
    """why a voice or rival is missing, where past posts could not be read or told apart"""
    looked_up: LookedUp = NOT_LOOKED_UP
    waiting: tuple[WaitingPost, ...] = ()
    """other drafts of the queue with the same words; nobody looks for those of a draft that isn't in it"""

    @property
    def goes_out_at(self) -> datetime:
        """The moment that counts: now, or when the draft is scheduled for, if that is later."""
        scheduled = self.draft.scheduled_for
        return scheduled if scheduled is not None and scheduled > self.now else self.now
