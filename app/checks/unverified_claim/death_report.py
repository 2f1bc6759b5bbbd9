"""The report that somebody has died, been killed or been gravely hurt, without who confirmed it.

Why: reports of a death are the most shared and the least undone; families have learnt of them, true or false, from a
brand's or a newsroom's post.
Flag: "BREAKING: the senator has been shot and killed"; "sad to hear that the singer has died"; "at least 12 dead"
with a colleague's handle as the only source.
Allow: the house's own loss; history and anniversaries; fiction; "the family confirms"; a newsroom's report with a
source or a link; figures of speech ("my phone died").
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _evidence
from app.domain import Finding, Prepared, Span


def judge(prepared: Prepared) -> Iterable[Finding]:
    reports = _literal(prepared)
    if not reports and _evidence.spans(prepared, "hearsay"):
        reports = _evidence.spans(prepared, "farewell")
    if not reports or any(_evidence.says(prepared, section) for section in ("denial", "past", "first_hand")):
        return
    backing = _evidence.backing(prepared)
    kind = prepared.account.kind
    if (backing.strong and not backing.anonymous) or (kind == "government" and not backing.anonymous):
        return
    hearsay = _evidence.spans(prepared, "hearsay")
    alert = _evidence.spans(prepared, "alert")
    event = _evidence.event(prepared)
    named = event is not None and bool(event.nearness.words)
    if backing.link and not (hearsay or backing.anonymous or (named and kind != "media")):
        return
    yield Finding(
        message="This reports a death or a grave injury and names nobody who confirmed it.",
        why=f"{_evidence.quoted(reports, prepared)} stands without a family, an authority or a spokesperson"
        + (f", and {_evidence.quoted(hearsay, prepared)} says that it is hearsay." if hearsay else "."),
        suggestion="Wait for the family, the police or the hospital; name them and link to what they said.",
        spans=reports,
        confidence=min(0.95, 0.65 + 0.1 * bool(hearsay) + 0.1 * bool(alert) + 0.1 * bool(event)),
        grade="alert" if hearsay or alert or backing.anonymous or named else "default",
    )


def _literal(prepared: Prepared) -> tuple[Span, ...]:
    """The reports that are no figure of speech and no word of remembrance."""
    found = _evidence.spans(prepared, "death")
    figurative = _evidence.spans(prepared, "figurative_death") if found else ()
    return tuple(s for s in found if not any(f.start < s.end and s.start < f.end for f in figurative))


CHECK = Check(
    id="unverified_claim/death_report",
    title="Death reported without a source",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "alert"),
)
