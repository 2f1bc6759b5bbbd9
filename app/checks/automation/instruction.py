"""Notes between colleagues and instructions to the scheduler, pasted along with the post.

Why: readers see how the post was made, and sometimes what was not meant for them.
Flag: "Post this at 9am Monday:", "Tweet at noon, use the photo without the car:", "Caption: Summer is here",
"FINAL v3 - approved by legal", "Draft 2 -", "DO NOT POST until signed off", "Hi Priya, can you share the below on our socials",
">> needs the lawyers' OK", "(client prefers the other line)", "Replace link with the tracked one.", "[Ben, add the poster]".
Allow: "Caption this!", "Post your photos below", "Tweet us your questions", "Draft night: pick 12", "please don't post your card
details here".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.automation import _brief
from app.checks.base import Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns, load_sections
from app.domain import Finding, Prepared, Span, Text

_LISTS = Path(__file__).parent / "lists"
_NOTE = load_sections(_LISTS / "instruction.txt")["note"]
_ASIDE = load_patterns(_LISTS / "instruction_asides.txt")["aside"]
_LABEL = re.compile(
    r"\A\s*(?:(?:tweet|post|caption|copy|body|headline|social copy|post copy|tweet copy|alt text|subject|draft|text|entwurf|beitrag|beitragstext|brouillon|legende|borrador|bozza|rascunho)(?: ?(?:#|no\.?)? ?\d{1,2}(?:/\d{1,2})?)?"
    r"(?: \((?:final|draft|v\d|approved|[\w ]{1,20})\))?|(?:twitter|x|facebook|instagram|linkedin|threads) (?:copy|post|caption)) ?:(?! ?(?:\/\/|\d{4}))"
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
_PLAN_ROWS = re.compile(
    r"(?:\n|\A)\s*[*_•-]{0,3} ?(?:hook|intro|body|main (?:text|copy)|call to action|alt(?:ernative)? text|image|visual|suggested image|asset|hashtags|link|url|cta|utm|schedule|publish(?:ing)? date|post(?:ing)? time|time|date|channel|platform|audience|target audience|copy|caption|headline|first comment|status|owner|approver|campaign|format)[*_]{0,3} ?:[*_]{0,3} ?\S"
)
"""rows of a content plan: one of them may be said to readers (“Date: 4 May”), hardly three"""
_ROWS = 3
_PLAN = frozenset(
    [
        "alt text",
        "alternative text",
        "visual",
        "suggested image",
        "asset",
        "cta",
        "call to action",
        "hook",
        "utm",
        "publish date",
        "publishing date",
        "posting time",
        "post time",
        "channel",
        "platform",
        "target audience",
        "copy",
        "caption",
        "headline",
        "first comment",
        "approver",
        "hashtags",
    ]
)
"""one of these is among the rows"""
_SIGNS = re.compile(r">>|<<|\^\^|(?<!:)//|\*\*|[\[(]|--|→| [-–—] ")
_SET_OFF = re.compile(r"(?:>>+|\^\^+|<<+|(?<!:)//+|\*\*|\[|\(|--+|→| [-–—])\s*\Z")
"""a mark or bracket that parts a note from the post"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    folded = text.folded.text
    labels = _opening(_LABEL, text)
    asides = tuple(span for span in find(_ASIDE, text) if _is_set_off(span, text)) if _SIGNS.search(text.raw) else ()
    versions = find(_VERSION, text) if any(word in folded for word in _VERSIONED) else ()
    notes = _NOTE.find_in(prepared.texts) + asides + labels + _opening(_NUMBERED, text) + versions
    asks = prepared.is_reply or prepared.apology is not None
    brief = () if notes or asks else tuple(_brief.found(text))  # a reply and an apology ask readers to do something
    if spans := notes + _rows(text, labelled=bool(labels)) + brief:
        yield Finding(
            message="A note to a colleague or a label from the content plan is part of the draft.",
            why="The marked words tell somebody how or when to post; readers were not meant to see them.",
            suggestion="Keep only the text of the post, and put the note where the plan keeps notes.",
            spans=spans,
            confidence=0.85,
        )


def _opening(pattern: re.Pattern[str], text: Text) -> tuple[Span, ...]:
    match = pattern.match(text.folded.text)
    return (text.span(*match.span()),) if match else ()


def _rows(text: Text, *, labelled: bool) -> tuple[Span, ...]:
    """What the content plan says beside the text of the post."""
    if labelled:
        return find(_TRAILING, text)
    if text.raw.count(":") < _ROWS or "\n" not in text.raw:
        return ()
    rows = find(_PLAN_ROWS, text)
    told = {text.raw[row.start : row.end].strip(" \n*_•-").partition(":")[0].strip(" *_").casefold() for row in rows}
    return rows if len(told) >= _ROWS and told & _PLAN else ()


def _is_set_off(aside: Span, text: Text) -> bool:
    return _SET_OFF.search(text.raw[max(0, aside.start - 8) : aside.start]) is not None


CHECK = Check(
    id="automation/instruction",
    title="Note to a colleague or to the scheduler",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt"}),
)
