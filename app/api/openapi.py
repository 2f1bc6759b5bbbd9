"""The description of the API: what FastAPI derives, with keys, problems and headers said once for every route."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.api.problems import MEDIA_TYPE
from app.api.schemas.reply import Problem

_REF = "#/components/schemas/{model}"
_MEANING = {
    400: "The body is not JSON.",
    401: "An API key is required.",
    404: "There is no such thing.",
    409: "It is there already, is being worked on, or is not in a state that allows this.",
    413: "The body is too large.",
    421: "No API key exists, and the Host header names another machine than this one.",
    422: "The request has faults; each is named with a pointer.",
    503: "The store could not read or write; no verdict was given.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: the problems it may answer with."""
    schema = {"$ref": _REF.format(model="Problem")}
    return {
        status: {"description": _MEANING[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted(statuses)
    }


IDEMPOTENT: dict[str, Any] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "Send the same key with the same body again, and the first answer comes again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        }
    ]
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once an app."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
        )
        _, shared = models_json_schema([(Problem, "serialization")], ref_template=_REF)
        schemas = document["components"]["schemas"]
        schemas.update(shared["$defs"])
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        for path, operations in document["paths"].items():
            for operation in operations.values():
                _secure(path, operation)
        app.openapi_schema = document
    return app.openapi_schema


def _secure(path: str, operation: dict[str, Any]) -> None:
    """Both ways in are named, for without any key the service answers on loopback without one, to its own names."""
    if path.startswith(("/v1/", "/check")):
        operation["security"] = [{"key": []}, {}]
        operation["responses"].update({str(status): answer for status, answer in problems(421).items()})


def dump(app: FastAPI) -> str:
    """The document as it lies in openapi/openapi.json."""
    return json.dumps(describe(app), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
