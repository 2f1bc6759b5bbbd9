"""Whom a draft speaks of: somebody who is named, or an institution."""

from __future__ import annotations

import re

from app.checks.unverified_claim import _evidence
from app.domain import Prepared, Span, Text

_NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<![\w@#])[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)*")
_NAMES_ANYWHERE = re.compile(
    r"(?:[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]{2,}|\b(?:Coach|President|Senator|Judge|Officer|Dr|Mr|Mrs|Ms|Minister|Governor|Mayor|Councillor|Sir|Bishop|Father)\.? [A-Z][a-z]+)"
)
_INSTITUTION = re.compile(
    r"\bthe (?:league|referees?|refs?|hospital|police|government|federation|company|bank|court|judge|media|president|mayor|"
    r"board|owners?|union|university|school|agency|ministry|council|church|party|opposition|firm|airline|bosses|"
    r"landlord|developers?|management|charity|minister|councillors?|candidate|manufacturer|factory|governor|senator|mp|bishop|sheriff|pilot|driver|nurse|surgeon|teacher|captain|priest|caretaker|referee|coach|headteacher|principal|manager|conductor)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|they)\b")


def is_accused(prepared: Prepared) -> bool:
    """A named party, an institution, or whom a public person calls he, she or they."""
    if named(prepared) or _evidence.matches(prepared, _INSTITUTION):
        return True
    return prepared.account.kind in ("politician", "public_figure") and _evidence.matches(prepared, _PRONOUN)


def named(prepared: Prepared) -> tuple[Span, ...]:
    """Somebody who is named: a mention, a capitalised name inside a sentence, a title with a name."""
    return tuple(span for text in prepared.texts for span in _in_text(text))


def _in_text(text: Text) -> tuple[Span, ...]:
    mentions = tuple(Span(e.start, e.end, text.field) for e in text.entities if e.kind in ("mention", "hashtag"))
    names = (*_NAME.finditer(text.raw), *_NAMES_ANYWHERE.finditer(text.raw))
    return mentions + tuple(Span(*match.span(), text.field) for match in names)
