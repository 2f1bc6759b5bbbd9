"""A danger to the public told as a fact by somebody whose work it is not, with nobody named behind it.

Water or food that harms, a dam or a bridge that goes, children snatched, banks and filling stations that close, a
catastrophe with its date.

Why: people run, empty shelves and turn on a neighbour before the authority in charge has heard of it; who gave the
alarm answers for it.
Flag: "Do NOT drink the tap water, it's full of E. coli" from a garden centre; "the dam is about to burst, get out now";
"two men in a white van tried to grab kids outside the school"; "all petrol stations close at midnight".
Allow: the same from the waterworks, the police or the bank itself; "I can see smoke from my window"; the agency's
notice with its link; putting such a rumour right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span

_DANGERS = load_sections(_evidence.LISTS / "danger.txt")
_RECALL = re.compile(
    r"\b(?:recall\w*|batch|lot \w+|return (?:it|them)|refund\w*|withdrawn|our (?:test|analysis|lab)|rappel\w*|ruckruf|richiam\w+)\b"
)
_OWN = re.compile(
    r"\b(?:my|our|mine) (?:\w+ )?(?:kitchen|oven|bridge|tower|boiler|garden|garage|cake|house|office|shop|studio|fridge|building|dam|wall|roof|club|"
    r"president|team|friends?|neighbou?rs?|school play)\b|gingerbread|profiteroles?|chilli|lego|minecraft|sandcastle|jenga|"
    r"the (?:garage|oven|boiler|kettle|toaster)\b"
)
"""close to a danger: then it is small, and one's own"""
_BEFORE, _BEHIND = 24, 40
"""how far before and behind a danger that is looked for, in characters"""
_FIELDS = ("safety", "health", "weather", "utilities", "transport", "office")
_ALONE = ("giving_way", "taken", "withdrawn")
"""dangers that need no second word"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    is_english = prepared.text.language in ("en", "und")
    spans = _not_own(prepared, _alarms(prepared) if is_english else _evidence.spans(prepared, "danger"))
    if not spans or _evidence.is_settled(prepared, *_FIELDS) or _is_own_recall(prepared):
        return
    event = _evidence.event(prepared)
    hearsay = _evidence.spans(prepared, "hearsay")
    yield Finding(
        message="This gives an alarm to the public, and nobody in charge is named behind it.",
        why=f"{_evidence.quoted(spans, prepared)} tells of a danger that this account can't know by its own work"
        + (f", and {_evidence.quoted(hearsay, prepared)} says that it is hearsay." if hearsay else "."),
        suggestion="Ask the authority in charge first, then name it and link its notice; without it, leave this out.",
        spans=spans + hearsay,
        confidence=0.85 if hearsay or event else 0.7,
        grade="grave" if hearsay or event else "default",
        evidence=_settling.record(prepared, "danger"),
    )


def _alarms(prepared: Prepared) -> tuple[Span, ...]:
    """Every danger told of in English, those that need a second word only beside it."""
    spans = _contaminated(prepared) + _foretold(prepared)
    spans += tuple(span for name in _ALONE for span in _find(prepared, name))
    spans += _suspicious(prepared, spans)
    return spans + _fled(prepared, spans) + _reassured(prepared)


def _find(prepared: Prepared, section: str) -> tuple[Span, ...]:
    return _DANGERS[section].find_in(prepared.texts)


def _contaminated(prepared: Prepared) -> tuple[Span, ...]:
    """Two signs of it: what is in it, and that it must not be used or has made people ill."""
    found = _find(prepared, "contaminated")
    return found if len(found) > 1 or (found and _evidence.spans(prepared, "hearsay")) else ()


def _suspicious(prepared: Prepared, others: tuple[Span, ...]) -> tuple[Span, ...]:
    """An armed man, an attack to come, a head of government gone: with a news flash, a call to flee, hearsay or a danger."""
    found = _find(prepared, "suspicious")
    signs = found and (
        others or _evidence.spans(prepared, "alert") or _find(prepared, "flee") or _evidence.spans(prepared, "hearsay")
    )
    return found if signs else ()


def _fled(prepared: Prepared, others: tuple[Span, ...]) -> tuple[Span, ...]:
    """A call to flee, which says something beside a danger or hearsay alone."""
    found = _find(prepared, "flee")
    return found if others or (found and _evidence.spans(prepared, "hearsay")) else ()


def _reassured(prepared: Prepared) -> tuple[Span, ...]:
    """“Perfectly safe” while a grave event is on that the draft speaks of."""
    event = _evidence.event(prepared)
    return _find(prepared, "reassured") if event and event.nearness.words else ()


def _foretold(prepared: Prepared) -> tuple[Span, ...]:
    """A catastrophe with its date, and how it will end."""
    found = _find(prepared, "foretold")
    doom = _find(prepared, "doom") if found else ()
    return found + doom if doom else ()


def _not_own(prepared: Prepared, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without what happens in the writer's own house: “our kitchen”, “my bridge of gingerbread”."""
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    return tuple(
        span
        for span in found
        if not _OWN.search(
            raw[span.field][max(0, span.start - _BEFORE) : min(len(raw[span.field]), span.end + _BEHIND)]
        )
    )


def _is_own_recall(prepared: Prepared) -> bool:
    """Whether a company speaks of its own wares or its own house."""
    if not prepared.is_organisation or _evidence.spans(prepared, "hearsay"):
        return False
    return _evidence.speaks_for_itself(prepared) and _evidence.matches(prepared, _RECALL)


CHECK = Check(
    id="unverified_claim/danger_report",
    title="Alarm to the public without a source",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "grave"),
)
