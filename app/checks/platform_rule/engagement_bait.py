"""Asking for likes, shares, tags or comments for their own sake, or in exchange for a good deed.

Why: Facebook shows such posts and their page less; "one retweet = one meal" makes charity depend on publicity and is
what people screenshot.
Flag: "LIKE if you agree, SHARE if you don't", "1 RT = 1 meal for a child", "Tag a friend who needs this" on Facebook.
Allow: missing persons, calls for donations, "share your story", asking for opinions, "tag us in your photos".
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "engagement_bait.txt")
_EXCHANGE = _PHRASES["exchange"]
_BAIT = _PHRASES["bait"]
_EXEMPT = _PHRASES["exempt"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    if _EXEMPT.is_in(prepared.text):
        return
    if spans := find(_EXCHANGE, prepared.texts):
        yield Finding(
            message="A good deed is offered in exchange for likes or shares.",
            why="The marked words make the help depend on publicity for the account.",
            suggestion="Say what you give, give it anyway, and tell people how they can give too.",
            spans=spans,
            confidence=0.9,
            grade="exchange",
        )
    elif "facebook" in prepared.draft.platforms and (spans := find(_BAIT, prepared.texts)):
        yield Finding(
            message="Facebook shows posts that beg for reactions less, and pages that repeat them too.",
            why="The marked words ask for a reaction, a tag or a share for its own sake.",
            suggestion="Ask a real question, or let the content earn the share.",
            spans=spans,
            confidence=0.8,
            grade="bait",
        )


CHECK = Check(
    id="platform_rule/engagement_bait",
    title="Engagement bait",
    judge=judge,
    languages=ENGLISH,
    default_grades=("exchange", "bait"),
    sources=("Facebook Newsroom, 18 December 2017, on engagement bait",),
)
