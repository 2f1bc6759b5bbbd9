"""Identifiers: a prefix that says what it is, then a time-ordered random part."""

from __future__ import annotations

import base64
import secrets
import time


def new_id(prefix: str) -> str:
    """E.g. `evt_06F3K…`: 48 bits of milliseconds, then 80 random bits, in base32 (sortable, url-safe)."""
    raw = int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10)
    return f"{prefix}_{base64.b32hexencode(raw).decode().rstrip('=')}"
