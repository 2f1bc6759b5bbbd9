"""prepost policy: look a folder of policies over before the service takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.checks import CHECKS
from app.cli.model_folders import refuse
from app.errors import BadPolicy
from app.policy import OwnRule, Policy
from app.service.policies import read_policies
from app.settings import Settings

cli = typer.Typer(help=__doc__, no_args_is_help=True)


@cli.command("check")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="policy files; else PREPOST_POLICY_DIR's", exists=True, file_okay=False
        ),
    ] = None,
) -> None:
    """Read each policy as the service would, and try the cases of its own rules."""
    refusals: list[str] = []
    for name, policy in read_policies(folder or Settings().policy_dir, [check.id for check in CHECKS]):
        if isinstance(policy, BadPolicy):
            refusals.append(policy.detail)
        else:
            typer.echo(f"{name}: {policy.label}, {_counted(len(policy.own), 'own rule')}")
            for rule in policy.own.values():
                typer.echo(_row(policy, rule))
    if refusals:
        raise refuse(refusals)


def _row(policy: Policy, rule: OwnRule) -> str:
    made = policy.rules[rule.id]
    parts = [(len(rule.words), "word"), (len(rule.patterns), "pattern")]
    looks_for = ", ".join(_counted(count, name) for count, name in parts if count)
    holds = f"{len(rule.flag)} flagged and {len(rule.allow)} allowed, as they should be"
    return f"  {rule.id:40} {made.mode:8} {made.severity_of('default'):8} {looks_for}; {holds}"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"
