"""The report that somebody has died, been killed or been gravely hurt, without who confirmed it.

Why: reports of a death are the most shared and the least undone; families have learnt of them, true or false, from a
brand's or a newsroom's post.
Flag: "BREAKING: the senator has been shot and killed"; "sad to hear that the singer has died"; "at least 12 dead"
with a colleague's handle as the only source.
Allow: the house's own loss; history and anniversaries; fiction; "the family confirms"; a newsroom's report with a
source or a link; figures of speech ("my phone died").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared, Span

_OWN_LOSS = re.compile(
    r"\b(?:(?:dad|mum|mom|grandad|grandma|nan|papa|mama|mother|father) (?:has )?$|(?:my|our) (?!(?:mayor|president|prime minister|king|queen|minister|governor|senator|pope)\b)[^.!?:]*$)"
)
"""right before a report, in its sentence: then it is the writer's own loss"""
_BEFORE = 60
"""how far before a report that is looked for, in characters"""
_OF_THE_CLUB = re.compile(
    r"\b(?:games|appearances|goals|seasons|years) (?:for|at|with) (?:the|our) club\b|\bthe club (?:is|are|announces|mourns)\b"
)
"""of a sports account: then a player has left or is honoured"""
_TALLIED = ("deaths", "fatalities")
"""how a number of deaths ends that is a tally and no news of one"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    reports = _literal(prepared)
    if reports and (_evidence.counts(prepared) or _is_tally(prepared, reports)):
        return
    if not reports and _evidence.spans(prepared, "hearsay"):
        reports = _evidence.spans(prepared, "farewell")
    if (
        not reports
        or _evidence.is_past(prepared)
        or any(_evidence.says(prepared, section) for section in ("denial", "first_hand", "own_people"))
    ):
        return
    if prepared.account.kind == "sports" and _evidence.matches(prepared, _OF_THE_CLUB):
        return
    backing = _evidence.backing(prepared)
    official = _standing.is_official(prepared, "safety", "health")
    if (backing.strong or official) and not backing.anonymous:
        return
    hearsay = _evidence.spans(prepared, "hearsay")
    alert = _evidence.spans(prepared, "alert")
    event = _evidence.event(prepared)
    named = event is not None and bool(event.nearness.words)
    if backing.link and not (hearsay or backing.anonymous or (named and not _standing.is_newsroom(prepared.account))):
        return
    yield Finding(
        message="This reports a death or a grave injury and names nobody who confirmed it.",
        why=f"{_evidence.quoted(reports, prepared)} stands without a family, an authority or a spokesperson"
        + (f", and {_evidence.quoted(hearsay, prepared)} says that it is hearsay." if hearsay else "."),
        suggestion="Wait for the family, the police or the hospital; name them and link to what they said.",
        spans=reports,
        confidence=min(0.95, 0.65 + 0.1 * bool(hearsay) + 0.1 * bool(alert) + 0.1 * bool(event)),
        grade="alert" if hearsay or alert or backing.anonymous or named else "default",
        evidence=_settling.record(prepared, "death_report"),
    )


def _is_tally(prepared: Prepared, reports: tuple[Span, ...]) -> bool:
    """Whether each of them is a number of deaths of a disease, and nobody passes it on as hearsay."""
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    tallies = (raw[span.field][span.start : span.end].endswith(_TALLIED) for span in reports)
    disease = _evidence.spans(prepared, "running_count")
    return bool(disease) and all(tallies) and not _evidence.spans(prepared, "hearsay")


def _literal(prepared: Prepared) -> tuple[Span, ...]:
    """The reports that are no figure of speech and no word of remembrance."""
    found = _evidence.spans(prepared, "death")
    figurative = _evidence.spans(prepared, "figurative_death") if found else ()
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    return tuple(
        s
        for s in found
        if not any(f.start < s.end and s.start < f.end for f in figurative)
        and not _OWN_LOSS.search(raw[s.field][max(0, s.start - _BEFORE) : s.start])
    )


CHECK = Check(
    id="unverified_claim/death_report",
    title="Death reported without a source",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "alert"),
)
