"""A promotion sent at somebody who did not ask for it.

Why: X forbids automated or bulk mentions that sell something, and suspends accounts for it; campaigns have been ended
within a day by it.
Flag: "@jane We love football too! Enter for a chance to win a car: brand.example/win" as an unasked reply.
Allow: an answer to somebody who wrote to the account, a public thank-you to a partner, a post that mentions a speaker.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "unsolicited_promotion.txt")
_OFFER = _PHRASES["offer"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    if not prepared.is_organisation or "x" not in prepared.draft.platforms or prepared.reply_to is not None:
        return
    mentions = text.entities_of("mention")
    if not mentions or mentions[0].start > 0 or not (offers := find(_OFFER, text)):
        return
    yield Finding(
        message="This sends a promotion at somebody who hasn't written to you.",
        why="It opens with a mention, answers no message, and the marked words sell something.",
        suggestion="Post it without the mention, or answer only people who addressed the account.",
        spans=(Span(mentions[0].start, mentions[0].end), *offers),
        confidence=0.8 if text.entities_of("link") else 0.6,
        platforms=("x",),
        evidence={"mentions": len(mentions)},
    )


CHECK = Check(
    id="platform_rule/unsolicited_promotion",
    title="Unsolicited promotional mention",
    judge=judge,
    languages=ENGLISH,
    sources=("docs.x.com, developer guidelines and automation rules, 2026-08-22",),
)
