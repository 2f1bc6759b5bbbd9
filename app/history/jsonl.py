"""JSONL as the API takes posts: on each line a string or {text, posted_at, kind}.

Written by programs, so anything that isn't that is a mistake of the program's: the file is refused with the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TextIO, cast, get_args

from app.domain import DraftKind
from app.errors import Invalid
from app.history.lines import Lines
from app.history.post import Item, Skipped, item

_KINDS = frozenset(get_args(DraftKind))
_FIELDS = frozenset({"text", "posted_at", "kind"})
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def posts(source: TextIO) -> Iterator[Item]:
    """Each line's post. Lines end at a line feed alone. Raises Invalid."""
    lines = Lines(source)
    for line in lines:
        if line.strip():
            yield _post(line, f"line {lines.number}")


def _post(line: str, where: str) -> Item:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{where}: not JSON: {error}") from error
    fields = {"text": given} if isinstance(given, str) else given
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise Invalid(f"{where}: a string or an object with `text` is needed")
    if unknown := fields.keys() - _FIELDS:
        raise Invalid(f"{where}: unknown field {min(unknown)!r}")
    kind = fields.get("kind", "post")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise Invalid(f"{where}: kind must be one of {', '.join(sorted(_KINDS))}")
    when = _when(fields.get("posted_at"), where)
    found = item(where, fields["text"], when, cast(DraftKind, kind))
    if isinstance(found, Skipped) and fields["text"].strip():
        raise Invalid(f"{where}: {found.reason}")
    return found


def _when(given: Any, where: str) -> datetime | None:
    if given is None:
        return None
    if isinstance(given, str) and _INSTANT.fullmatch(given):
        try:
            return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", given))
        except ValueError as error:
            raise Invalid(f"{where}: posted_at: there is no such date") from error
    raise Invalid(f"{where}: posted_at must be an RFC 3339 date and time with a zone, e.g. 2026-11-11T10:00:00Z")
