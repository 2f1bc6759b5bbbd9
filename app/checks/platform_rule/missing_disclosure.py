"""A person recommends a product or a deal without saying that there is a relationship, or where their office forbids it.

Why: regulators (FTC, ASA, EU consumer authorities) and the platforms want paid, gifted or own-interest recommendations
labelled clearly and up front; holders of public office may not lend it to a product at all.
Flag: a footballer's "My secret? The new boots, get yours: brand.example/boots", "use my code SAM20", "SAM20 gets you 20%
off", "my ambassador code", "thanks to @brand for the gifted watch #sp", an office-holder's slogan for a brand of beans; any
draft that is marked `paid_partnership` and doesn't say so.
Allow: the same with "Ad:", "#ad" or "Advert"; "I get a commission"; "I paid for all of it myself"; one's own book, show
or club; a brand's own account; "buy local".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.checks.base import Check
from app.checks.matching import find
from app.checks.platform_rule._disclosure import PHRASES, deal, has_label, is_person
from app.domain import Entity, Finding, Prepared, Span

_PLUG = PHRASES["plug"]
_FINANCE = PHRASES["finance"]
_OWN_WORK = PHRASES["own_work"]
_SLOGAN = PHRASES["slogan"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    draft = prepared.draft
    if draft.kind == "ad" or has_label(prepared):
        return
    if draft.paid_partnership and (is_person(prepared) or deal(prepared)):
        yield _finding((Span(0, len(draft.text)),) if draft.text else (), 0.95, "flag", "it is marked as paid for")
    elif is_person(prepared) and not _OWN_WORK.is_in(prepared.text):
        yield from _by_words(prepared)


def _by_words(prepared: Prepared) -> Iterator[Finding]:
    text = prepared.text
    promotional = prepared.scores.strengths["promotional"] if prepared.scores else 0.0
    relation, plug, finance = deal(prepared), find(_PLUG, text), find(_FINANCE, text)
    brands = () if prepared.draft.paid_partnership is False else _commercial(prepared)
    if finance and (brands or relation or plug or promotional > 0.4):
        grade = "finance" if not prepared.law or "US" in prepared.law else "relation"
        yield _finding(finance + brands, 0.85, grade, "a person with followers recommends a financial product")
    elif relation or (plug and (brands or promotional > 0.5)):
        yield _finding(
            relation + plug, 0.8, "relation", "the words speak of a deal, a gift or a code, and no label says “ad”"
        )
    elif (campaign := _campaign(prepared, brands)) or (brands and promotional > 0.5 and text.entities_of("hashtag")):
        confidence = 0.8 if campaign else 0.6 + promotional / 4
        yield _finding(brands + campaign, confidence, "link", "a person links to a brand with its campaign hashtag")
    elif prepared.account.kind == "politician" and (slogan := find(_SLOGAN, text)):
        yield _finding(slogan, 0.75, "office", "it repeats a product's slogan from the account of somebody in office")


def _commercial(prepared: Prepared) -> tuple[Span, ...]:
    """Links that are neither the account's own site nor a news, public or social one."""
    account = prepared.account
    own = f"{account.handle} {account.display_name} {account.description}".casefold()
    return tuple(Span(e.start, e.end) for e in prepared.text.entities_of("link") if _is_commercial(e, own))


_PUBLIC = frozenset({"gov", "edu", "org", "ac", "int"})
"""ends of hosts (`ac` before a country's) that sell nothing"""
_SHARED = frozenset(
    ["bbc", "guardian", "theguardian", "spotify", "apple", "medium", "substack", "wikipedia", "linkedin", "tiktok", "youtube",
     "youtu", "instagram", "facebook", "twitter", "x", "t"]
)  # fmt: skip
"""names of hosts on which people publish"""
_NEWS = ("news", "times", "podcast")


def _is_commercial(link: Entity, own: str) -> bool:
    parts = _host(link).split(".")
    if parts[0] in own.replace(" ", "") or not _PUBLIC.isdisjoint(parts[1:]):
        return False
    return _SHARED.isdisjoint(parts[:-1]) and not any(word in part for part in parts for word in _NEWS)


def _host(link: Entity) -> str:
    return link.text.casefold().partition("://")[2].partition("/")[0].removeprefix("www.") or (
        link.text.casefold().partition("/")[0].removeprefix("www.")
    )


def _campaign(prepared: Prepared, brands: tuple[Span, ...]) -> tuple[Span, ...]:
    """Hashtags that a commercial link repeats in its path: a campaign's own."""
    raw = prepared.text.raw.casefold()
    paths = {raw[span.start : span.end].rstrip("/").rpartition("/")[2] for span in brands}
    tags = prepared.text.entities_of("hashtag")
    return tuple(Span(tag.start, tag.end) for tag in tags if tag.text[1:].casefold() in paths)


def _finding(spans: tuple[Span, ...], confidence: float, grade: str, because: str) -> Finding:
    return Finding(
        message="Readers can't tell whether this recommendation is an advertisement.",
        why=f"No label is in the draft, and {because}.",
        suggestion="If there is pay, a gift, a share or an employer behind it, begin with “Ad:”; if not, say so plainly."
        if grade != "office"
        else "Leave products out of an office-holder's account.",
        spans=spans,
        confidence=min(confidence, 0.95),
        grade=grade,
    )


CHECK = Check(
    id="platform_rule/missing_disclosure",
    title="Recommendation without a disclosure",
    judge=judge,
    languages=frozenset({"en", "de", "es", "fr", "it", "pt"}),
    default_grades=("relation", "flag", "finance", "link", "office"),
    sources=(
        "16 CFR part 255 (FTC Endorsement Guides)",
        "CAP Code section 2 and the CMA/ASA influencers' guide",
        "Directive 2005/29/EC, article 7(2)",
        "5 CFR 2635.702 (misuse of public office)",
    ),
)
