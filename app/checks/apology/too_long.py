"""An apology that is too long for where it stands.

Why: the longer it is, the more there is to quote, and the later the word sorry comes. On a feed four sentences are read, not ten.
Flag: more than 100 words on X, Bluesky, Mastodon, Threads, TikTok or Instagram, and in a reply; more than 200 elsewhere.
Allow: a statement as long as its matter on the house's own pages, linked from a short post.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import OTHERS_TONE, Finding, Prepared, Span

_SHORT = frozenset({"x", "bluesky", "mastodon", "threads", "tiktok", "instagram"})
"""platforms whose readers scroll"""
_MOST_SHORT, _MOST, _MOST_REPLY = 100, 200, 100
"""words"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    words, most = len(reading.text.tokens), _most(prepared)
    if words > most:
        start = reading.text.tokens[most].start
        yield Finding(
            message=f"This is long for an apology here: {words} words.",
            why=f"Readers of this medium take about {most}; the rest is read as a defence.",
            suggestion="Keep what was wrong, the apology, what is right and what you do; link the rest.",
            spans=(Span(start, len(reading.text.raw), reading.text.field),),
            confidence=0.8,
            grade=reading.grade,
        )


def _most(prepared: Prepared) -> int:
    if prepared.draft.kind in OTHERS_TONE:
        return _MOST_REPLY
    return _MOST_SHORT if _SHORT & set(prepared.draft.platforms) else _MOST


CHECK = Check(
    id="apology/too_long",
    title="Apology too long for its medium",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "unmarked"),
)
