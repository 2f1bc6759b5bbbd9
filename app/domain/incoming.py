"""What comes in: a draft, the account it is meant for, who writes it, and what is happening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.names import EMPTY, AccountKind, DraftKind, EventKind, EventStatus, Platform


@dataclass(frozen=True, slots=True)
class Media:
    type: str
    alt_text: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Somebody else's post: the one answered or quoted."""

    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    platforms: tuple[Platform, ...] = ("other",)
    kind: DraftKind = "post"
    title: str | None = None
    content_warning: str | None = None
    tags: tuple[str, ...] = ()
    poll_options: tuple[str, ...] | None = None
    media: tuple[Media, ...] = ()
    links: tuple[str, ...] = ()
    in_reply_to: Message | None = None
    quoted: Message | None = None
    intent: str | None = None
    scheduled_for: datetime | None = None
    paid_partnership: bool | None = None
    """whether somebody pays, gives or employs for it; None: nobody has said"""
    made_with_ai: bool | None = None
    """whether text or media are made by a machine; None: nobody has said"""


@dataclass(frozen=True, slots=True)
class PastPost:
    text: str
    posted_at: datetime | None = None
    kind: DraftKind = "post"


@dataclass(frozen=True, slots=True)
class Account:
    handle: str | None = None
    id: str | None = None
    platform: Platform | None = None
    display_name: str | None = None
    kind: AccountKind = "brand"
    description: str | None = None
    language: str | None = None
    regions: tuple[str, ...] = ()
    timezone: str | None = None
    voice: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    sector: str | None = None
    jurisdictions: tuple[str, ...] = ()
    tier: str | None = None
    limits: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    contacts: tuple[str, ...] = ()
    client: str | None = None
    recent_posts: tuple[PastPost, ...] = ()
    policy: str | None = None

    def is_named(self, name: str) -> bool:
        """Whether this is its id or its handle, with or without @."""
        return name.lstrip("@").casefold() in {(self.id or "").casefold(), (self.handle or "").lstrip("@").casefold()}

    @property
    def shown_name(self) -> str | None:
        """What people know it by."""
        return self.handle or self.display_name or self.id

    def is_same(self, other: Account) -> bool:
        """Whether both are one account, on whatever platforms: the id or the handle is the same."""
        if self.id is not None and self.id == other.id:
            return True
        return self.handle is not None and other.handle is not None and other.is_named(self.handle)


@dataclass(frozen=True, slots=True)
class Author:
    """The person at the keyboard; `accounts` are the others they may post from."""

    id: str | None = None
    accounts: tuple[Account, ...] = ()
    last_account: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    kind: EventKind
    regions: tuple[str, ...] = ("WORLD",)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    keywords: tuple[str, ...] = ()
    severity: int = 2
    """1 (local, minor) to 3 (grave); derived from the kind where the request gives none."""
    id: str | None = None
    sub_kind: str | None = None
    """what sort of its kind: for days of the calendar `genocide`, `war remembrance` and so on"""
    source: str | None = None
    """`calendar`, or the feed that reported it; None: a person or the request itself"""
    confirmed: bool = True
    """False: its date is from general knowledge alone, and nothing is held for it, only warned of"""
    careful: tuple[str, ...] = ()
    """everyday words that are misused on the day: they clash only in a draft that laughs, celebrates or sells"""
    anniversary: bool | None = None
    """whether it counts again on the day, in the years after; None: grave ones in which people died do"""
    years: int = 0
    """since it happened, where it is its anniversary that counts"""
    status: EventStatus = "open"

    @property
    def told(self) -> str:
        """What to call it in a sentence."""
        return f"the anniversary of {self.name}" if self.years else self.name
