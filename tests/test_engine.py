"""The engine: a rule that raises is a failure on record, and the log says where, not what."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from app.checks.base import Check
from app.domain import Account, CheckResult, Draft, Finding, Moment, Prepared
from app.engine import attempt, decide, run_checks
from app.policy import Policy, RulePolicy
from app.text import read

SECRET = "we resign at noon"


def _raise(prepared: Prepared) -> Iterable[Finding]:
    try:
        {}[prepared.text.raw]
    except KeyError as error:
        raise ValueError(f"can't read {prepared.text.raw!r}") from error
    return ()


def _run(check: Check) -> tuple:
    policy = Policy("p", 1, {check.id: RulePolicy("hold", 0.5, {"default": "low"})}, {}, frozenset(), {})
    moment = Moment(datetime(2026, 11, 11, tzinfo=UTC))
    return run_checks(Prepared(Draft(SECRET), Account(), moment, (read(SECRET, language="en"),)), (check,), policy)


def test_the_log_of_a_rule_that_raises_holds_no_word_of_the_draft(caplog: pytest.LogCaptureFixture) -> None:
    """The error's message, and that of the error behind it, quote what the rule was looking at."""
    (result,) = _run(Check("offensive/raising", "Raising", _raise))
    assert (result.status, result.reason) == ("failed", "ValueError in this rule")
    assert "offensive/raising failed: ValueError at app/engine.py:" in caplog.text
    assert "resign" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


def test_the_log_names_the_place_in_our_code(caplog: pytest.LogCaptureFixture) -> None:
    """Without a traceback that is all there is to look for the fault with."""
    with caplog.at_level(logging.ERROR):
        attempt("reading", lambda: read(None))
    assert "reading failed: AttributeError at app/text/" in caplog.text


def _decided(*rules: tuple[str, Finding]) -> list[str]:
    """The rules whose warnings are shown."""
    policies = {rule: RulePolicy("hold", 0.5, {"default": "high"}) for rule, _ in rules}
    policy = Policy("p", 1, policies, {}, frozenset(), {})
    moment = Moment(datetime(2026, 11, 11, tzinfo=UTC))
    prepared = Prepared(Draft(SECRET), Account(), moment, (read(SECRET, language="en"),))
    results = [CheckResult(rule, "ok", findings=(finding,)) for rule, finding in rules]
    return [warning.rule for warning in decide(results, prepared, policy).warnings]


def test_a_fallback_gives_way_to_a_rule_of_its_category() -> None:
    """Two warnings for one fault teach people to skip warnings; one of another category is another fault."""
    sure, score = Finding("m", "w", "s", confidence=0.8), Finding("m", "w", "s", confidence=0.9, fallback=True)

    assert _decided(("offensive/a", sure), ("offensive/b", score)) == ["offensive/a"]
    assert _decided(("wrong_account/a", sure), ("offensive/b", score)) == ["wrong_account/a", "offensive/b"]


def test_of_several_fallbacks_the_surest_is_shown() -> None:
    """Surest by how far it lies above its threshold."""
    weak, strong = (Finding("m", "w", "s", confidence=sure, fallback=True) for sure in (0.6, 0.9))

    assert _decided(("offensive/a", weak), ("offensive/b", strong)) == ["offensive/b"]
