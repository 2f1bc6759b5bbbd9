"""What to do about a mistake: a decision table whose first row that fits decides, and what would change its answer.

The table is `triage.csv` (hit policy “first” of the Decision Model and Notation standard, OMG DMN 1.5). It is refused
where a row could let go what hurt somebody, where a row can never be reached, and where something could fall through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from app.errors import BadRecovery
from app.recovery import conditions, sheet
from app.recovery.conditions import NOBODY, UNKNOWN, Conditions, Facts, Value, Words
from app.recovery.incident import HARMS, OUTCOMES, Harm, Outcome

CONDITIONS = (
    "mistake", "hurt", "harm", "legal", "reach", "minutes", "spreading", "deleted", "right", "figure", "speaker",
    "account", "shows",
)  # fmt: skip
COLUMNS = ("row", "outcome", *CONDITIONS, "because", "source")
_UNKNOWN = ("hurt", "harm", "reach", "minutes", "spreading")
"""what a request may leave unknown"""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    outcome: Outcome
    conditions: Conditions
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would lead to another answer, were it so."""

    column: str
    condition: str
    """as a clause: “if it is passed on”"""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    row: Row
    unknown: tuple[str, ...]
    """columns of which nothing is known"""
    changes: tuple[Change, ...]

    @property
    def outcome(self) -> Outcome:
        return self.row.outcome


class Triage:
    """The table, read and checked once."""

    def __init__(self, table: Sequence[Row]) -> None:
        self.rows = tuple(table)
        self._reaches = conditions.bounds((row.conditions for row in table), "reach")
        self._ages = conditions.bounds((row.conditions for row in table), "minutes")

    @classmethod
    def load(cls, file: Path) -> Triage:
        """Raises BadRecovery with the line at fault."""
        table: list[Row] = []
        for where, cells in sheet.rows(file, COLUMNS):
            row = _row(cells, where)
            if any(row.id == other.id for other in table):
                raise BadRecovery(f"{where}: row: there is another {row.id!r}")
            if shadow := next((other for other in table if _covers(other.conditions, row.conditions)), None):
                raise BadRecovery(f"{where}: never reached: row {shadow.id} decides all that it could")
            table.append(row)
        if not table or table[-1].conditions:
            raise BadRecovery(f"{file.name}: the last row must have no conditions, so that each case is decided")
        return cls(table)

    def decide(self, facts: Facts) -> Decision:
        row = self._first(facts)
        unknown = tuple(column for column in _UNKNOWN if facts.get(column) in (None, frozenset({UNKNOWN})))
        return Decision(row, unknown, tuple(self._changes(facts, row.outcome)))

    def _first(self, facts: Facts) -> Row:
        return next(row for row in self.rows if conditions.hold(row.conditions, facts))

    def _changes(self, facts: Facts, outcome: Outcome) -> Iterator[Change]:
        """One thing changed at a time; of several that say the same of one column, the nearest."""
        told: set[tuple[str, Outcome]] = set()
        for column, clause, changed in self._variants(facts):
            other = self._first({**facts, **changed}).outcome
            if other != outcome and (column, other) not in told:
                told.add((column, other))
                yield Change(column, clause, other)

    def _variants(self, facts: Facts) -> Iterator[tuple[str, str, Facts]]:
        yield from _flags(facts)
        yield from _numbers(facts, "reach", self._reaches, "people have seen it")
        yield from _numbers(facts, "minutes", self._ages, "minutes have passed since it went out")
        yield from _harms(facts)


def _flags(facts: Facts) -> Iterator[tuple[str, str, Facts]]:
    for column, clauses in _CLAUSES.items():
        for word, clause in clauses.items():
            if facts.get(column) != frozenset({word}):
                yield column, clause, {column: frozenset({word})}


_CLAUSES = {
    "spreading": {"yes": "if it is being passed on", "no": "if it is not being passed on"},
    "legal": {
        "yes": "if a law, a regulator or a contract is concerned",
        "no": "if no law, regulator or contract is concerned",
    },
    "deleted": {"yes": "if it is deleted", "no": "if it still stands"},
    "right": {"yes": "if it is known what is right instead"},
}


def _numbers(facts: Facts, column: str, bounds: Sequence[int], what: str) -> Iterator[tuple[str, str, Facts]]:
    known = facts.get(column)
    value = known if isinstance(known, int) else None
    for bound in bounds:
        if value is None or value < bound:
            yield column, f"if {bound:,} {what}, or more", {column: bound}
    for bound in reversed(bounds):
        if value is None or value >= bound:
            yield column, f"if fewer than {bound:,} {what}", {column: bound - 1}


def _harms(facts: Facts) -> Iterator[tuple[str, str, Facts]]:
    hurt = _words(facts, "hurt")
    known = next(iter(_words(facts, "harm")), None)
    at = HARMS.index(cast(Harm, known)) if known else 0
    somebody = frozenset({"person"}) if hurt & {NOBODY, UNKNOWN} else hurt
    for other in (*HARMS[at + 1 :], *HARMS[:at][::-1], *(("none",) if known is None else ())):
        who: Value = frozenset({NOBODY}) if other == "none" else somebody
        yield "harm", f"if {_HARMED[other]}", {"harm": frozenset({other}), "hurt": who}
    least = frozenset({known if known not in (None, "none", "annoyance") else "offence"})
    for group, clause in _HURT.items():
        if group not in hurt:
            yield "hurt", f"if {clause}", {"hurt": (hurt - {NOBODY, UNKNOWN}) | {group}, "harm": least}


_HARMED: dict[Harm, str] = {
    "none": "nobody was harmed at all",
    "annoyance": "somebody was only annoyed or embarrassed",
    "offence": "somebody was insulted or wounded by it",
    "loss": "somebody lost money, privacy, work or their good name by it",
    "danger": "somebody's safety or health is at risk",
}
_HURT = {"grieving": "people who mourn were hurt", "group": "people were demeaned for who they are"}


def _words(facts: Facts, column: str) -> frozenset[str]:
    value = facts[column]
    return value if isinstance(value, frozenset) else frozenset()


def _row(cells: dict[str, str], where: str) -> Row:
    for column in ("row", "because", "source"):
        if not cells[column]:
            raise BadRecovery(f"{where}: {column} is empty")
    if cells["outcome"] not in OUTCOMES:
        raise BadRecovery(f"{where}: outcome: {cells['outcome']!r} is not one of {', '.join(OUTCOMES)}")
    outcome: Outcome = cells["outcome"]
    read = conditions.read({column: cells[column] for column in CONDITIONS}, where)
    if outcome == "let_it_go" and read.get("hurt") != Words(frozenset({NOBODY})):
        raise BadRecovery(f"{where}: only where hurt is {NOBODY} may anything be let go")
    return Row(cells["row"], outcome, read, cells["because"], cells["source"])


def _covers(earlier: Conditions, later: Conditions) -> bool:
    """Whether the earlier row holds wherever the later one would, as far as equal cells and fewer words tell."""
    return all(column in later and _is_wider(condition, later[column]) for column, condition in earlier.items())


def _is_wider(first: conditions.Condition, second: conditions.Condition) -> bool:
    if isinstance(first, Words) and isinstance(second, Words):
        return first.is_wider(second)
    return first == second
