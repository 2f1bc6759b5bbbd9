"""Contempt for somebody in words that no list knows: a sneer, a belittling aside, sarcasm at a person's expense.

The classifier reads the whole sentence, and the threshold follows from the false-alarm budget. Where another rule on
offence already warns, this one says nothing.

Why: the sneers that end in an apology seldom swear; readers hear the tone at once, its author on the day hardly ever.
Flag: "Some of you are too thick to read a timetable, and it shows"; "Imagine being so dim that it needs explaining".
Allow: "We lost to a better side tonight"; criticism of a plan or a product; teasing oneself.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    if scored.strength(prepared, "insult") and not prepared.is_reply:
        yield scored.finding(
            prepared,
            "insult",
            message="This may sound like contempt for somebody.",
            reads="it reads a sneer or a belittling tone in the sentence as a whole",
            suggestion="Read it as the person meant would. Say what you think of the matter, or leave it.",
        )


CHECK = Check(
    id="offensive/contempt",
    title="Contempt without a swear word",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="insult",
)
