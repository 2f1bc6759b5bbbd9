"""Drafts of what to say: three variants in the account's voice, with marked gaps for what only a person can know.

The texts are `drafts.toml`. A gap reads `[insert …]`, so that `automation/placeholder` warns of it until it is filled.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from app.domain import OTHERS_TONE, DraftKind, Platform
from app.errors import BadRecovery
from app.recovery.incident import KINDS, TONES, Incident, Mistake, MistakeKind, Outcome, Speaker, Tone
from app.text.length import length

LANGUAGES = frozenset({"en"})
"""languages that drafts are written in"""
VARIANTS = 3
_GAP = re.compile(r"\[insert ([^\[\]]+)\]")
_ROOM = 25
"""characters that a gap takes once it is filled, to begin with"""
_WORDS: Mapping[Speaker, Mapping[str, str]] = {
    "organisation": {"We": "We", "we": "we", "Our": "Our", "our": "our", "us": "us", "are": "are", "ours": "ours"},
    "person": {"We": "I", "we": "I", "Our": "My", "our": "my", "us": "me", "are": "am", "ours": "mine"},
}
_PLAYFUL_KINDS: frozenset[MistakeKind] = frozenset({"wrong_account", "slip", "automation"})
_PARTS = ("wrong", "done", "change", "more")
_ROOMY = 1_000
"""characters of a platform's limit from which there is a last sentence"""
_MAY_GO: Mapping[Outcome, tuple[str, ...]] = {"apologise": ("more", "done"), "escalate": ("more",)}
"""parts that may be left out for want of room: an apology that says what changes needn't say that the post is gone"""
_NAMES = frozenset({*_WORDS["person"], *_PARTS, "post"})
SPEAKING = ("correct_quietly", "correct_in_public", "apologise", "escalate")
"""outcomes after which something is said"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that a person fills."""

    start: int
    end: int
    ask: str
    hint: str | None = None
    """what the person who reported the mistake said of it"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One draft."""

    text: str
    tone: Tone
    gaps: tuple[Gap, ...]
    length: int
    """as the platform counts, gaps unfilled"""
    room: int | None
    """what is left for the gaps' words, by the platform's count; None: no limit is known; negative: it doesn't fit"""


class Asked(NamedTuple):
    """What drafts are to be written for."""

    incident: Incident
    outcome: Outcome
    tone: Tone
    platform: Platform
    limit: int | None
    """of a post's text there, in the platform's unit"""


