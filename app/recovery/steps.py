"""Steps with a clock: what to do in the minutes and hours after a mistake, and by when. The table is `steps.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.errors import BadRecovery
from app.recovery import conditions, sheet
from app.recovery.conditions import Conditions, Facts

CONDITIONS = (
    "outcome", "mistake", "hurt", "harm", "legal", "reach", "minutes", "spreading", "deleted", "right", "figure",
    "speaker", "account",
)  # fmt: skip
COLUMNS = ("step", "from", "to", *CONDITIONS, "who", "do", "why", "command")
_GAPS = {"platform": "x", "post": "post", "account": "acme", "until": "12:00"}


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    starts: int
    """minutes from now at which to begin"""
    due: int
    """minutes from now by which it is to be done"""
    who: str
    do: str
    why: str
    command: str | None
    """what to run for it in Prepost"""
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Due:
    """A step of one incident, with its words filled in and its moment."""

    step: Step
    do: str
    command: str | None
    due_at: datetime


class Steps:
    def __init__(self, table: Sequence[Step]) -> None:
        self.table = tuple(table)

    @classmethod
    def load(cls, file: Path) -> Steps:
        """Raises BadRecovery with the line at fault."""
        table: list[Step] = []
        for where, cells in sheet.rows(file, COLUMNS):
            step = _step(cells, where)
            if any(step.id == other.id for other in table):
                raise BadRecovery(f"{where}: step: there is another {step.id!r}")
            table.append(step)
        return cls(table)

    def plan(self, facts: Facts, now: datetime, words: Mapping[str, str]) -> list[Due]:
        """Those that the facts ask for, in the order of their clock. `words`: for `platform`, `post`, `account`."""
        found = [step for step in self.table if conditions.hold(step.conditions, facts)]
        return [_due(step, now, words) for step in sorted(found, key=lambda step: (step.due, step.starts))]


def _due(step: Step, now: datetime, words: Mapping[str, str]) -> Due:
    until = (now + timedelta(hours=2)).astimezone().strftime("%Y-%m-%dT%H:%M:%S")  # the command takes local time
    filled = {**words, "until": until}
    command = step.command.format_map(filled) if step.command else None
    return Due(step, step.do.format_map(filled), command, now + timedelta(minutes=step.due))


def _step(cells: dict[str, str], where: str) -> Step:
    for column in ("step", "who", "do", "why"):
        if not cells[column]:
            raise BadRecovery(f"{where}: {column} is empty")
    starts, due = (_minutes(cells[column], f"{where}: {column}") for column in ("from", "to"))
    if due < starts:
        raise BadRecovery(f"{where}: to: ends before it begins")
    for column in ("do", "command"):
        try:
            cells[column].format_map(_GAPS)
        except (KeyError, ValueError, IndexError) as error:
            raise BadRecovery(f"{where}: {column}: only {', '.join(sorted(_GAPS))} may stand in braces") from error
    held = conditions.read({column: cells[column] for column in CONDITIONS}, where)
    command = cells["command"] or None
    return Step(cells["step"], starts, due, cells["who"], cells["do"], cells["why"], command, held)


def _minutes(cell: str, where: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 5:
        raise BadRecovery(f"{where}: {cell!r} is no whole number of minutes")
    return int(cell)
