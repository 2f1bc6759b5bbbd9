"""Violent or disastrous wording of the same kind as an event that is active.

Each kind of event has its own table of figures of speech that hurt after it: shots and triggers after a shooting,
waves and "coming ashore" after a flood, crashing and fear of flying after a crash. Wording that threatens people or
places counts after any event, and on a day of the calendar the words that are misused on it count in a draft that laughs,
celebrates or sells.

Why: "killer", "blast" and "to die for" are dead metaphors until somebody near has died of it.
Flag: "We're gunning for the title" on the day of a shooting; "stick a bomb under" somebody during a ceremony for the
fallen; an airline's "fear of flying?" after a crash; a water park's "come and get soaked" in a flooded valley, in any of six languages.
Allow: news and service information in the event's own words (police say that shots were fired); condolences; the same
figure of speech where no event of its kind is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.checks.base import Check
from app.checks.sombre_context import _reading, _threats
from app.checks.wordlists import load_sections
from app.domain import Event, EventKind, EventMatch, Finding, Prepared, Span, Text

_TABLES = load_sections(_reading.LISTS / "violence.txt")
_OTHER_TABLES = load_sections(_reading.LISTS / "violence_other.txt")
_VIOLENT = frozenset({"shooting", "terror_attack", "accident", "natural_disaster", "war", "unrest", "death", "other"})
_EMOJI = {
    "shooting": "🔫🎯💥",
    "terror_attack": "💣💥🧨🔪",
    "natural_disaster": "🌪🌊🔥⛈🌋⚡🌀",
    "accident": "📉💥🔥💀🚂",
    "death": "⚰🪦💀👻",
    "war": "💣🚀⚔🪖💥🧨",
    "unrest": "🔥✊💥",
    "pandemic": "🤒🦠🧟🤧😷",
    "court_case": "⚖🔨",
}
_CAMERA = re.compile(
    r"\b(?:photograph\w*|cameras?|catalogue|film crew|on location|lens(?:es)?|(?:with|on) (?:a|your) phone|models? wanted|northern lights|"
    r"raw files?|tripod|portfolio)\b"
)
"""beside these, shooting is what a camera does"""
_SHOOTS = re.compile(r"(?:shoot\w*|shots?)\b", re.IGNORECASE)
_SAYS: tuple[tuple[re.Pattern[str], EventKind], ...] = (
    (re.compile(r"\b(?:explo(?:sion|ded)|blast|bomb\w*|detonat\w+)\b"), "terror_attack"),
    (re.compile(r"\b(?:fire|blaze|flood\w*|storm|earthquake|quake|tsunami|landslide|avalanche)\b"), "natural_disaster"),
    (re.compile(r"\b(?:crash\w*|derail\w*|sinking|sank|collapse[ds]?|capsiz\w+)\b"), "accident"),
    (re.compile(r"\b(?:shooting|shot|gunman|gunfire)\b"), "shooting"),
)
"""what an event's name says of it beside its kind: an explosion hurts by the same words whoever caused it"""
_SHOCKED = re.compile(
    r"\b(?:terribl\w+|horribl\w+|horrif\w+|awful|tragic\w*|traged\w+|scary|heart\w*|devastat\w+|unimaginable|"
    r"(?:so )?sad\w*|cry\w*|help\w*|support\w*|donat\w+|strong|stay|love|god|bless|hope|hoping|thinking|thoughts|"
    r"news|updates?|live|latest|miss|loss|lost|remember\w*|honou?r\w*|proud|thank\w*)\b"
)
"""words of shock, sympathy and help: then a weak echo is no joke"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = _reading.nearest(prepared)
    events = sorted(prepared.moment.events, key=lambda match: not match.event.confirmed)
    if threat := _threats.find(prepared):
        yield _finding(prepared, found if found.event.confirmed else events[0], threat, "threat")
        return
    near = list(filter(_reading.weighs, events))[:5]
    for match in near:
        clash = _clash(prepared, match)
        if grade := _grade(prepared, match, clash):
            yield _finding(prepared, match, (*clash.figures, *clash.careful, *clash.plain, *clash.emoji), grade)
            return


class _Clash(NamedTuple):
    figures: tuple[Span, ...] = ()
    """of speech, which hurt whatever the draft's tone"""
    plain: tuple[Span, ...] = ()
    """words that fit the catastrophe too well in a draft that laughs, celebrates or sells"""
    emoji: tuple[Span, ...] = ()
    careful: tuple[Span, ...] = ()
    """words that are misused on this very day"""


def _grade(prepared: Prepared, found: EventMatch, clash: _Clash) -> str | None:
    """How bad it is; None for nothing. Plain words count from two beside a grave event, from three beside a lesser one."""
    plain = len({words.casefold() for words in _reading.words_at(clash.plain, prepared)})
    words = len({words.casefold() for words in _reading.words_at(clash.figures, prepared)}) + plain
    named, severity = bool(found.nearness.words), found.event.severity
    if clash.careful and not clash.figures:
        return "clash"
    if not clash.figures and not (named and plain) and not (severity > 1 and plain + bool(clash.emoji) >= 5 - severity):
        return None
    return "clash_grave" if named or (severity > 1 and words > 4 - severity) else "clash"


