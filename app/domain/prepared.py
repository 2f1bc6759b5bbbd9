"""All that a rule may look at, and the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from app.domain.incoming import Account, Author, Draft, Event
from app.domain.knowledge import FactCheck, Scores, Sentence, Voice, WaitingPost
from app.domain.names import EMPTY, ORGANISATIONS, PERSONAL, Among, Platform
from app.domain.platforms import Limit, PlatformRule
from app.domain.reading import Span, Text


class Nearness(NamedTuple):
    """How an event meets the draft and its audience."""

    place: bool
    """the account's regions and the event's overlap (or one of them is WORLD, or the account names none)"""
    words: tuple[Span, ...]
    """places in the draft that use the event's own words, hashtags or place names"""
    careful: tuple[Span, ...] = ()
    """places that use words which are misused on the day"""


@dataclass(frozen=True, slots=True)
class EventMatch:
    """An event that is active when the draft goes out, with how near it is."""

    event: Event
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class Moment:
    """When the draft goes out and what is happening then."""

    now: datetime
    events: tuple[EventMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a check may look at. A check sees no session, clock or socket."""

    draft: Draft
    account: Account
    moment: Moment
    texts: tuple[Text, ...]
    """every field of the draft that holds words; `texts[0]` is always the draft's `text` field, maybe empty"""
    attached: tuple[Text, ...] = ()
    """links beside the text, each as a field (`links[0]`): addresses and no prose, so only rules that ask read them"""
    author: Author | None = None
    reply_to: Text | None = None
    quoted: Text | None = None
    scores: Scores | None = None
    """of the draft's text; None where scoring failed"""
    reply_scores: Scores | None = None
    """of the post answered; None where there is none or scoring failed"""
    apology: tuple[Sentence, ...] | None = None
    """the sentences of a draft that is an apology, none where no model reads them; None where it is no apology"""
    voice: Voice | None = None
    """None where no past posts of the target are known, or comparing failed"""
    fact_checks: tuple[FactCheck, ...] | None = None
    """None where none were looked for"""
    law: frozenset[str] = frozenset()
    """codes of the jurisdictions that the account states, or else of its regions, with their countries and unions"""
    polls: tuple[Event, ...] = ()
    """elections and referendums near the account that are going on or begin within days"""
    limits: Mapping[tuple[Platform, str], tuple[Limit, ...]] = field(default_factory=dict)
    """by platform and field"""
    platform_rules: Mapping[str, tuple[PlatformRule, ...]] = field(default_factory=lambda: EMPTY)
    """those that hold for this account on these platforms, by the rule that judges them"""
    waiting: tuple[WaitingPost, ...] = ()
    """other drafts of the queue with the same words, about the same time; of a draft outside of the queue none"""

    @property
    def goes_out_at(self) -> datetime:
        """All that rules which don't look at events may know of the moment."""
        return self.moment.now

    @property
    def text(self) -> Text:
        return self.texts[0]

    @property
    def written(self) -> tuple[Text, ...]:
        """Every field of the draft, attached links too."""
        return (*self.texts, *self.attached)

    @property
    def fields(self) -> tuple[Text, ...]:
        """All that a span may point at: the draft's fields, and the posts that it answers or quotes."""
        return (*self.written, *(text for text in (self.reply_to, self.quoted) if text is not None))

    @property
    def is_reply(self) -> bool:
        """Whether the draft answers somebody."""
        return self.reply_to is not None or self.draft.kind == "reply"

    @property
    def among(self) -> Among:
        """Whose ordinary texts the draft is to be held against."""
        return "replies" if self.is_reply else "personal" if self.account.kind == PERSONAL else "posts"

    @property
    def is_organisation(self) -> bool:
        return self.account.kind in ORGANISATIONS
