"""The app's routes, layers and description, without anything behind them."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from app.api import middleware, problems
from app.api.metrics import Meters
from app.api.openapi import describe
from app.api.routes import (
    accounts,
    calendar,
    checks,
    events,
    fact_checks,
    feedback,
    feeds,
    health,
    queue,
    recovery,
    rules,
    webhooks,
)
from app.service.check import SERVICE

_ABOUT = """The second look before a post goes out. Send the draft and the account it is meant for; get a verdict and
warnings that name the words, the reason and the fix. Offsets are code points unless `options.offsets` says `utf16`.
Refusals are problem details (RFC 9457)."""


def build_app(lifespan: Any = None) -> FastAPI:
    """Routes and layers. `app.state.services` is set by whoever serves it."""
    app: FastAPI = FastAPIOffline(
        redoc_url=None,
        title="Prepost",
        version=SERVICE,
        summary="Checks a draft against the account and the moment it is meant for.",
        description=_ABOUT,
        lifespan=lifespan,
        swagger_ui_parameters={"validatorUrl": None},
    )
    app.state.meters = Meters()
    files = (checks, fact_checks, feedback, accounts, events, calendar, feeds, queue, webhooks, recovery, rules, health)
    routers = [file.router for file in files]
    for router in routers:
        app.include_router(router)
    app.state.routes = [route for router in routers for route in router.routes]
    problems.install(app)
    app.add_middleware(middleware.BodyLimit)
    app.add_middleware(middleware.KeyGate)
    app.add_middleware(middleware.Timing, meters=app.state.meters)
    app.add_middleware(middleware.Envelope)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    return app
