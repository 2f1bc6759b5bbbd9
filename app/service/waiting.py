"""Judge a draft that waits: when it is registered, and again when what it was judged against has changed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from app.checks.sombre_context.violent_wording import kinds_named
from app.domain import Account, Draft, Event, EventKind, Verdict, WaitingPost
from app.engine import Broken, attempt
from app.errors import PrepostError
from app.events.matching import audience, is_active, touching
from app.service import features, kept, records, reply, stirring
from app.service.canonical import digest
from app.service.check import SERVICE, Assessed, Checker, Outcome
from app.service.directory import SAME_WITHIN, Directory
from app.service.masking import holds_secret
from app.service.present import Present
from app.service.query import Case, Query
from app.store.audits import AuditRecord
from app.store.queue import OUTDATED, Item, Keep
from app.text.likeness import same_text

CHANGED = "should be checked again: its model, policy, rules or account have changed, and its text is not kept"
_NOT_ITS_FAULT = 500
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


class Batch(NamedTuple):
    """Drafts that are registered together."""

    ids: frozenset[str] = frozenset()
    judged: tuple[Item, ...] = ()
    """those before this one"""

    def saying(self, words: str | None, case: Case) -> tuple[WaitingPost, ...]:
        """Those that say just this, about the same time."""
        return tuple(
            WaitingPost(item.id, item.account, item.scheduled_for, item.platforms)
            for item in self.judged
            if words and item.same_words == words and abs(item.scheduled_for - case.goes_out_at) <= SAME_WITHIN
        )


NO_BATCH = Batch()


def tag_mark(tag: str) -> str:
    """What a tag is found by: case and gaps don't count."""
    return f"t:{' '.join(tag.split()).casefold()}"


def judge(entry: Entry, present: Present, directory: Directory, batch: Batch = NO_BATCH) -> Judged:
    """For the first time, or edited. Raises NotFound and Invalid, with pointers.

    `batch`: what is registered along with it.
    """
    query, checker = entry.query, present.checker
    started = time.perf_counter()
    case = _case(query, present, directory)
    words = _words_of(query.draft)
    case = replace(case, waiting=directory.waiting(words, case, but={entry.id, *batch.ids}) + batch.saying(words, case))
    assessed = checker.assess(case)
    outcome = checker.answer(case, assessed, started)
    record = records.record(outcome, without_text=entry.keep == "features")
    account, draft, kinds = case.account, query.draft, stirring.stirs(checker, assessed)
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
        same_words=words,
        platforms=case.draft.platforms,
        request=kept.query_to_json(query),
        features=None,
        scores=kept.scores_to_json(assessed.prepared),
        words=features.hashed(assessed.prepared.texts, entry.id),
        stirred=_fingerprint(checker.of_moment(assessed)),
        stirs=kinds,
        touched=stirring.is_touched(kinds, assessed, case),
        recheck=None,
        **_said(assessed.verdict, record),
        **_seen(present),
    )
    if entry.keep == "features" or holds_secret(assessed.verdict):
        item = _without_its_text(item, query, checker, case, assessed, kinds)
    return Judged(item, record, outcome)


def _without_its_text(
    item: Item, query: Query, checker: Checker, case: Case, assessed: Assessed, kinds: frozenset[EventKind] | None
) -> Item:
    """Because it was asked for, or because the draft holds a secret that must not lie in the store till it goes out."""
    known = features.features(checker, case, assessed, near=kinds is None or bool(kinds))
    request = kept.query_to_json(_without_words(query))
    # A digest of words that hold a short secret could be guessed.
    words = None if holds_secret(assessed.verdict) else item.same_words
    without = replace(item, keep="features", request=request, scores=None, stirs=None, same_words=words)
    return replace(without, features=known.to_json())


def judge_again(item: Item, present: Present, directory: Directory) -> Judged:
    """Against the present. A draft that can't be judged is held, never left as it was. Raises StoreUnavailable."""
    judged = attempt("judging a waiting draft again", _judge_again, item, present, directory)
    if isinstance(judged, Judged):
        return judged
    if isinstance(judged, PrepostError) and judged.status >= _NOT_ITS_FAULT:
        raise judged
    why = f"{judged.error} while judging it" if isinstance(judged, Broken) else judged.detail
    return _held(item, f"could not be judged: {why}"[:200], present)


def _judge_again(item: Item, present: Present, directory: Directory) -> Judged | PrepostError:
    if _is_unconcerned(item, present):
        return Judged(replace(item, **_seen(present)))
    query = kept.query_from_json(item.request)
    try:
        if item.keep == "features":
            return _without_text(item, query, present, directory)
        return _with_text(item, query, present, directory)
    except PrepostError as refusal:  # its policy is gone, or the store is
        return refusal


