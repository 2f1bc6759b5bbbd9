"""Conditions as a table's cells state them, so that the table and not the code says what is done when.

A cell is empty (anything will do), or
- words: `offence loss` one of these, `not grieving group` none of these, `person not public` both;
- `yes` or `no`;
- bounds of a number: `<500`, `>=1000 <10000`.
A condition on something that isn't known doesn't hold; of who was hurt, `unknown` is a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from app.domain import AccountKind
from app.errors import BadRecovery
from app.recovery.incident import HARMS, HURT, KINDS, OUTCOMES, SPEAKERS, Incident, Outcome

Value = frozenset[str] | int | None
Facts = Mapping[str, Value]
"""what is known, by column; None: not known"""
NOBODY, NOTHING, UNKNOWN = "nobody", "nothing", "unknown"
FLAGS = ("legal", "spreading", "deleted", "right", "figure")
NUMBERS = ("reach", "minutes")
_BOUND = re.compile(r"(<|>=)(\d{1,12})")
_YES_NO = ("yes", "no")
WORDS: Mapping[str, Sequence[str]] = {
    "mistake": KINDS,
    "hurt": (*HURT, NOBODY, UNKNOWN),
    "harm": HARMS,
    "speaker": SPEAKERS,
    "account": get_args(AccountKind),
    "shows": (
        "wrong_account", "offensive", "sombre_context", "unverified_claim", "platform_rule", "automation",
        "private_information", NOTHING,
    ),
    "outcome": OUTCOMES,
    **dict.fromkeys(FLAGS, _YES_NO),
}  # fmt: skip


class Condition(Protocol):
    def holds(self, value: Value) -> bool: ...


@dataclass(frozen=True, slots=True)
class Words:
    """One of some words, where there are any, and none of others."""

    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()

    def holds(self, value: Value) -> bool:
        if not isinstance(value, frozenset):
            return False
        return (not self.any_of or bool(self.any_of & value)) and not self.none_of & value

    def is_wider(self, other: Words) -> bool:
        """Whether it holds of all that the other holds of."""
        narrower = not self.any_of or (bool(other.any_of) and other.any_of <= self.any_of)
        return narrower and self.none_of <= other.none_of


@dataclass(frozen=True, slots=True)
class Within:
    bounds: tuple[tuple[Literal["<", ">="], int], ...]

    def holds(self, value: Value) -> bool:
        return isinstance(value, int) and all(
            value < bound if sign == "<" else value >= bound for sign, bound in self.bounds
        )


Conditions = Mapping[str, Condition]


def read(cells: Mapping[str, str], where: str) -> Conditions:
    """The conditions of a row, by column. Raises BadRecovery for a cell that is none."""
    return {column: _condition(column, cell, f"{where}: {column}") for column, cell in cells.items() if cell}


def hold(conditions: Conditions, facts: Facts) -> bool:
    return all(condition.holds(facts.get(column)) for column, condition in conditions.items())


def facts_of(incident: Incident, shows: frozenset[str] | None) -> dict[str, Value]:
    """`shows`: categories that Prepost itself would hold the post for; None: it could not be judged."""
    mistake = incident.mistake
    return {
        "mistake": frozenset({mistake.kind}),
        "hurt": frozenset({UNKNOWN} if mistake.hurt is None else mistake.hurt or {NOBODY}),
        "harm": None if mistake.harm is None else frozenset({mistake.harm}),
        "legal": flag(mistake.legal),
        "reach": incident.reach,
        "minutes": incident.minutes,
        "spreading": flag(incident.spreading),
        "deleted": flag(incident.post.deleted),
        "speaker": frozenset({incident.speaker}),
        "account": frozenset({incident.account.kind}),
        "right": flag(mistake.right is not None),
        "figure": flag(_holds_a_figure(mistake.right)),
        "shows": None if shows is None else shows or frozenset({NOTHING}),
    }


def _holds_a_figure(right: str | None) -> bool:
    """Whether what is right is a number, a date or a time: people plan and reckon by those."""
    return right is not None and any(char.isdigit() for char in right)


def with_outcome(facts: Facts, outcome: Outcome) -> Facts:
    return {**facts, "outcome": frozenset({outcome})}


def flag(value: bool | None) -> Value:
    return None if value is None else frozenset({"yes" if value else "no"})


def bounds(rows: Iterable[Conditions], column: str) -> list[int]:
    """Every number at which a row's condition on the column changes, ascending."""
    found = {bound for row in rows if isinstance(within := row.get(column), Within) for _, bound in within.bounds}
    return sorted(found)


def _condition(column: str, cell: str, where: str) -> Condition:
    if column in NUMBERS:
        return Within(tuple(_bound(part, where) for part in cell.split()))
    first, _, second = f" {cell} ".partition(" not ")
    wanted = Words(frozenset(first.split()), frozenset(second.split()))
    if unknown := sorted((wanted.any_of | wanted.none_of) - set(WORDS[column])):
        raise BadRecovery(f"{where}: {unknown[0]!r} is not one of {', '.join(WORDS[column])}")
    if " not " in f" {cell} " and not wanted.none_of:
        raise BadRecovery(f"{where}: words are needed after `not`")
    return wanted


def _bound(part: str, where: str) -> tuple[Literal["<", ">="], int]:
    if not (match := _BOUND.fullmatch(part)):
        raise BadRecovery(f"{where}: {part!r} is no bound such as <500 or >=1000")
    return ("<" if match[1] == "<" else ">="), int(match[2])
