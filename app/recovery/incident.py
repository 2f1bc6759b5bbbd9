"""What went wrong, as somebody tells it: the nouns of this package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from app.domain import ORGANISATIONS, Account, DraftKind, Platform

Outcome = Literal["let_it_go", "correct_quietly", "correct_in_public", "apologise", "escalate"]
"""what to do, from least to most"""
MistakeKind = Literal[
    "wrong_account", "offensive", "sombre_context", "unverified_claim", "platform_rule", "automation",
    "private_information", "slip",
]  # fmt: skip
"""the contract's categories, and `slip` for a typo, a wrong date or price, a broken link"""
Hurt = Literal["person", "customers", "group", "grieving", "partner", "public", "staff"]
Harm = Literal["none", "annoyance", "offence", "loss", "danger"]
"""the worst that was done to them, from least to most"""
Tone = Literal["formal", "warm", "playful"]
Speaker = Literal["organisation", "person"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
KINDS: tuple[MistakeKind, ...] = get_args(MistakeKind)
HURT: tuple[Hurt, ...] = get_args(Hurt)
HARMS: tuple[Harm, ...] = get_args(Harm)
TONES: tuple[Tone, ...] = get_args(Tone)
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)


@dataclass(frozen=True, slots=True)
class Published:
    """The post that went out."""

    text: str
    platform: Platform = "other"
    kind: DraftKind = "post"
    posted_at: datetime | None = None
    deleted: bool = False

    @property
    def noun(self) -> str:
        """What to call it in a sentence; a repost and a quote are posts to whoever reads them."""
        return self.kind if self.kind in ("reply", "comment", "story", "ad") else "post"


@dataclass(frozen=True, slots=True)
class Mistake:
    kind: MistakeKind
    what: str | None = None
    """what was wrong, in the teller's words"""
    right: str | None = None
    """what is right instead"""
    hurt: tuple[Hurt, ...] | None = None
    """empty: nobody; None: nobody has said"""
    harm: Harm | None = None
    """None: nobody has said"""
    legal: bool = False
    """whether a law, a regulator or a contract may be concerned"""


@dataclass(frozen=True, slots=True)
class Incident:
    post: Published
    account: Account
    mistake: Mistake
    now: datetime
    reach: int | None = None
    """people who have seen it; None: unknown"""
    spreading: bool | None = None
    """whether it is being passed on now; None: unknown"""

    @property
    def speaker(self) -> Speaker:
        return "organisation" if self.account.kind in ORGANISATIONS else "person"

    @property
    def minutes(self) -> int | None:
        """Since it went out; None: unknown."""
        if self.post.posted_at is None:
            return None
        return max(0, int((self.now - self.post.posted_at).total_seconds() // 60))
