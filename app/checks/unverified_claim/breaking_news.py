"""A news flash about a grave matter that names no source, or only an anonymous one.

"Breaking" from an account that reports no news needs somebody who is named. While a grave event is on, the bar rises
for everybody: numbers of dead, suspects, further attackers, causes are what is most often wrong in the first hours.

Why: the first hours of every attack produced a wrong suspect or a second gunman, spread by accounts that people trust.
Flag: "BREAKING: explosion at the station, many dead" from a football club; "missiles hit a town, a senior official
says"; "they've arrested the bomber" on the day of a bombing, from a star.
Allow: "BREAKING: our burger is back"; a police force's own report; a newsroom's report with the source named.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _evidence
from app.checks.unverified_claim._evidence import Backing
from app.domain import EventMatch, Finding, Prepared, Span


def judge(prepared: Prepared) -> Iterable[Finding]:
    alert = _evidence.spans(prepared, "alert")
    crisis = _evidence.spans(prepared, "crisis")
    if not (alert or crisis) or _evidence.says(prepared, "denial") or _evidence.says(prepared, "past"):
        return
    backing = _evidence.backing(prepared)
    event = _evidence.event(prepared)
    newsroom = prepared.account.kind == "media"
    if prepared.account.kind == "government" and not backing.anonymous:
        return
    if backing.anonymous and crisis and not backing.primary:
        yield _finding(prepared, backing.anonymous + crisis, "anonymous", event)
    elif backing.strong:
        return
    elif event and crisis and not (backing.link and (newsroom or not (alert or event.nearness.words))):
        yield _finding(prepared, alert + crisis, "event", event)
    elif alert and not newsroom and not backing.link and (grave := crisis or _grave(prepared, backing)):
        yield _finding(prepared, alert + grave, "default", event)


def _grave(prepared: Prepared, backing: Backing) -> tuple[Span, ...]:
    return () if backing.named else _evidence.spans(prepared, "consequence")


def _finding(prepared: Prepared, spans: tuple[Span, ...], grade: str, event: EventMatch | None) -> Finding:
    who = "an unnamed source" if grade == "anonymous" else "nobody who is named"
    return Finding(
        message="This reports grave news on too little: name who confirms it, or wait.",
        why=f"{_evidence.quoted(spans, prepared)} rests on {who}"
        + (f" while “{event.event.name}” is on." if event else "."),
        suggestion="Wait for the authority in charge, name it and link to it; leave numbers and suspects out until then.",
        spans=spans,
        confidence=0.85 if event or grade == "anonymous" else 0.7,
        grade=grade,
    )


CHECK = Check(
    id="unverified_claim/breaking_news",
    title="Grave news without a named source",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "event", "anonymous"),
)