def _with_text(item: Item, query: Query, present: Present, directory: Directory) -> Judged:
    checker = present.checker
    started = time.perf_counter()
    case = _case(query, present, directory)
    words = _words_of(query.draft)
    scored = kept.scores_from_json(item.scores, checker.model)
    if scored is not None and item.recheck is None and _only_events_changed(item, present):
        options = replace(case.options, language=case.options.language or kept.language_of(item.scores))
        moment = checker.assess_moment(replace(case, options=options), scored)
        if _fingerprint(moment.verdict) == item.stirred:  # and all other rules find what they found
            return Judged(replace(item, touched=stirring.is_touched(item.stirs, moment, case), **_seen(present)))
        same = directory.waiting(words, case, but={item.id})
        moment = moment._replace(prepared=replace(moment.prepared, waiting=same))
        case, kinds = replace(case, waiting=same), item.stirs
        assessed = checker.complete(case, moment)
    else:
        case = replace(case, waiting=directory.waiting(words, case, but={item.id}))
        assessed = checker.assess(case, scored)
        kinds = stirring.stirs(checker, assessed)
    judged = replace(
        item,
        marks=_marks(case.account, item.tags),
        account=case.account.id or case.account.handle,
        scores=kept.scores_to_json(assessed.prepared),
        stirred=_fingerprint(checker.of_moment(assessed)),
        stirs=kinds,
        touched=stirring.is_touched(kinds, assessed, case),
        recheck=None,
        same_words=words,
        platforms=case.draft.platforms,
        **_seen(present),
    )
    # A rule has learnt to see it, or the draft was stored before secrets lost their text.
    secret = holds_secret(assessed.verdict)
    if item.recheck is None and not secret and _fingerprint(assessed.verdict) == item.warned:
        return Judged(judged)
    outcome = checker.answer(case, assessed, started)
    record = records.record(outcome)
    if secret:
        judged = _without_its_text(judged, query, checker, case, assessed, kinds)
    return Judged(replace(judged, revision=item.revision + 1, **_said(assessed.verdict, record)), record, outcome)


def _only_events_changed(item: Item, present: Present) -> bool:
    return item.events_seen != OUTDATED and item.judged_by == present.judged_by


def _is_unconcerned(item: Item, present: Present) -> bool:
    """Whether only events have changed, and none that is on at its moment is in its words, or near and may stir it.

    Told by what is kept of every item, for this is all that most of them need: twenty microseconds each.
    """
    changes = present.changes.get(item.events_seen)
    if changes is None or not _only_events_changed(item, present):
        return False
    at = max(item.scheduled_for, datetime.now(UTC))
    active = [event for event in changes.at(at) if is_active(event, at)]
    if not active:
        return True
    if any(present.may_hide_a_day(event) for event in active):
        return False
    words = features.words_of(item.words)
    calm = _calm(item)
    return not any(
        ((event.kind not in calm or kinds_named(event)) and _is_near(event, item))
        or features.may_name(words, item.id, event)
        for event in active
    )


def _calm(item: Item) -> frozenset[EventKind]:
    """Kinds of which a near event changes nothing: none where those that are on already count for something."""
    if item.stirs is None or item.touched or item.scheduled_for <= datetime.now(UTC):
        return frozenset()
    return frozenset(stirring.KINDS) - item.stirs


def _is_near(event: Event, item: Item) -> bool:
    return any(f"r:{each}" in item.marks for region in event.regions for each in touching(region))


def _without_text(item: Item, query: Query, present: Present, directory: Directory) -> Judged:
    at = _goes_out_at(query)
    case = _case(query, present, directory)
    account, events = case.account, (*case.events, *case.stored)
    known, words = features.Features.from_json(item.features or ""), features.words_of(item.words)
    seen = replace(item, marks=_marks(account, item.tags), **_seen(present))
    if case.events_error:
        return _held(seen, f"could not be judged: {case.events_error}"[:200], present)
    if new := features.unknown(known, words, item.id, events, account, at):
        asked = replace(known, known=known.known | new)  # once for each event: a release covers those asked about
        return _held(replace(seen, features=asked.to_json()), features.ASK, present)
    may_be_stirred = known.stirred_near or known.stirred_named
    if item.touched and may_be_stirred and _only_events_changed(item, present) and not present.is_known_to(item):
        return _held(seen, features.ASK, present)  # one that has gone may have kept a known one out of sight
    if _only_events_changed(item, present) or item.recheck:
        return Judged(seen)
    return Judged(replace(seen, recheck=CHANGED, revision=item.revision + 1))


def _held(item: Item, why: str, present: Present) -> Judged:
    """Until it is sent again, or released: under a check of its own, so that no release from before lets it go."""
    seen = replace(item, recheck=why, stirs=None, revision=item.revision + 1, **_seen(present))
    if item.verdict == "block":  # a hold could be released
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
    return Judged(replace(seen, verdict="hold", check_id=check_id, warnings=(), warned=""), record)


def _case(query: Query, present: Present, directory: Directory) -> Case:
    """As `Directory.case`, without a look-up of fact checks, and saying so."""
    return replace(directory.case(query, present.agenda.at(_goes_out_at(query))), looked_up=present.looked_up)


def _words_of(draft: Draft) -> str | None:
    """What tells that two drafts say the same; None where there is nothing to read."""
    return same_text(draft.text) if draft.text.strip() else None


def _goes_out_at(query: Query) -> datetime:
    now, scheduled = datetime.now(UTC), query.draft.scheduled_for
    return scheduled if scheduled is not None and scheduled > now else now


def _marks(account: Account, tags: Sequence[str]) -> frozenset[str]:
    return frozenset(f"r:{region}" for region in audience(account.regions)) | frozenset(map(tag_mark, tags))


def _seen(present: Present) -> dict[str, Any]:
    return {
        "events_seen": present.agenda.revision,
        "judged_by": present.judged_by,
        "judged_at": datetime.now(UTC),
    }


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
    said = [(w.rule, w.severity, w.finding.message, w.finding.why, w.finding.fallback) for w in verdict.warnings]
    unread = [(each.rule, each.status) for each in verdict.results if each.status in ("failed", "not_assessed")]
    return digest((verdict.name, said, unread))


def _without_words(query: Query) -> Query:
    """What judging the moment needs: whose audience, and when."""
    account = query.account
    if isinstance(account, Account):
        account = Account(handle=account.handle, kind=account.kind, regions=account.regions, policy=account.policy)
    draft = query.draft
    return Query(
        Draft("", draft.platforms, draft.kind, scheduled_for=draft.scheduled_for), account, options=query.options
    )
