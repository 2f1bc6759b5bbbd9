"""Pure ASGI layers: request id and security headers, keys, body size, timing. Each costs microseconds."""

from __future__ import annotations

import re
import secrets
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import metrics, problems
from app.errors import Misdirected, StoreUnavailable, Unauthorized
from app.service.keys import KeyRing

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_MIB = 1024 * 1024
_STRICT = "default-src 'none'; frame-ancestors 'none'"
_PAGES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)


class Envelope:
    """Gives each request an id and each answer its security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope).get("x-request-id", "")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else f"req_{secrets.token_hex(8)}"
        scope.setdefault("state", {})["request_id"] = request_id
        policy = _PAGES if scope["path"].startswith(("/docs", "/static-offline-docs")) else _STRICT

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cache-control", b"no-store"),
                    (b"content-security-policy", policy.encode()),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)
        return None


class Timing:
    """Observes how long each route takes, by its template."""

    def __init__(self, app: ASGIApp, meters: metrics.Meters) -> None:
        self.app, self.meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started, status = time.perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self.meters.request(route, status, time.perf_counter() - started)
        return None


class KeyGate:
    """Asks for an API key on /check and /v1 once one exists, or always where the service can be reached from afar.

    Until then every path is for this machine alone, by the Host header too: /metrics tells which rules fire, and
    nothing that a page in a browser may reach by its own name is worth an exception. Once keys exist names are free:
    what needs no key (health, metrics, documentation) is asked for by probes and proxies under names of theirs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        ring: KeyRing = scope["app"].state.services.keys
        headers = Headers(scope=scope)
        try:
            if scope["path"].startswith(("/v1/", "/check")):
                scheme, _, token = headers.get("authorization", "").partition(" ")
                admitted = await ring.admit(token.strip() if scheme.lower() == "bearer" else None)
                scope.setdefault("state", {})["api_key"] = admitted
            ring.expect_local(headers.get("host", ""))
        except (Misdirected, Unauthorized, StoreUnavailable) as refusal:
            more = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
            answer = problems.respond(problems.from_error(refusal, scope), more)
            return await answer(scope, receive, send)
        return await self.app(scope, receive, send)


class BodyLimit:
    """Refuses a body above 4 MiB (a batch: 16 MiB) before it is parsed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "DELETE"):
            return await self.app(scope, receive, send)
        limit = 16 * _MIB if scope["path"] == "/v1/check/batch" else 4 * _MIB
        length = Headers(scope=scope).get("content-length")
        if length is None:
            replayed = await _buffered(receive, limit)
        else:
            replayed = receive if length.isdecimal() and int(length) <= limit else None
        if replayed is None:
            body = problems.problem(413, f"The body is larger than {limit // _MIB} MiB.", scope=scope)
            return await problems.respond(body)(scope, receive, send)
        return await self.app(scope, replayed, send)


async def _buffered(receive: Receive, limit: int) -> Receive | None:
    """A body of unknown length, read up to the limit; None where it is longer."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > limit:
            return None
        if not message.get("more_body", False):
            break
    messages.reverse()

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
