"""All tables of `data/platforms`, read once at start, and which of their rules hold for an account's draft."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self, get_args

from app import regions
from app.domain import Account, AccountKind, Draft, DraftKind, Platform, PlatformRule
from app.errors import BadPlatforms
from app.platforms.limits import FIELDS, Limits, read_limits
from app.platforms.rules import Row, read_rules
from app.platforms.sectors import Sectors, read_sectors

FILES = ("limits.csv", "rules.csv", "sectors.toml", "triggers.toml")
_SCOPES = 512
_OF_TEXT = ("characters", "max_characters")
"""other names of an account's own limit of the text"""
LIMIT_NAMES = frozenset(
    name
    for field in (*FIELDS, *_OF_TEXT)
    for name in (field, *(f"{platform}_{field}" for platform in get_args(Platform)))
)
Holding = Mapping[str, tuple[PlatformRule, ...]]


class Scope(NamedTuple):
    """What of an account and a draft decides which rules hold."""

    told: tuple[str | None, ...]
    """what the account says of itself"""
    kind: AccountKind
    stated: tuple[str, ...]
    """jurisdictions that it names"""
    regions: tuple[str, ...]
    platforms: tuple[Platform, ...]
    draft: DraftKind


class PlatformTables:
    """Nothing is read or written after it is made; what was asked for last is remembered."""

    def __init__(self, limits: Limits, rows: Sequence[Row], sectors: Sectors, digest: str) -> None:
        self.limits, self.rows, self.digest = limits, tuple(rows), digest
        self._sectors = sectors
        self._judged = tuple(row for row in rows if row.judged_by)
        self._told_of = frozenset(code for row in self._judged for code in row.jurisdictions)
        self._holding = lru_cache(maxsize=_SCOPES)(self._compute)

    @classmethod
    def load(cls, folder: Path, checks: Sequence[str]) -> Self:
        """`checks`: the ids of the rules there are. Raises BadPlatforms with the file and the row at fault."""
        try:
            total = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
        except OSError as error:
            raise BadPlatforms(f"{folder}: {error}") from error
        return cls(*_read(folder, tuple(checks), total))

    def judged_by(self, check: str) -> tuple[str, ...]:
        """A sentence for each row that a rule judges: what it asks, where, whose it is and how well it is known."""
        return tuple(told(row) for row in self._judged if row.judged_by == check)

    def holding(self, account: Account, draft: Draft) -> Holding:
        """The rules that hold, by the rule that judges them."""
        told = (account.sector, account.display_name, account.description, account.handle)
        return self._holding(
            Scope(told, account.kind, account.jurisdictions, account.regions, draft.platforms, draft.kind)
        )

    def law(self, account: Account) -> frozenset[str]:
        """Codes of the jurisdictions that it states, or else of its regions, with their countries and unions."""
        return _widened(account.jurisdictions or account.regions)

    def without_rules(self, account: Account) -> tuple[str, ...]:
        """The jurisdictions that it names and of whose law no row tells anything."""
        if not account.jurisdictions:
            return ()
        return tuple(each for each in account.jurisdictions if not _widened((each,)) & self._told_of)

    def unknown_limits(self, account: Account) -> tuple[str, ...]:
        """The account's own limits whose names are none of a field, alone or behind a platform's."""
        return tuple(name for name in account.limits if name not in LIMIT_NAMES) if account.limits else ()

    def _compute(self, scope: Scope) -> Holding:
        sectors = self._sectors.of(*scope.told)
        stated, read_in = _widened(scope.stated), _widened(scope.stated or scope.regions)
        found: dict[str, tuple[PlatformRule, ...]] = {}
        for row in self._judged:
            if not _is_in_scope(row, scope, stated if row.stated else read_in):
                continue
            if (rule := _for_sectors(row, sectors)) is not None:
                rule = replace(rule, platforms=tuple(name for name in scope.platforms if name in row.platforms))
                found[row.judged_by] = (*found.get(row.judged_by, ()), rule)
        return found


@lru_cache(maxsize=4)
def _read(folder: Path, checks: tuple[str, ...], digest: str) -> tuple[Limits, Sequence[Row], Sectors, str]:
    """Compiled once for files of one digest, however many services a process starts."""
    sectors = read_sectors(folder / "sectors.toml")
    return read_limits(folder / "limits.csv"), read_rules(folder, checks, sectors), sectors, digest


def told(row: Row) -> str:
    """A row as a sentence for its rule's page."""
    facts = row.facts
    where = ", ".join(filter(None, (facts["platforms"], facts["jurisdictions"], facts["sectors"]))) or "anywhere"
    known = f"{row.confidence}: {facts['source']}, {facts['source_date']}"
    return f"{row.rule.id} ({where}): {facts['rule']}. {facts['authority']}, {facts['reference']} ({known})"


def _is_in_scope(row: Row, scope: Scope, jurisdictions: frozenset[str]) -> bool:
    return (
        (not row.platforms or not row.platforms.isdisjoint(scope.platforms))
        and (not row.jurisdictions or not row.jurisdictions.isdisjoint(jurisdictions))
        and (not row.kinds or scope.kind in row.kinds)
        and (not row.drafts or scope.draft in row.drafts)
    )


def _for_sectors(row: Row, sectors: frozenset[str]) -> PlatformRule | None:
    """The row's rule; where the account's words don't name its sector, only for drafts that speak of it."""
    if not row.sectors or not row.sectors.isdisjoint(sectors):
        return row.rule
    return replace(row.rule, also=(*row.rule.also, *row.topic)) if row.topic else None


@lru_cache(maxsize=_SCOPES)
def _widened(named: tuple[str, ...]) -> frozenset[str]:
    """Codes as they are, in capitals, with the countries that parts lie in, and EU for its members."""
    codes = {regions.meant(name) for name in named}
    codes |= {code.partition("-")[0] for code in codes}
    return frozenset(codes | ({regions.EU} if codes & regions.EU_MEMBERS else set()))
