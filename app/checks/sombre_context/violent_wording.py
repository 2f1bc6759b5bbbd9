"""Violent or disastrous wording of the same kind as an event that is active.

Each kind of event has its own table of figures of speech that hurt after it: shots and triggers after a shooting,
waves and "coming ashore" after a flood, crashing and fear of flying after a crash. Wording that threatens people or
places counts after any event.

Why: "killer", "blast" and "to die for" are dead metaphors until somebody near has died of it.
Flag: "We're gunning for the title" on the day of a shooting; "stick a bomb under" somebody during a ceremony for the
fallen; an airline's "fear of flying?" after a crash; a water park's "come and get soaked" in a flooded valley, in any of six languages.
Allow: news and service information in the event's own words (police say that shots were fired); condolences; the same
figure of speech where no event of its kind is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.sombre_context import _reading, _threats
from app.checks.wordlists import load_sections
from app.domain import EventMatch, Finding, Prepared, Span, Text

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
        if clash := _clash(prepared, match):
            grave = match.nearness.words or (match.event.severity > 1 and len(clash) > 4 - match.event.severity)
            grade = "clash_grave" if grave else "clash"
            yield _finding(prepared, match, clash, grade)
            return


def _find(name: str, texts: Iterable[Text]) -> tuple[Span, ...]:
    return tuple(span for text in texts for span in _TABLES[name].find(text))


def _clash(prepared: Prepared, found: EventMatch) -> tuple[Span, ...]:
    always = f"always_{found.event.kind}"
    if always in _TABLES and (spans := _find(always, prepared.texts)):
        return spans
    spans = _figures(found.event.kind, prepared, named=bool(found.nearness.words))
    if not spans or _is_sober(prepared):
        return ()
    own = set(found.nearness.words)
    return tuple(span for span in spans if span not in own)


def _figures(kind: str, prepared: Prepared, *, named: bool) -> tuple[Span, ...]:
    if prepared.text.language not in ("en", "und"):
        return _foreign_figures(kind, prepared, named=named)
    spans = _find(kind, prepared.texts)
    if kind in _VIOLENT:
        spans += tuple(span for span in _find("deadly", prepared.texts) if not _overlaps(span, spans))
    if _reading.is_playful(prepared):
        plain = _find(f"playful_{kind}", prepared.texts) if f"playful_{kind}" in _TABLES else ()
        spans += tuple(span for span in (*plain, *_emoji(kind, prepared)) if not _overlaps(span, spans))
    weaker = f"named_{kind}"
    if named and not spans and weaker in _TABLES and not _SHOCKED.search(prepared.text.folded.text):
        return _find(weaker, prepared.texts)
    return spans


def _foreign_figures(kind: str, prepared: Prepared, *, named: bool) -> tuple[Span, ...]:
    """The shorter tables of the other languages; plain words only where the draft laughs or celebrates."""
    figures, plain = _OTHER_TABLES.get(kind), _OTHER_TABLES.get(f"playful_{kind}")
    found = tuple(span for text in prepared.texts for span in figures.find(text)) if figures else ()
    if kind in _VIOLENT:
        found += tuple(span for text in prepared.texts for span in _OTHER_TABLES["deadly"].find(text))
    if _reading.cheer(prepared):
        found += tuple(span for span in _emoji(kind, prepared) if span not in found)
    if plain and (found or _reading.cheer(prepared)) and not (named and _reading.tone(prepared.texts, "disaster")):
        found += tuple(span for text in prepared.texts for span in plain.find(text) if span not in found)
    return found


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.field == o.field and span.start < o.end and o.start < span.end for o in others)


def _emoji(kind: str, prepared: Prepared) -> tuple[Span, ...]:
    """Emoji that show what happened."""
    telling = _EMOJI.get(kind, "")
    found = (e for text in prepared.texts for e in text.entities_of("emoji"))
    return tuple(Span(e.start, e.end) for e in found if e.text[0] in telling)


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
        message=f"Wording like this hurts while people are thinking of {event.name}.",
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
