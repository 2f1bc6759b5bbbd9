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
from typing import NamedTuple

from app.checks.base import Check
from app.checks.sombre_context import _reading
from app.domain import EventMatch, Finding, Prepared, Span

_SELLERS = frozenset({"brand", "agency"})


class _Pitch(NamedTuple):
    """What the draft sells with."""

    discount: tuple[Span, ...]
    call: tuple[Span, ...]
    plug: tuple[Span, ...]

    @property
    def offer(self) -> tuple[Span, ...]:
        return self.discount + self.call


def judge(prepared: Prepared) -> Iterable[Finding]:
    return _reading.at_nearest(prepared, _judge)


def _judge(prepared: Prepared, found: EventMatch) -> Iterable[Finding]:
    topic = found.nearness.words or _grave_words(prepared, found)
    pitch = _pitch(prepared, found)
    if topic and (pitch.offer or (pitch.plug and not _reading.is_service(prepared)) or _sounds_promotional(prepared)):
        yield from _on_event(prepared, found, pitch, topic)
    elif pitch.offer and found.nearness.place:
        yield _beside(prepared, found, pitch)


def _sounds_promotional(prepared: Prepared) -> bool:
    sympathy = _reading.tone(prepared.texts, "courtesy") or _reading.tone(prepared.texts, "grief")
    return _reading.score(prepared, "promotional") > 0.8 and not sympathy


def _pitch(prepared: Prepared, found: EventMatch) -> _Pitch:
    plug = _reading.tone(prepared.texts, "plug")
    if found.nearness.words and prepared.account.kind in _SELLERS:
        plug += _reading.tone(prepared.texts, "goods") + _reading.own_hashtags(prepared)
    return _Pitch(_reading.tone(prepared.texts, "discount"), _reading.tone(prepared.texts, "call"), plug)


def _grave_words(prepared: Prepared, found: EventMatch) -> tuple[Span, ...]:
    """Storm and mourning vocabulary counts as speaking of the event where the event is near."""
    if not found.nearness.place:
        return ()
    return _reading.tone(prepared.texts, "disaster") + _reading.tone(prepared.texts, "grief")


def _on_event(prepared: Prepared, found: EventMatch, pitch: _Pitch, topic: tuple[Span, ...]) -> Iterable[Finding]:
    if _is_fitting(prepared, pitch):
        return
    score = _reading.score(prepared, "promotional")
    confidence = 0.9 if pitch.offer else 0.65 + 0.2 * score if pitch.plug else 0.4 + 0.3 * score
    selling = pitch.offer + pitch.plug
    yield Finding(
        message=f"This sells on the back of {found.event.told}.",
        why=f"{_reading.quoted(selling, prepared) or 'The draft'} promotes something, and "
        f"{_reading.quoted(topic, prepared)} speaks of “{found.event.name}”.",
        suggestion="Take the offer out, or hold it until the event is past; help and sympathy need no product.",
        spans=selling + topic,
        confidence=confidence,
        grade=_reading.grade(found, "on_event"),
        evidence=_reading.evidence(found),
    )


def _is_fitting(prepared: Prepared, pitch: _Pitch) -> bool:
    """Help, news and sympathy may name a shop, but make no offer."""
    texts = prepared.texts
    if prepared.account.kind == "ngo":
        return len(pitch.offer) < 2
    if pitch.offer:
        return bool(_reading.tone(texts, "fitting")) and not pitch.discount
    if _reading.tone(texts, "fitting"):
        return True
    if _reading.is_neutral(prepared):
        return not _reading.tone(texts, "remembrance")
    only_signed = set(pitch.plug) <= set(_reading.own_hashtags(prepared))
    return only_signed and bool(_reading.tone(texts, "courtesy"))


def _beside(prepared: Prepared, found: EventMatch, pitch: _Pitch) -> Finding:
    event = found.event
    offers = set(_reading.words_at(pitch.offer, prepared))
    grade = "nearby"
    grave = event.severity == 3 or (event.kind == "memorial_day" and event.severity == 2)
    if grave and (pitch.discount or len(offers) > 1):
        grade = "nearby_insistent" if event.severity == 3 and pitch.discount and len(offers) > 2 else "nearby_grave"
    return Finding(
        message=f"This is an offer while its audience is thinking of {event.told}.",
        why=f"{_reading.quoted(pitch.offer, prepared)} is a sales pitch, and “{event.name}” is active for this audience.",
        suggestion="Pause promotions for this audience until the event is past.",
        spans=pitch.offer,
        confidence=min(0.9, 0.6 + 0.1 * len(offers) + 0.1 * _reading.score(prepared, "promotional")),
        grade=_reading.grade(found, grade),
        evidence=_reading.evidence(found),
    )


CHECK = Check(
    id="sombre_context/promotion",
    title="Selling on or beside a grave event",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=("on_event", "nearby_insistent", "nearby_grave", "nearby", *_reading.UNCONFIRMED),
)
