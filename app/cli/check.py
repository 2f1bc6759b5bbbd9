"""prepost check: judge one draft."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import render, session

EXIT = {"pass": 0, "warn": 1, "hold": 2, "block": 2}


def check(
    text: Annotated[str | None, typer.Argument(help="the draft; `-` or nothing reads standard input")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="a file with the draft's text", exists=True)] = None,
    request: Annotated[Path | None, typer.Option(help="a file with a whole request in JSON", exists=True)] = None,
    account: Annotated[str | None, typer.Option(help="the id of a stored account")] = None,
    account_kind: Annotated[str, typer.Option(help="kind of an account that isn't stored")] = "brand",
    handle: Annotated[str, typer.Option(help="handle of an account that isn't stored")] = "@account",
    platform: Annotated[str, typer.Option(help="where it will go out")] = "other",
    intent: Annotated[str | None, typer.Option(help="what it is meant to do; `apology`: it is reviewed as one")] = None,
    policy: Annotated[str | None, typer.Option(help="policy by name")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the reply as the API gives it")] = False,
) -> None:
    """Judge one draft: exit code 0 pass, 1 warn, 2 hold or block."""
    if sum(source is not None for source in (text, file, request)) > 1:
        raise typer.BadParameter("give the draft once: as text, --file or --request")
    body: dict[str, Any]
    if request is not None:
        body = session.read_object(request)
    else:
        body = {
            "draft": {"text": session.draft_text(text, file), "platform": platform, "intent": intent},
            "account": account or {"handle": handle, "kind": account_kind},
        }
    if policy is not None:
        options = body.get("options", {})
        body["options"] = {**options, "policy": policy} if isinstance(options, dict) else options
    asked = session.query(body)
    with session.services() as services:
        if services.fact_checks is not None:
            services.fact_checks.prime()
        outcome = asyncio.run(services.desk.check(asked))
    typer.echo(
        json.dumps(outcome.reply, ensure_ascii=False) if as_json else render.render(outcome.reply, asked.draft.text)
    )
    raise typer.Exit(EXIT[outcome.reply["verdict"]])
