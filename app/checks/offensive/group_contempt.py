"""People belittled for what they are, in words that no list knows: a stereotype as a joke or a compliment, a coded form.

The classifier reads the whole sentence, and the threshold follows from the false-alarm budget. Where another rule on
offence already warns, this one says nothing.

Why: the joke about "them" looks harmless to whoever shares the joke; it is read by those it is about.
Flag: "So simple that even a pensioner can use it"; "Those people are ruining this town".
Allow: "Proud to have blind colleagues on the design team"; reports about discrimination; one's own group in pride.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    if scored.strength(prepared, "identity_attack"):
        yield scored.finding(
            prepared,
            "identity_attack",
            message="This may belittle people for what they are.",
            reads="it reads a stereotype or contempt for a group in the sentence as a whole",
            suggestion="Take the group out of it: if nothing is left, the post was about the group.",
        )


CHECK = Check(
    id="offensive/group_contempt",
    title="Contempt for a group",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="identity_attack",
)
