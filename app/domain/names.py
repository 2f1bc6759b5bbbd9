"""The fixed names of the contract, and sets of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

Platform = Literal[
    "x", "bluesky", "mastodon", "threads", "facebook", "instagram", "linkedin", "tiktok", "youtube", "pinterest",
    "reddit", "telegram", "google_business", "other",
]  # fmt: skip
DraftKind = Literal["post", "reply", "repost", "quote", "story", "comment", "ad"]
AccountKind = Literal[
    "brand", "agency", "government", "politician", "public_figure", "media", "ngo", "sports", "professional", "personal"
]
EventKind = Literal[
    "shooting", "terror_attack", "natural_disaster", "accident", "death", "war", "unrest", "pandemic", "memorial_day",
    "court_case", "other",
]  # fmt: skip
Category = Literal[
    "wrong_account", "offensive", "sombre_context", "unverified_claim", "platform_rule", "automation",
    "private_information", "apology",
]  # fmt: skip
Severity = Literal["low", "medium", "high", "critical"]
Mode = Literal["off", "observe", "warn", "hold", "block"]
VerdictName = Literal["pass", "warn", "hold", "block"]
EventStatus = Literal["proposed", "open", "dismissed"]
"""of a stored event: what a feed proposed weighs on nothing until somebody accepts it"""
Among = Literal["posts", "replies", "personal"]
"""whose ordinary texts a score's threshold is set by: organisations' posts, their replies, private persons' posts"""
CheckStatus = Literal["ok", "failed", "skipped", "not_assessed"]
Confidence = Literal["sourced", "secondary", "disputed", "unverified"]
"""in a fact about a platform: its own page or schema, others' word, sources that disagree, or general knowledge"""
VerdictWas = Literal["right", "wrong", "missed"]
SentAs = Literal["sent_unchanged", "revised", "cancelled"]

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PERSONAL: AccountKind = "personal"
ORGANISATIONS: frozenset[AccountKind] = frozenset({"brand", "agency", "government", "media", "ngo", "sports"})
"""Account kinds that speak for an organisation (a `sports` account may still be a player's own: see checks)."""
SPEAKS_FOR_OTHERS: frozenset[AccountKind] = ORGANISATIONS | {"politician"}
"""account kinds on which a private person's post is out of place"""
OTHERS_TONE: tuple[DraftKind, ...] = ("reply", "comment", "repost")
"""kinds with somebody else's tone or words: they neither teach an account's voice nor are held to it"""

CALENDAR = "calendar"
"""`source` of the events that are days of the calendar"""
EMPTY: Mapping[str, Any] = MappingProxyType({})
