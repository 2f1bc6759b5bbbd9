"""Gains promised or tipped: guaranteed returns, coins that will soar, money to be made by joining.

Why: no such promise can be kept, financial regulators fine those who make it, and followers lose money on it.
Flag: "Guaranteed returns on our coin"; "double your bitcoin today"; "I'm going to make a fortune on this token, get in".
Allow: a bank's interest rate; a warning about such schemes; the news of a market; a risk notice; prizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared, Span

_PERSONS = frozenset({"public_figure", "sports", "politician", "personal"})
_RETURNS = re.compile(r"\breturns?:? (?:within|policy|accepted|\d+ days)|\bno questions asked\b")
"""goods that may be sent back"""
_SURE = re.compile(r"guarantee|double|triple|10x|risk-?free|no risk|can't lose|cannot lose")
_SURE_MONEY = re.compile(
    r"\b(?:returns?|profits?|money|income|investment|roi|bitcoin|btc|crypto|coins?|stocks?|cash)\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    sure = _evidence.spans(prepared, "sure")
    subject = sure or _evidence.spans(prepared, "investment")
    tagged = any(text.entities_of("cashtag") for text in prepared.texts)
    if not subject and not tagged:
        return
    if (
        _evidence.warns(prepared)
        or _evidence.matches(prepared, _RETURNS)
        or _standing.works_in(prepared.account, "money")
        or _standing.is_newsroom(prepared.account)
    ):
        return
    gain = _evidence.spans(prepared, "gain")
    tip = _evidence.spans(prepared, "tip") if prepared.account.kind in _PERSONS else ()
    if gain:
        yield _promised(prepared, gain, subject)
    elif tip:
        yield _tipped(prepared, tip + subject)


def _promised(prepared: Prepared, gain: tuple[Span, ...], subject: tuple[Span, ...]) -> Finding:
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    words = " ".join(raw[s.field][s.start : s.end] for s in gain)
    sure = bool(_SURE.search(words)) and _evidence.matches(prepared, _SURE_MONEY)
    return Finding(
        message="This promises or tips a financial gain.",
        why=f"{_evidence.quoted(gain, prepared)} holds out money on {_evidence.quoted(subject, prepared) or 'a security'}.",
        suggestion="Leave the promise out; say what the risk is and whether you are paid for this.",
        spans=gain + subject,
        confidence=0.85 if sure else 0.65,
        grade="guaranteed" if sure else "default",
        evidence=_settling.record(prepared, "gain"),
    )


def _tipped(prepared: Prepared, spans: tuple[Span, ...]) -> Finding:
    return Finding(
        message="This recommends an investment to people who follow you for something else.",
        why=f"{_evidence.quoted(spans, prepared)} speaks for a coin or a security.",
        suggestion="Leave it out, or say whether you are paid and what can be lost.",
        spans=spans,
        confidence=0.65,
        grade="tip",
        evidence=_settling.record(prepared, "gain"),
    )


CHECK = Check(
    id="unverified_claim/financial_promise",
    title="Promise of a financial gain",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "guaranteed", "tip"),
)
