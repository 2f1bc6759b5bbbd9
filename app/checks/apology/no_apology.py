"""A draft marked as an apology in which nothing says sorry.

Why: readers look for the word first. A statement, an explanation or thanks for the feedback in its place makes the second
storm.
Flag: with `intent: "apology"`: "We are aware of the post and are looking into it."; "Thank you for holding us to account.";
"That post does not reflect our values."
Allow: "Sorry.", "We apologise", "That was our mistake", "We were wrong", "We let you down"; any draft that isn't marked.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if reading.marked and not reading.acts:
        yield Finding(
            message="This is marked as an apology, and nothing in it says sorry.",
            why="No words of apology or of fault were found in the text.",
            suggestion=_reading.better(prepared, "{We} are sorry. {We} posted …, and {we} should not have."),
            confidence=0.9,
        )


CHECK = Check(
    id="apology/no_apology",
    title="No apology in an apology",
    judge=judge,
    languages=ENGLISH,
    sources=(_reading.SOURCE, "Lazare 2004, On Apology (Oxford University Press)"),
)
