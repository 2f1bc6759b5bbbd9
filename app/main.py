"""create_app(settings): the HTTP wiring, nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from app.api.application import build_app
from app.checks import CHECKS
from app.checks.base import Check
from app.errors import PrepostError
from app.events.calendar import Calendar
from app.events.feeds.config import load_feeds
from app.service import polling, reload, retention
from app.service.desk import Desk
from app.service.directory import Directory
from app.service.keys import KeyRing
from app.service.policies import load_policies
from app.service.services import Services
from app.service.serving import Live, Loader
from app.service.voice import person, voices
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
        following = asyncio.create_task(reload.follow(services.live, stop, refused=app.state.meters.model_refused))
        asking = asyncio.create_task(
            polling.keep(
                services.database,
                services.feeds,
                stop,
                polled=app.state.meters.feed_polled,
                changed=services.desk.directory.forget,
            )
        )
        _calm_collector()
        _give_back()
        yield
        stop.set()
        await asyncio.to_thread(audit_log.stop)
        await asyncio.gather(erasing, following, asking)
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


def _give_back() -> None:
    """Loading takes some twelve megabytes more than what it leaves; the C library keeps them unless it is asked."""
    with suppress(AttributeError, OSError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def build_services(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> tuple[Services, AuditLog]:
    """Model, voices, policies, calendar and feeds verified, store migrated, language detection warm."""
    known, calendar = load_feeds(settings.feeds), Calendar.load(settings.calendar_dir)
    live = load_live(settings, checks=checks)
    database = Database(settings.store_url)
    database.migrate()
    keys = KeyRing(database, always=settings.require_key or not settings.is_loopback)
    _guard_exposure(settings, has_keys=keys.any_exist())
    audit_log = AuditLog(database)
    desk = Desk(live, Directory(database, calendar), audit_log)
    return Services(database, live, desk, keys, known, calendar), audit_log


def load_live(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> Live:
    """What judges, without a store: the current model under the policies of the start."""
    policies = load_policies(settings.policy_dir, [check.id for check in checks])
    warm()
    voices()
    person()
    return Live(Loader(settings.models_dir, checks=checks, policies=policies))


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
