"""A grave claim passed on although the writer does not know: rumour, "hearing that", "can't confirm but".

The hedge alone is no alarm, nor is the claim: it takes both, a matter in which an error does harm (death, crime,
danger, downfall), and nobody named who could be asked.

Why: a hedge does not travel. What is quoted from an official account is the claim, and later the correction.
Flag: "Hearing that the mall is on lockdown, two shooters"; "can't confirm yet but a friend at the hospital says he's
dead"; "rumour has it the bank is out of money, pass it on".
Allow: "Rumour has it our new menu is out"; putting a rumour right; "police have not confirmed how many were hurt";
a report with its source and a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared, Span

_NOT_CONFIRMED = re.compile(r"(?:confirm|verif)")


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    cues = _evidence.spans(prepared, "hearsay") + _unnamed(prepared)
    if not cues:
        return
    consequence = _evidence.spans(prepared, "consequence")
    event = _evidence.event(prepared)
    if not consequence or _evidence.says(prepared, "denial") or _evidence.is_past(prepared):
        return
    backing = _evidence.backing(prepared)
    weak = len(cues) == len(_evidence.spans(prepared, "weak_hearsay"))
    if weak and (backing.sourced or _standing.is_newsroom(prepared.account)):
        return
    if backing.primary or backing.office or (backing.named and backing.link):
        return
    confidence = 0.55 if weak else 0.8
    confidence += 0.1 * (event is not None) + 0.1 * _evidence.score(prepared, "hearsay") - 0.1 * backing.link
    yield Finding(
        message="This passes on a grave claim that nobody named stands behind.",
        why=f"{_evidence.quoted(cues, prepared)} says that it is hearsay, and {_evidence.quoted(consequence, prepared)} "
        "does harm if it is wrong" + (f" while “{event.event.name}” is on." if event else "."),
        suggestion="Wait until somebody who can be asked confirms it; then name and link them.",
        spans=cues + consequence,
        confidence=min(0.95, confidence),
        grade="grave" if event or not weak else "default",
        evidence=_settling.record(prepared, "hearsay"),
    )


def _unnamed(prepared: Prepared) -> tuple[Span, ...]:
    """Sources without a name; a newsroom's where it doesn't even show its report."""
    if _standing.is_newsroom(prepared.account) and (_shows_report(prepared) or _evidence.spans(prepared, "alert")):
        return ()
    return _evidence.anonymous(prepared)


def _shows_report(prepared: Prepared) -> bool:
    backing = _evidence.backing(prepared)
    return backing.link


CHECK = Check(
    id="unverified_claim/hearsay",
    title="Grave claim from hearsay",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "grave"),
    sources=("Zhao, Resnick and Mei 2015, Enquiring Minds (WWW)",),
)