def _find(name: str, texts: Iterable[Text]) -> tuple[Span, ...]:
    return tuple(span for text in texts for span in _TABLES[name].find(text)) if name in _TABLES else ()


def _clash(prepared: Prepared, found: EventMatch) -> _Clash:
    if spans := _find(f"always_{found.event.kind}", prepared.texts):
        return _Clash(spans)
    clash = _figures(found.event.kind, prepared, named=bool(found.nearness.words))
    for kind in kinds_named(found.event):
        more = _figures(kind, prepared, named=False)
        clash = _Clash(*(some + _without(others, some) for some, others in zip(clash, more, strict=True)))
    if found.event.kind == "shooting" and _CAMERA.search(prepared.text.folded.text):
        words = {text.field: text.raw for text in prepared.texts}
        clash = _Clash(*(tuple(s for s in spans if not _SHOOTS.match(words[s.field][s.start :])) for spans in clash))
    if _reading.is_playful(prepared) and not _reading.tone(prepared.texts, "remembrance"):
        clash = clash._replace(careful=_without(found.nearness.careful, clash.figures))
    if not any(clash) or _is_sober(prepared):
        return _Clash()
    own = set(found.nearness.words)
    return _Clash(*(tuple(span for span in spans if span not in own) for spans in clash))


@lru_cache(maxsize=1024)
def kinds_named(event: Event) -> tuple[EventKind, ...]:
    """Other kinds that its name speaks of; a day of the calendar is named after what was, and is none of them."""
    if event.kind == "memorial_day":
        return ()
    name = event.name.casefold()
    return tuple(kind for pattern, kind in _SAYS if kind != event.kind and pattern.search(name))


def _figures(kind: str, prepared: Prepared, *, named: bool) -> _Clash:
    if prepared.text.language not in ("en", "und"):
        return _foreign_figures(kind, prepared, named=named)
    found = _find(kind, prepared.texts)
    if kind in _VIOLENT:
        found += _without(_find("deadly", prepared.texts), found)
    if named and not found and not _SHOCKED.search(prepared.text.folded.text):
        found = _find(f"named_{kind}", prepared.texts)
    if not _reading.is_playful(prepared):
        return _Clash(found)
    return _Clash(found, _without(_find(f"playful_{kind}", prepared.texts), found), _emoji(kind, prepared))


def _foreign_figures(kind: str, prepared: Prepared, *, named: bool) -> _Clash:
    """The shorter tables of the other languages; plain words only where the draft laughs or celebrates."""
    found = _foreign(kind, prepared)
    if kind in _VIOLENT:
        found += _without(_foreign("deadly", prepared), found)
    if not (found or _reading.cheer(prepared)):
        return _Clash()
    plain = () if named and _reading.tone(prepared.texts, "disaster") else _foreign(f"playful_{kind}", prepared)
    return _Clash(found + _without(plain, found), (), _emoji(kind, prepared))


def _foreign(name: str, prepared: Prepared) -> tuple[Span, ...]:
    table = _OTHER_TABLES.get(name)
    return table.find_in(prepared.texts) if table else ()


def _without(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """Those that overlap none of the others."""
    return tuple(
        span
        for span in spans
        if not any(span.field == o.field and span.start < o.end and o.start < span.end for o in others)
    )


def _emoji(kind: str, prepared: Prepared) -> tuple[Span, ...]:
    """Emoji that show what happened."""
    telling = _EMOJI.get(kind, "")
    return tuple(
        Span(emoji.start, emoji.end, text.field)
        for text in prepared.texts
        for emoji in text.entities_of("emoji")
        if emoji.text[0] in telling
    )


def _is_sober(prepared: Prepared) -> bool:
    """News, help and sympathy use these words because they must; a tourist office that cheers is none of them."""
    if any(_reading.tone(prepared.texts, name) for name in ("fitting", "courtesy")) or _reading.is_grieving(prepared):
        return True
    if _reading.is_neutral(prepared) and (prepared.account.kind == "media" or not _reading.is_playful(prepared)):
        return True
    return any(_reading.is_report(text.folded.text) for text in prepared.texts)


def _finding(prepared: Prepared, found: EventMatch, spans: tuple[Span, ...], grade: str) -> Finding:
    event = found.event
    return Finding(
        message=f"Wording like this hurts while people are thinking of {event.told}.",
        why=f"{_reading.quoted(spans, prepared)} goes out while “{event.name}” ({event.kind.replace('_', ' ')}) is active.",
        suggestion="Choose other words, or hold the post until the event is past.",
        spans=spans,
        confidence=0.9 if grade == "threat" else min(0.85, 0.6 + 0.1 * len(spans)),
        grade=_reading.grade(found, grade),
        evidence=_reading.evidence(found),
    )


CHECK = Check(
    id="sombre_context/violent_wording",
    title="Violent wording of the same kind as an event",
    judge=judge,
    languages=_reading.LANGUAGES,
    default_grades=("threat", "clash_grave", "clash", "unconfirmed"),
)
