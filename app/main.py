"""create_app(settings): the HTTP wiring, nothing else."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app.api.application import build_app
from app.checks import CHECKS
from app.checks.base import Check
from app.classifier.model import Model, load_current
from app.errors import BadModel, PrepostError
from app.service import retention, rules
from app.service.check import Checker
from app.service.desk import Desk
from app.service.directory import Directory
from app.service.keys import KeyRing
from app.service.policies import load_policies
from app.service.services import Papers, Services
from app.settings import Settings
from app.store.audits import AuditLog
from app.store.session import Database
from app.text import warm

log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, *, checks: Sequence[Check] = CHECKS) -> FastAPI:
    """The service, ready to be served. Raises a PrepostError with a one-line cause where it must not start."""
    services, audit_log = build_services(settings or Settings(), checks=checks)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        audit_log.start()
        stop = asyncio.Event()
        erasing = asyncio.create_task(retention.keep(services.database, stop))
        _calm_collector()
        yield
        stop.set()
        await asyncio.to_thread(audit_log.stop)
        await erasing
        services.database.close()

    app = build_app(lifespan)
    app.state.services = services
    return app


def _calm_collector() -> None:
    """What was loaded at start stays; what a check makes is freed by counting references.

    The defaults would look for cycles several times a check: a tenth of its time, measured with `make bench`.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def build_services(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> tuple[Services, AuditLog]:
    """Model and policies verified, store migrated, language detection warm."""
    checker, papers = build_checker(settings, checks=checks)
    database = Database(settings.store_url)
    database.migrate()
    keys = KeyRing(database, always=settings.require_key or not settings.is_loopback)
    _guard_exposure(settings, has_keys=keys.any_exist())
    audit_log = AuditLog(database)
    desk = Desk(checker, Directory(database), audit_log)
    return Services(database, checker, desk, keys, papers), audit_log


def build_checker(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> tuple[Checker, Papers]:
    """What judges, without a store, and the model's papers: for the service and for the command line."""
    policies = load_policies(settings.policy_dir, [check.id for check in checks])
    model = load_current(settings.models_dir)
    warm()
    checker = Checker(checks=checks, model=model, policies=policies, rules_version=rules.version(checks))
    return checker, Papers(model.manifest, _metrics(model))


def _metrics(model: Model) -> dict[str, Any]:
    try:
        return dict(json.loads(model.paper("metrics.json")))
    except (OSError, ValueError) as error:
        raise BadModel(f"the model's metrics.json can't be read: {type(error).__name__}") from error


def _guard_exposure(settings: Settings, *, has_keys: bool) -> None:
    if has_keys:
        log.info("API keys exist: every check needs one")
    elif settings.is_loopback:
        log.warning("no API key exists: listening on loopback only, open to every program on this machine")
    else:
        raise ExposedWithoutKey(f"refusing to listen on {settings.host}: no API key exists. Make one first")


class ExposedWithoutKey(PrepostError):
    """Reachable from other machines, open to all of them: the service refuses to start."""

    type = "exposed-without-key"
    title = "No API key"
