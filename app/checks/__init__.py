"""Every rule, by hand, in the order they run. A test proves that disk, tuple, policy, cases and pages are one list."""

from __future__ import annotations

from app.checks.base import Check

CHECKS: tuple[Check, ...] = ()
