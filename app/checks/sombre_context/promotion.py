"""Selling while a grave event is on: on the event's words, or beside them.

It looks for offers (prices, discounts, codes, calls to buy) and plugs (our new…, have you tried our…), and for what
they stand next to: the event's own words and hashtags, or the vocabulary of storms, attacks and mourning. An offer
that says nothing of the event counts only near a grave one.

Why: a catastrophe used as a hook for a sale is remembered longer than the sale, and so is the queued discount that
went out an hour after the news.
Flag: a storm's hashtag with a discount code; the town's name that everybody is grieving for, on a dress; a tribute
that ends with a product; "20 % off everything, shop now" on the evening of a massacre nearby.
Allow: news of closures, shelters and waived fees; an appeal by a charity; condolences without a product; an offer
where no event is near.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.sombre_context import _reading
from app.domain import EventMatch, Finding, Prepared, Span


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = _reading.nearest(prepared)
    sale = _reading.tone(prepared.texts, "sale")
    plug = _reading.tone(prepared.texts, "plug")
    score = _reading.score(prepared, "promotional")
    if not (sale or plug or score > 0.8):
        return
    topic = found.nearness.words or _grave_words(prepared, found)
    if topic:
        yield from _on_event(prepared, found, sale=sale, plug=plug, topic=topic, score=score)
    elif sale and found.nearness.place:
        yield _beside(prepared, found, sale, score=score)


def _grave_words(prepared: Prepared, found: EventMatch) -> tuple[Span, ...]:
    """Storm and mourning vocabulary counts as speaking of the event where the event is near."""
    if not found.nearness.place:
        return ()
    return _reading.tone(prepared.texts, "disaster") + _reading.tone(prepared.texts, "grief")


def _on_event(
    prepared: Prepared,
    found: EventMatch,
    *,
    sale: tuple[Span, ...],
    plug: tuple[Span, ...],
    topic: tuple[Span, ...],
    score: float,
) -> Iterable[Finding]:
    helpful = bool(_reading.tone(prepared.texts, "fitting"))
    if (_reading.is_neutral(prepared) or helpful) and not sale:
        return
    if prepared.account.kind == "ngo" and len(sale) < 2:
        return
    confidence = 0.9 if sale else 0.65 + 0.2 * score if plug else 0.4 + 0.3 * score
    if helpful and sale:
        confidence -= 0.15
    yield Finding(
        message=f"This sells on the back of {found.event.name}.",
        why=f"{_reading.quoted(sale + plug, prepared) or 'The draft'} promotes something, and "
        f"{_reading.quoted(topic, prepared)} speaks of “{found.event.name}”.",
        suggestion="Take the offer out, or hold it until the event is past; help and sympathy need no product.",
        spans=sale + plug + topic,
        confidence=confidence,
        grade="on_event",
        evidence={"event": found.event.name, "kind": found.event.kind, "severity": found.event.severity},
    )


def _beside(prepared: Prepared, found: EventMatch, sale: tuple[Span, ...], *, score: float) -> Finding:
    event = found.event
    grade = "nearby"
    if event.severity == 3:
        grade = "nearby_insistent" if len(sale) > 2 else "nearby_grave"
    return Finding(
        message=f"This is an offer while people near are thinking of {event.name}.",
        why=f"{_reading.quoted(sale, prepared)} is a sales pitch, and “{event.name}” is active for this audience.",
        suggestion="Pause promotions for this audience until the event is past.",
        spans=sale,
        confidence=min(0.9, 0.6 + 0.1 * len(sale) + 0.1 * score),
        grade=grade,
        evidence={"event": event.name, "kind": event.kind, "severity": event.severity},
    )


CHECK = Check(
    id="sombre_context/promotion",
    title="Selling on or beside a grave event",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=("on_event", "nearby_insistent", "nearby_grave", "nearby"),
)
