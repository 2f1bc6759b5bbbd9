"""What the rules of this category read in a draft: its tone, its emoji, and the event it meets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.checks.base import NotApplicable
from app.checks.wordlists import Section, load_sections
from app.domain import CALENDAR, EventMatch, Finding, Prepared, Span, Text

LISTS = Path(__file__).with_name("lists")
_ENGLISH_TONE = load_sections(LISTS / "tone.txt")
_OTHER_TONE = load_sections(LISTS / "other_languages.txt")
LANGUAGES: frozenset[str] = frozenset({"en", "es", "pt", "de", "fr", "it"})
"""languages that the tone lists know"""

_LAUGHING = frozenset("😂🤣😆😹😜😝😛🤪😉😏😈😅😁😎😋🤭")
_PARTY = frozenset("🎆🎇🎉🥳🎊💃🕺🍻🍾🥂🍹🍸🎈🤑")
_SMILEY = re.compile(r"(?<!\w)[;:]'?-?[)DPp](?!\w)|(?<!\w)[xX]D(?!\w)")
_REPORT = re.compile(
    r"\b(?:police|officers?|officials?|sheriff|authorities|witness\w*|investigat\w+|reported|reports|killed|wounded|"
    r"injured|deadly|suspects?|gunman|gunmen|residents|evacuat\w+|rescue\w*|ministry|spokes\w+|ceremon\w+|"
    r"commemorat\w+|victims?|(?<!no )(?<!zero )survivors?(?! guaranteed)|awareness|prevention|safety)\b"
)
NEARBY = "nearby"
"""the grade of what is only a note: it stands beside an event and says nothing of it"""
UNCONFIRMED: tuple[str, ...] = ("unconfirmed", "unconfirmed_nearby")
"""the grades of what rests on a day whose date nobody has confirmed: policy warns of it at most"""
_NEUTRAL_KINDS = frozenset({"media", "government", "ngo"})
"""accounts whose trade is to speak of grave things"""


def tone(texts: tuple[Text, ...], name: str) -> tuple[Span, ...]:
    """Where the draft has the tone of that name (a section of the lists), in its words and its hashtags."""
    return _read(_Same(texts), name)


class _Same:
    """The very same texts: the five rules ask for the same tones of one draft, one after the other."""

    __slots__ = ("texts",)

    def __init__(self, texts: tuple[Text, ...]) -> None:
        self.texts = texts

    def __hash__(self) -> int:
        return id(self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.texts is other.texts


@lru_cache(maxsize=32)  # of two or three drafts: more would keep their texts in memory for nothing
def _read(same: _Same, name: str) -> tuple[Span, ...]:
    return tuple(span for text in same.texts for span in _in_text(_tones(text.language).get(name), text))


def offers(texts: tuple[Text, ...]) -> tuple[Span, ...]:
    """Discounts and calls to buy."""
    return tone(texts, "discount") + tone(texts, "call")


def own_hashtags(prepared: Prepared) -> tuple[Span, ...]:
    """Hashtags that are the account's own name."""
    account = prepared.account
    names = {_joined(name) for name in (account.handle, account.display_name) if name}
    return tuple(
        Span(tag.start, tag.end, text.field)
        for text in prepared.texts
        for tag in text.entities_of("hashtag")
        if _joined(tag.text) in names
    )


