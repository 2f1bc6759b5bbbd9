"""A mention that answers nobody: a script picks people by a keyword, agrees with them and sells.

The draft opens with somebody's handle, no message is given that it answers, it speaks as if it answered one (“too”, “glad
you”, “thanks for”), and it makes an offer or invites to enter, to buy or to sign up.

Why: people see that a robot picked them, once the same reply stands under fifty posts. X forbids automated mentions that
nobody asked for, and suspends accounts for them.
Flag: "@jane We love game day too! Enter for a chance to win a TV: acme.example/win", "@tom Glad you like coffee! Here's 20%
off your first bag", "@lea Thanks for tweeting about running! Claim your free trial".
Allow: answers to a message that is given, thanks to partners and guests ("@choir Thanks for singing at our opening!"), an
offer that opens with no handle, a news item about somebody whose handle opens it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Platform, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "scripted_mention.txt")
_ANSWERS, _SELLS = _PHRASES["answers"], _PHRASES["sells"]
_WITH_MENTIONS: frozenset[Platform] = frozenset(
    {"x", "bluesky", "mastodon", "threads", "instagram", "facebook", "linkedin", "tiktok"}
)
_OPENS = re.compile(r"\s*[.\W]?\s*@")


def judge(prepared: Prepared) -> Iterable[Finding]:
    draft, text = prepared.draft, prepared.text
    if not prepared.is_organisation or prepared.reply_to is not None or draft.kind not in ("post", "reply"):
        return
    if _WITH_MENTIONS.isdisjoint(draft.platforms) or not _OPENS.match(text.raw):
        return
    mentions = text.entities_of("mention")
    if not mentions or prepared.account.is_named(mentions[0].text):
        return
    answers = find(_ANSWERS, text)
    if answers and (offers := find(_SELLS, text)):
        yield Finding(
            message="This reads like a script that mentions people by a keyword and sells to them.",
            why="It opens with a handle and agrees or thanks as if it answered, but no message is given, and it makes an offer.",
            suggestion="Give the message that it answers (in_reply_to), or post the offer without the mention.",
            spans=(Span(mentions[0].start, mentions[0].end), *answers, *offers),
            confidence=0.85 if text.entities_of("link") else 0.75,
            evidence={"mentions": len(mentions)},
        )


CHECK = Check(
    id="automation/scripted_mention",
    title="Scripted mention that sells",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt"}),
    sources=(
        "X developer guidelines, automation rules: no unsolicited automated mentions (docs.x.com, 2026-08-22; sourced)",
    ),
)
