"""prepost recover: what to do after a mistake, by when, and what to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from app.api import convert
from app.api.schemas.recovery import RecoverRequest
from app.cli import session
from app.errors import Invalid
from app.service import recovery
from app.service.recovery import RecoveryQuery

_TITLES = {
    "let_it_go": "LET IT GO",
    "correct_quietly": "CORRECT IT QUIETLY",
    "correct_in_public": "CORRECT IT IN PUBLIC",
    "apologise": "APOLOGISE",
    "escalate": "ESCALATE",
}


def recover(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="the post that went wrong; `-` or nothing reads standard input")
    ] = None,
    request: Annotated[Path | None, typer.Option(help="a file with a whole request in JSON", exists=True)] = None,
    mistake: Annotated[
        str | None,
        typer.Option(
            help="what kind: wrong_account, offensive, sombre_context, "
            "unverified_claim, platform_rule, automation, private_information or slip"
        ),
    ] = None,
    what: Annotated[str | None, typer.Option(help="what was wrong, in a few words")] = None,
    right: Annotated[str | None, typer.Option(help="what is right instead")] = None,
    hurt: Annotated[
        list[str] | None,
        typer.Option(
            help="whom it hurt: person, customers, group, grieving, partner, public, staff, nobody; left out: unknown"
        ),
    ] = None,
    harm: Annotated[str | None, typer.Option(help="none, annoyance, offence, loss or danger")] = None,
    legal: Annotated[bool, typer.Option("--legal", help="a law, a regulator or a contract may be concerned")] = False,
    account: Annotated[str | None, typer.Option(help="the id of a stored account")] = None,
    account_kind: Annotated[str, typer.Option(help="kind of an account that isn't stored")] = "brand",
    handle: Annotated[str, typer.Option(help="handle of an account that isn't stored")] = "@account",
    platform: Annotated[str, typer.Option(help="where it went out")] = "other",
    posted_at: Annotated[str | None, typer.Option(help="when, e.g. 2026-11-11T10:52:00Z")] = None,
    deleted: Annotated[bool, typer.Option("--deleted", help="it is deleted already")] = False,
    reach: Annotated[int | None, typer.Option(help="people who have seen it")] = None,
    spreading: Annotated[bool | None, typer.Option("--spreading/--not-spreading", help="it is being passed on")] = None,
    tone: Annotated[str | None, typer.Option(help="formal, warm or playful; left out: the account's")] = None,
    language: Annotated[str | None, typer.Option(help="of the drafts")] = None,
    drafts: Annotated[bool, typer.Option("--drafts/--no-drafts", help="whether drafts are wanted")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="print the answer as the API gives it")] = False,
) -> None:
    """What to do after a mistake: whether to answer at all, steps with a clock, and drafts with gaps to fill."""
    if request is not None:
        _refuse_beside_a_request(ctx)
        body = session.read_object(request)
    else:
        post = {"text": session.draft_text(text), "platform": platform, "posted_at": posted_at, "deleted": deleted}
        wrong = {"kind": mistake, "what": what, "right": right, "hurt": _hurt(hurt), "harm": harm, "legal": legal}
        body = {
            "post": post,
            "account": account or {"handle": handle, "kind": account_kind},
            "mistake": wrong,
            "reach": reach,
            "spreading": spreading,
            "options": {"tone": tone, "language": language, "drafts": drafts},
        }
    asked = query(body)
    with session.services() as parts:
        found = recovery.recover(parts.recovery, parts.checker, parts.desk.directory, asked)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(told(found)))


def _refuse_beside_a_request(ctx: typer.Context) -> None:
    """What is given beside a whole request would be lost in silence."""
    given = [name for name in sorted(ctx.params) if name not in ("request", "as_json") and _is_given(ctx, name)]
    if beside := ", ".join(name.replace("_", "-") for name in given):
        raise typer.BadParameter(f"--request holds all of it: put {beside} into the file")


def _is_given(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _hurt(named: list[str] | None) -> list[str] | None:
    """`--hurt person,customers` is read as well as the option given twice."""
    if not named:
        return None
    several = [each.strip() for name in named for each in name.split(",")]
    return [] if several == ["nobody"] else several


def query(body: dict[str, Any]) -> RecoveryQuery:
    """A request's body as the API reads it. Raises Invalid with the fields at fault."""
    try:
        return convert.incident(RecoverRequest.model_validate_json(json.dumps(body)))
    except (ValidationError, UnicodeEncodeError) as error:
        raise Invalid(session.faults(error)) from error


def told(found: dict[str, Any]) -> Iterator[str]:
    """The answer in lines for a terminal."""
    yield _TITLES[found["outcome"]]
    yield from (f"  {reason}" for reason in found["reasons"])
    if found["degraded"]:
        yield "  Not every check could be made."
    if found["unknown"]:
        yield f"  Not known: {', '.join(found['unknown'])}"
    if found["would_change"]:
        yield "\nIt would be another matter"
        yield from (f"  {each['condition']}: {_TITLES[each['outcome']].lower()}" for each in found["would_change"])
    yield "\nWhat to do, minutes from now"
    for step in found["steps"]:
        yield f"  {step['from_minute']:>4}-{step['to_minute']:<4} {step['do']} ({step['who']})"
        if step["command"]:
            yield f"            {step['command']}"
    for number, draft in enumerate(found["drafts"], 1):
        room = "" if draft["room"] is None else f", {draft['room']} characters for the gaps"
        yield f"\nDraft {number} ({draft['tone']}, for {draft['platform']}{room})\n  {draft['text']}"
        yield from (f"    {gap['ask']}: {gap['hint']}" for gap in draft["gaps"] if gap["hint"])
    if found["changes"]:
        yield "\nSo that it doesn't happen again"
        for change in found["changes"]:
            yield f"  - {change['what']}"
            yield from (f"      {line}" for line in (change["policy"] or "").splitlines())
    yield from (f"\n{note}" for note in found["notes"])
