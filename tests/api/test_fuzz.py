"""Whatever fits the OpenAPI document is answered, whatever doesn't is refused, and nothing is ever a 500."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.main import create_app
from app.settings import Settings

_CONFIG = SchemathesisConfig.from_str(
    """
    [generation]
    max-examples = 5
    [checks.negative_data_rejection]
    expected-statuses = [400, 401, 404, 405, 409, 413, 422]
    """
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service as it is shipped, on a real socket."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data")))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


schema = schemathesis.openapi.from_path(Path(__file__).parents[2] / "openapi" / "openapi.json", config=_CONFIG)


def _can_be_known_from_the_document(body: Any) -> bool:
    """A JSON schema can't say which policies there are, which dates are past, nor which addresses are public."""
    if isinstance(body, dict):
        start, end = body.get("starts_at"), body.get("ends_at")
        if isinstance(start, str) and isinstance(end, str):
            return False
        if "until" in body or "url" in body:
            return False
        if "mistake" in body and any(_language(body.get(part)) for part in ("account", "options")):
            return False  # drafts are written in one, and only some outcomes have drafts
        if body.get("policy") not in (None, "default"):
            return False
        return all(_can_be_known_from_the_document(value) for value in body.values())
    return all(map(_can_be_known_from_the_document, body)) if isinstance(body, list) else True


def _language(part: Any) -> Any:
    return part.get("language") if isinstance(part, dict) else None


@schema.parametrize()
def test_the_service_keeps_to_its_document(case: Any, address: str) -> None:
    """Prevents what nobody thought of."""
    dates = {"from", "to"} & set(case.query or ())
    known = not dates and _can_be_known_from_the_document(case.body)
    excluded = [] if known else [positive_data_acceptance]
    case.call_and_validate(base_url=address, excluded_checks=excluded)
