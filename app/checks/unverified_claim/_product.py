"""A rival's product called unsafe: a hazard stated of somebody's wares, in figures or beside the writer's own."""

from __future__ import annotations

import re

from app.checks.unverified_claim import _evidence, _party, _standing
from app.domain import Prepared, Span

_BRAND = re.compile(r"\b([A-Z][\w&-]+)['’]s? |\b([A-Z][a-z]+[A-Z]\w+)")
_RECALL = re.compile(
    r"\b(?:recall\w*|return (?:it|them)|refund|withdrawn|as a precaution|allergens?|study|tested by)\b"
)


def called_unsafe(prepared: Prepared) -> tuple[Span, ...]:
    """The words that call a named party's product unsafe; empty for a recall and for those who test products."""
    hazard = _evidence.spans(prepared, "hazard")
    figure = _evidence.spans(prepared, "limit")
    rival = _evidence.spans(prepared, "rival") if hazard else ()
    if not (hazard and (figure or rival)) or not _names_another(prepared):
        return ()
    if _evidence.matches(prepared, _RECALL) or _standing.works_in(prepared.account, "products"):
        return ()
    return figure + hazard + rival


def _names_another(prepared: Prepared) -> bool:
    own = f"{prepared.account.display_name or ''} {prepared.account.handle or ''}".casefold()
    raw = {text.field: text.raw for text in prepared.texts}
    names = [raw[span.field][span.start : span.end] for span in _party.named(prepared)]
    names += [match[1] or match[2] for words in raw.values() for match in _BRAND.finditer(words)]
    return any(name.lstrip("@#").casefold() not in own for name in names)
