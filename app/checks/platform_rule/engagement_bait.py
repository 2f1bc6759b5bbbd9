"""Asking for likes, shares, tags, comments, subscriptions or reviews for their own sake or in exchange for something.

Why: Facebook shows such posts and their page less; "one retweet = one meal" makes charity depend on publicity and is
what people screenshot. YouTube, TikTok, X and Meta remove traded or paid followers. Google takes no review that was
paid for, and where the pay hangs on praise it is against consumer law (16 CFR part 465, DMCC Act).
Flag: "LIKE if you agree, SHARE if you don't", "1 RT = 1 meal for a child", "Tag a friend who needs this" on Facebook;
"sub to us and we sub back"; on YouTube, "the first 100 subscribers get £5"; "five stars on Google and the coffee is on us".
Allow: missing persons, calls for donations, "share your story", asking for opinions, "tag us in your photos", "leave us a
review", newsletters with a welcome gift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "engagement_bait.txt")
_EXCHANGE = _PHRASES["exchange"]
_BAIT = _PHRASES["bait"]
_LEAD = _PHRASES["lead"]
_CHOICE = regex.compile(
    r"\p{Extended_Pictographic}[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*[ \t]{0,2}(?:this )?(?:for|if|=)[ \t][^\p{Extended_Pictographic}\n]{2,60}"
)
"""an emoji that stands for a choice: `❤️ for pistachio`"""
_STARS = regex.compile(r"(?:[⭐★]\ufe0f?){3,}")
_THIS = regex.compile(r"(?:[❤♥💙💚💛🧡💜🖤👍]\ufe0f?[ \t]{0,2}){1,3}(?:this|if|for)[ \t](?:if[ \t])?(?i:you)")
""" `❤️ this if you agree`"""
_TRADED = _PHRASES["traded"]
_PAID = _PHRASES["paid"]
_REVIEW = _PHRASES["review"]
_GIVEN = _PHRASES["given"]
_JUDGED = _PHRASES["review_judged"]
_EXEMPT = _PHRASES["exempt"]
_CAUSE = _PHRASES["cause"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = tuple(_found(prepared))
    return () if found and _EXEMPT.is_in(prepared.text) else found


_ABOUT = ("review", "rating", "star", "rate us", "testimonial", "⭐", "★", "5s")
"""signs of a draft that speaks of reviews: its list begins with figures and could not be filed"""


def _found(prepared: Prepared) -> Iterator[Finding]:
    if reviews := _bought_reviews(prepared):
        yield Finding(
            message="A reward is offered for a review.",
            why="The marked words give something in return for a rating, which the platform's and consumer law's rules forbid.",
            suggestion="Ask for honest reviews, and give the treat to everybody or to nobody.",
            spans=reviews,
            confidence=0.9,
            grade="review",
        )
    if traded := _traded(prepared):
        yield Finding(
            message="Followers or subscribers are traded or paid for here.",
            why="The marked words offer a follow or money in return for one, and the platform counts that as fake engagement.",
            suggestion="Ask people to follow for what you publish.",
            spans=traded,
            confidence=0.85,
            grade="traded",
        )
    if spans := find(_EXCHANGE, prepared.texts):
        yield Finding(
            message="A good deed is offered in exchange for likes or shares.",
            why="The marked words make the help depend on publicity for the account.",
            suggestion="Say what you give, give it anyway, and tell people how they can give too.",
            spans=spans,
            confidence=0.9,
            grade="exchange",
        )
    elif "facebook" in prepared.draft.platforms and (spans := _baits(prepared)):
        yield Finding(
            message="Facebook shows posts that beg for reactions less, and pages that repeat them too.",
            why="The marked words ask for a reaction, a tag or a share for its own sake.",
            suggestion="Ask a real question, or let the content earn the share.",
            spans=spans,
            confidence=0.8,
            grade="bait",
            platforms=("facebook",),
        )
    elif "linkedin" in prepared.draft.platforms and (spans := find(_LEAD, prepared.texts)):
        yield Finding(
            message="LinkedIn shows posts that trade something for comments less.",
            why="The marked words promise something to those who comment or react.",
            suggestion="Link what you offer, and ask a question that people want to answer.",
            spans=spans,
            confidence=0.75,
            grade="lead",
            platforms=("linkedin",),
        )


def _baits(prepared: Prepared) -> tuple[Span, ...]:
    """Words, emoji that stand for votes (two at least), and hearts that are asked for."""
    text = prepared.text
    if _CAUSE.is_in(text):
        return ()
    words = find(_BAIT, prepared.texts) + find(_LEAD, prepared.texts)
    if not text.entities_of("emoji"):
        return words
    choices = [Span(*match.span()) for match in _CHOICE.finditer(text.raw)]
    hearts = [Span(*match.span()) for match in _THIS.finditer(text.raw)]
    return (*words, *(choices if len(choices) > 1 else ()), *hearts)


def _bought_reviews(prepared: Prepared) -> tuple[Span, ...]:
    """Google forbids any reward; elsewhere it must hang on praise, or be for a review site, whose rules forbid it too."""
    speaking = [text for text in prepared.texts if any(sign in text.folded.text for sign in _ABOUT)]
    reviews = find(_REVIEW, speaking) + _starred(prepared) if speaking else ()
    barred = "google_business" in prepared.draft.platforms or any(_JUDGED.is_in(text) for text in prepared.texts)
    return reviews if barred else ()


def _starred(prepared: Prepared) -> tuple[Span, ...]:
    """Stars typed as emoji, beside what is given for them."""
    raw = prepared.text.raw
    stars = [Span(*match.span()) for match in _STARS.finditer(raw)] if "⭐" in raw or "★" in raw else []
    return tuple(stars) if stars and _GIVEN.is_in(prepared.text) else ()


def _traded(prepared: Prepared) -> tuple[Span, ...]:
    paid = find(_PAID, prepared.texts) if "youtube" in prepared.draft.platforms else ()
    return find(_TRADED, prepared.texts) + paid


CHECK = Check(
    id="platform_rule/engagement_bait",
    title="Engagement bait",
    judge=judge,
    languages=ENGLISH,
    default_grades=("exchange", "bait", "lead", "review", "traded"),
    sources=(
        "Facebook Newsroom, 18 December 2017, on engagement bait",
        "YouTube, fake engagement policy",
        "Google, Maps user-contributed content: fake engagement",
        "16 CFR part 465 (FTC, consumer reviews and testimonials)",
    ),
)
