"""prepost audit: run a file of posts through the same path as the service, and sum up."""

from __future__ import annotations

import asyncio
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from app.cli import session
from app.errors import Invalid, PrepostError
from app.service import accounts
from app.service.check import Outcome
from app.service.query import Query
from app.service.services import Services

_BATCH = 100
_BAD_DATA = 65
csv.field_size_limit(10_000_000)


def audit(
    file: Annotated[
        Path, typer.Argument(help="CSV with a header, or JSONL: one post or one whole request a line", exists=True)
    ],
    out: Annotated[Path | None, typer.Option(help="results, JSONL; default: FILE.checked.jsonl")] = None,
    column: Annotated[str, typer.Option(help="column or field with the text")] = "text",
    account: Annotated[str | None, typer.Option(help="the id of a stored account")] = None,
    account_kind: Annotated[str, typer.Option(help="kind of an account that isn't stored")] = "brand",
    platform: Annotated[str, typer.Option(help="where the posts went out")] = "other",
) -> None:
    """Judge every post of a file; write one result a line and a summary. Exit code 65 where a row can't be judged."""
    target = out or file.with_suffix(file.suffix + ".checked.jsonl")
    defaults = {"account": account or {"handle": "@account", "kind": account_kind}, "platform": platform}
    records = list(_records(file, column))
    session.query(_body(".", defaults))  # a wrong option is refused once, not for each row
    with session.services() as services:
        if account is not None:
            accounts.find(services.database, account)
        results = _judge_all(services, records, defaults)
        counted = _write(results, target)
    typer.echo(_summary(*counted, target))
    if counted[0]["error"]:
        raise typer.Exit(_BAD_DATA)


def _judge_all(services: Services, records: list[dict[str, Any]], defaults: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One result a record, in order, with a bar that moves on standard error."""
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("checking", total=len(records))
        for batch in _batched(records):
            queries = [_query(record, defaults) for record in batch]
            for record, outcome in zip(batch, asyncio.run(services.desk.check_many(queries)), strict=True):
                yield _result(record, outcome)
            progress.advance(task, len(batch))


def _write(results: Iterable[dict[str, Any]], target: Path) -> tuple[Counter[str], Counter[str]]:
    """Write one result a line; how many there were of each verdict, and of each rule's warnings."""
    verdicts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    with target.open("w", encoding="utf-8") as sink:
        for result in results:
            verdicts[result["verdict"]] += 1
            rules.update(warning["rule"] for warning in result.get("warnings", ()))
            sink.write(json.dumps(result, ensure_ascii=False) + "\n")
    return verdicts, rules


def _records(file: Path, column: str) -> Iterator[dict[str, Any]]:
    """Each post with its line number; a row that can't be read is an error of its own, not the end."""
    # What is no UTF-8 becomes lone surrogates, for which that row alone is refused.
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as source:
        if file.suffix.lower() == ".csv":
            yield from _rows(csv.DictReader(source), file.name, column)
            return
        for number, line in enumerate(source, 1):
            if line.strip():
                yield {"line": number} | _parsed(line, column)


def _rows(reader: csv.DictReader[str], name: str, column: str) -> Iterator[dict[str, Any]]:
    try:
        if column not in (reader.fieldnames or ()):
            raise Invalid(f"{name} has no column {column!r}")
        for row in reader:
            yield {"line": reader.line_num, "text": row[column] or ""}
    except csv.Error as error:
        raise Invalid(f"{name}:{reader.line_num}: {error}") from error


def _parsed(line: str, column: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": f"not JSON: {error}"}
    if isinstance(item, dict) and "draft" in item:
        return {"request": item}
    if isinstance(item, dict) and isinstance(item.get(column), str):
        return {"text": item[column]}
    return {"error": f"no field {column!r} with text"}


def _query(record: dict[str, Any], defaults: dict[str, Any]) -> Query | PrepostError:
    if "error" in record:
        return Invalid(record["error"])
    try:
        return session.query(record.get("request") or _body(record["text"], defaults))
    except PrepostError as refusal:
        return refusal


def _body(text: str, defaults: dict[str, Any]) -> dict[str, Any]:
    return {"draft": {"text": text, "platform": defaults["platform"]}, "account": defaults["account"]}


def _result(record: dict[str, Any], outcome: Outcome | PrepostError) -> dict[str, Any]:
    if isinstance(outcome, PrepostError):
        return {"line": record["line"], "verdict": "error", "error": outcome.detail}
    return {"line": record["line"], **outcome.reply}


def _summary(verdicts: Counter[str], rules: Counter[str], target: Path) -> str:
    total = sum(verdicts.values())
    lines = [f"{total} posts, results in {target}"]
    for name in ("pass", "warn", "hold", "block", "error"):
        if verdicts[name]:
            lines.append(f"  {name:6} {verdicts[name]:7}  {verdicts[name] / total:6.1%}")
    lines += [f"  {count:7}  {rule}" for rule, count in rules.most_common(12)]
    return "\n".join(lines)


def _batched(records: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], ...]]:
    for start in range(0, len(records), _BATCH):
        yield tuple(records[start : start + _BATCH])
