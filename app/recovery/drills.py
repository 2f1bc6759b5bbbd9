"""Drills: scenarios in which a team decides step by step against a clock, each a TOML file in a folder of drills.

Prepost brings its own; a team adds a folder of its own beside them (`PREPOST_DRILLS_DIR`). What the method would have
done stands in each step, and the incident at the end goes through the triage itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from app.errors import BadRecovery
from app.recovery.incident import SPEAKERS, Speaker

_MOST_CHOICES, _MOST_STEPS, _MOST_SECONDS, _LONGEST = 6, 40, 3600, 2_000
_TOP = {"title", "speaker", "account", "story", "debrief", "recovery", "steps"}
_STEP = {"minute", "seconds", "says", "ask", "late", "method", "choices"}
_CHOICE = {"do", "worth", "then"}
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
BEST = 2
"""what a choice is worth that does what the method does"""


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    """what to type: a, b, c …"""
    do: str
    worth: int
    """2 what the method does, 1 can be defended, 0 makes it worse"""
    then: str


@dataclass(frozen=True, slots=True)
class Decision:
    minute: int
    """of the story"""
    seconds: int
    """real ones, to decide in"""
    says: str
    ask: str
    choices: tuple[Choice, ...]
    """none where an apology is to be written"""
    late: str
    method: str

    @property
    def best(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.worth == BEST)


@dataclass(frozen=True, slots=True)
class Drill:
    id: str
    title: str
    speaker: Speaker
    account: str
    story: str
    steps: tuple[Decision, ...]
    recovery: Mapping[str, Any]
    """the request of a recovery for this incident"""
    debrief: str


def load(folders: Sequence[Path]) -> dict[str, Drill]:
    """The drills of all folders by id; a later folder's takes the place of an earlier one's of the same name.

    Raises BadRecovery with the file and the entry at fault.
    """
    found: dict[str, Drill] = {}
    for folder in folders:
        if not folder.is_dir():
            raise BadRecovery(f"{folder}: there is no such folder of drills")
        for file in sorted(folder.glob("*.toml")):
            try:
                found[file.stem] = _drill(file, file.read_bytes())
            except OSError as error:
                raise BadRecovery(f"{file.name}: {error}") from error
    return dict(sorted(found.items()))


@lru_cache(maxsize=64)  # services of one process read the same files
def _drill(file: Path, raw: bytes) -> Drill:
    if not file.stem or set(file.stem) - _NAME:
        raise BadRecovery(f"{file.name}: a drill's name is made of small letters, digits and -")
    try:
        told = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRecovery(f"{file.name}: {error}") from error
    _keys(told, _TOP, file.name)
    steps = told["steps"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= _MOST_STEPS:
        raise BadRecovery(f"{file.name}: steps: 1 to {_MOST_STEPS} are needed")
    if told["speaker"] not in SPEAKERS:
        raise BadRecovery(f"{file.name}: speaker: {told['speaker']!r} is not one of {', '.join(SPEAKERS)}")
    if not isinstance(told["recovery"], dict):
        raise BadRecovery(f"{file.name}: recovery: the request of a recovery is needed")
    decisions = tuple(_decision(step, f"{file.name}: steps[{at}]") for at, step in enumerate(steps))
    if any(one.minute > other.minute for one, other in pairwise(decisions)):
        raise BadRecovery(f"{file.name}: steps: minutes must not go back")
    title, account, story, debrief = (_text(told, key, file.name) for key in ("title", "account", "story", "debrief"))
    speaker = cast(Speaker, told["speaker"])
    return Drill(file.stem, title, speaker, account, story, decisions, told["recovery"], debrief)


def _decision(step: Any, where: str) -> Decision:
    _keys(step, _STEP, where)
    choices = step["choices"]
    if not isinstance(choices, list) or len(choices) > _MOST_CHOICES or len(choices) == 1:
        raise BadRecovery(f"{where}: choices: none, or 2 to {_MOST_CHOICES}, are needed")
    read = tuple(_choice(choice, "abcdef"[at], f"{where}: choices[{at}]") for at, choice in enumerate(choices))
    if read and not any(choice.worth == BEST for choice in read):
        raise BadRecovery(f"{where}: choices: one must be worth {BEST}, what the method does")
    minute, seconds = _whole(step, "minute", where), _whole(step, "seconds", where)
    if not 1 <= seconds <= _MOST_SECONDS:
        raise BadRecovery(f"{where}: seconds: 1 to {_MOST_SECONDS} are needed")
    says, ask, late, method = (_text(step, key, where) for key in ("says", "ask", "late", "method"))
    return Decision(minute, seconds, says, ask, read, late, method)


def _choice(choice: Any, key: str, where: str) -> Choice:
    _keys(choice, _CHOICE, where)
    worth = _whole(choice, "worth", where)
    if worth > BEST:
        raise BadRecovery(f"{where}: worth: 0, 1 or {BEST} is needed")
    return Choice(key, _text(choice, "do", where), worth, _text(choice, "then", where))


def _keys(value: Any, wanted: set[str], where: str) -> None:
    if not isinstance(value, dict):
        raise BadRecovery(f"{where}: a table is needed")
    if lacking := sorted(wanted - value.keys()):
        raise BadRecovery(f"{where}: {lacking[0]} is missing")
    if unknown := sorted(value.keys() - wanted):
        raise BadRecovery(f"{where}: {unknown[0]!r} is not known")


def _text(value: Mapping[str, Any], key: str, where: str) -> str:
    text = value[key]
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        raise BadRecovery(f"{where}: {key}: a text of 1 to {_LONGEST:,} characters is needed")
    return text.strip()


def _whole(value: Mapping[str, Any], key: str, where: str) -> int:
    number = value[key]
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise BadRecovery(f"{where}: {key}: a whole number of 0 or more is needed")
    return number
