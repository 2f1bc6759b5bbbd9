"""Prize promotions whose way of entering the platform forbids.

Facebook bars entries by sharing to a personal timeline or tagging friends; Instagram bars inaccurate tagging; X bars
posting the same again and again or entering with several accounts; a purchase as the only way in makes a lottery.

Why: the platform removes the post or restricts the page, and entrants who were promised a prize complain in public.
Flag: on Facebook, "share this to your timeline and tag three friends to win"; on X, "most retweets wins".
Allow: "comment below to enter" or "like this post to enter" on Facebook; tagging a friend on Instagram; "tag us in your
photos"; sharing without a prize.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Finding, Platform, Prepared, Span, Text

_NUMBER = r"(?:a|an|your|some|one|two|three|four|five|six|ten|\d{1,2})"
_PEOPLE = r"(?:friends?|mates?|people|pals?|besties|bff|bffs|colleagues?|family|mums?|moms?|someone|somebody|buddies|buddy|others|followers|person|loved ones?|co-?workers?|sisters?|girlfriends|neighbou?rs?)"
_PRIZE = words(
    r"(?:to|and|could|can|you|we(?:'|’)?ll|will|must|be) (?:win|enter|qualify)|wins?(?: an?| the| our)? (?:prize|signed|free|pair|shirt|ticket)|win (?:a|an|one|two|\d+|your|this|these|our|the|free|big|tickets?|dinner|lunch|breakfast)|"
    r"give-?aways?|giving away|give away|contests?|competitions?|prizes?|raffles?|sweepstakes?|prize draw|lucky (?:draw|person|follower|fan|winner)|"
    r"chances? (?:of|to) win\w*|for (?:a|your) chance|entry|entries|winners? (?:will|is|are|drawn|announced|picked|chosen)|(?:one|a|the|lucky) winner|"
    r"enter(?:ed)?(?: into)? (?:the|our|a) (?:draw|raffle|competition|contest|giveaway)|up for grabs|in the (?:draw|hat)|draw(?:n)? (?:on|at|this|next)|free \w+ for (?:two|2|one|1)|"
    r"be in with a (?:chance|shot)|in it to win it|bag yourself|hamper|goodie bag|first prize"
)  # fmt: skip
_SHARE_OWN = words(
    r"(?:share|repost|post|put|pop|stick|copy|re-?share)(?:ing)?(?: \w+){0,7}? (?:on|onto|to|in|across|with) (?:your|ur|their|his|her|own)(?: \w+){0,2}? "
    r"(?:timelines?|walls?|pages?|profiles?|feeds?|newsfeed|stor(?:y|ies))",
    r"(?:share|pass|send) (?:this|it|our|the (?:post|page|photo|picture|link))(?: \w+){0,3}? (?:with|to) (?:all )?(?:of )?(?:your|ur) (?:friends|mates|family|followers)",
    r"(?:like|comment|follow)(?:[, &+]+(?:and |then )?(?:like|comment|follow|tag))*[, &+]+(?:and |then |n )?(?:share|repost)",
    r"share (?:this|our|the|it)(?: \w+){0,4}? (?:to|and|for) (?:win|enter|be|your chance|a chance|an? (?:extra )?entr)",
    r"share (?:this|our|the|it) (?:\w+ )?publicly|shares? (?:this|our|the|it) (?:\w+ ){0,3}?(?:will|could|can|gets?|goes|go|wins?)|share with all your \w+|"
    r"(?:every|each|everyone who|anyone who|whoever) (?:shares?|reposts?)|hit (?:that )?share|shar(?:e|ing) (?:is|counts)|"
    r"shared? (?:to|on) (?:your |their )?(?:timeline|wall|stories|story|profile)",
)
_TAG_FRIENDS = words(
    rf"(?:tag|mention|name|nominate|@)(?:ging)? (?:in )?(?:(?:at least|up to|as many as|as many of|all|any|of) )*(?:{_NUMBER} )?(?:of )?(?:your |ur |the )?(?:\w+ )?{_PEOPLE}",
    r"tag (?:them|as many|who(?:ever)?|the \w+ you)|(?:extra|bonus|one|more) (?:entry|entries|chances?|votes?|tickets?) (?:for|per) (?:each|every|any) (?:tag|share|friend|person)|"
    r"the more you (?:tag|share)|more tags",
)
_TAG_SELF = words(
    r"tag (?:yourself|urself|yourselves)(?: and \w+)?(?: \w+){0,2}? (?:in|on) (?:this|the|our|your favou?rite)"
)
_AGAIN = words(
    r"(?:whoever|the person|most|more) (?:\w+ ){0,3}?(?:re-?)?(?:posts?|tweets?|shares?|retweets?)(?: \w+){0,4}? (?:the )?(?:most|wins?|chances?)",
    r"(?:re-?)?(?:post|tweet|share) (?:this |it )?(?:daily|every (?:day|hour)|as (?:many times|often) as|again and again|multiple times)",
    r"(?:most|more) (?:re-?tweets|rts|reposts|shares) wins?|the more you (?:re-?)?(?:tweet|post|retweet)",
)
_ACCOUNTS = words(
    r"(?:from|with|use|using) (?:all|multiple|several|different|as many|more|two|second|other)(?: of)?(?: your)? (?:other )?accounts"
)
_BUY = words(
    r"(?:buy|purchase|order|spend|every (?:purchase|order))(?: \w+){0,6}? (?:to|and|for) (?:be )?(?:win|enter(?:ed)?|(?:a|your) chance|in with a chance)"
)
_NO_PURCHASE = words(r"no purchase|npn|free entry|free route|not required")
_REMEDY = {
    "share": "Let people enter by a comment, a like or a message, and ask for shares only outside the prize draw.",
    "tag": "Let people enter by a comment of their own instead of tagging others.",
    "tag_self": "Ask for a comment instead: people may not tag themselves where they are not in the picture.",
    "repeat": "Count one entry per person, whatever they post.",
    "accounts": "Say that entries from several accounts don't count.",
    "purchase": "Offer a free way to enter and say “no purchase necessary”, or have the promotion cleared.",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    prize = find(_PRIZE, prepared.texts)
    if not prize:
        return
    for text in prepared.texts:
        for platform in prepared.draft.platforms:
            for mechanic, spans in _mechanics(text, platform):
                yield _finding(mechanic, platform, spans, prize)


def _mechanics(text: Text, platform: Platform) -> Iterable[tuple[str, tuple[Span, ...]]]:
    if platform == "facebook":
        yield from _where(("share", find(_SHARE_OWN, text)), ("tag", find(_TAG_FRIENDS, text)))
    if platform in ("facebook", "instagram"):
        yield from _where(("tag_self", find(_TAG_SELF, text)))
    if platform == "x":
        yield from _where(("repeat", find(_AGAIN, text)))
    yield from _where(("accounts", find(_ACCOUNTS, text)))
    if not _NO_PURCHASE.search(text.folded.text):
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
        "X, guidelines for promotions (help.x.com, contest rules)",
        "US state sweepstakes law: prize, chance and consideration",
    ),
)