def _joined(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _tones(language: str) -> Mapping[str, Section]:
    return _ENGLISH_TONE if language in ("en", "und") else _OTHER_TONE


def _in_text(section: Section | None, text: Text) -> tuple[Span, ...]:
    if section is None:
        return ()
    if not text.entities:
        return section.find(text)
    return section.find(text) + tuple(
        Span(tag.start, tag.end, text.field)
        for tag in text.entities_of("hashtag")
        if len(tag.words) > 1 and section.is_in(" ".join(tag.words))
    )


def laughter(text: Text) -> tuple[Span, ...]:
    """Laughing and winking emoji and smileys."""
    emoji = tuple(Span(e.start, e.end, text.field) for e in text.entities_of("emoji") if e.text[0] in _LAUGHING)
    return emoji + tuple(Span(*match.span(), text.field) for match in _SMILEY.finditer(text.raw))


def party(text: Text) -> tuple[Span, ...]:
    """Party emoji."""
    return tuple(Span(e.start, e.end, text.field) for e in text.entities_of("emoji") if e.text[0] in _PARTY)


def cheer(prepared: Prepared) -> tuple[Span, ...]:
    """Laughing and party emoji, jokes and party words."""
    emoji = tuple(span for text in prepared.texts for span in laughter(text) + party(text))
    return emoji + tone(prepared.texts, "levity")


_MOCKING = 0.5
_PLAYFUL, _SELLING = 0.25, 0.5
"""strengths of levity and promotion from which a draft is not sober; of sober news and notices hardly one reaches them"""


def is_playful(prepared: Prepared) -> bool:
    """Whether the draft laughs, celebrates or sells, by its words or to the classifier."""
    if score(prepared, "levity") >= _PLAYFUL or score(prepared, "promotional") >= _SELLING:
        return True
    return bool(cheer(prepared) or offers(prepared.texts))


def is_grieving(prepared: Prepared) -> bool:
    """Whether it has words of grief, and does not laugh them away."""
    mocking = score(prepared, "levity") > _MOCKING and bool(offers(prepared.texts) or cheer(prepared))
    return not mocking and bool(tone(prepared.texts, "grief"))


def is_service(prepared: Prepared) -> bool:
    """Whether it is word to those concerned, and neither laughs nor sells."""
    if cheer(prepared) or tone(prepared.texts, "discount") or score(prepared, "levity") >= _PLAYFUL:
        return False
    cues = len(set(words_at(tone(prepared.texts, "service"), prepared)))
    return cues > 1 or (cues == 1 and score(prepared, "promotional") < _SELLING)


def score(prepared: Prepared, label: str) -> float:
    """How strongly the classifier reads it; 0 where scoring failed (the engine reports that) and in languages it never learnt."""
    if prepared.scores is None or prepared.text.language not in ("en", "und"):
        return 0.0
    return prepared.scores.strengths.get(label, 0.0)


def nearest(prepared: Prepared) -> EventMatch:
    """The event that matters most: named in the draft first, then the gravest near its audience.

    Raises NotApplicable where no event is active.
    """
    if not prepared.moment.events:
        raise NotApplicable("no event is active for this audience")
    return prepared.moment.events[0]


def at_nearest(prepared: Prepared, judge: Callable[[Prepared, EventMatch], Iterable[Finding]]) -> tuple[Finding, ...]:
    """What a rule finds at the nearest event, or at the nearest confirmed one where it finds more than a note there.

    A day from general knowledge must not stand before an event that is reason enough to hold the draft.
    """
    found = nearest(prepared)
    findings = tuple(judge(prepared, found))
    if found.event.confirmed:
        return findings
    sure = next((match for match in prepared.moment.events if match.event.confirmed), None)
    firm = tuple(judge(prepared, sure)) if sure else ()
    return firm if any(finding.grade != NEARBY for finding in firm) or not findings else findings


def grade(found: EventMatch, earned: str) -> str:
    """The grade as earned, or the one that keeps a finding from holding a draft where the day is not confirmed."""
    if found.event.confirmed:
        return earned
    return "unconfirmed_nearby" if earned == NEARBY else "unconfirmed"


def weighs(found: EventMatch) -> bool:
    """Whether an echo of the event counts that the draft did not mean: on days that leave ordinary posts alone it doesn't."""
    if found.nearness.words:
        return True
    return found.nearness.place and not (found.event.source == CALENDAR and found.event.severity == 1)


def is_neutral(prepared: Prepared) -> bool:
    """Whether speaking of grave things is this account's work."""
    return prepared.account.kind in _NEUTRAL_KINDS


def is_report(folded: str) -> bool:
    """Whether this is how news, officials and helpers speak."""
    return _REPORT.search(folded) is not None


def evidence(found: EventMatch) -> dict[str, Any]:
    """The event, for the finding's record."""
    event = found.event
    return {"event": event.name, "kind": event.kind, "severity": event.severity, "near": found.nearness.place}


def words_at(spans: Iterable[Span], prepared: Prepared) -> tuple[str, ...]:
    """The raw words at the spans, each once."""
    raw = {text.field: text.raw for text in prepared.texts}
    return tuple(dict.fromkeys(raw[span.field][span.start : span.end] for span in spans))


def quoted(spans: Iterable[Span], prepared: Prepared, limit: int = 3) -> str:
    """The words at the spans, for a sentence: “a”, “b”."""
    return ", ".join(f"“{words}”" for words in words_at(spans, prepared)[:limit])
