"""create_app(settings): the HTTP wiring, nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from fastapi import FastAPI

from app.api.application import build_app
from app.api.convert import assert_playable
from app.checks import CHECKS
from app.checks.base import Check
from app.egress import Network, is_private, networks
from app.errors import PrepostError
from app.events.calendar import Calendar
from app.events.feeds.config import load_feeds
from app.platforms.tables import PlatformTables
from app.recovery.tables import RecoveryTables
from app.service import polling, reload, retention
from app.service.delivery import Deliveries, Rules
from app.service.desk import Desk
from app.service.directory import Directory
from app.service.factchecks import FactChecks, Sources
from app.service.factchecks_google import Asking, Google
from app.service.factchecks_index import LocalIndex
from app.service.keys import KeyRing
from app.service.present import Presence
from app.service.queue import Queue
from app.service.rejudging import Rejudging
from app.service.services import Services
from app.service.serving import Live, Loader
from app.service.voice import person, voices
from app.settings import Settings
from app.store.audits import AuditLog
from app.store.session import Database
from app.text import warm

log = logging.getLogger(__name__)
_USUAL = gc.get_threshold()
_TURN = 0.001
"""seconds that a thread may compute while another waits: a check waits so long for the queue, and not five times"""


def create_app(settings: Settings | None = None, *, checks: Sequence[Check] = CHECKS) -> FastAPI:
    """The service, ready to be served. Raises a PrepostError with a one-line cause where it must not start."""
    services, audit_log = build_services(settings or Settings(), checks=checks)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        audit_log.start()
        stop = asyncio.Event()
        meters = app.state.meters
        forget = services.desk.directory.forget
        tasks = [
            asyncio.create_task(retention.keep(services.database, stop)),
            asyncio.create_task(reload.follow(services.live, stop, refused=meters.refused)),
            asyncio.create_task(
                polling.keep(services.database, services.feeds, stop, polled=meters.feed_polled, changed=forget)
            ),
            asyncio.create_task(services.rejudging.run(stop)),
            asyncio.create_task(services.deliveries.run(stop, meters.delivery)),
        ]
        if services.fact_checks is not None:
            tasks.append(asyncio.create_task(services.fact_checks.run(stop, meters.fact_check)))
        _calm_collector()
        _give_back()
        yield
        stop.set()
        await asyncio.to_thread(audit_log.stop)
        await asyncio.gather(*tasks)
        services.database.close()
        _wake_collector()

    app = build_app(lifespan)
    app.state.services = services
    return app


def _calm_collector() -> None:
    """What was loaded at start stays; what a check makes is freed by counting references.

    The defaults would look for cycles several times a check: a tenth of its time, measured with `make bench`.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    sys.setswitchinterval(_TURN)


def _wake_collector() -> None:
    """A process that goes on without the service gets its memory back."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)


def _give_back() -> None:
    """Loading takes some twelve megabytes more than what it leaves; the C library keeps them unless it is asked."""
    with suppress(AttributeError, OSError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


def build_services(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> tuple[Services, AuditLog]:
    """Model, voices, policies, calendar and feeds verified, store migrated, language detection warm."""
    known, calendar = load_feeds(settings.feeds), Calendar.load(settings.calendar_dir)
    recovery = RecoveryTables.load(settings.recovery_dir, settings.drills_dir)
    assert_playable(recovery.drills.values())
    live = load_live(settings, checks=checks)
    database = Database(settings.store_url)
    database.migrate()
    keys = KeyRing(database, always=settings.require_key or not settings.is_loopback)
    _guard_exposure(settings, has_keys=keys.any_exist())
    audit_log = AuditLog(database)
    fact_checks = load_fact_checks(settings)
    desk = Desk(live, Directory(database, calendar), audit_log, fact_checks)
    allowed = _networks(settings)
    rules = Rules(allowed, _waits(settings), settings.webhook_timeout)
    presence = Presence(live, calendar, fact_checks.waiting) if fact_checks else Presence(live, calendar)
    queue = Queue(database, presence, calendar, busy=desk.is_judging)
    rejudging, deliveries = Rejudging(queue), Deliveries(database, rules)
    parts = (database, live, desk, keys, known, calendar, queue, rejudging, deliveries, allowed, recovery, fact_checks)
    return Services(*parts), audit_log


def load_fact_checks(settings: Settings) -> FactChecks | None:
    """The sources of fact checks that are set up; None where none is. Raises BadClaims and WrongSetting."""
    index = LocalIndex(settings.claims_index) if settings.claims_index is not None else None
    key = settings.google_fact_check_key
    google = Google(_asking(settings, key.get_secret_value())) if key is not None else None
    if index is None and google is None:
        return None
    return FactChecks(Sources(index, google), wait=settings.fact_check_wait)


def _asking(settings: Settings, key: str) -> Asking:
    """The key may not cross the net in the clear, nor reach an address inside the house that nobody named."""
    url = settings.google_fact_check_url
    try:
        parts = urlsplit(url)
        inside, sound = is_private(parts.hostname or ""), parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError as error:
        raise WrongSetting("PREPOST_GOOGLE_FACT_CHECK_URL: this is no URL") from error
    sound = sound and not parts.query and not parts.fragment
    if not sound or not (parts.scheme == "https" or (parts.scheme == "http" and inside)):
        raise WrongSetting(
            "PREPOST_GOOGLE_FACT_CHECK_URL: an https URL is needed, without a user, query or fragment; http for "
            "addresses of this house alone"
        )
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise WrongSetting("PREPOST_GOOGLE_FACT_CHECK_KEY: this is no API key")
    return Asking(key, url, inside, settings.fact_check_timeout, settings.fact_check_per_day)


def _networks(settings: Settings) -> tuple[Network, ...]:
    try:
        return networks(settings.webhook_networks)
    except ValueError as error:
        raise WrongSetting(f"PREPOST_WEBHOOK_NETWORKS: {error}") from error


def _waits(settings: Settings) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in settings.webhook_retry_seconds.split(",") if part.strip())
    except ValueError as error:
        raise WrongSetting("PREPOST_WEBHOOK_RETRY_SECONDS: numbers of seconds are needed, by comma") from error


def load_live(settings: Settings, *, checks: Sequence[Check] = CHECKS) -> Live:
    """What judges, without a store: the current model under the policies there are and the platforms' tables."""
    platforms = PlatformTables.load(settings.platforms_dir, [check.id for check in CHECKS])
    warm()
    voices()
    person()
    return Live(Loader(settings.models_dir, checks=checks, policies=settings.policy_dir, platforms=platforms))


def _guard_exposure(settings: Settings, *, has_keys: bool) -> None:
    if has_keys:
        log.info("API keys exist: every check needs one")
    elif settings.is_loopback:
        log.warning("no API key exists: listening on loopback only, open to every program on this machine")
    else:
        raise ExposedWithoutKey(f"refusing to listen on {settings.host}: no API key exists. Make one first")


class WrongSetting(PrepostError):
    """A setting that can't be read: the service refuses to start."""

    type = "wrong-setting"
    title = "Wrong setting"


class ExposedWithoutKey(PrepostError):
    """Reachable from other machines, open to all of them: the service refuses to start."""

    type = "exposed-without-key"
    title = "No API key"
