"""The posts of a file, CSV with a header or JSONL, each as the body of a request."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import Invalid

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column or field holds what, the first that is filled counting, and what holds where none is."""

    text: str
    platform: tuple[str, ...]
    account: tuple[str, ...]
    date: tuple[str, ...]
    kind: tuple[str, ...]
    default_platform: str
    default_account: str | None
    account_kind: str
    named: tuple[str, ...] = ()
    """columns that the caller named: a file without one of them is refused"""

    def body(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """The request for a post. Raises Invalid for bytes that are no text and a date that is none."""
        _assert_text(item[self.text])
        draft = {"text": item[self.text], "platform": _lower(_first(item, self.platform)) or self.default_platform}
        if kind := _lower(_first(item, self.kind)):
            draft["kind"] = kind
        body = {"draft": draft, "account": self._account(_first(item, self.account) or self.default_account)}
        if date := _first(item, self.date):
            body["context"] = {"now": _instant(date)}
        return body

    def _account(self, given: Any) -> Any:
        """An id and an object stay what they are; a handle is that of an account which isn't stored."""
        if given is None or (isinstance(given, str) and given.startswith("@")):
            return {"handle": given or "@account", "kind": self.account_kind}
        return given


class Row(NamedTuple):
    line: int
    """counted from 1; of a post on several lines of a CSV, the last"""
    body: dict[str, Any] | Invalid


def read(file: Path, layout: Layout) -> Iterator[Row]:
    """Each post in order; one that can't be read is refused by itself. Raises Invalid where the whole file can't be."""
    # What is no UTF-8 becomes lone surrogates, for which that row alone is refused.
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as source:
        if file.suffix.lower() == ".csv":
            yield from _csv(csv.DictReader(source), file.name, layout)
        else:
            yield from _jsonl(source, file.name, layout)


def _csv(reader: csv.DictReader[str], name: str, layout: Layout) -> Iterator[Row]:
    try:
        for column in (layout.text, *layout.named):
            if column not in (reader.fieldnames or ()):
                raise Invalid(f"{name} has no column {column!r}")
        for cells in reader:
            item = {column: cell or "" for column, cell in cells.items() if isinstance(column, str)}
            yield Row(reader.line_num, _attempt(item, layout))
    except csv.Error as error:
        raise Invalid(f"{name}:{reader.line_num}: {error}") from error


def _jsonl(lines: Iterator[str], name: str, layout: Layout) -> Iterator[Row]:
    absent, number = set(layout.named), 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            item = _parsed(line)
            absent -= item.keys() if isinstance(item, dict) else set()
            yield Row(number, item if isinstance(item, Invalid) else _request(item, layout))
    if number and absent:
        raise Invalid(f"{name} has no field {min(absent)!r}")


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return Invalid(f"not JSON: {error}")


def _request(item: Any, layout: Layout) -> dict[str, Any] | Invalid:
    if isinstance(item, dict) and "draft" in item:
        return item
    if isinstance(item, dict) and isinstance(item.get(layout.text), str):
        return _attempt(item, layout)
    return Invalid(f"no field {layout.text!r} with text")


def _attempt(item: Mapping[str, Any], layout: Layout) -> dict[str, Any] | Invalid:
    try:
        return layout.body(item)
    except Invalid as refusal:
        return refusal


def _assert_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid("the text is not UTF-8") from error


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """What the first column holds that isn't empty; None where none is."""
    for name in names:
        found = item.get(name)
        if isinstance(found, str):
            found = found.strip() or None
        if found is not None:
            return found
    return None


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _instant(value: Any) -> str:
    """RFC 3339. A day alone is its noon, which is the same day nearly everywhere; a time without a zone is UTC."""
    try:
        when = datetime.fromisoformat(value if ":" in value else f"{value}T12:00")
    except (TypeError, ValueError) as error:
        raise Invalid("the date must be an ISO 8601 day or instant, e.g. 2026-11-11 or 2026-11-11T10:00Z") from error
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()
