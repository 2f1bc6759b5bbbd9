"""A prize promotion that lacks what the platform or the law asks for in its text or in the terms that it links.

Why: Facebook and Instagram ask for a release and for a word that they have no part in it; in Britain the closing date and
the significant conditions must be there, and closing dates that move are upheld against the promoter again and again.
Flag: on Facebook or Instagram "Giveaway! Comment to win a cake" without terms, rules or the word that the platform isn't
involved; in Britain "Competition! Follow and repost" without a closing date, or with one that is moved.
Allow: "T&Cs: brand.example/win"; "not sponsored or endorsed by Facebook"; winners announced; sports competitions; an offer
that everybody gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find
from app.checks.platform_rule._rows import GRADES, finding, held
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "promotion_terms.txt")
_ID = "platform_rule/promotion_terms"


def judge(prepared: Prepared) -> Iterable[Finding]:
    rows = held(prepared, _ID)
    draw = _draw(prepared)
    for rule in rows if draw else ():
        says, suggestion, lacks = _LACKS[rule.id]
        if lacks(prepared):
            yield finding(replace(rule, says=says, suggestion=suggestion), draw)


def _draw(prepared: Prepared) -> tuple[Span, ...]:
    """The words that invite to a prize promotion; none where it is over or none at all."""
    if any(_PHRASES["over"].is_in(text) for text in prepared.texts):
        return ()
    called, offered, asked = (find(_PHRASES[name], prepared.texts) for name in ("draw", "offer", "action"))
    is_open = (called and (offered or asked)) or (offered and asked)
    return called + offered if is_open else ()


def _has(name: str, prepared: Prepared) -> bool:
    return any(_PHRASES[name].is_in(text) for text in prepared.texts)


def _without_terms(prepared: Prepared) -> bool:
    return not _has("terms", prepared)


def _without_release(prepared: Prepared) -> bool:
    return _without_terms(prepared) and not _has("release", prepared)


def _without_closing(prepared: Prepared) -> bool:
    """No closing date and no terms that could hold it, or one that is moved."""
    return _has("moved", prepared) or (_without_terms(prepared) and not _has("closes", prepared))


_RELEASE = "Link the terms, with the entrants' release and a word that {} doesn't sponsor, endorse or run it."
_LACKS: dict[str, tuple[str, str, Callable[[Prepared], bool]]] = {
    "R004": (
        "Facebook asks prize promotions for a release and a word that it has no part in them.",
        _RELEASE.format("Facebook"),
        _without_release,
    ),
    "R007": (
        "Instagram asks prize promotions for a release and a word that it has no part in them.",
        _RELEASE.format("Instagram"),
        _without_release,
    ),
    "R014": (
        "British rules ask prize promotions for a closing date that stays, and for their significant conditions.",
        "Say when it closes, who may enter and how many prizes there are, or link the terms.",
        _without_closing,
    ),
    "R016": (
        "Prize promotions need filings or terms of their own in a jurisdiction of this account.",
        "Have it cleared there, and link the terms.",
        _without_terms,
    ),
}
"""by row of data/platforms/rules.csv: what to say, what to do, and whether it is missing"""

CHECK = Check(
    id=_ID,
    title="Prize promotion without its terms",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt"}),
    default_grades=GRADES,
    sources=(
        "Meta, Pages, Groups and Events Policies: Promotions",
        "Instagram Promotion Guidelines",
        "CAP Code section 8",
    ),
)
