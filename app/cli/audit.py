"""prepost audit: run a file of posts through the same path as the service, and sum up."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from app.api import convert, problems
from app.api.schemas.check import CheckRequest
from app.cli import exits, rows, session
from app.cli.rows import Layout, Row
from app.errors import PrepostError, StoreUnavailable
from app.service import accounts
from app.service.check import Outcome
from app.service.query import Query
from app.service.services import Services

_BATCH = 100
_MOST_SHOWN = 12


def audit(
    file: Annotated[
        Path, typer.Argument(help="CSV with a header, or JSONL: one post or one whole request a line", exists=True)
    ],
    out: Annotated[Path | None, typer.Option(help="results, JSONL; default: FILE.checked.jsonl")] = None,
    column: Annotated[str, typer.Option(help="column or field with the text")] = "text",
    platform_column: Annotated[
        str | None, typer.Option(help="the one with the platform; else `platform`, where there is one; '' for none")
    ] = None,
    account_column: Annotated[
        str | None,
        typer.Option(help="with a stored account's id, or the @handle of one that isn't stored; else `account`"),
    ] = None,
    date_column: Annotated[
        str | None, typer.Option(help="with the moment to judge for; else `scheduled_for`, or else `date`")
    ] = None,
    kind_column: Annotated[str | None, typer.Option(help="with the kind of post; else `kind`")] = None,
    account: Annotated[str | None, typer.Option(help="the id of a stored account, for rows that name none")] = None,
    account_kind: Annotated[str, typer.Option(help="kind of an account that isn't stored")] = "brand",
    platform: Annotated[str, typer.Option(help="where the posts go out, for rows that name none")] = "other",
) -> None:
    """Judge every post of a file; write one result a line and a summary.

    Exit code: 0 where every row was judged, whatever the verdicts; 65 where some could not be, and the results say why;
    70 where it was Prepost that failed.
    """
    target = out or file.with_suffix(file.suffix + ".checked.jsonl")
    layout = Layout(
        text=column,
        platform=_columns(platform_column, "platform"),
        account=_columns(account_column, "account"),
        date=_columns(date_column, "scheduled_for", "date"),
        kind=_columns(kind_column, "kind"),
        default_platform=platform,
        default_account=account,
        account_kind=account_kind,
        named=tuple(name for name in (platform_column, account_column, date_column, kind_column) if name),
    )
    found = list(rows.read(file, layout))
    session.query(layout.body({column: "."}))  # a wrong option is refused once, not for each row
    with session.services() as services:
        if account is not None:
            accounts.find(services.database, account)
        tally = _write(_judge_all(services, found), target)
    typer.echo(_summary(tally, target))
    raise typer.Exit(tally.exit_code)


def _columns(named: str | None, *usual: str) -> tuple[str, ...]:
    if named is None:
        return usual
    return (named,) if named else ()


def _judge_all(services: Services, found: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """One result a row, in order, with a bar that moves on standard error."""
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("checking", total=len(found))
        for start in range(0, len(found), _BATCH):
            batch = found[start : start + _BATCH]
            parsed = [_query(row) for row in batch]
            queries = [item for item in parsed if isinstance(item, Query)]
            outcomes = iter(_outcomes(services, queries))
            for row, item in zip(batch, parsed, strict=True):
                yield {"line": row.line, **(_result(next(outcomes)) if isinstance(item, Query) else _failed(item))}
            progress.advance(task, len(batch))


def _outcomes(services: Services, queries: Sequence[Query]) -> Sequence[Outcome | PrepostError]:
    """A batch whose records could not be written has no verdicts."""
    try:
        return asyncio.run(services.desk.check_many(queries))
    except StoreUnavailable as failure:
        return [failure] * len(queries)


def _query(row: Row) -> Query | dict[str, Any]:
    """The row as a query, or the problem that it is."""
    if isinstance(row.body, PrepostError):
        return problems.from_error(row.body)
    try:
        return convert.query(CheckRequest.model_validate(row.body))
    except ValidationError as error:
        return problems.item_problem(error, row.body)


def _result(outcome: Outcome | PrepostError) -> dict[str, Any]:
    return _failed(problems.from_error(outcome)) if isinstance(outcome, PrepostError) else outcome.reply


def _failed(problem: dict[str, Any]) -> dict[str, Any]:
    faults = (f"{fault['pointer']}: {fault['detail']}".removeprefix(": ") for fault in problem.get("errors", ()))
    return {"verdict": "error", "error": "; ".join(faults) or problem["detail"], "problem": problem}


@dataclass(slots=True)
class _Tally:
    verdicts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    degraded: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    """the line of the first row that failed, by the reason"""
    exit_code: int = 0

    def add(self, result: dict[str, Any]) -> None:
        self.verdicts[result["verdict"]] += 1
        self.degraded += result.get("degraded", False)
        self.rules.update(warning["rule"] for warning in result.get("warnings", ()))
        if "problem" in result:
            self.reasons[result["error"]] += 1
            self.first.setdefault(result["error"], result["line"])
            code = exits.BAD_DATA if result["problem"]["status"] < 500 else exits.FAILED
            self.exit_code = max(self.exit_code, code)


def _write(results: Iterable[dict[str, Any]], target: Path) -> _Tally:
    """Write one result a line; what there was of each."""
    tally = _Tally()
    with target.open("w", encoding="utf-8") as sink:
        for result in results:
            tally.add(result)
            sink.write(json.dumps(result, ensure_ascii=False) + "\n")
    return tally


def _summary(tally: _Tally, target: Path) -> str:
    total = tally.verdicts.total()
    lines = [f"{total} posts, results in {target}"]
    for name in ("pass", "warn", "hold", "block", "error"):
        if count := tally.verdicts[name]:
            lines.append(f"  {name:6} {count:7}  {count / total:6.1%}")
    if tally.degraded:
        lines.append(f"  {tally.degraded} of them degraded: a check failed")
    lines += [f"  {count:7}  {rule}" for rule, count in tally.rules.most_common(_MOST_SHOWN)]
    if tally.reasons:
        lines.append(f"{tally.reasons.total()} could not be judged:")
    for reason, count in tally.reasons.most_common(_MOST_SHOWN):
        lines.append(f"  {count:7}  {reason} (first: line {tally.first[reason]})")
    if (more := len(tally.reasons) - _MOST_SHOWN) > 0:
        lines.append(f"           and {more} more reasons, each in its result")
    return "\n".join(lines)
