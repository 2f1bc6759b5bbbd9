"""After the mistake: look the account up, see what Prepost finds in the post, decide, plan and draft.

Records nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.checks.limits import limits_for
from app.domain import Account, Draft, DraftKind, Prepared, Verdict
from app.engine import means
from app.errors import Invalid, NotFound
from app.recovery import changes, conditions
from app.recovery.conditions import Facts
from app.recovery.drafts import LANGUAGES, SPEAKING, Asked, Proposal, allowed_tone, draft_kind
from app.recovery.drills import Drill
from app.recovery.incident import Incident, Mistake, Outcome, Published, Tone
from app.recovery.steps import Due
from app.recovery.tables import RecoveryTables
from app.recovery.tone import tone_of
from app.recovery.triage import Decision
from app.service import reply
from app.service.check import SERVICE, Assessed, Checker
from app.service.directory import Directory
from app.service.masking import Masked
from app.service.query import Options, Query
from app.text.length import unit

_POINTERS = {
    "reach": "/reach",
    "minutes": "/post/posted_at",
    "spreading": "/spreading",
    "deleted": "/post/deleted",
    "legal": "/mistake/legal",
    "harm": "/mistake/harm",
    "hurt": "/mistake/hurt",
    "right": "/mistake/right",
}
_MUST_BE_READ = ("offensive/", "sombre_context/", "private_information/")
_INTENT: Mapping[Outcome, str] = {"apologise": "apology"}


@dataclass(frozen=True, slots=True)
class RecoveryQuery:
    """An incident whose account may be named by its id in the store."""

    post: Published
    account: str | Account
    mistake: Mistake
    reach: int | None = None
    spreading: bool | None = None
    now: datetime | None = None
    """None: the service's clock"""
    language: str | None = None
    """of the drafts; None: the account's"""
    tone: Tone | None = None
    """None: the account's"""
    drafts: bool = True


def incident_of(query: RecoveryQuery, account: Account) -> Incident:
    """The incident, once the account is known."""
    now = query.now or datetime.now(UTC)
    return Incident(query.post, account, query.mistake, now, query.reach, query.spreading)


def recover(tables: RecoveryTables, checker: Checker, directory: Directory, query: RecoveryQuery) -> dict[str, Any]:
    """The answer as plain data. Raises NotFound, Invalid, and StoreUnavailable."""
    incident, assessed = _look(checker, directory, query)
    shows = _shows(assessed.verdict)
    known = conditions.facts_of(incident, shows)
    decision = tables.triage.decide(known)
    facts = conditions.with_outcome(known, decision.outcome)
    language = _language(query, incident.account, decision.outcome)
    masked = Masked(assessed.prepared.fields, assessed.verdict.results)
    due = tables.steps.plan(facts, incident.now, _words(incident))
    return {
        "outcome": decision.outcome,
        "speaker": incident.speaker,
        "row": decision.row.id,
        "reasons": [decision.row.because, *_further(shows)],
        "source": decision.row.source,
        "unknown": [_POINTERS[column] for column in decision.unknown],
        "would_change": _would_change(decision),
        "found": reply.warnings(assessed.verdict.warnings, assessed.prepared, masked, unit="codepoint"),
        "checks": reply.checks(assessed.verdict.results),
        "degraded": assessed.verdict.degraded,
        "steps": [_step(each) for each in due],
        "drafts": _drafts(tables, query, incident, decision.outcome, assessed.prepared) if query.drafts else [],
        "notes": list(_notes(query, incident, decision.outcome, language, assessed)),
        "changes": _changes(tables, facts, incident, assessed.verdict),
        "versions": reply.versions(SERVICE, checker.rules_version, checker.model.version, assessed.policy),
        "tables": tables.digest,
    }


def drill_of(tables: RecoveryTables, name: str) -> Drill:
    """Raises NotFound."""
    if name not in tables.drills:
        raise NotFound(f"there is no drill {name!r}: there are {', '.join(tables.drills)}")
    return tables.drills[name]


def _look(checker: Checker, directory: Directory, query: RecoveryQuery) -> tuple[Incident, Assessed]:
    """The incident with its account, and how the post is judged at the moment it went out."""
    post = query.post
    draft = Draft(text=post.text, platforms=(post.platform,), kind=post.kind)
    case = directory.case(
        Query(draft, query.account, now=post.posted_at or query.now, options=Options(fact_checks="off"))
    )
    return incident_of(query, case.account), checker.assess(case)


def _shows(verdict: Verdict) -> frozenset[str] | None:
    """Categories that Prepost would have held it for; None where it could not be read: then nothing is let go."""
    unread = any(each.status == "not_assessed" and each.rule.startswith(_MUST_BE_READ) for each in verdict.results)
    if verdict.degraded or unread:
        return None
    return frozenset(each.category for each in verdict.warnings if means(each) in ("hold", "block"))


def _further(shows: frozenset[str] | None) -> Iterator[str]:
    if shows is None:
        yield "Not every check of the post could be made, or knows its language: nothing is let go unread."
    elif shows:
        yield f"Prepost itself would have held the post: {', '.join(sorted(shows)).replace('_', ' ')}."


