"""From the request's models to the domain and back, by hand: this runs on each check and must cost next to nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from app.api.schemas import accounts as account_models
from app.api.schemas import calendar as calendar_models
from app.api.schemas import check as check_models
from app.api.schemas import events as event_models
from app.api.schemas import feedback as feedback_models
from app.api.schemas import recovery as recovery_models
from app.domain import Account, Draft, Event, Feedback, Media, Message, PastPost, Platform
from app.errors import BadRecovery
from app.events.calendar import Occurrence
from app.recovery.drills import Decision, Drill
from app.recovery.incident import Mistake, Published
from app.service.events import counts_again, severity_of
from app.service.query import AuthorRef, Options, Query
from app.service.recovery import RecoveryQuery


def query(request: check_models.CheckRequest) -> Query:
    return Query(
        draft=draft(request.draft),
        account=_account_ref(request.account),
        author=_author(request.author) if request.author else None,
        now=request.context.now,
        events=tuple(event(item) for item in request.context.events),
        options=_options(request.options),
    )


def draft(given: check_models.Draft) -> Draft:
    return Draft(
        text=given.text,
        platforms=_platforms(given),
        kind=given.kind,
        title=given.title,
        content_warning=given.content_warning,
        tags=tuple(given.tags),
        poll_options=tuple(given.poll.options) if given.poll else None,
        media=tuple(Media(item.type, item.alt_text, item.bytes) for item in given.media),
        links=tuple(given.links),
        in_reply_to=_message(given.in_reply_to),
        quoted=_message(given.quoted),
        intent=given.intent,
        scheduled_for=given.scheduled_for,
        paid_partnership=given.paid_partnership,
        made_with_ai=given.made_with_ai,
    )


def _platforms(given: check_models.Draft) -> tuple[Platform, ...]:
    """The platforms named; none: the account's own will be taken."""
    return tuple(dict.fromkeys([given.platform, *given.platforms] if given.platform else given.platforms))


def _message(given: check_models.Message | None) -> Message | None:
    return Message(given.text, given.author) if given else None


def _author(given: check_models.Author) -> AuthorRef:
    return AuthorRef(given.id, tuple(_account_ref(item) for item in given.accounts), given.last_account)


def _account_ref(given: str | account_models.InlineAccount) -> str | Account:
    return given if isinstance(given, str) else account(given)


def _options(given: check_models.Options) -> Options:
    language = given.language.partition("-")[0] if given.language else None
    return Options(given.policy, language, given.offsets, given.explain, given.fact_checks)


def account(given: account_models.InlineAccount, account_id: str | None = None) -> Account:
    return Account(
        handle=given.handle,
        id=account_id,
        platform=given.platform,
        display_name=given.display_name,
        kind=given.kind,
        description=given.description,
        language=given.language,
        regions=tuple(given.regions),
        timezone=given.timezone,
        voice=given.voice,
        sector=given.sector,
        jurisdictions=tuple(given.jurisdictions),
        tier=given.tier,
        limits=given.limits,
        contacts=tuple(given.contacts),
        client=given.client,
        recent_posts=posts(given.recent_posts),
        policy=given.policy,
    )


def posts(given: Sequence[str | account_models.PastPost]) -> tuple[PastPost, ...]:
    return tuple(
        PastPost(item) if isinstance(item, str) else PastPost(item.text, item.posted_at, item.kind) for item in given
    )


def event(given: event_models.NewEvent) -> Event:
    return Event(
        name=given.name,
        kind=given.kind,
        regions=tuple(given.regions),
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        keywords=tuple(given.keywords),
        severity=given.severity or severity_of(given.kind),
        anniversary=given.anniversary,
    )


def event_changes(given: event_models.EventChanges) -> dict[str, Any]:
    """The fields that were sent; null is something to say of the end alone."""
    sent = {name: getattr(given, name) for name in given.model_fields_set}
    sent = {name: value for name, value in sent.items() if value is not None or name == "ends_at"}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in sent.items()}


def account_out(stored: Account) -> account_models.StoredAccount:
    return account_models.StoredAccount(
        id=stored.id or "",
        handle=stored.handle,
        platform=stored.platform,
        display_name=stored.display_name,
        kind=stored.kind,
        description=stored.description,
        language=stored.language,
        regions=list(stored.regions),
        timezone=stored.timezone,
        voice=dict(stored.voice),
        sector=stored.sector,
        jurisdictions=list(stored.jurisdictions),
        tier=stored.tier,
        limits=dict(stored.limits),
        contacts=list(stored.contacts),
        client=stored.client,
        recent_posts=[
            account_models.PastPost(text=post.text, posted_at=post.posted_at, kind=post.kind)
            for post in stored.recent_posts
        ],
        policy=stored.policy,
    )


