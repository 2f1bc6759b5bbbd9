"""The parts of a running service, joined once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import StoreUnavailable
from app.service.check import Checker
from app.service.desk import Desk
from app.service.keys import KeyRing
from app.store.session import Database


@dataclass(frozen=True, slots=True)
class Papers:
    """What a model was made from, with digests, and how it did on held-out posts."""

    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Services:
    database: Database
    checker: Checker
    desk: Desk
    keys: KeyRing
    papers: Papers


def parts(services: Services) -> dict[str, str]:
    """Each part's state: `ok`, or what is wrong. Model and policies are verified at start, or there is no service."""
    try:
        services.database.ping()
        store = "ok"
    except StoreUnavailable as error:
        store = error.detail
    return {
        "model": "ok" if services.checker.model.labels else "no labels",
        "policy": "ok" if services.checker.policies else "no policy",
        "store": store,
        "audit_log": "ok" if services.desk.audit_log.is_running else "its writer is not running: no check is recorded",
    }
