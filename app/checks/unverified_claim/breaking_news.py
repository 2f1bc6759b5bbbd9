"""A news flash about a grave matter, a run or a deal that names no source, or only an anonymous one.

"Breaking" from an account that reports no news needs somebody who is named. While a grave event is on, the bar rises
for everybody: numbers of dead, suspects, further attackers, causes are what is most often wrong in the first hours. Three
kinds of news need somebody who is named at any time: what starts a run on a bank or a filling station, a deal told as
done before anybody has announced it, and a wild animal in the street "right now".

Why: the first hours of every attack produced a wrong suspect or a second gunman, spread by accounts that people trust.
Flag: "BREAKING: explosion at the station, many dead" from a football club; "missiles hit a town, a senior official
says"; "they've arrested the bomber" on the day of a bombing, from a star; "the bank freezes accounts on Friday, get your
money out".
Allow: "BREAKING: our burger is back"; a police force's own report; a newsroom's report with the source named; a club's
own transfer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _ahead, _asserted, _evidence, _settling, _standing
from app.checks.unverified_claim._evidence import Backing
from app.domain import EventMatch, Finding, Prepared, Span

_FRAUD = re.compile(r"\b(?:scam|fraud|phishing|spoofing) (?:alert|warning)s?\b")


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    ahead = _ahead.find(prepared) if prepared.account.kind != "government" else None
    found = [*_flash(prepared), *([_unconfirmed(prepared, ahead)] if ahead and not _is_shown(prepared) else [])]
    return () if found and _evidence.says(prepared, "denial") else found


def _is_shown(prepared: Prepared) -> bool:
    backing = _evidence.backing(prepared)
    return backing.strong or backing.link


def _flash(prepared: Prepared) -> Iterable[Finding]:
    alert = _evidence.spans(prepared, "alert")
    crisis = _evidence.spans(prepared, "crisis")
    if not (alert or crisis) or _evidence.counts(prepared) or _evidence.says(prepared, "first_hand"):
        return
    if _evidence.is_past(prepared) or (not crisis and _is_about_fraud(prepared)):
        return
    backing = _evidence.backing(prepared)
    event = _evidence.event(prepared)
    newsroom = _standing.is_newsroom(prepared.account)
    if prepared.account.kind == "government" and not backing.anonymous:
        return
    if backing.anonymous and crisis and not backing.primary:
        yield _finding(prepared, backing.anonymous + crisis, "anonymous", event)
    elif backing.anonymous and alert and not backing.link and (grave := _evidence.spans(prepared, "consequence")):
        yield _finding(prepared, backing.anonymous + grave, "anonymous", event)
    elif backing.strong:
        return
    elif event and crisis and not (backing.link and (newsroom or not (alert or event.nearness.words))):
        yield _finding(prepared, alert + crisis, "event", event)
    elif alert and not newsroom and not backing.link and (grave := crisis or _grave(prepared, backing)):
        yield _finding(prepared, alert + grave, "default", event)


def _is_about_fraud(prepared: Prepared) -> bool:
    """A "fraud alert" to one's own customers is no news flash."""
    return _evidence.matches(prepared, _FRAUD)


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
        evidence=_settling.record(prepared, "casualties" if event else "news_flash"),
    )


def _unconfirmed(prepared: Prepared, claim: _ahead.Claim) -> Finding:
    return Finding(
        message=claim.message,
        why=f"{_evidence.quoted(claim.spans, prepared)} is told as a fact, and nobody who is named stands behind it.",
        suggestion=claim.suggestion,
        spans=claim.spans,
        confidence=0.7,
        grade=claim.grade,
        evidence=_settling.record(prepared, "picture" if claim.grade == "picture" else "market"),
    )


CHECK = Check(
    id="unverified_claim/breaking_news",
    title="News without a named source",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "event", "anonymous", "panic", "deal", "picture"),
)
