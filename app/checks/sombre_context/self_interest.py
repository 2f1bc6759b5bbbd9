"""Help or sympathy offered against reach: a donation for each share, like or follow.

Why: people read it as a price on compassion: the company could simply give. With a disaster in the same draft it has
cost several brands an apology within the hour.
Flag: "For every retweet we give $1 to the flood victims"; "1 share = 1 meal for the survivors"; "follow us and we'll
donate for the families".
Allow: "We've given $50,000 to the relief fund; you can add to it here"; "donate by texting"; a share asked for without
anything promised in return.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.matching import find
from app.checks.sombre_context import _reading
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_EXCHANGE = load_patterns(_reading.LISTS / "self_interest.txt")["exchange"]
_ACT = re.compile(
    r"\b(?:rts?|re-?tweets?|shares?|likes?|follow\w*|reposts?|comments?|views?|tags?|clicks?|mentions?|reblogs?|"
    r"downloads?|retuits?|compart\w+|curtidas?|seguidor\w*|comentarios?|kommentare?|teilen|partages?|condivision\w+)\b"
)


_IN_NEED = re.compile(
    r"\b(?:child(?:ren)?|kids?|orphans?|bab(?:y|ies)|hungry|hunger|starving|homeless|patients?|poor|poverty|vulnerable|refugees?|"
    r"needy|in need|sick|disabled|veterans|elderly|famil(?:y|ies)|meals?|breakfasts?|blankets?|cancer|ninos?|criancas?|kinder|"
    r"enfants?|bambini)\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    if not _ACT.search(prepared.text.folded.text):
        return
    spans = find(_EXCHANGE, prepared.text)
    if not spans:
        return
    grave = any(match.nearness.words and match.event.confirmed for match in prepared.moment.events) or any(
        _reading.tone(prepared.texts, name) for name in ("disaster", "grief", "remembrance", "solemn_day")
    )
    yield Finding(
        message="This makes help depend on what it does for the account's reach.",
        why=f"{_reading.quoted(spans, prepared)} trades a gift for shares or follows"
        + (", in a draft about people in distress." if grave else "."),
        suggestion="Say what you give, and where others can give, without a condition.",
        spans=spans,
        confidence=0.9 if grave else 0.7,
        grade="tragedy" if grave else "need" if _IN_NEED.search(prepared.text.folded.text) else "cause",
    )


CHECK = Check(
    id="sombre_context/self_interest",
    title="Help against shares, likes or follows",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=("tragedy", "need", "cause"),
)
