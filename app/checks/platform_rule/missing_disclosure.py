"""A person recommends a product or a deal without saying that there is a relationship, or where their office forbids it.

Why: regulators (FTC, ASA, EU consumer authorities) and the platforms want paid, gifted or own-interest recommendations
labelled clearly and up front; holders of public office may not lend it to a product at all.
Flag: a footballer's "My secret? The new boots, get yours: brand.example/boots", "use my code SAM20", "SAM20 gets you 20%
off", "my ambassador code", "thanks to @brand for the gifted watch #sp", an office-holder's slogan for a brand of beans.
Allow: the same with "Ad:", "#ad" or "Advert" at the start; "I get a commission"; one's own book, show or club; a brand's own account; "buy local".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Entity, Finding, Prepared, Span

_PERSONS = frozenset({"public_figure", "politician", "professional", "personal"})
_PHRASES = load_patterns(Path(__file__).with_name("lists") / "missing_disclosure.txt")
_LABEL = _PHRASES["label"]
_RELATION = _PHRASES["relation"]
_PLUG = _PHRASES["plug"]
_FINANCE = _PHRASES["finance"]
_OWN_WORK = _PHRASES["own_work"]
_WORTH = r"(?:\d ?% ?off|money off|[$£€]\d+ off|free (?:shipping|delivery)|at (?:the )?check-?out|(?:for|get|gets you) (?:a|your) discount)"
_NAMED_CODE = r"(?<![\w#@$])[A-Z]{3,14}\d{1,3}(?!\w)"
_CODE = re.compile(
    rf"{_NAMED_CODE}(?i:[^.!?\n]{{0,40}}?{_WORTH})|(?i:{_WORTH}\b[^.!?\n]{{0,40}}?){_NAMED_CODE}|(?i:\b(?:code|coupon|voucher):? )[A-Z]{{3,14}}\d{{1,3}}(?!\w)"
)
"""a code with somebody's name and a number, beside what it is worth"""
_SLOGAN = _PHRASES["slogan"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    folded = text.folded.text
    if not _is_person(prepared) or prepared.draft.kind == "ad" or _LABEL.search(folded) or _OWN_WORK.search(folded):
        return
    promotional = prepared.scores.strengths["promotional"] if prepared.scores else 0.0
    codes = tuple(span for span, _ in find_raw(_CODE, [text]))
    relation, plug, finance = find(_RELATION, text) + codes, find(_PLUG, text), find(_FINANCE, text)
    brands = _commercial(prepared)
    if finance and (brands or relation or plug or promotional > 0.4):
        yield _finding(finance + brands, 0.85, "finance", "a person with followers recommends a financial product")
    elif relation or (plug and (brands or promotional > 0.5)):
        yield _finding(
            relation + plug, 0.8, "relation", "the words speak of a deal, a gift or a code, and no label says “ad”"
        )
    elif brands and promotional > 0.5 and text.entities_of("hashtag"):
        yield _finding(brands, 0.6 + promotional / 4, "link", "a person links to a brand with its campaign hashtag")
    elif prepared.account.kind == "politician" and (slogan := find(_SLOGAN, text)) and promotional > 0.4:
        yield _finding(slogan, 0.6, "office", "it advertises a product from the account of somebody in public office")


def _is_person(prepared: Prepared) -> bool:
    """A person's account; a `sports` account counts unless it calls itself a club, a league or the like."""
    account = prepared.account
    about = f"{account.display_name} {account.description} {account.handle}".casefold()
    return account.kind in _PERSONS or (account.kind == "sports" and not _CLUB.search(about))


def _commercial(prepared: Prepared) -> tuple[Span, ...]:
    """Links that are neither the account's own site nor a news, public or social one."""
    account = prepared.account
    own = f"{account.handle} {account.display_name} {account.description}".casefold()
    return tuple(Span(e.start, e.end) for e in prepared.text.entities_of("link") if _is_commercial(e, own))


_CLUB = _PHRASES["club"]
_NOT_COMMERCIAL = (".gov", ".edu", ".org", ".ac.", ".int", "news", "times", "youtu", "instagram", "facebook", "twitter", "x.com",
                   "bbc", "guardian", "spotify", "apple", "medium", "substack", "wikipedia", "linkedin", "t.co/", "tiktok", "podcast")  # fmt: skip


def _is_commercial(link: Entity, own: str) -> bool:
    host = link.text.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    name = host.partition(".")[0]
    return name not in own.replace(" ", "") and not any(part in host for part in _NOT_COMMERCIAL)


def _finding(spans: tuple[Span, ...], confidence: float, grade: str, because: str) -> Finding:
    return Finding(
        message="Readers can't tell whether this recommendation is an advertisement.",
        why=f"No label is in the draft, and {because}.",
        suggestion="If there is pay, a gift, a share or an employer behind it, begin with “Ad:”; if not, say so plainly."
        if grade != "office"
        else "Leave products out of an office-holder's account.",
        spans=spans,
        confidence=min(confidence, 0.9),
        grade=grade,
    )


CHECK = Check(
    id="platform_rule/missing_disclosure",
    title="Recommendation without a disclosure",
    judge=judge,
    languages=frozenset({"en", "de", "es", "fr", "it", "pt"}),
    default_grades=("relation", "finance", "link", "office"),
    sources=(
        "16 CFR part 255 (FTC Endorsement Guides)",
        "CAP Code section 2 and the CMA/ASA influencers' guide",
        "Directive 2005/29/EC, article 7(2)",
        "5 CFR 2635.702 (misuse of public office)",
    ),
)
