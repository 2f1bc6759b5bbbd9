"""Asking for likes, shares, tags or comments for their own sake, or in exchange for a good deed.

Why: Facebook shows such posts and their page less; "one retweet = one meal" makes charity depend on publicity and is
what people screenshot.
Flag: "LIKE if you agree, SHARE if you don't", "1 RT = 1 meal for a child", "Tag a friend who needs this" on Facebook.
Allow: missing persons, calls for donations, "share your story", asking for opinions, "tag us in your photos".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Finding, Prepared

_EXCHANGE = words(
    r"(?:1|one|each|every|per) (?:rt|re-?tweet|re-?post|like|share|follow|comment|view|click|tag)s?(?: \w+){0,3}? ?(?:=|equals|gets|feeds|buys|pays|gives|provides|means|"
    r"(?:and )?(?:we|i)(?:'|’)?(?:ll| will)? (?:donate|give|feed|plant|send|provide))",
    r"for (?:each|every) (?:rt|re-?tweet|re-?post|like|share|follow(?:er)?|comment|tag)(?: \w+){0,5}?,? (?:we|i)(?:'|’)?(?:ll| will)? (?:\w+ )?(?:donate|give|feed|plant|send|provide)",
    r"(?:rt|re-?tweet|re-?post|like|share|follow|comment)(?: \w+){0,3}? (?:and|&|to) (?:we(?:'|’)?ll |we will |help us )?(?:donate|feed|give (?:a|one|\$|£|€))",
    r"we(?:'|’)?(?:ll| will)? (?:donate|give|feed|plant)(?: \S+){0,8}? (?:for|per) (?:each|every|re-?tweet|rt|like|share|follow)",
)
_BAIT = words(
    r"(?:like|react|double[- ]tap|smash (?:that |the )?like|hit like|heart this)(?: this)?(?: \w+)? if (?:you|u|your)(?: \w+){1,4}",
    r"(?:share|repost|tag)(?: this)?(?: \w+)? if (?:you|u)(?: (?:agree|love|hate|care|remember|think|believe|want|dare|are|don(?:'|’)?t)\w*)",
    r"(?:comment|type|drop|reply)(?: with)? [\"“'‘]?(?:yes|amen|me|hi|1|done|agree)[\"”'’]?(?: (?:if|below|to|and)(?: \w+){0,4})",
    r"tag (?:a|your|some|the|\d+|one) (?:friend|mate|person|bestie|someone|buddy)(?:s)?(?: (?:who|that|you)(?: \w+){0,4})",
    r"like for (?:yes|like)|f4f|l4l|follow for follow|follow back|share for share|(?:let(?:'|’)?s|help us) (?:get|reach|hit) (?:this )?(?:to )?[\d,.k]+ (?:likes|shares|followers|rts|retweets)",
)
_EXEMPT = words(
    r"missing|last seen|lost (?:dog|cat|child)|found (?:dog|cat)|amber alert|appeal for|witness(?:es)?|blood donors?|organ donor"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    if _EXEMPT.search(prepared.text.folded.text):
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
