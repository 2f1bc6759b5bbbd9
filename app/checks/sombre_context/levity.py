"""A joking, playful or festive tone while a grave event is on the audience's mind.

It weighs laughing emoji, winks, jokes and party words, and the classifier's sense of levity, against the events that
are active when the draft goes out. A joke on the event's own words is the worst; a brand that uses them for something
else comes next; plain merriment in the same country counts only around the gravest events, on days of mourning, and where it
tells people not to pull long faces.

Why: the same line that is charming on Tuesday is cruel on Wednesday, and it is screenshotted with the news beside it.
Flag: a wink on the hashtag people mourn with; "Who's ready to party? 🎉" in a town that has just been evacuated; a
brand answering a verdict's hashtag with a riddle about its snacks.
Allow: condolences, service information, sober news; good humour while nothing near is happening; a joke in a country
that the event has not reached.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.sombre_context import _reading
from app.domain import EventMatch, Finding, Prepared, Span

_PILED = 4
"""different words and emoji of merriment from which it is out of place beside an event that is not the gravest"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    return _reading.at_nearest(prepared, _judge)


def _judge(prepared: Prepared, found: EventMatch) -> Iterable[Finding]:
    if _reading.is_grieving(prepared) or _reading.score(prepared, "condolence") > 0.6:
        return
    laughs = _reading.laughter(prepared.text)
    mood = _reading.tone(prepared.texts, "mood")
    cheer = _reading.party(prepared.text) + _reading.tone(prepared.texts, "levity") + mood
    cheer = tuple(span for span in cheer if not any(_overlap(span, own) for own in found.nearness.words))
    score = _reading.score(prepared, "levity")
    fitting = bool(_reading.tone(prepared.texts, "fitting"))
    if found.nearness.words:
        yield from _on_event(prepared, found, laughs + cheer, score=score, fitting=fitting)
    elif not fitting and (laughs or cheer):
        yield from _nearby(prepared, found, laughs + cheer, score=score, told=bool(mood))


def _overlap(one: Span, other: Span) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _on_event(
    prepared: Prepared, found: EventMatch, cues: tuple[Span, ...], *, score: float, fitting: bool
) -> Iterable[Finding]:
    if cues and not (fitting and _reading.is_neutral(prepared)):
        yield _finding(
            prepared, found, cues, grade="wordplay", confidence=min(0.95, 0.7 + 0.1 * len(cues) + 0.1 * score)
        )
    elif score > 0.75 and not fitting:
        yield _finding(prepared, found, (), grade="wordplay", confidence=score)
    elif _is_off_topic(prepared, found) and not fitting:
        yield _finding(prepared, found, (), grade="off_topic", confidence=0.6)


def _is_off_topic(prepared: Prepared, found: EventMatch) -> bool:
    """A brand that uses a grave event's words, or a joker who does, and has no word of gravity for it."""
    playful = _reading.score(prepared, "levity") > 0.35 and not _reading.is_neutral(prepared)
    if found.event.severity < 2 or not (playful or prepared.account.kind in ("brand", "agency")):
        return False
    if _reading.is_service(prepared):
        return False
    return not any(_reading.tone(prepared.texts, name) for name in ("remembrance", "disaster"))


def _nearby(
    prepared: Prepared, found: EventMatch, cues: tuple[Span, ...], *, score: float, told: bool
) -> Iterable[Finding]:
    """Merriment beside the event; `told` where the draft tells people not to be sad."""
    if not found.nearness.place:
        return
    words = set(_reading.words_at(cues, prepared))
    clear = len(words) > 1 or score > 0.6
    memorial = found.event.kind == "memorial_day"
    grave = found.event.severity == 3 or (found.event.severity == 2 and (memorial or len(words) >= _PILED))
    grade = "nearby_grave" if (grave and clear) or (told and found.event.severity >= 2) else "nearby"
    yield _finding(prepared, found, cues, grade=grade, confidence=0.6 + 0.3 * score)


def _finding(
    prepared: Prepared, found: EventMatch, cues: tuple[Span, ...], *, grade: str, confidence: float
) -> Finding:
    event = found.event
    own_words = found.nearness.words
    tone = f"{_reading.quoted(cues, prepared)} sounds light-hearted" if cues else "its tone is light"
    if grade == "off_topic":
        tone = "it says nothing that meets the gravity of it"
    use = (
        f"The draft uses {_reading.quoted(own_words, prepared)}, words of “{event.name}”"
        if own_words
        else (f"“{event.name}” is on the mind of this audience")
    )
    return Finding(
        message=f"This sounds too light while people are thinking of {event.told}.",
        why=f"{use}; {tone}.",
        suggestion="Hold the post until the event is past, or write one that speaks of it with respect.",
        spans=cues + own_words,
        confidence=confidence,
        grade=_reading.grade(found, grade),
        evidence=_reading.evidence(found),
    )


CHECK = Check(
    id="sombre_context/levity",
    title="Light-hearted while an event is being mourned",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=("wordplay", "off_topic", "nearby_grave", "nearby", *_reading.UNCONFIRMED),
)
