"""Notes between colleagues and instructions to the scheduler, pasted along with the post.

Why: readers see how the post was made, and sometimes what was not meant for them.
Flag: "Post this at 9am Monday:", "Caption: Summer is here", "FINAL v3 - approved by legal", "DO NOT POST until signed off",
"Hi Priya, can you share the below on our socials".
Allow: "Caption this!", "Post your photos below", "Tweet us your questions", "Draft night: pick 12".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Finding, Prepared

_CHANNEL = r"(?:twitter|x|facebook|fb|instagram|insta|ig|linkedin|threads|bluesky|mastodon|tiktok|socials?|social media|all channels)"
_NOTE = words(
    rf"(?:can|could|would) you (?:please |pls )?(?:post|tweet|share|schedule|publish|put out|send out) (?:this|the below|the following|below)"
    rf"(?: \w+){{0,4}}? (?:on|to|from|via|at|for) (?:our |the )?(?:{_CHANNEL}|account|page|\d)",
    r"(?:please |pls )?(?:post|tweet|schedule|publish) (?:this|the below|below|the following) (?:at|on|for|by) (?:\d\w*|(?:mon|tue|wed|thu|fri|sat|sun)\w*|tomorrow|noon)",
    r"(?:do not|don(?:'|’)?t) (?:post|publish|tweet|schedule)(?: (?:this|it|yet|until|before))+",
    r"not for (?:publication|posting)(?: yet)?|hold until (?:approved|signed off|confirmed)",
    r"(?:final|approved|draft|version|v)[ _-]*(?:v|version)?[ _-]*\d(?:\.\d)?[ ,:–-]+(?:approved|final|for approval|with edits|clean|legal)",
    r"(?:approved by|signed off by|pending approval|awaiting (?:approval|sign-?off)|cleared by) (?:legal|comms|pr|marketing|the client|client|compliance|hr)",
    r"(?:please )?see (?:attached|below) (?:copy|text|tweet|post|caption|image) (?:for|and)",
    r"(?:remember to |please |don(?:'|’)?t forget to )(?:tag|attach|add|include|use) (?:the )?(?:client|attached|correct|right|new) (?:image|photo|link|logo|handle|asset|video)",
    rf"(?:copy|text|caption|post|tweet|wording) for (?:the )?{_CHANNEL} ?:",
)
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
