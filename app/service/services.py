"""The parts of a running service, joined once at start."""

from __future__ import annotations

from dataclasses import dataclass

from app.egress import Network
from app.errors import StoreUnavailable
from app.events.calendar import Calendar
from app.events.feeds.config import FeedSet
from app.recovery.tables import RecoveryTables
from app.service import feeds
from app.service.check import Checker
from app.service.delivery import Deliveries
from app.service.desk import Desk
from app.service.factchecks import FactChecks
from app.service.keys import KeyRing
from app.service.queue import Queue
from app.service.rejudging import Rejudging
from app.service.serving import Live
from app.store.session import Database


@dataclass(frozen=True, slots=True)
class Services:
    database: Database
    live: Live
    desk: Desk
    keys: KeyRing
    feeds: FeedSet
    calendar: Calendar
    queue: Queue
    rejudging: Rejudging
    deliveries: Deliveries
    allowed: tuple[Network, ...]
    """networks that webhooks may go to beside public addresses"""
    recovery: RecoveryTables
    fact_checks: FactChecks | None = None
    """None where no source of them is set up"""

    @property
    def checker(self) -> Checker:
        """What judges now. Take it once for what must fit together: the next look may find another model."""
        return self.live.serving.checker


def parts(services: Services) -> dict[str, str]:
    """Each part's state: `ok`, or what is wrong. Model and policies are verified before they serve."""
    try:
        services.database.ping()
        store = "ok"
    except StoreUnavailable as error:
        store = error.detail
    return {
        "model": "ok" if services.checker.model.labels else "no labels",
        "policy": "ok" if services.checker.policies else "no policy",
        "store": store,
        "queue": services.rejudging.state,
        "webhooks": services.deliveries.state,
        "audit_log": "ok" if services.desk.audit_log.is_running else "its writer is not running: no check is recorded",
    }


def notes(services: Services) -> dict[str, str]:
    """What a part that is ready has to say all the same; feeds that keep failing too, for they stop no check."""
    failing = feeds.failing(services.database, services.feeds)
    if services.fact_checks is not None:
        failing |= services.fact_checks.notes
    if services.checker.apologies is None:
        failing |= {"apology": "models/apology is missing: phrases alone judge apologies"}
    version, refusals = services.live.serving.model.version, dict(services.live.refusals)
    refused = {
        "model": f"{version} goes on serving: CURRENT names one that is refused: ",
        "policy": "those of before go on serving: what is in their folder now is refused: ",
    }
    return failing | {part: refused[part] + why for part, why in refusals.items()}
