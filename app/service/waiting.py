"""Judge a draft that waits: when it is registered, and again when what it was judged against has changed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from app.domain import Account, Draft, EventMatch, Verdict
from app.engine import Broken, attempt
from app.errors import PrepostError
from app.events.matching import audience, match
from app.service import features, kept, records, reply
from app.service.canonical import digest
from app.service.check import SERVICE, Assessed, Outcome, read_fields
from app.service.directory import Directory
from app.service.present import Present
from app.service.query import Query
from app.store.audits import AuditRecord
from app.store.queue import OUTDATED, Item, Keep

CHANGED = "should be checked again: its model, policy, rules or account have changed, and its text is not kept"
_KEPT_FOR = timedelta(days=365)
"""how long the record of a draft that could not be judged is kept: no policy is known to say so"""


class Entry(NamedTuple):
    """A draft to be registered under the caller's own id."""

    id: str
    query: Query
    tags: tuple[str, ...]
    keep: Keep

    @property
    def digest(self) -> str:
        return digest((self.query, self.tags, self.keep))


class Judged(NamedTuple):
    """An item as it is to be stored. Without a record it has nothing new to say."""

    item: Item
    record: AuditRecord | None = None
    outcome: Outcome | None = None


def tag_mark(tag: str) -> str:
    """What a tag is found by: case and gaps don't count."""
    return f"t:{' '.join(tag.split()).casefold()}"


def judge(entry: Entry, present: Present, directory: Directory) -> Judged:
    """For the first time, or edited. Raises NotFound and Invalid, with pointers."""
    query, checker = entry.query, present.checker
    started = time.perf_counter()
    case = directory.case(query, present.agenda.at(_goes_out_at(query)))
    assessed = checker.assess(case)
    outcome = checker.answer(case, assessed, started)
    record = records.record(outcome, without_text=entry.keep == "features")
    account, draft = case.account, query.draft
    assert draft.scheduled_for is not None
    item = Item(
        id=entry.id,
        account=account.id or account.handle,
        account_id=query.account if isinstance(query.account, str) else None,
        scheduled_for=draft.scheduled_for,
        tags=entry.tags,
        marks=_marks(account, entry.tags),
        keep=entry.keep,
        sent=entry.digest,
        request=kept.query_to_json(query if entry.keep == "text" else _without_words(query)),
        features=None,
        scores=_scores(assessed, checker.model.version),
        recheck=None,
        **_said(assessed.verdict, record),
        **_against(assessed.prepared.moment.events, present),
    )
    if entry.keep == "features":
        item = replace(item, scores=None, features=features.features(checker, case, assessed, entry.id).to_json())
    return Judged(item, record, outcome)


def judge_again(item: Item, present: Present, directory: Directory) -> Judged:
    """Against the present. A draft that can't be judged is held, never left as it was."""
    judged = attempt("judging a waiting draft again", _judge_again, item, present, directory)
    if isinstance(judged, Judged):
        return judged
    why = f"{judged.error} while judging it" if isinstance(judged, Broken) else judged.detail
    return _held(item, f"could not be judged: {why}"[:200], present)


def _judge_again(item: Item, present: Present, directory: Directory) -> Judged | PrepostError:
    query = kept.query_from_json(item.request)
    try:
        if item.keep == "features":
            return _without_text(item, query, present, directory)
        return _with_text(item, query, present, directory)
    except PrepostError as refusal:  # its policy is gone
        return refusal


def _with_text(item: Item, query: Query, present: Present, directory: Directory) -> Judged:
    checker, at = present.checker, _goes_out_at(query)
    counting = present.agenda.at(at)
    only_events = item.events_seen != OUTDATED and item.judged_by == present.judged_by
    if only_events and item.recheck is None:
        met = match(counting, directory.account(query.account), at, read_fields(query.draft, query.options.language))
        if digest(met) == item.matched:  # only events have changed, and none that concerns it
            return Judged(replace(item, **_seen(present)))
    started = time.perf_counter()
    case = directory.case(query, counting)
    assessed = checker.assess(case, kept.scores_from_json(item.scores, checker.model))
    judged = replace(
        item,
        marks=_marks(case.account, item.tags),
        account=case.account.id or case.account.handle,
        scores=_scores(assessed, checker.model.version),
        recheck=None,
        **_against(assessed.prepared.moment.events, present),
    )
    if item.recheck is None and (assessed.verdict.name, _fingerprint(assessed.verdict)) == (item.verdict, item.warned):
        return Judged(judged)
    outcome = checker.answer(case, assessed, started)
    record = records.record(outcome)
    return Judged(replace(judged, revision=item.revision + 1, **_said(assessed.verdict, record)), record, outcome)


