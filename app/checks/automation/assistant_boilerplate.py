"""What a writing assistant said to the person, left in the post.

Why: it shows that nobody wrote and nobody read the post.
Flag: "Sure! Here's a post for your audience:", "As an AI language model, I cannot", "Would you like me to make it shorter?",
"Here are three options:", "Option 1:".
Allow: posts about such tools ("We asked an AI language model to name our goat"), "Here's a recipe for you:".
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "assistant_boilerplate.txt")
_BOILERPLATE = _PHRASES["boilerplate"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    if spans := find(_BOILERPLATE, prepared.texts):
        yield Finding(
            message="A writing assistant's own words are still in the draft.",
            why="The marked words talk to the person who asked for the text, not to its readers.",
            suggestion="Remove them, and read the rest as if a stranger had written it.",
            spans=spans,
            confidence=0.92,
        )


CHECK = Check(
    id="automation/assistant_boilerplate",
    title="Writing assistant's boilerplate",
    judge=judge,
    languages=ENGLISH,
)
