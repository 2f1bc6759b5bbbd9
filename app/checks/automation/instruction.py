"""Notes between colleagues and instructions to the scheduler, pasted along with the post.

Why: readers see how the post was made, and sometimes what was not meant for them.
Flag: "Post this at 9am Monday:", "Tweet at noon, use the photo without the car:", "Caption: Summer is here",
"FINAL v3 - approved by legal", "Draft 2 -", "DO NOT POST until signed off", "Hi Priya, can you share the below on our socials",
">> needs the lawyers' OK", "(client prefers the other line)".
Allow: "Caption this!", "Post your photos below", "Tweet us your questions", "Draft night: pick 12", "please don't post your card
details here".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "instruction.txt")
_NOTE = _PHRASES["note"]
_LABEL = re.compile(
    r"\A\s*(?:(?:tweet|post|caption|copy|body|headline|social copy|post copy|tweet copy|alt text|subject|draft|text)(?: ?(?:#|no\.?)? ?\d{1,2})?"
    r"(?: \((?:final|draft|v\d|approved|[\w ]{1,20})\))?|(?:twitter|x|facebook|instagram|linkedin|threads) (?:copy|post|caption)) ?:(?! ?\/\/)"
)
_TRAILING = re.compile(
    r"(?:\n|\A)\s*(?:alt text|image|image description|suggested image|hashtags|link|cta|utm|schedule|publish date|target audience) ?: ?\S"
)
_NUMBERED = re.compile(r"\A\s*\W?draft (?:#|no\.? ?)?\d{1,2}\W? ?(?:[-.:|–—]|\n)(?!\d)")
_VERSION = re.compile(
    r"(?<!\w)(?:(?:final|approved|draft|copy|clean)[ _-]*v(?:er(?:sion)?)?[ ._-]?\d{1,2}(?:\.\d)?(?:[ _-]*final)?"
    r"|v\d{1,2}(?:\.\d)?[ _-]+(?:final|approved|draft|clean)(?:[ _-]+final)*|final[ _-]final(?:[ _-]v?\d)?)(?= ?(?:[,:)\]–—-]|\n|\Z))"
)
_VERSIONED = ("final", "draft", "approved", "clean", "copy")
"""one of these is in every version label"""
_ASIDE = _PHRASES["aside"]
_SET_OFF = re.compile(r"(?:>>+|<<+|(?<!:)//+|\*\*|\[|\(|--+|→)\s*\Z")
"""a mark or bracket that parts a note from the post"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    labels = find(_LABEL, text)
    trailing = find(_TRAILING, text) if labels else ()
    notes = find(_NOTE, prepared.texts) + tuple(span for span in find(_ASIDE, text) if _is_set_off(span, text))
    folded = text.folded.text
    versions = find(_VERSION, text) if any(word in folded for word in _VERSIONED) else ()
    if spans := notes + labels + find(_NUMBERED, text) + versions + trailing:
        yield Finding(
            message="A note to a colleague or a label from the content plan is part of the draft.",
            why="The marked words tell somebody how or when to post; readers were not meant to see them.",
            suggestion="Keep only the text of the post, and put the note where the plan keeps notes.",
            spans=spans,
            confidence=0.85,
        )


def _is_set_off(aside: Span, text: Text) -> bool:
    return _SET_OFF.search(text.raw[max(0, aside.start - 8) : aside.start]) is not None


CHECK = Check(
    id="automation/instruction",
    title="Note to a colleague or to the scheduler",
    judge=judge,
    languages=ENGLISH,
)
