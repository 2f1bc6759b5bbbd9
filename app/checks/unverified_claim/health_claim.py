"""A promise about illness: cures, prevents, causes, "100 % effective", by an account that is no health authority.

A figure for the body ("lowers cholesterol by a quarter") and what is said to take a medicine's place count too, and so
does what a vaccine is said to hold or to have done.

Why: people act on it, and regulators read it: a disease claim for a food or a cosmetic makes it an unlicensed drug.
Flag: "Our tea cures diabetes"; "this kills the virus, no side effects"; "the vaccine causes autism"; "three
capsules replace your insulin".
Allow: a health service's advice; research with its source; "fight cancer with us" as an appeal; putting a myth right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared, Span

_REACH = 40
"""how far the illness may stand behind the promise, in characters"""
_MOST = 100
"""more than a draft needs: pairs are compared"""

_ADVISED_AGAINST = re.compile(
    r"\b(?:don['’]t|do not|never|not|before you|cannot|can['’]t|won['’]t|doesn['’]t|nor|no|ne|nicht|kein|nie|non|nao|não|nunca) $"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    absolute = _evidence.spans(prepared, "health_absolute")
    remedy = _remedies(prepared) + _vaccine_scare(prepared)
    promises = _promises(prepared)
    illness = _evidence.spans(prepared, "disease") if absolute else ()
    if not promises and not remedy and not (absolute and illness):
        return
    if _evidence.says(prepared, "denial") or _standing.works_in(prepared.account, "health"):
        return
    backing = _evidence.backing(prepared)
    if backing.primary or (backing.sourced and not (absolute or remedy)):
        return
    spans = promises + absolute + remedy
    yield Finding(
        message="This promises something about an illness and names no evidence.",
        why=f"{_evidence.quoted(spans, prepared)} is a health claim, and the account is no health authority.",
        suggestion="Leave the claim out, or link to the authority or the study that supports it.",
        spans=spans,
        confidence=0.8 if absolute or remedy else 0.6,
        grade="absolute" if absolute or remedy else "default",
        evidence=_settling.record(prepared, "health_promise"),
    )


def _remedies(prepared: Prepared) -> tuple[Span, ...]:
    """What takes a medicine's place; “don't stop taking your tablets” is advice."""
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    return tuple(
        span
        for span in _evidence.spans(prepared, "remedy")
        if not _ADVISED_AGAINST.search(raw[span.field][max(0, span.start - 24) : span.start])
    )


def _vaccine_scare(prepared: Prepared) -> tuple[Span, ...]:
    """What a vaccine is said to hold or to have done."""
    vaccine = _evidence.spans(prepared, "vaccine")
    scare = _evidence.spans(prepared, "scare") if vaccine else ()
    return vaccine + scare if scare else ()


def _promises(prepared: Prepared) -> tuple[Span, ...]:
    """A healing verb with an illness close behind."""
    illnesses = _evidence.spans(prepared, "disease")
    verbs = _evidence.spans(prepared, "cure") if illnesses else ()
    return tuple(
        Span(verb.start, illness.end, verb.field)
        for verb in verbs[:_MOST]
        for illness in illnesses[:_MOST]
        if verb.field == illness.field and 0 <= illness.start - verb.end <= _REACH
    )


CHECK = Check(
    id="unverified_claim/health_claim",
    title="Health claim without evidence",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "absolute"),
)
