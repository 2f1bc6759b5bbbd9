"""Whether a text is about a meeting on line, where it may be joined, and whether everybody is asked to."""

from __future__ import annotations

import re

from app.domain import Text

MEETING = re.compile(
    r"(?i:\b(?:zoom|teams|webex|google meet|gotomeeting|goto meeting|bluejeans|jitsi|whereby|skype|ringcentral|chime|bigbluebutton"
    r"|meeting[ -]?(?:id|link|nummer|number|kennnummer|code)|besprechungs-?id|id de (?:la )?(?:r[eé]union|reuni[oó]n)|id (?:della )?riunione|id da reuni[aã]o|vergader-?id"
    r"|dial[ -]?in|dial in|einwahl|einwahlnummer|conference (?:id|call|code)|conf(?:erence)? (?:pin|code)|(?:join|dial|call)(?:ing)? (?:in )?by phone|participant (?:code|pin|id)|(?:host|moderator|chair(?:person)?|leader) (?:key|pin|code)|t[eé]l[eé]conf[eé]rence|conf[eé]rence(?= ?(?:code|pin|:))|code d['’]acc[eè]s conf|\w{0,10}konferenz(?=\W|-pin|-id)|vergadering|overleg))\b"
    r"|\b\w[\w.-]*\.(?:zoom\.us|webex\.com)\b|\b(?:zoom\.us|meet\.google\.com|teams\.(?:microsoft|live)\.com|meet\.jit\.si|whereby\.com|gotomeet\.me|chime\.aws)\b"
)


def is_about_a_meeting(text: Text) -> bool:
    return MEETING.search(text.raw) is not None
