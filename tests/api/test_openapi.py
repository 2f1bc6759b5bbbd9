"""openapi/openapi.json is what the app says, and says it well."""

from __future__ import annotations

import json
from pathlib import Path

from app.api.application import build_app
from app.api.openapi import dump

FILE = Path(__file__).parents[2] / "openapi" / "openapi.json"
DOCUMENT = json.loads(dump(build_app()))
OPERATIONS = [
    (path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
]


def test_the_file_is_in_step_with_the_app() -> None:
    """Clients are made from the file: run `make openapi` after a change."""
    assert FILE.read_text(encoding="utf-8") == dump(build_app())


def test_operation_ids_are_unique_and_stable() -> None:
    """They become the names of functions in clients."""
    assert sorted(operation["operationId"] for _, _, operation in OPERATIONS) == [
        "acceptEvent", "addPosts", "addWebhook", "changeEvent", "check", "checkAlias", "checkBatch", "closeEvent",
        "createAccount", "deleteAccount", "deleteEvent", "deleteFeedback", "deletePosts", "deleteQueued",
        "deleteWebhook", "dismissEvent", "endPause", "getAccount", "getCalendar", "getCheck", "getDrill",
        "getEvent", "getFactChecks", "getFeedback", "getModel", "getQueued", "getRule", "giveFeedback", "health",
        "listAccounts", "listDeliveries", "listDrills", "listEvents", "listFeedback", "listFeeds", "listPauses",
        "listQueue", "listRules", "listWebhooks", "metrics", "openEvent", "pauseQueue", "putAccount", "putQueued",
        "queueBatch", "readRule", "ready", "recover", "releaseCheck", "replayDelivery",
    ]  # fmt: skip


def test_every_field_is_described() -> None:
    """A reader of the document needs no other."""
    bare = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, about in schema.get("properties", {}).items()
        if "description" not in about
    ]
    assert bare == []


def test_every_refusal_is_documented_as_a_problem() -> None:
    """4xx and 5xx are problem details, wherever a body or a parameter can be wrong."""
    for path, _, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            if status[0] in "45" and path != "/readyz":
                assert list(response["content"]) == ["application/problem+json"], (path, status)
        if "requestBody" in operation:
            assert {"400", "413", "422"} <= set(operation["responses"]), path


def test_every_reference_leads_somewhere() -> None:
    """A document with a dangling reference makes no client."""
    schemas = DOCUMENT["components"]["schemas"]
    text = json.dumps(DOCUMENT)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(schemas)
