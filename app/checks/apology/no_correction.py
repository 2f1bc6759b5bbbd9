"""An apology that never says what was wrong, or sets nothing straight.

Why: “sorry for our earlier post” tells those who have seen it nothing, and makes all others look for it. Naming the fault is the part
of an apology that counts most.
Flag: "We apologise for our earlier post and thank you for your patience.", "Sorry about that, everyone!"
Allow: "We said the vote was on Friday. It is on Thursday.", "We made light of a funeral", "That was posted from the wrong account".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if not reading.read("named", "named", "right"):
        yield Finding(
            message="This never says what was wrong.",
            why="No words say what the post said or did, or what is right instead.",
            suggestion=_reading.better(prepared, "Name it in a few words: “{We} said …. That was wrong: …”."),
            spans=reading.acts[:1],
            confidence=0.75,
            grade=reading.grade,
        )


CHECK = Check(
    id="apology/no_correction",
    title="Apology that doesn't say what was wrong",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "unmarked"),
    sources=(_reading.SOURCE,),
)
