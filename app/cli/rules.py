"""prepost rules: the rules and their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.checks import CHECKS
from app.checks.base import Check


def rules(
    out: Annotated[Path | None, typer.Option(help="write one Markdown page per rule under this folder")] = None,
) -> None:
    """List the rules, or write their pages."""
    for check in CHECKS:
        if out is None:
            typer.echo(f"{check.id:40} {check.title}")
            continue
        path = out / f"{check.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(check), encoding="utf-8")


def page(check: Check) -> str:
    """The rule's page: its manual, the languages it knows and its sources."""
    manual = check.manual
    for part in ("Why", "Flag", "Allow"):
        manual = manual.replace(f"\n{part}:", f"\n\n**{part}:**")
    languages = ", ".join(sorted(check.languages)) if check.languages else "any"
    sources = "".join(f"- {source}\n" for source in check.sources)
    return (
        f"# {check.title}\n\n`{check.id}`, generated from the rule by `make docs`. Languages: {languages}."
        f" Grades: {', '.join(check.default_grades)}.\n\n{manual.replace(chr(10) * 3, chr(10) * 2)}\n"
        + (f"\n## Sources\n\n{sources}" if sources else "")
    )
