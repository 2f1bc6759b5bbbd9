"""Notes between colleagues and instructions to the scheduler, pasted along with the post.

Why: readers see how the post was made, and sometimes what was not meant for them.
Flag: "Post this at 9am Monday:", "Tweet at noon, use the photo without the car:", "Caption: Summer is here", "FINAL v3 - approved by legal", "DO NOT POST until signed off",
"Hi Priya, can you share the below on our socials".
Allow: "Caption this!", "Post your photos below", "Tweet us your questions", "Draft night: pick 12".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "instruction.txt")
_NOTE = _PHRASES["note"]
_LABEL = re.compile(
    r"\A\s*(?:(?:tweet|post|caption|copy|body|headline|social copy|post copy|tweet copy|alt text|subject|draft|text)(?: ?(?:#|no\.?)? ?\d{1,2})?"
    r"(?: \((?:final|draft|v\d|approved|[\w ]{1,20})\))?|(?:twitter|x|facebook|instagram|linkedin|threads) (?:copy|post|caption)) ?:(?! ?\/\/)"
)
_TRAILING = re.compile(
    r"(?:\n|\A)\s*(?:alt text|image|image description|suggested image|hashtags|link|cta|utm|schedule|publish date|target audience) ?: ?\S"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    labels = find(_LABEL, text)
    trailing = find(_TRAILING, text) if labels else ()
    if spans := find(_NOTE, prepared.texts) + labels + trailing:
        yield Finding(
            message="A note to a colleague or a label from the content plan is part of the draft.",
            why="The marked words tell somebody how or when to post; readers were not meant to see them.",
            suggestion="Keep only the text of the post, and put the note where the plan keeps notes.",
            spans=spans,
            confidence=0.85,
        )


CHECK = Check(
    id="automation/instruction",
    title="Note to a colleague or to the scheduler",
    judge=judge,
    languages=ENGLISH,
)