def _without_text(item: Item, query: Query, present: Present, directory: Directory) -> Judged:
    account = directory.account(query.account)
    seen = replace(item, marks=_marks(account, item.tags), **_seen(present))
    at, known = _goes_out_at(query), features.Features.from_json(item.features or "")
    if features.must_be_sent_again(known, present.agenda.at(at), account, at):
        return _held(item, features.ASK, present)
    unchanged = item.judged_by == present.judged_by and item.events_seen != OUTDATED
    if unchanged or item.recheck:
        return Judged(seen)
    return Judged(replace(seen, recheck=CHANGED, revision=item.revision + 1))


def _held(item: Item, why: str, present: Present) -> Judged:
    """Held until it is sent again, or released as any hold: under a check of its own."""
    seen = replace(item, **_seen(present))
    if (item.verdict, item.recheck) == ("hold", why):
        return Judged(seen)
    now, checker = datetime.now(UTC), present.checker
    versions = {"service": SERVICE, "rules": checker.rules_version, "model": checker.model.version, "policy": "unknown"}
    check_id = f"chk_{secrets.token_hex(12)}"
    record = AuditRecord(
        id=check_id,
        created_at=now,
        account=item.account,
        platform=None,
        verdict="hold",
        degraded=False,
        input_hash=item.sent,
        versions=versions,
        reply=reply.unread(id=check_id, versions=versions, input_hash=item.sent, reason=why),
        snapshot=None,
        retain_until=now + _KEPT_FOR,
    )
    held = replace(seen, verdict="hold", recheck=why, check_id=check_id, warnings=(), warned="")
    return Judged(replace(held, revision=item.revision + 1), record)


def _goes_out_at(query: Query) -> datetime:
    now, scheduled = datetime.now(UTC), query.draft.scheduled_for
    return scheduled if scheduled is not None and scheduled > now else now


def _marks(account: Account, tags: Sequence[str]) -> frozenset[str]:
    return frozenset(f"r:{region}" for region in audience(account.regions)) | frozenset(map(tag_mark, tags))


def _scores(assessed: Assessed, model: str) -> str | None:
    return kept.scores_to_json((assessed.prepared.scores, assessed.prepared.reply_scores), model)


def _seen(present: Present) -> dict[str, Any]:
    return {
        "events_seen": present.agenda.revision,
        "judged_by": present.judged_by,
        "judged_at": datetime.now(UTC),
    }


def _against(events: Sequence[EventMatch], present: Present) -> dict[str, Any]:
    return {"matched": digest(events), **_seen(present)}


def _said(verdict: Verdict, record: AuditRecord) -> dict[str, Any]:
    """What its record says, and so no word of the draft where the policy keeps none."""
    names = ("rule", "category", "severity", "message")
    return {
        "verdict": verdict.name,
        "check_id": record.id,
        "warnings": tuple({name: warning[name] for name in names} for warning in record.reply["warnings"]),
        "warned": _fingerprint(verdict),
    }


def _fingerprint(verdict: Verdict) -> str:
    """Of all that the warnings say: another event behind the same rule is news, which no old release covers."""
    return digest([(w.rule, w.severity, w.finding.message, w.finding.why) for w in verdict.warnings])


def _without_words(query: Query) -> Query:
    """What judging the moment needs: whose audience, and when."""
    account = query.account
    if isinstance(account, Account):
        account = Account(handle=account.handle, kind=account.kind, regions=account.regions, policy=account.policy)
    draft = query.draft
    return Query(
        Draft("", draft.platforms, draft.kind, scheduled_for=draft.scheduled_for), account, options=query.options
    )
