"""Prize promotions whose way of entering the platform forbids.

Facebook bars entries by sharing to a personal timeline or tagging friends; Instagram bars inaccurate tagging; X bars
posting the same again and again or entering with several accounts; Pinterest bars requiring a certain image, a number of
saves, or one entry per save; a purchase as the only way in makes a lottery.

Why: the platform removes the post or restricts the page, and entrants who were promised a prize complain in public.
Flag: on Facebook, "share this to your timeline and tag three friends to win"; on X, "most retweets wins"; on Pinterest,
"every save is an entry".
Allow: "comment below to enter" or "like this post to enter" on Facebook; tagging a friend on Instagram; "make a board of
your favourites" on Pinterest; "tag us in your photos"; sharing without a prize.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Platform, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "contest_mechanics.txt")
_PRIZE = _PHRASES["prize"]
_DENIED = _PHRASES["denied"]
_SHARE_OWN = _PHRASES["share_own"]
_TAG_FRIENDS = _PHRASES["tag_friends"]
_TAG_SELF = _PHRASES["tag_self"]
_AGAIN = _PHRASES["again"]
_PIN = _PHRASES["pin"]
_ACCOUNTS = _PHRASES["accounts"]
_BUY = _PHRASES["buy"]
_NO_PURCHASE = _PHRASES["no_purchase"]
_REMEDY = {
    "share": "Let people enter by a comment, a like or a message, and ask for shares only outside the prize draw.",
    "tag": "Let people enter by a comment of their own instead of tagging others.",
    "tag_self": "Ask for a comment instead: people may not tag themselves where they are not in the picture.",
    "pin": "Let people pin what they like, once, and ask for a link to their board.",
    "repeat": "Count one entry per person, whatever they post.",
    "accounts": "Say that entries from several accounts don't count.",
    "purchase": "Offer a free way to enter and say “no purchase necessary”, or have the promotion cleared.",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    if any(_DENIED.is_in(text) for text in prepared.texts):
        return
    prize = find(_PRIZE, prepared.texts)
    if not prize and not {"facebook", "instagram"} & set(prepared.draft.platforms):
        return
    for text in prepared.texts:
        for platform in prepared.draft.platforms:
            mechanics = list(_mechanics(text, platform))
            # Sharing to one's own timeline and tagging friends together are an entry form, whatever the prize is called.
            named = {mechanic for mechanic, _ in mechanics}
            for mechanic, spans in mechanics:
                if prize or mechanic == "tag_self" or {"share", "tag"} <= named:
                    yield _finding(mechanic, platform, spans, prize)


def _mechanics(text: Text, platform: Platform) -> Iterable[tuple[str, tuple[Span, ...]]]:
    if platform == "facebook":
        yield from _where(("share", find(_SHARE_OWN, text)), ("tag", find(_TAG_FRIENDS, text)))
    if platform in ("facebook", "instagram"):
        yield from _where(("tag_self", find(_TAG_SELF, text)))
    if platform == "x":
        yield from _where(("repeat", find(_AGAIN, text)))
    if platform == "pinterest":
        yield from _where(("pin", find(_PIN, text)))
    yield from _where(("accounts", find(_ACCOUNTS, text)))
    if not _NO_PURCHASE.is_in(text):
        yield from _where(("purchase", find(_BUY, text)))


def _where(*mechanics: tuple[str, tuple[Span, ...]]) -> Iterable[tuple[str, tuple[Span, ...]]]:
    return (mechanic for mechanic in mechanics if mechanic[1])


def _finding(mechanic: str, platform: Platform, spans: tuple[Span, ...], prize: tuple[Span, ...]) -> Finding:
    rules = "prize promotion law" if mechanic == "purchase" else f"{platform}'s promotion rules"
    return Finding(
        message=f"This way of entering a prize draw is against {rules}.",
        why="The draft offers a prize, and the marked words make entry depend on what the rules don't allow.",
        suggestion=_REMEDY[mechanic],
        spans=spans,
        confidence=0.9 if len(prize) > 1 or mechanic in ("share", "tag") else 0.75,
        grade=mechanic,
        platforms=() if mechanic in ("purchase", "accounts") else (platform,),
        evidence={"platform": platform, "mechanic": mechanic},
    )


CHECK = Check(
    id="platform_rule/contest_mechanics",
    title="Prize promotion against the rules",
    judge=judge,
    languages=ENGLISH,
    default_grades=tuple(_REMEDY),
    sources=(
        "Meta, Pages, Groups and Events Policies: Promotions",
        "Instagram Promotion Guidelines",
        "Pinterest, community guidelines: contests and promotions",
        "X, guidelines for promotions (help.x.com, contest rules)",
        "US state sweepstakes law: prize, chance and consideration",
    ),
)
