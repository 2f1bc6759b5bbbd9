"""prepost platforms: the tables of limits and rules, verified and as a page."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.checks import CHECKS
from app.domain import Limit
from app.platforms.rules import Row
from app.platforms.tables import PlatformTables
from app.settings import Settings

_HEAD = """\
# Platforms: limits and rules

Generated from `data/platforms` by `make docs`. `prepost platforms` reads the tables as the service does and says which
row it refuses.

An account's `tier` (`premium`, `premium_plus`, `verified_organization` on X) and its own `limits` take the place of
these figures. A limit's name is its field, or the platform and the field: `{"text": 5000}` or
`{"mastodon_text": 5000, "bluesky_images": 10}`; `characters` means `text`. A platform without a row is held to nothing
but the account's own limits.
"""
_LIMITS = """
## Limits that a draft is held to

Of each row a draft at the limit passes and one past it is named: `pytest tests/checks/test_limits.py` tries them all.
A breach holds a draft only where the platform's API refuses it and the platform itself says so (*refused*, *sourced*);
else it warns. That media are missing is only noted.

"""
_NOT = """
## Limits that the request can't express

"""
_RULES = """
## Rules

What judges a row is named; a row that nothing judges says why. A breach holds a draft where its severity is `block` or
`high` and its confidence `sourced`; `medium` rows, and what others or nobody confirms, warn at most; `low` is a note.

"""


def platforms(out: Annotated[Path | None, typer.Option(help="write the page to this file")] = None) -> None:
    """Verify the tables of platform limits and rules, or write their page."""
    folder = Settings().platforms_dir
    tables = PlatformTables.load(folder, [check.id for check in CHECKS])
    if out is not None:
        out.write_text(page(tables, folder), encoding="utf-8")
        return
    judged = sum(bool(row.judged_by) for row in tables.rows)
    limits = sum(map(len, tables.limits.values()))
    typer.echo(f"{limits} limits; {len(tables.rows)} rules, {judged} of them judged")


def page(tables: PlatformTables, folder: Path) -> str:
    limits = [limit for rows in tables.limits.values() for limit in rows]
    held = [_HEAD, _LIMITS, *_table(_LIMIT_HEAD, map(_limit, limits))]
    parts = [*held, _NOT, *_table(_NOT_HEAD, _not_expressed(folder))]
    return "".join([*parts, _RULES, *_table(_RULE_HEAD, map(_rule, tables.rows))])


_LIMIT_HEAD = ("platform", "field", "for", "at least", "at most", "unit", "beyond it", "known", "source")
_NOT_HEAD = ("platform", "what", "limit", "why not")
_RULE_HEAD = ("row", "where", "rule", "severity", "known", "judged by", "source")


def _limit(limit: Limit) -> tuple[str, ...]:
    beyond = "refused" if limit.refused else "ignored, cut or shown less"
    least, most = ("" if each is None else f"{each:,}" for each in (limit.at_least, limit.at_most))
    source = ", ".join(filter(None, (limit.source, limit.date)))
    return limit.platform, limit.field, limit.when, least, most, limit.unit, beyond, limit.confidence, source


def _not_expressed(folder: Path) -> Iterator[tuple[str, ...]]:
    with (folder / "not_expressed.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["platform"], row["what"], row["limit"], row["why"]


def _rule(row: Row) -> tuple[str, ...]:
    facts = row.facts
    where = ", ".join(filter(None, (facts["platforms"], facts["jurisdictions"], facts["sectors"])))
    judged = f"`{row.judged_by}`" if row.judged_by else f"nothing: {facts['why_not']}"
    source = f"{facts['authority']}, {facts['reference']}; {facts['source']}, {facts['source_date']}"
    return row.rule.id, where, facts["rule"], row.severity, row.confidence, judged, source


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n"
