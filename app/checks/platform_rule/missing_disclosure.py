"""A person recommends a product or a deal without saying that there is a relationship, or where their office forbids it.

Why: regulators (FTC, ASA, EU consumer authorities) and the platforms want paid, gifted or own-interest recommendations
labelled clearly and up front; holders of public office may not lend it to a product at all.
Flag: a footballer's "My secret? The new boots, get yours: brand.example/boots", "use my code SAM20", "thanks to @brand for
the gifted watch #sp", an office-holder's slogan for a brand of beans.
Allow: the same with "Ad:", "#ad" or "Advert" at the start; one's own book, show or club; a brand's own account; "buy local".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Entity, Finding, Prepared, Span

_PERSONS = frozenset({"public_figure", "politician", "professional", "personal"})
_LABEL = words(
    r"#?(?:ad|ads|advert|advertisement|advertising|sponsored|paidpartnership|paid partnership|paidad|werbung|anzeige|publicidad|"
    r"publicité|pubblicità|reclame)|paid (?:for )?by|in paid partnership|#(?:brand)?partnerad|affiliate links?"
)
_RELATION = words(
    r"(?:use|with|enter|try) (?:my|the|promo|discount)? ?(?:discount |promo |referral )?code ?:?(?: \w+)?|(?:my|referral|affiliate) (?:discount|code|link)|"
    r"gifted(?: by)?|#(?:gifted|sp|spon|collab|ambassador|partner)|(?:brand )?ambassador (?:for|of)|kitted out by|courtesy of @\w+|sent me (?:this|these|their|the|some)|hooked me up|"
    r"(?:thanks|thank you|shout-?out|big up|cheers)(?: so much| again)? to (?:the (?:team|guys|people|folks) (?:at|from) )?@\w+ for (?:the|my|this|these|hooking|sending|sorting)|"
    r"(?:proud|happy|excited|thrilled) (?:to be |to )?(?:a )?(?:partner(?:ing)?|ambassador|face|team(?:ing)? up) (?:with|of|for)"
)  # fmt: skip
_PLUG = words(
    r"(?:partner(?:ed|ing|ship)?|team(?:ed|ing) up|collab(?:oration|orat\w+|bed|bing)?|working) with @?\w+|link in (?:my )?bio|swipe up|(?:get|grab|cop) (?:yours|one of these)|"
    r"(?:go )?(?:check out|download|try|buy|order|pre-?order) (?:the |their |@)(?:new )?\w+|never (?:leave home|go anywhere) without|"
    r"my (?:go-?to|favou?rite|secret (?:weapon|is)) (?:\w+ )?(?:@\w+|drink|watch|boots?|shoes|app|brand)"
)  # fmt: skip
_FINANCE = words(
    r"ico|initial coin offering|token sale|presale|pre-sale|airdrop|nfts?|(?:buy|invest(?:ing)? in|into) (?:\w+ )?(?:crypto|coins?|tokens?|bitcoin|\$\w+)|(?:alt|meme|shit)coins?|to the moon|"
    r"(?:betting|casino) (?:app|site|bonus)|forex|trading (?:app|platform|bot)"
)
_OWN_WORK = words(
    r"my (?:new |latest |first |own |debut )*(?:book|novel|album|single|song|track|video|podcast|show|film|movie|tour|gig|column|article|piece|paper|talk|"
    r"blog|episode|interview|foundation|charity|shop|store|course|exhibition|campaign|speech|op-?ed|thread)|our (?:new |latest )?(?:album|single|tour|show|book|film|podcast|bill|plan|campaign)"
)
_SLOGAN = words(r"(?:if it(?:'|’)?s|when it(?:'|’)?s|nothing (?:beats|tastes|works) like|you can(?:'|’)?t beat|there(?:'|’)?s only one|i only (?:buy|drink|eat|wear)|i (?:love|recommend) (?:my|the|this))")  # fmt: skip


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    folded = text.folded.text
    if not _is_person(prepared) or prepared.draft.kind == "ad" or _LABEL.search(folded) or _OWN_WORK.search(folded):
        return
    promotional = prepared.scores["promotional"] if prepared.scores else 0.0
    relation, plug, finance = find(_RELATION, text), find(_PLUG, text), find(_FINANCE, text)
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


_CLUB = words(
    r"club|team|league|federation|association|official|fc|afc|united|franchise|tickets?|stadium|home of|cup|championships?|tour"
)
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
    languages=ENGLISH,
    default_grades=("relation", "finance", "link", "office"),
    sources=(
        "16 CFR part 255 (FTC Endorsement Guides)",
        "CAP Code section 2 and the CMA/ASA influencers' guide",
        "Directive 2005/29/EC, article 7(2)",
        "5 CFR 2635.702 (misuse of public office)",
    ),
)
