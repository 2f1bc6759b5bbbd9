"""What is kept of a check: the reply, and the draft's words only where the policy stores them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.errors import NotFound
from app.service import reply
from app.service.check import Outcome
from app.service.masking import Masked, without_words
from app.store import audits
from app.store.session import Database, Transaction


def record(outcome: Outcome, *, without_text: bool = False) -> audits.AuditRecord:
    """`without_text`: keep none of the draft's words, whatever the policy says."""
    now = datetime.now(UTC)
    account, policy, answer = outcome.case.account, outcome.policy, outcome.reply
    if without_text:
        policy = replace(policy, store_text=False)
    as_answered = policy.store_text or not answer["warnings"]
    return audits.AuditRecord(
        id=answer["id"],
        created_at=now,
        account=account.id or account.handle,
        platform=outcome.case.draft.platforms[0],
        verdict=answer["verdict"],
        degraded=answer["degraded"],
        input_hash=answer["input_hash"],
        versions=answer["versions"],
        reply=answer if as_answered else without_words(answer, outcome.prepared),
        snapshot=_snapshot(outcome, policy.store_text),
        retain_until=now + timedelta(days=min(policy.retention_days, 36_500)),
        written=outcome.written if as_answered else None,
    )


def _snapshot(outcome: Outcome, store_text: bool) -> dict[str, Any] | None:
    """Beyond the reply: what observing rules found, and the draft's fields, secrets masked, where policy keeps text."""
    if not store_text and not outcome.verdict.observed:
        return None
    prepared = outcome.prepared
    masked = Masked(prepared.fields, outcome.verdict.results)
    observed = reply.warnings(outcome.verdict.observed, prepared, masked, unit="codepoint")
    if not store_text:
        return {"observed": without_words({"warnings": observed}, prepared)["warnings"]}
    fields = {text.field: masked.fields[text.field] for text in prepared.texts}
    return {"observed": observed, "fields": fields, "goes_out_at": outcome.case.goes_out_at.isoformat()}


def find(database: Database, check_id: str) -> dict[str, Any]:
    """A recorded check with its release. Raises NotFound."""
    with database.transaction() as connection:
        found = audits.get(connection, check_id)
        released = audits.release_of(connection, check_id) if found else None
    if found is None:
        raise NotFound(f"there is no check {check_id!r}")
    return {
        **found.reply,
        "created_at": found.created_at.isoformat(),
        "release": _release(released) if released else None,
    }


def reply_of(connection: Transaction, check_id: str) -> dict[str, Any] | None:
    """The reply as it was recorded; None where the record's time is over."""
    found = audits.get(connection, check_id)
    return dict(found.reply) if found else None


def release(database: Database, check_id: str, *, by: str, why: str) -> dict[str, Any]:
    """Let a held draft go. Raises NotFound, and Conflict where it isn't held or is released already."""
    with database.transaction() as connection:
        return _release(audits.release(connection, check_id, by=by, why=why, at=datetime.now(UTC)))


def _release(released: audits.Release) -> dict[str, Any]:
    return {"by": released.by, "why": released.why, "at": released.at.isoformat()}
