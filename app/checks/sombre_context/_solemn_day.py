"""A day of remembrance put to use: the gravest days, and those on which an offer is out of place."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.checks.sombre_context import _reading
from app.domain import Prepared, Span

_HAPPY = re.compile(
    r"(?<!\w)(?:happy|merry|cheerful|joyful|frohe[nrs]?|schone[nrs]?|feliz|joyeu(?:x|se)|buon[ao]?)\W{1,2}(?:\w+\W{1,2})?$"
)


class Use(NamedTuple):
    """What a draft makes of the day."""

    what: str
    spans: tuple[Span, ...]
    grade: str
    confidence: float


def use(prepared: Prepared, day: tuple[Span, ...]) -> Use | None:
    """The gravest use of the day that the draft names at `day`."""
    gravest = _reading.tone(prepared.texts, "gravest_day")
    if slight := gravest and _reading.tone(prepared.texts, "slight"):
        return Use("scorn on a day of mourning", gravest + slight, "slight", 0.7)
    if happy := _greeted(prepared, gravest + _reading.tone(prepared.texts, "greeting_day")):
        return Use("a cheerful greeting on a day of mourning", happy + gravest, "greeting", 0.7)
    if prepared.account.kind in ("ngo", "media", "government"):
        return None
    return _sold(prepared, day, gravest)


def _sold(prepared: Prepared, day: tuple[Span, ...], gravest: tuple[Span, ...]) -> Use | None:
    sale = _reading.offers(prepared.texts)
    fun = _reading.laughter(prepared.text) + _reading.party(prepared.text)
    if gravest and sale:
        return Use("an offer on a day of mourning", gravest + sale, "advert", 0.8)
    if gravest and prepared.account.kind in ("brand", "agency") and (hook := _hook(prepared)):
        return Use("a day of mourning put to use", gravest + hook, "bait", 0.65)
    if gravest and fun:
        return Use("merriment on a day of mourning", gravest + fun, "joke", 0.65)
    if (civic := _reading.tone(prepared.texts, "civic_day")) and (hook := sale or _hook(prepared)):
        return Use("a day of struggle used for a product", civic + hook, "civic", 0.6)
    if sale and _reading.tone(prepared.texts, "remembrance"):
        return Use("an offer beside words of remembrance", day + sale, "holiday", 0.6)
    return None


def _hook(prepared: Prepared) -> tuple[Span, ...]:
    return _reading.tone(prepared.texts, "bait") or _reading.tone(prepared.texts, "goods")


def _greeted(prepared: Prepared, days: tuple[Span, ...]) -> tuple[Span, ...]:
    """“Happy” right before the name of a day that nobody is happy on."""
    found = []
    for span in days:
        before = prepared.text.raw[max(0, span.start - 24) : span.start] if span.field == "text" else ""
        if greeting := _HAPPY.search(before.casefold()):
            start = span.start - len(before) + greeting.start()
            found.append(Span(start, span.start - 1, span.field))
    return tuple(found)
