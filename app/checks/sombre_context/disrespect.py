"""Grief, or a day of remembrance, put to use: a tribute that turns into an advert, a joke about the dead, scorn.

It needs no supplied event: the draft itself holds the words of mourning or the name of the day, and beside them an
offer, the account's own wares, a party or a laugh.

Why: mourning is the one subject on which nobody forgives a brand, and the day's name shows that it knew.
Flag: "Rest in peace, and thanks for the songs. 20 % off all headphones today"; a sale named after an attack; "Happy
Remembrance Sunday! Treat yourself"; scorn for somebody who has just died.
Allow: a plain tribute, a plain remembrance; a museum's or a charity's event for the day; the opening hours of a
holiday; an offer on a holiday on which offers are the custom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.sombre_context import _reading, _solemn_day
from app.domain import Finding, Prepared, Span

_OFF_TOPIC_WORD = re.compile(r"[a-z]{4,}")
_COMMON_WORDS = """
    official account home page news latest follow updates your with from this that they their help customer service
    team world global best free more about https com united states american british company brand store love life make
    made first years since people legend great good always never will have what when ever been
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_GAME = re.compile(
    r"\b(?:ggs?|terrorists win|e-?sports?|clutch(?:ed)?|fragg?(?:ed|ing|s)?|respawn\w*|headshots?|match ?point)\b"
)
"""a game's own words for what it plays at; one of them alone is how people mock"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    texts = prepared.texts
    grief = _reading.tone(texts, "grief")
    day = _reading.tone(texts, "solemn_day") + _reading.tone(texts, "greeting_day")
    yield from _scorn(prepared)
    if grief:
        yield from _used_grief(prepared, grief)
    if day and (use := _solemn_day.use(prepared, day)):
        yield _finding(prepared, use.what, use.spans, grade=use.grade, confidence=use.confidence)
    if not grief and not day:
        yield from _joke_on_death(prepared)


def _scorn(prepared: Prepared) -> Iterable[Finding]:
    named = next((m for m in prepared.moment.events if m.nearness.words), None)
    deadly = _reading.tone(prepared.texts, "death_word")
    told = deadly or _reading.tone(prepared.texts, "disaster")
    if not (named or told):
        return
    what = "scorn for the dead or for people in distress"
    spans = _reading.tone(prepared.texts, "scorn")
    if not spans and (deadly or (named and named.event.kind == "death")):
        what = "a death is weighed against somebody else's"
        spans = _reading.tone(prepared.texts, "other_death")
    if spans:
        grade = "scorn" if told or named is None else _reading.grade(named, "scorn")
        yield _finding(prepared, what, spans, grade=grade, confidence=0.75)


def _used_grief(prepared: Prepared, grief: tuple[Span, ...]) -> Iterable[Finding]:
    if sale := _reading.offers(prepared.texts):
        if not (_reading.is_neutral(prepared) or (_reading.tone(prepared.texts, "fitting") and len(sale) < 2)):
            yield _finding(prepared, "an offer beside words of grief", grief + sale, grade="advert", confidence=0.75)
    elif laughs := _reading.laughter(prepared.text) + _reading.party(prepared.text):
        yield _finding(prepared, "laughter beside words of grief", grief + laughs, grade="joke", confidence=0.6)
    elif prepared.account.kind in ("brand", "agency") and (bait := _reading.tone(prepared.texts, "bait")):
        yield _finding(
            prepared, "a call for reactions beside words of grief", grief + bait, grade="bait", confidence=0.6
        )
    elif wares := _own_wares(prepared):
        yield _finding(
            prepared, "the account's own wares beside words of grief", grief + wares, grade="wares", confidence=0.65
        )


def _own_wares(prepared: Prepared) -> tuple[Span, ...]:
    """Words of the account's own description in a brand's farewell to a person."""
    account = prepared.account
    if account.kind != "brand" or not _reading.tone(prepared.texts, "person_death"):
        return ()
    own = set(_OFF_TOPIC_WORD.findall(f"{account.description or ''} {account.sector or ''}".casefold())) - _COMMON
    stems = {word.rstrip("s") for word in own}
    hits = tuple(
        Span(token.start, token.end)
        for token in prepared.text.tokens
        if token.folded.rstrip("s") in stems and len(token.folded) > 3
    )
    return hits or _reading.tone(prepared.texts, "goods") or _reading.tone(prepared.texts, "plug")


def _joke_on_death(prepared: Prepared) -> Iterable[Finding]:
    if _reading.score(prepared, "levity") < 0.3:
        return
    laughs = _reading.laughter(prepared.text)
    if len(set(_GAME.findall(prepared.text.folded.text))) > 1 and not prepared.moment.events:
        return
    if laughs and prepared.is_organisation and (death := _reading.tone(prepared.texts, "disaster")):
        yield _finding(prepared, "laughter about people in distress", death + laughs, grade="joke", confidence=0.55)


def _finding(prepared: Prepared, what: str, spans: tuple[Span, ...], *, grade: str, confidence: float) -> Finding:
    return Finding(
        message=f"This reads as disrespect: {what}.",
        why=f"{_reading.quoted(spans, prepared, limit=4)} stand in one draft.",
        suggestion="Keep the tribute and drop the rest, or leave the day to others.",
        spans=spans,
        confidence=confidence,
        grade=grade,
    )


CHECK = Check(
    id="sombre_context/disrespect",
    title="Grief or remembrance put to use",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=(
        "advert",
        "wares",
        "joke",
        "greeting",
        "slight",
        "scorn",
        "holiday",
        "civic",
        "bait",
        "unconfirmed",
    ),
)
