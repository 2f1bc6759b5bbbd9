"""A rival's product called unsafe: a hazard stated of somebody's wares, in figures or beside the writer's own."""

from __future__ import annotations

import re

from app.checks.unverified_claim import _evidence, _party
from app.domain import Prepared, Span

_TESTS_PRODUCTS = re.compile(
    r"\b(?:consumers?|product tests?|food safety|standards|laborator\w+|regulator|inspect\w*|watchdog)\b"
)
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
    about = f"{prepared.account.description or ''} {prepared.account.sector or ''}".casefold()
    if _RECALL.search(prepared.text.folded.text) or _TESTS_PRODUCTS.search(about):
        return ()
    return figure + hazard + rival


def _names_another(prepared: Prepared) -> bool:
    own = f"{prepared.account.display_name or ''} {prepared.account.handle or ''}".casefold()
    raw = prepared.text.raw
    names = [raw[span.start : span.end] for span in _party.named(prepared)]
    names += [match[1] or match[2] for match in _BRAND.finditer(raw)]
    return any(name.lstrip("@#").casefold() not in own for name in names)