class Drafts:
    """The texts, read and checked once."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, file: Path) -> Drafts:
        """Raises BadRecovery with the entry at fault."""
        try:
            texts = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadRecovery(f"{file.name}: {error}") from error
        for path in _needed():
            value = _at(texts, path)
            several = path[0] == "texts"
            if several and not (isinstance(value, list) and len(value) == VARIANTS):
                raise BadRecovery(f"{file.name}: {'.'.join(path)}: {VARIANTS} texts are needed")
            for text in value if several else [value]:
                _try_out(text, f"{file.name}: {'.'.join(path)}")
        return cls(texts)

    def write(self, asked: Asked) -> list[Proposal]:
        """Three variants; none where nothing is to be said."""
        if asked.outcome not in SPEAKING:
            return []
        tone = allowed_tone(asked)
        return [self._proposal(asked, tone, text) for text in self._texts["texts"][asked.outcome][tone]]

    def _proposal(self, asked: Asked, tone: Tone, template: str) -> Proposal:
        """With as much of what may be left out as there is room for."""
        parts = {part: self._part(part, asked, tone) for part in _PARTS}
        for part in ("", *_MAY_GO.get(asked.outcome, ("more",))):
            parts[part] = ""
            text = _filled(template, parts, asked.incident)
            if _fits(text, asked):
                break
        return _measured(text, tone, asked)

    def _part(self, part: str, asked: Asked, tone: Tone) -> str:
        incident, texts = asked.incident, self._texts[part]
        if part == "wrong":
            return str(texts[tone][_said_wrong(incident)])
        if part == "done":
            return str(texts["deleted" if incident.post.deleted else "open"])
        if part == "change":
            return str(texts[incident.speaker])
        return str(texts[asked.outcome]) if asked.limit is None or asked.limit >= _ROOMY else ""


def _said_wrong(incident: Incident) -> MistakeKind:
    """The kind of mistake that the draft owns up to: words that wound are wrong on any account."""
    mistake = incident.mistake
    wounds = mistake.kind == "wrong_account" and mistake.harm in ("offence", "loss", "danger")
    return "offensive" if wounds else mistake.kind


def _filled(template: str, parts: Mapping[str, str], incident: Incident) -> str:
    words = dict(_WORDS[incident.speaker], post=incident.post.noun)
    filled = {part: text.format_map(words) for part, text in parts.items() if part}
    return " ".join(template.format_map({**words, **filled}).split())


def allowed_tone(asked: Asked) -> Tone:
    """The tone asked for; warm in place of playful where somebody was harmed, plain where much is at stake."""
    mistake = asked.incident.mistake
    if mistake.harm in ("loss", "danger") and asked.outcome == "correct_in_public":
        return "formal"  # what is right, and no more words than it needs
    light = mistake.harm in ("none", "annoyance") and mistake.kind in _PLAYFUL_KINDS and not mistake.legal
    light = light and asked.outcome in ("correct_quietly", "correct_in_public")
    light = light and "grieving" not in (mistake.hurt or ())
    return asked.tone if asked.tone != "playful" or light else "warm"


def draft_kind(incident: Incident, outcome: Outcome) -> DraftKind:
    """What sort of post the draft is: told to those concerned where they are, it is a reply."""
    return "reply" if outcome == "correct_quietly" or incident.post.kind in OTHERS_TONE else "post"


def _measured(text: str, tone: Tone, asked: Asked) -> Proposal:
    mistake = asked.incident.mistake
    gaps = tuple(Gap(match.start(), match.end(), match[1], _hint(match[1], mistake)) for match in _GAP.finditer(text))
    long = length(text, asked.platform)
    bare = length(_GAP.sub("", text), asked.platform)
    return Proposal(text, tone, gaps, long, None if asked.limit is None else asked.limit - bare)


def _hint(ask: str, mistake: Mistake) -> str | None:
    if ask == "what is right":
        return mistake.right
    return mistake.what if ask.startswith(_ABOUT_IT) else None


_ABOUT_IT = (
    "what it said",
    "what it was about",
    "what was claimed",
    "what it should have said",
    "what sort of details",
)
"""beginnings of what is asked about the post"""


def _fits(text: str, asked: Asked) -> bool:
    if asked.limit is None:
        return True
    bare = length(_GAP.sub("", text), asked.platform)
    return bare + _ROOM * len(_GAP.findall(text)) <= asked.limit


def _needed() -> list[tuple[str, ...]]:
    """The entries that there must be."""
    playful = ("correct_quietly", "correct_in_public")
    texts = [("texts", name, tone) for name in SPEAKING for tone in TONES if tone != "playful" or name in playful]
    wrong = [("wrong", tone, kind) for tone in TONES for kind in KINDS if tone != "playful" or kind in _PLAYFUL_KINDS]
    others = [("done", "deleted"), ("done", "open"), ("change", "organisation"), ("change", "person")]
    return [*texts, *wrong, *others, *(("more", name) for name in SPEAKING)]


def _at(texts: Mapping[str, Any], path: Sequence[str]) -> Any:
    value: Any = texts
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _try_out(text: Any, where: str) -> None:
    if not isinstance(text, str) or (not text.strip() and "more" not in where):
        raise BadRecovery(f"{where}: a text is needed")
    try:
        text.format_map(dict.fromkeys(_NAMES, ""))
    except (KeyError, ValueError, IndexError) as error:
        raise BadRecovery(f"{where}: only {', '.join(sorted(_NAMES))} may stand in braces") from error
    if "[" in _GAP.sub("", text):
        raise BadRecovery(f"{where}: a gap is written [insert …]")
