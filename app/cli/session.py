"""The service's parts without HTTP, for one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from app.api import convert
from app.api.schemas.check import CheckRequest
from app.errors import Invalid
from app.main import build_services
from app.service.query import Query
from app.service.services import Services
from app.settings import Settings
from app.store.session import Database


@contextmanager
def services() -> Iterator[Services]:
    """Everything that a check needs, recording included; closed at the end."""
    parts, audit_log = build_services(Settings())
    audit_log.start()
    try:
        yield parts
    finally:
        audit_log.stop()
        parts.database.close()


@contextmanager
def database() -> Iterator[Database]:
    """The store alone."""
    store = Database(Settings().store_url)
    store.migrate()
    try:
        yield store
    finally:
        store.close()


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
