"""The reply's form: one entry a category, each rule that is not ok, evidence as JSON can hold it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks import CHECKS
from app.domain import Account, CheckResult, CheckStatus, Draft
from app.main import load_live
from app.service import reply
from app.service.canonical import digest
from app.service.check import Checker
from app.service.query import Case, Options
from app.settings import Settings


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        (("ok", "ok"), "ok"),
        (("ok", "skipped"), "ok"),
        (("skipped", "skipped"), "skipped"),
        (("ok", "not_assessed", "skipped"), "not_assessed"),
        (("not_assessed", "failed", "ok"), "failed"),
    ],
)
def test_a_category_has_the_worst_status_of_its_rules(statuses: tuple[CheckStatus, ...], worst: str) -> None:
    """A failure in one rule is a failure of its category; skipped rules weigh only when all are."""
    entries = reply.checks(CheckResult(f"a/{index}", status, "why") for index, status in enumerate(statuses))
    assert entries[0]["status"] == worst
    assert [entry["status"] for entry in entries[1:]] == [status for status in statuses if status != "ok"]


def test_evidence_may_hold_what_rules_compute_with() -> None:
    """Tuples, sets, dates and numpy's numbers end as plain JSON."""
    evidence = {
        "a": (1, 2),
        "b": {"y", "x"},
        "c": np.float32(0.5),
        "d": datetime(2026, 1, 1, tzinfo=UTC),
        "e": np.int64(3),
    }
    plain = json.loads(json.dumps(reply._plain(evidence)))
    assert plain == {"a": [1, 2], "b": ["x", "y"], "c": 0.5, "d": "2026-01-01 00:00:00+00:00", "e": 3}


def test_the_digest_is_of_the_values_alone() -> None:
    """Order of keys and kind of sequence make no difference; a changed word does."""
    assert digest({"a": 1, "b": (1, 2)}) == digest({"b": [1, 2], "a": 1})
    assert digest(Draft("a")) != digest(Draft("b"))


@pytest.fixture(scope="module")
def checker() -> Checker:
    """The shipped rules, policy and model."""
    return load_live(Settings()).serving.checker


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400), unit=st.sampled_from(["codepoint", "utf16"]))
def test_any_text_is_judged_by_every_rule_and_every_span_is_valid(checker: Checker, text: str, unit: str) -> None:
    """Prevents the draft that breaks a rule, and the span that marks the wrong words."""
    now = datetime(2026, 11, 11, tzinfo=UTC)
    case = Case(Draft(text, platforms=("x", "mastodon")), Account(), None, now, (), Options(offsets=unit, explain=True))
    answer = checker.judge(case).reply
    assert {check["name"] for check in answer["checks"] if check["status"] == "failed"} == set()
    length = len(text) if unit == "codepoint" else len(text.encode("utf-16-le")) // 2
    for warning in answer["warnings"]:
        for span in warning["spans"]:
            assert 0 <= span["start"] <= span["end"] <= length


def test_every_rule_is_judged_on_a_long_text(checker: Checker) -> None:
    """100,000 code points, the most a request may have, degrade nothing."""
    now = datetime(2026, 11, 11, tzinfo=UTC)
    case = Case(Draft("the word " * 11_111, platforms=("other",)), Account(), None, now, (), Options())
    assert checker.judge(case).reply["degraded"] is False
    assert len(CHECKS) == len(checker.checks)
