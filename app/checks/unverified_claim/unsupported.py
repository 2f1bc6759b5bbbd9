"""Something grave told as a fact, by words that no other rule knows, with nothing in the draft that it stands on.

The classifier reads the whole text, and the threshold follows from the false-alarm budget. A named source, a link that shows
where it leads, what the writer saw, the account's own work, a denial, words about the past or a story speak against it. Where
another rule on claims already warns, this one says nothing.

Why: nobody who passes on a false report marks it as one; most are short, sure of themselves and without a source.
Flag: "The night bus driver on route 9 locks the doors on women who travel alone" from a bakery; "doctors at Quayside sign
death certificates without looking at anyone".
Allow: the same with the inquiry's report; "our engineers have stopped the lift"; an opinion, a question, a match report.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared

_LEAST = 0.3
"""strength below which no budget would let it alarm, and nothing more is looked at"""
_JOKING = 0.4
"""strength of levity from which it is a joke"""
_FIELDS = ("health", "safety", "weather", "elections", "utilities", "transport")


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    if scored.strength(prepared, "unsupported") < _LEAST or scored.strength(prepared, "levity") > _JOKING:
        return
    if _standing.is_newsroom(prepared.account) or _evidence.is_settled(prepared, *_FIELDS):
        return
    if _evidence.says(prepared, "own_people"):
        return
    yield scored.finding(
        prepared,
        "unsupported",
        message="This tells something grave as a fact, and shows nothing that it stands on.",
        reads="the text asserts what would do harm if it were wrong, without a source",
        suggestion="Name and link who established it, say how you know, or put it as your opinion.",
        **_settling.record(prepared, "plain"),
    )


CHECK = Check(
    id="unverified_claim/unsupported",
    title="Grave claim without anything to stand on",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="unsupported",
)
