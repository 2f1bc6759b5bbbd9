"""Feedback: what a person says of a check, held against what the check said; and all of it, for labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain import Account, Category, Feedback, VerdictWas
from app.errors import Invalid, NotFound
from app.store import accounts, audits, feedback
from app.store.audits import AuditRecord
from app.store.session import Database


def give(database: Database, said: Feedback, rules: Collection[str]) -> Feedback:
    """Store what was said, with what the check knows of itself: its record may be gone when labels are made of it.

    Raises NotFound for a check that isn't on record, and Invalid, with a pointer, for what can't be said of it. That
    a text is the one which was checked can't be told: only a hash of the whole input is kept.
    """
    with database.transaction() as connection:
        record = audits.get(connection, said.check_id)
        if record is None:
            raise NotFound(f"there is no check {said.check_id!r}", pointer="/check_id")
        stated = replace(said, category=_category(said), warned=tuple(_warned(record)))
        _refuse_what_does_not_fit(stated, record, rules)
        account = accounts.get(connection, record.account) if record.account else None
        return feedback.add(connection, _described(stated, record, account), datetime.now(UTC))


def find(database: Database, feedback_id: str) -> Feedback:
    with database.transaction() as connection:
        found = feedback.get(connection, feedback_id)
    if found is None:
        raise NotFound(f"there is no feedback {feedback_id!r}")
    return found


def page(
    database: Database, *, after: str | None, limit: int, verdict_was: VerdictWas | None, category: Category | None
) -> list[Feedback]:
    """Up to `limit` in the order they came in."""
    with database.transaction() as connection:
        return feedback.list_page(connection, after=after, limit=limit, verdict_was=verdict_was, category=category)


def erase(database: Database, feedback_id: str) -> None:
    """Erase it with the text that came with it. Raises NotFound."""
    with database.transaction() as connection:
        if not feedback.delete(connection, feedback_id):
            raise NotFound(f"there is no feedback {feedback_id!r}")


def with_texts(database: Database, since: datetime | None) -> list[Feedback]:
    """All feedback since a moment, oldest first; with the text that the check's record keeps, where none came along."""
    with database.transaction() as connection:
        found = list(feedback.since(connection, since))
        return [item if item.text else _with_text(item, audits.get(connection, item.check_id)) for item in found]


def _with_text(item: Feedback, record: AuditRecord | None) -> Feedback:
    kept = (record.snapshot or {}).get("fields", {}) if record else {}
    return replace(item, text=kept.get("text") or None)


def _category(said: Feedback) -> Category | None:
    """The category that was named, or that of the rule."""
    if said.category is None and said.rule is not None:
        return said.rule.partition("/")[0]  # type: ignore[return-value]  # the rule is held against the known ones
    return said.category


def _warned(record: AuditRecord) -> Iterator[str]:
    """The rules that found something, each once; those that only observe as well."""
    found: list[dict[str, Any]] = [*record.reply["warnings"], *(record.snapshot or {}).get("observed", ())]
    yield from dict.fromkeys(warning["rule"] for warning in found)


def _refuse_what_does_not_fit(said: Feedback, record: AuditRecord, rules: Collection[str]) -> None:
    if said.rule is not None and said.rule not in {*rules, *said.warned}:
        raise Invalid(f"there is no rule {said.rule!r}", pointer="/rule")
    if said.rule is not None and said.rule.partition("/")[0] != said.category:
        raise Invalid("the rule is of another category", pointer="/category")
    if said.text is not None and not said.text.strip():
        raise Invalid("a text without words teaches nothing: leave it out", pointer="/text")
    if said.verdict_was == "missed":
        _refuse_a_miss_of_nothing(said)
    else:
        _refuse_what_was_not_said(said, record)


def _refuse_a_miss_of_nothing(said: Feedback) -> None:
    if said.category is None and not said.labels:
        raise Invalid("say what was missed: a category, a rule or labels", pointer="/category")
    if said.rule in said.warned:
        raise Invalid("the check did find something by this rule: it was not missed", pointer="/rule")


def _refuse_what_was_not_said(said: Feedback, record: AuditRecord) -> None:
    """What is right or wrong about a category or rule must be something that the check said."""
    if said.verdict_was == "wrong" and not said.warned and record.verdict == "pass":
        raise Invalid("the check passed the draft without a warning: was something missed?", pointer="/verdict_was")
    if said.rule is not None and said.rule not in said.warned:
        raise Invalid("the check found nothing by this rule: was it missed?", pointer="/rule")
    if said.category is not None and not any(rule.startswith(f"{said.category}/") for rule in said.warned):
        raise Invalid("the check found nothing of this category: was it missed?", pointer="/category")


def _described(said: Feedback, record: AuditRecord, account: Account | None) -> Feedback:
    return replace(
        said,
        model=record.versions.get("model", ""),
        platform=record.platform,
        account_id=account.id if account else None,
        account_kind=account.kind if account else None,
        country=_country(account) if account else None,
    )


def _country(account: Account) -> str | None:
    """ISO 3166-1: the first country that the account speaks to."""
    return next((region.partition("-")[0] for region in account.regions if region != "WORLD"), None)
