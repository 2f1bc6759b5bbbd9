"""Every refusal is an RFC 9457 problem that points at the field; none repeats what was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from app import regions
from app.api.schemas.base import NO_NUL, TOO_MANY
from app.engine import place_of
from app.errors import PrepostError

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_NO_JSON = "send JSON, with the header Content-Type: application/json"
_TYPES = {400: "malformed", 401: "unauthorized", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}


def problem(status: int, detail: str, *, scope: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The body of a problem. `more` may give type, title, pointer and errors."""
    phrase = HTTPStatus(status).phrase
    body = {
        "type": f"/problems/{more.get('type') or _TYPES.get(status) or phrase.lower().replace(' ', '-')}",
        "title": more.get("title") or phrase,
        "status": status,
        "detail": detail,
        "instance": request_id(scope) if scope is not None else None,
        "pointer": more.get("pointer"),
        "errors": more.get("errors"),
    }
    return {key: value for key, value in body.items() if value is not None}


def respond(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    # escaped to ASCII: a field's name may hold a lone surrogate
    return Response(json.dumps(body), body["status"], headers, media_type=MEDIA_TYPE)


def request_id(scope: Mapping[str, Any]) -> str | None:
    found = scope.get("state", {}).get("request_id")
    return str(found) if found else None


def from_error(error: PrepostError, scope: Scope | None = None) -> dict[str, Any]:
    faults = [{"parameter": error.parameter, "detail": error.detail}] if error.parameter else None
    return problem(
        error.status,
        error.detail,
        scope=scope,
        type=error.type,
        title=error.title,
        pointer=error.pointer,
        errors=faults,
    )


def from_validation(errors: Sequence[Mapping[str, Any]], body: Any, scope: Scope | None = None) -> dict[str, Any]:
    """A 422 with each fault and its pointer; a body that is no JSON is a 400."""
    if errors and errors[0]["type"] == "json_invalid":
        detail = f"The body is not JSON: {errors[0]['ctx']['error']} at character {errors[0]['loc'][-1]}."
        return problem(400, detail, scope=scope)
    faults = [dict(fault) for fault in dict.fromkeys(tuple(_fault(error, body).items()) for error in errors)]
    found = errors[0]["ctx"]["found"] if errors and errors[0]["type"] == TOO_MANY else len(faults)
    count = "1 fault" if found == 1 else f"{found} faults"
    return problem(
        422,
        f"The request has {count}.",
        scope=scope,
        type="invalid",
        title="Invalid request",
        pointer=faults[0].get("pointer") if faults else None,
        errors=faults[:100],
    )


def _fault(error: Mapping[str, Any], body: Any) -> dict[str, str]:
    where, *path = error["loc"] or ("body",)
    if where in ("path", "query", "header"):
        return {"parameter": str(path[0]), "detail": _detail(error)}
    if isinstance(body, bytes) and not path:
        return {"pointer": "", "detail": _NO_JSON}
    absent = [path.pop()] if error["type"] == "missing" and path else []
    if field := error.get("ctx", {}).get("field"):
        absent = [field]
    parts = [*_present(path, body), *absent]
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return {"pointer": "".join(f"/{part}" for part in escaped), "detail": _detail(error)}


def _present(path: Sequence[int | str], body: Any) -> Iterator[int | str]:
    """The parts of a path that lead into the body; those that name a variant of a model are left out."""
    for part in path:
        if _leads_on(part, body):
            body = body[part]
            yield part


def _leads_on(part: int | str, body: Any) -> bool:
    if isinstance(body, dict):
        return part in body
    return isinstance(body, list) and isinstance(part, int) and part < len(body)


def _detail(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "string_pattern_mismatch" if error["ctx"]["pattern"] == NO_NUL:
            return "must not contain the NUL character"
        case "string_pattern_mismatch" if error["ctx"]["pattern"] == regions.PATTERN:
            return regions.fault(str(error.get("input", "")))
        case "string_unicode":
            return "must be valid Unicode: a lone surrogate is no character"
        case "extra_forbidden":
            return "unknown field"
    return str(error["msg"])


# --- wiring --------------------------------------------------------------------------------------------------------


def install(app: FastAPI) -> None:
    app.add_exception_handler(PrepostError, _on_prepost)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _on_invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _on_http)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _on_unexpected)


async def _on_prepost(request: Request, error: PrepostError) -> Response:
    return respond(from_error(error, request.scope))


async def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    return respond(from_validation(error.errors(), error.body, request.scope))


async def _on_http(request: Request, error: HTTPException) -> Response:
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return respond(problem(error.status_code, _http_detail(error), scope=request.scope), headers)


def _allowed(request: Request) -> str:
    """Every method that some route of this path takes; the framework names those of the first route only."""
    routes: Sequence[APIRoute] = request.app.state.routes
    found = (route.methods or () for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted(set().union(*found))) or "GET"


def _http_detail(error: HTTPException) -> str:
    if error.status_code == 400:
        return "The body could not be read: it must be JSON in UTF-8, not nested too deeply."
    return str(error.detail)


async def _on_unexpected(request: Request, error: Exception) -> Response:
    """The client gets the id to ask about. Starlette has the server log the traceback: without what the errors say."""
    log.error("request %s failed: %s at %s", request_id(request.scope), type(error).__name__, place_of(error))
    _silence(error)
    identity = request_id(request.scope) or ""
    return respond(
        problem(500, "Something broke here. No verdict was given.", scope=request.scope), {"X-Request-Id": identity}
    )


def _silence(error: BaseException | None) -> None:
    """Empty the messages of an error and of those behind it: they may hold the draft's words, and will be logged."""
    while error is not None:
        error.args = ()
        error = error.__cause__ or error.__context__


def item_problem(error: ValidationError, item: Any) -> dict[str, Any]:
    """The problem of one item of a batch."""
    faults = error.errors(include_url=False, include_input=False)
    return from_validation([{**fault, "loc": ("body", *fault["loc"])} for fault in faults], item)
