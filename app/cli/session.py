"""The service's parts without HTTP, for one command."""

from __future__ import annotations

import json
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.api import convert
from app.api.schemas.check import CheckRequest
from app.checks import CHECKS
from app.errors import Invalid
from app.main import build_services
from app.service.policies import load_policies
from app.service.query import Query
from app.service.services import Services
from app.settings import Settings
from app.store.session import Database


@contextmanager
def services(*, there: bool = False) -> Iterator[Services]:
    """Everything that a check needs, recording included; closed at the end. `there`: as `database` has it.

    Nothing is asked elsewhere: a command is over before an answer comes.
    """
    if there:
        _require_store(Settings())
    parts, audit_log = build_services(Settings().model_copy(update={"google_fact_check_key": None}))
    audit_log.start()
    try:
        yield parts
    finally:
        audit_log.stop()
        parts.database.close()


def policies() -> Container[str]:
    """The names of the policies there are."""
    return load_policies(Settings().policy_dir, [check.id for check in CHECKS])


def _require_store(settings: Settings) -> None:
    """Raises Invalid where a command that means a running service would make a store of its own beside it."""
    file = settings.data_dir / "prepost.db"
    if not settings.database_url and not file.exists():
        raise Invalid(
            f"there is no store at {file.resolve()}: run this in the service's folder, or set PREPOST_DATA_DIR"
        )


@contextmanager
def database(*, there: bool = False) -> Iterator[Database]:
    """The store alone. `there`: raises Invalid instead of making one."""
    if there:
        _require_store(Settings())
    store = Database(Settings().store_url)
    store.migrate()
    try:
        yield store
    finally:
        store.close()


def text_of(raw: bytes, where: str) -> str:
    """UTF-8, with or without a mark at its beginning. Raises Invalid."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Invalid(f"{where}:{line}: not UTF-8") from error


def draft_text(text: str | None, file: Path | None = None) -> str:
    """What was given as a file, as words or, by `-` or nothing, on standard input. Raises Invalid."""
    if file is not None:
        return text_of(file.read_bytes(), file.name).rstrip("\r\n")
    if text is None or text == "-":
        return text_of(sys.stdin.buffer.read(), "standard input").rstrip("\r\n")
    return text


def parsed(text: str, where: str) -> Any:
    """JSON. Raises Invalid."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{where}: not JSON: {error}") from error


def read_object(path: Path) -> dict[str, Any]:
    """A file with one JSON object. Raises Invalid."""
    value = parsed(text_of(path.read_bytes(), path.name), path.name)
    if not isinstance(value, dict):
        raise Invalid(f"{path.name}: a JSON object is needed, this is a {type(value).__name__}")
    return value


def query(body: dict[str, Any]) -> Query:
    """A request's body as the API reads it. Raises Invalid with the fields at fault."""
    try:
        return convert.query(CheckRequest.model_validate_json(json.dumps(body)))
    except (ValidationError, UnicodeEncodeError) as error:
        raise Invalid(faults(error)) from error


def faults(error: ValidationError | UnicodeEncodeError) -> str:
    """Each fault on the same line: pointer and reason."""
    if isinstance(error, UnicodeEncodeError):
        return "the text is not valid Unicode"
    return "; ".join(f"/{'/'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors())
