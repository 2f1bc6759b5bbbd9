"""Our list of days of mourning and remembrance: rows of CSV, each checked before it is used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from app import regions
from app.errors import BadCalendar
from app.events.dates import Rule, parse
from app.regions import EU, EU_MEMBERS

Begins = Literal["midnight", "sunset"]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
COLUMNS = (
    "id", "name", "rule", "days", "since", "regions", "sub_kind", "severity", "begins", "silence", "words", "careful",
    "confirmed", "source",
)  # fmt: skip
SUB_KINDS: frozenset[str] = frozenset(
    """accident, attack, civic remembrance, disappearance, disaster, famine, genocide, health remembrance,
    indigenous mourning, indigenous remembrance, mass shooting, massacre, national mourning, pandemic, racial justice,
    religious mourning, religious solemn, repression, service remembrance, slavery, terror attack,
    violence remembrance, war remembrance""".replace("\n    ", " ").split(", ")
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Observance:
    """One day of mourning or remembrance that comes again each year."""

    id: str
    written: tuple[str, ...]
    """its row, cell by cell: two with the same cells are the same day"""
    name: str
    rule: Rule
    regions: tuple[str, ...]
    """ISO 3166 codes or WORLD; the members beside EU"""
    sub_kind: str
    severity: int
    """1: a day on which ordinary posts go on; 2: a day of mourning; 3: public life stops or is bound by law"""
    days: int = 1
    """how long it lasts: of an Islamic date two, for the moon may be seen a day later than computed"""
    since: int = 0
    """the first year of it; 0: longer ago than posts are"""
    begins: Begins = "midnight"
    silence: str | None = None
    """when people fall silent, local time"""
    words: tuple[str, ...] = ()
    """what, said on that day, speaks of it"""
    careful: tuple[str, ...] = ()
    """everyday words that have gone wrong on it; on a day of mourning they clash in a draft that is not sober"""
    confirmed: bool = False
    """whether somebody but us says when it is; else it warns at most"""
    source: str | None = None


def read_all(folder: Path) -> tuple[Observance, ...]:
    """Every row of every CSV in the folder, by the files' names. Raises BadCalendar with the file and the line."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise BadCalendar(f"{folder}: there is no CSV in it (a file with the heading alone is an empty calendar)")
    found: dict[str, Observance] = {}
    for file in files:
        for line, observance in _read(file):
            if observance.id in found:
                raise BadCalendar(f"{file.name}:{line}: id: {observance.id!r} is there already")
            found[observance.id] = observance
    return tuple(found.values())


def _read(file: Path) -> Iterator[tuple[int, Observance]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadCalendar(f"{file.name}:1: the columns must be {','.join(COLUMNS)}")
            for row in rows:
                yield rows.line_num, _observance(row, f"{file.name}:{rows.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadCalendar(f"{file.name}: {error}") from error


def _observance(row: dict[str, str], where: str) -> Observance:
    if None in row or None in row.values():
        raise BadCalendar(f"{where}: {len(COLUMNS)} cells are needed")
    cells = _Cells(row, where)
    confirmed = cells.one_of("confirmed", ("yes", "no")) == "yes"
    if confirmed and not row["source"].strip():
        raise BadCalendar(f"{where}: source: a confirmed row names who says so")
    if row["rule"].startswith("islamic") and row["days"] == "1":
        raise cells.fail("days", "an Islamic date needs 2: the moon may be seen a day later than computed")
    return Observance(
        id=cells.matching("id", _ID),
        written=tuple(row.values()),
        name=cells.filled("name"),
        rule=cells.rule(),
        regions=cells.regions(),
        sub_kind=cells.one_of("sub_kind", sorted(SUB_KINDS)),
        severity=int(cells.one_of("severity", ("1", "2", "3"))),
        days=int(cells.one_of("days", [str(number) for number in range(1, 32)])),
        since=int(cells.matching("since", re.compile(r"\d{4}"))) if row["since"] else 0,
        begins=cast(Begins, cells.one_of("begins", get_args(Begins))),
        silence=cells.matching("silence", _TIME) if row["silence"] else None,
        words=cells.several("words"),
        careful=cells.several("careful"),
        confirmed=confirmed,
        source=row["source"].strip() or None,
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's cells, each refused by its name where it is wrong."""

    row: dict[str, str]
    where: str

    def fail(self, name: str, reason: str) -> BadCalendar:
        return BadCalendar(f"{self.where}: {name}: {reason}")

    def filled(self, name: str) -> str:
        if not (value := self.row[name].strip()):
            raise self.fail(name, "is empty")
        return value

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self.filled(name)
        if not pattern.fullmatch(value):
            raise self.fail(name, f"{value!r} is not of the form {pattern.pattern}")
        return value

    def one_of(self, name: str, known: tuple[str, ...] | list[str]) -> str:
        value = self.filled(name)
        if value not in known:
            raise self.fail(name, f"{value!r} is none of {', '.join(known)}")
        return value

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word.strip() for word in self.row[name].split(";") if word.strip()))

    def rule(self) -> Rule:
        try:
            return parse(self.filled("rule"))
        except ValueError as error:
            raise self.fail("rule", str(error)) from error

    def regions(self) -> tuple[str, ...]:
        named = self.filled("regions").split()
        for region in named:
            if not regions.is_known(region):
                raise self.fail("regions", regions.fault(region))
        return tuple(dict.fromkeys((*named, *(sorted(EU_MEMBERS) if EU in named else ()))))
