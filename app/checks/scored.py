"""Rules that alarm on one score of the classifier: what they share.

Their thresholds follow from a false-alarm budget (policy `false_alarms_per_1000`) and the model's measured curve, so a
finding is what hardly any ordinary post of an official account reaches.
"""

from __future__ import annotations

from typing import Any

from app.domain import PERSONAL, AccountKind, Among, Finding, Prepared, Span

LEAST = 0.05
"""strength below which nothing is found, whatever false alarms a policy accepts: no words were told for it"""
LANGUAGES = frozenset({"en"})
"""what the encoder has learnt"""


def strength(prepared: Prepared, label: str) -> float:
    """How strongly the words speak for the label; 0 where that is too little to matter, or only rules answer."""
    if prepared.scores is None:
        return 0.0
    found = prepared.scores.strengths.get(label, 0.0)
    return found if found >= LEAST else 0.0


def moved_by(prepared: Prepared, label: str) -> tuple[Span, ...]:
    """The words that moved the label's score."""
    places = prepared.scores.because.get(label, ()) if prepared.scores else ()
    return tuple(Span(start, end, prepared.text.field) for start, end in places)


def among_for(stated: Among, kind: AccountKind | None) -> Among:
    """Whose texts a rule's threshold comes from: those that the rule states, but private persons' posts for theirs."""
    return "personal" if kind == PERSONAL and stated == "posts" else stated


def finding(
    prepared: Prepared,
    label: str,
    *,
    message: str,
    reads: str,
    suggestion: str,
    among: Among = "posts",
    **evidence: Any,
) -> Finding:
    """The finding of such a rule, whose Check states the same `among`; `reads`: what the classifier reads in the words.

    Its confidence is the probability on the scale of the texts that its threshold comes from.
    """
    whose = among_for(among, prepared.account.kind)
    return Finding(
        message=message,
        why=f"The marked words moved the classifier most: {reads}.",
        suggestion=suggestion,
        spans=moved_by(prepared, label),
        confidence=prepared.scores.probabilities[whose][label] if prepared.scores else 0.0,
        evidence={"label": label, **evidence},
        fallback=True,
    )
