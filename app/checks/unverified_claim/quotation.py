"""Words in quotation marks ascribed to somebody famous, without where they said them.

Why: most lines under the portraits of Einstein, Lincoln or Churchill are not theirs, and readers enjoy pointing it out.
Flag: "Be yourself; everyone else is taken" with a famous writer's name and nothing else.
Allow: a quotation with its work, letter or speech, a year or a link; one's own chief executive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _evidence
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span

_FAMOUS = load_sections(_evidence.LISTS / "quoted.txt")["often_misquoted"]
_QUOTE = re.compile(r"[\"“„«]([^\"”“»]{15,300})[\"”“»]")
_WHERE = re.compile(
    r"\b(?:1[0-9]{3}|20\d\d|speech|letter|interview|essay|address|chapter|act [ivx\d]+|page|diary|from (?:his|her|the)|"
    r"in (?:his|her) (?:book|novel|play|poem|memoir))\b"
)
_ASCRIBED = 40
"""how far from the quotation the name may stand, in characters"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    quotes = [Span(*match.span(), text.field) for match in _QUOTE.finditer(text.raw)]
    if not quotes:
        return
    names = [name for name in _FAMOUS.find(text) if any(_ascribed(quote, name) for quote in quotes)]
    if not names or _WHERE.search(text.folded.text) or _evidence.backing(prepared).link:
        return
    spans = (quotes[0], names[0])
    yield Finding(
        message="This ascribes words to somebody famous and not where they said them.",
        why=f"{_evidence.quoted(names[:1], prepared)} is often given words of others, and no work, speech or year is named.",
        suggestion="Look the line up and name the work or speech, or leave it out.",
        spans=spans,
        confidence=0.6,
        grade="official" if prepared.account.kind in ("government", "politician", "media") else "default",
    )


def _ascribed(quote: Span, name: Span) -> bool:
    return 0 <= name.start - quote.end <= _ASCRIBED or 0 <= quote.start - name.end <= _ASCRIBED


CHECK = Check(
    id="unverified_claim/quotation",
    title="Quotation without its place",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "official"),
)