def _words(incident: Incident) -> dict[str, str]:
    platform = incident.post.platform.replace("_", " ")
    return {
        "platform": "the platform" if platform == "other" else platform,
        "post": incident.post.noun,
        "account": shlex.quote(incident.account.id) if incident.account.id else "ACCOUNT",
    }


def _would_change(decision: Decision) -> list[dict[str, Any]]:
    return [
        {"pointer": _POINTERS[change.column], "condition": change.condition, "outcome": change.outcome}
        for change in decision.changes
    ]


def _step(due: Due) -> dict[str, Any]:
    step = due.step
    return {
        "id": step.id,
        "from_minute": step.starts,
        "to_minute": step.due,
        "due_at": due.due_at.isoformat().replace("+00:00", "Z"),
        "who": step.who,
        "do": due.do,
        "why": step.why,
        "command": due.command,
    }


def _language(query: RecoveryQuery, account: Account, outcome: Outcome) -> str:
    """Of the drafts. Raises Invalid for one that none are written in, where some are wanted."""
    language = (query.language or account.language or "en").partition("-")[0].casefold()
    if query.drafts and outcome in SPEAKING and language not in LANGUAGES:
        pointer = "/options/language" if query.language else "/account"
        raise Invalid(
            f"no drafts are written in {language!r}, only in {', '.join(sorted(LANGUAGES))}: ask for those "
            "(options.language, --language en), or for none (options.drafts false, --no-drafts)",
            pointer=pointer,
        )
    return language


def _drafts(
    tables: RecoveryTables, query: RecoveryQuery, incident: Incident, outcome: Outcome, prepared: Prepared
) -> list[dict[str, Any]]:
    platform, kind = incident.post.platform, draft_kind(incident, outcome)
    limit = _limit(prepared, kind)
    asked = Asked(incident, outcome, query.tone or tone_of(incident.account), platform, limit)
    return [_draft(each, asked, kind) for each in tables.drafts.write(asked)]


def _draft(proposal: Proposal, asked: Asked, kind: DraftKind) -> dict[str, Any]:
    gaps = [{"start": gap.start, "end": gap.end, "ask": gap.ask, "hint": gap.hint} for gap in proposal.gaps]
    return {
        "text": proposal.text,
        "tone": proposal.tone,
        "gaps": gaps,
        "platform": asked.platform,
        "kind": kind,
        "intent": _INTENT.get(asked.outcome),
        "length": proposal.length,
        "limit": asked.limit,
        "room": proposal.room,
    }


def _limit(prepared: Prepared, kind: DraftKind) -> int | None:
    """What the platform takes of a text, in its own unit; for an account of this tier, with limits of its own."""
    platform = prepared.draft.platforms[0]
    draft = replace(prepared.draft, kind=kind)
    limits = limits_for(replace(prepared, draft=draft), platform, "text")
    return min(
        (each.at_most for each in limits if each.at_most is not None and each.unit == unit(platform)), default=None
    )


def _notes(
    query: RecoveryQuery, incident: Incident, outcome: Outcome, language: str, assessed: Assessed
) -> Iterator[str]:
    if outcome not in SPEAKING:
        yield "No drafts: nothing is to be said."
    elif query.drafts:
        asked = query.tone or tone_of(incident.account)
        if allowed_tone(Asked(incident, outcome, asked, incident.post.platform, None)) != asked:
            yield "The drafts are warm and not playful: the harm doesn't allow it."
        read = assessed.prepared.text.language
        if query.language is None and incident.account.language is None and read not in (language, "und"):
            yield f"The post reads as {read!r}; the drafts are in {language!r}."
    if incident.post.posted_at is not None and incident.post.posted_at > incident.now:
        yield "post.posted_at lies after context.now; the post counts as just gone out."


def _changes(tables: RecoveryTables, facts: Facts, incident: Incident, verdict: Verdict) -> list[dict[str, Any]]:
    proposed: list[dict[str, Any]] = [
        {"what": each.what, "why": each.why, "policy": None} for each in tables.changes.proposed(facts)
    ]
    if rule := _rule(incident, verdict):
        proposed.append(rule)
    return proposed


def _case(incident: Incident, verdict: Verdict) -> str | None:
    """The post's words, if the rules on private information have read them and found nothing."""
    statuses = {each.status for each in verdict.results if each.rule.startswith("private_information/")}
    return incident.post.text if statuses == {"ok"} else None


def _rule(incident: Incident, verdict: Verdict) -> dict[str, Any] | None:
    """A rule in Prepost: the one that warns of this post made to block, or a house's own for what none saw."""
    warned = sorted({each.rule for each in verdict.warnings if each.severity != "low" and means(each) != "block"})
    if warned:
        return {
            "what": f"Have Prepost block what it warns of here: {', '.join(warned)}.",
            "why": "With each post checked before it goes out, this one would have been stopped.",
            "policy": changes.blocking(warned),
        }
    kind = incident.mistake.kind
    if kind in ("slip", "private_information") or verdict.warnings or verdict.degraded:
        return None  # no word tells a wrong date, and what is private belongs in no policy file
    return {
        "what": "Prepost saw nothing in this post: give it a rule of your own, and say that it missed it.",
        "why": "POST /v1/feedback with `missed` teaches the next model; a rule of your own works from today.",
        "policy": changes.own_rule(kind, _case(incident, verdict), incident.now.date()),
    }
