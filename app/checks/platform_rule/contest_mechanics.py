"""Prize promotions whose way of entering the platform forbids.

Facebook bars entries by sharing to a personal timeline or tagging friends; Instagram bars inaccurate tagging; X bars
posting the same again and again or entering with several accounts; Pinterest bars requiring a certain image, a number of
saves, or one entry per save; a purchase as the only way in makes a lottery.

Why: the platform removes the post or restricts the page, and entrants who were promised a prize complain in public.
Flag: on Facebook, "share this to your timeline and tag three friends to win"; on X, "most retweets wins"; on Pinterest,
"every save is an entry"; on YouTube, "like and subscribe to win".
Allow: "comment below to enter" or "like this post to enter" on Facebook; tagging a friend on Instagram; "make a board of
your favourites" on Pinterest; "tag us in your photos"; sharing without a prize.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Platform, Prepared, Span

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
_ID = "platform_rule/contest_mechanics"
_LOTTERY_LAW = "R015"
"""the row of data/platforms/rules.csv on entry by purchase alone"""
_REMEDY = {
    "share": "Let people enter by a comment, a like or a message, and ask for shares only outside the prize draw.",
    "tag": "Let people enter by a comment of their own instead of tagging others.",
    "tag_self": "Ask for a comment instead: people may not tag themselves where they are not in the picture.",
    "pin": "Let people pin what they like, once, and ask for a link to their board.",
    "subscribe": "Let people enter without a like or a subscription, and link the official rules.",
    "repeat": "Count one entry per person, whatever they post.",
    "accounts": "Say that entries from several accounts don't count.",
    "purchase": "Offer a free way to enter and say “no purchase necessary”, or have the promotion cleared.",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    platforms = set(prepared.draft.platforms)
    if any(_DENIED.is_in(text) for text in prepared.texts):
        return
    prize = find(_PRIZE, prepared.texts)
    if not prize and not {"facebook", "instagram"} & platforms:
        return
    mechanics = dict(_mechanics(prepared, platforms))
    # Sharing to one's own timeline and tagging friends together are an entry form, whatever the prize is called.
    is_entry = {"share", "tag"} <= mechanics.keys()
    for mechanic, (where, spans) in mechanics.items():
        if prize or mechanic == "tag_self" or (is_entry and mechanic in ("share", "tag")):
            yield _finding(mechanic, where, spans, prize)


_Found = tuple[str, tuple[tuple[Platform, ...], tuple[Span, ...]]]
_WHERE: dict[str, tuple[Platform, ...]] = {
    "share": ("facebook",),
    "tag": ("facebook",),
    "tag_self": ("facebook", "instagram"),
    "repeat": ("x",),
    "accounts": ("x",),
    "pin": ("pinterest",),
    "subscribe": ("youtube",),
}
"""the platforms whose rules forbid it; a purchase as the only way in is a matter of law"""
_PATTERNS = {
    "share": _SHARE_OWN,
    "tag": _TAG_FRIENDS,
    "tag_self": _TAG_SELF,
    "repeat": _AGAIN,
    "accounts": _ACCOUNTS,
    "pin": _PIN,
    "subscribe": _PHRASES["subscribe"],
}


def _mechanics(prepared: Prepared, platforms: set[Platform]) -> Iterator[_Found]:
    for mechanic, named in _WHERE.items():
        where = tuple(each for each in named if each in platforms)
        if where and (spans := find(_PATTERNS[mechanic], prepared.texts)):
            yield mechanic, (where, spans)
    is_lottery = not prepared.law or _LOTTERY_LAW in {row.id for row in prepared.platform_rules.get(_ID, ())}
    is_free = any(_NO_PURCHASE.is_in(text) for text in prepared.texts)
    if is_lottery and not is_free and (spans := find(_BUY, prepared.texts)):
        yield "purchase", ((), spans)


def _finding(mechanic: str, where: tuple[Platform, ...], spans: tuple[Span, ...], prize: tuple[Span, ...]) -> Finding:
    rules = f"{' and '.join(where)}'s promotion rules" if where else "prize promotion law"
    return Finding(
        message=f"This way of entering a prize draw is against {rules}.",
        why="The draft offers a prize, and the marked words make entry depend on what the rules don't allow.",
        suggestion=_REMEDY[mechanic],
        spans=spans,
        confidence=0.9 if len(prize) > 1 or mechanic in ("share", "tag") else 0.75,
        grade=mechanic,
        platforms=where,
        evidence={"mechanic": mechanic},
    )


CHECK = Check(
    id=_ID,
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
