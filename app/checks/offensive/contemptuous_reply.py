"""Contempt in an answer to somebody, in words that no list knows: a sneer, a jibe, mock patience.

Ordinary service replies hardly ever come near, so that the threshold, which follows from their own curve, lies lower than
for posts.

The classifier reads the whole sentence, and the threshold follows from the false-alarm budget. Where another rule on
offence already warns, this one says nothing.

Why: the sneers that end in an apology seldom swear; readers hear the tone at once, its author on the day hardly ever.
Flag: "Cry me a river, some of us have real jobs" to a customer who waited; "You must be fun at parties".
Allow: "Have you tried turning it off and on?"; a plain no; a joke at one's own expense; an apology that says what was
wrong in what it repeats.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.checks.taken_back import takes_back
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    if takes_back(prepared):
        return  # it names what it is sorry for, in the words of the offence
    if scored.strength(prepared, "insult") and prepared.is_reply:
        yield scored.finding(
            prepared,
            "insult",
            message="This may sound like contempt for the person you answer.",
            reads="it reads a sneer or a belittling tone in the sentence as a whole",
            suggestion="Read it as the person meant would. Say what you think of the matter, or leave it.",
        )


CHECK = Check(
    id="offensive/contemptuous_reply",
    title="Contempt in a reply",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="insult",
    among="replies",
)
