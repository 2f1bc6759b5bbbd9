"""A record or a superlative of wares that only a test could show, and no test, award or register to show it.

One hard claim (safest in the world, clinically proven, nine of ten dentists, keeps out 100 % of germs) is enough; of what
a firm may well say of itself (largest, first, number one) it takes two together. A matter of taste is none.

Why: advertising law wants the proof before the claim, competitors sue over it, and people trust a child's seat by it.
Flag: "the safest child seat in the world"; "9 out of 10 heart doctors use nothing else"; "world's largest supplier, and
the only one whose tiles never catch fire".
Allow: "came first out of 24 in the test, all results here"; "we think it's the best flat white in Leeds"; "our biggest
month ever"; a newsroom's report of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span

_RECORDS = load_sections(_evidence.LISTS / "record.txt")
_SELLERS = frozenset({"brand", "agency", "public_figure", "professional", "personal"})
_SHOWN = re.compile(
    r"\b(?:tests?(?: by| in|ed by)|test (?:report|results?|winner)|award\w*|voted|ranked|ranking|according|certified|register\w*|guinness|survey|"
    r"study (?:by|of|in)|published|peer-reviewed|rated \d|\d(?:\.\d)? stars?|out of \d+ (?:\w+ ){0,4}(?:tested|seats|products|models)|footnote|"
    r"based on|\*)"
)
_TASTE = re.compile(
    r"\b(?:we think|i think|we believe|we reckon|in our (?:opinion|view|book)|in my (?:opinion|view|book)|imo|imho|biased|arguably|probably|"
    r"if you ask (?:us|me)|might be|may be|could be|maybe|we hope|we'd like to think|our own|world's best (?:dad|mum|mom|boss|grandma|team|fans?))\b"
)
_ENOUGH = 2


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    if prepared.account.kind not in _SELLERS or prepared.is_reply:
        return
    hard, soft = _find(prepared, "hard"), _find(prepared, "soft")
    if prepared.text.language not in ("en", "und"):
        hard, soft = _evidence.spans(prepared, "superlative"), ()
    if not hard and len(soft) < _ENOUGH:
        return
    if _evidence.matches(prepared, _SHOWN) or _evidence.matches(prepared, _TASTE):
        return
    if _is_shown(prepared):
        return
    spans = hard + soft
    yield Finding(
        message="This claims a record or an effect that only a test can show, and shows none.",
        why=f"{_evidence.quoted(spans, prepared)} can be checked, and the draft names no test, award or register.",
        suggestion="Name and link the test, or say it as what you think of your own wares.",
        spans=spans,
        confidence=0.75 if hard else 0.6,
        grade="proof" if hard else "default",
        evidence=_settling.record(prepared, "record"),
    )


def _find(prepared: Prepared, section: str) -> tuple[Span, ...]:
    return tuple(
        span
        for text in prepared.texts
        for span in _RECORDS[section].find(text)
        if text.raw[span.end : span.end + 1] != "?"  # “Clinically proven?” asks
    )


def _is_shown(prepared: Prepared) -> bool:
    backing = _evidence.backing(prepared)
    if backing.link or backing.named:
        return True
    return _evidence.is_past(prepared) or _evidence.says(prepared, "denial")


CHECK = Check(
    id="unverified_claim/record_claim",
    title="Superlative without its test",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "proof"),
)