def event_out(stored: Event) -> event_models.StoredEvent:
    return event_models.StoredEvent(
        id=stored.id or "",
        name=stored.name,
        kind=stored.kind,
        regions=list(stored.regions),
        starts_at=stored.starts_at,
        ends_at=stored.ends_at,
        keywords=list(stored.keywords),
        severity=stored.severity,
        anniversary=counts_again(stored),
        source=stored.source,
        status=stored.status,
    )


def calendar_day(found: Occurrence) -> calendar_models.CalendarDay:
    observance = found.observance
    return calendar_models.CalendarDay(
        id=observance.id,
        name=observance.name,
        date=found.first,
        until=found.last,
        starts_at=found.starts_at().isoformat(),
        silence=observance.silence,
        regions=list(observance.regions),
        kind="memorial_day",
        sub_kind=observance.sub_kind,
        severity=observance.severity,
        words=list(observance.words),
        careful_with=list(observance.careful),
        confirmed=observance.confirmed,
        source=observance.source,
    )


def feedback(given: feedback_models.NewFeedback) -> Feedback:
    return Feedback(
        check_id=given.check_id,
        verdict_was=given.verdict_was,
        why=given.why,
        by=given.by,
        outcome=given.outcome,
        category=given.category,
        rule=given.rule,
        labels=given.labels.model_dump(exclude_none=True) if given.labels else {},
        text=given.text,
    )


def feedback_out(stored: Feedback) -> feedback_models.StoredFeedback:
    return feedback_models.StoredFeedback(**_feedback_fields(stored))


def feedback_with_text(stored: Feedback) -> feedback_models.FeedbackWithText:
    return feedback_models.FeedbackWithText(**_feedback_fields(stored), text=stored.text)


def _feedback_fields(stored: Feedback) -> dict[str, Any]:
    return {
        "id": stored.id,
        "check_id": stored.check_id,
        "verdict_was": stored.verdict_was,
        "category": stored.category,
        "rule": stored.rule,
        "labels": dict(stored.labels),
        "has_text": stored.text is not None,
        "why": stored.why,
        "by": stored.by,
        "outcome": stored.outcome,
        "at": stored.at,
        "warned": list(stored.warned),
        "model": stored.model,
        "account": stored.account_id,
        "platform": stored.platform,
    }


def incident(given: recovery_models.RecoverRequest) -> RecoveryQuery:
    post, options = given.post, given.options
    return RecoveryQuery(
        post=Published(post.text, post.platform, post.kind, post.posted_at, post.deleted),
        account=_account_ref(given.account),
        mistake=_mistake(given.mistake),
        reach=given.reach,
        spreading=given.spreading,
        now=given.context.now,
        language=options.language,
        tone=options.tone,
        drafts=options.drafts,
    )


def _mistake(given: recovery_models.MistakeIn) -> Mistake:
    hurt = None if given.hurt is None else tuple(dict.fromkeys(given.hurt))
    harm = given.harm or ("none" if hurt == () else None)
    return Mistake(given.kind, given.what, given.right, hurt, harm, given.legal)


def drill_summary(drill: Drill) -> dict[str, Any]:
    return {
        "id": drill.id,
        "title": drill.title,
        "speaker": drill.speaker,
        "decisions": len(drill.steps),
        "minutes": drill.steps[-1].minute,
    }


def drill(drill: Drill) -> recovery_models.DrillOut:
    return recovery_models.DrillOut(
        **drill_summary(drill),
        account=drill.account,
        story=drill.story,
        steps=[_decision(step) for step in drill.steps],
        recovery=dict(drill.recovery),
        debrief=drill.debrief,
    )


def _decision(step: Decision) -> recovery_models.DecisionOut:
    return recovery_models.DecisionOut(
        minute=step.minute,
        seconds=step.seconds,
        says=step.says,
        ask=step.ask,
        choices=[
            recovery_models.ChoiceOut(key=choice.key, do=choice.do, worth=choice.worth, then=choice.then)
            for choice in step.choices
        ],
        late=step.late,
        method=step.method,
    )


def assert_playable(drills: Iterable[Drill]) -> None:
    """Raises BadRecovery for a drill whose `recovery` is no request of one, by file and field."""
    for each in drills:
        try:
            recovery_models.RecoverRequest.model_validate_json(json.dumps(each.recovery))
        except ValidationError as error:
            fault = error.errors()[0]
            where = "/".join(str(part) for part in fault["loc"])
            raise BadRecovery(f"{each.id}.toml: recovery: {where}: {fault['msg']}") from error
        except TypeError as error:  # TOML knows dates of its own
            raise BadRecovery(f"{each.id}.toml: recovery: dates and times are written in quotation marks") from error
