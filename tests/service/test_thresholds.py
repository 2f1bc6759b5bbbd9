"""Which ordinary texts a rule's threshold is taken from: by the rule, and by the kind of account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from app.checks.base import Check
from app.classifier import LABELS
from app.domain import AccountKind, Among, Finding, Prepared, Scores, Text
from app.platforms.sectors import Sectors
from app.platforms.tables import PlatformTables
from app.policy import load_policy
from app.service.check import Checker

_STRENGTHS: dict[Among, float] = {"posts": 0.3, "replies": 0.5, "personal": 0.7}
_POLICY = """
name = "default"
version = 1
[rules."offensive/post"]
false_alarms_per_1000 = 5
[rules."offensive/reply"]
false_alarms_per_1000 = 2
[rules."offensive/stated"]
threshold = 0.9
"""


class _Told:
    """A model that has a threshold for each kind of text, and keeps what it was asked."""

    version, labels = "told", LABELS

    def __init__(self) -> None:
        self.asked: list[tuple[str, float, Among]] = []

    def score(self, texts: Sequence[Text]) -> list[Scores]:
        return []

    def threshold(self, label: str, per_1000: float, among: Among = "posts") -> float | None:
        self.asked.append((label, per_1000, among))
        return _STRENGTHS[among]


def _nothing(prepared: Prepared) -> Iterable[Finding]:
    return ()


PLATFORMS = PlatformTables({}, (), Sectors({}, {}), "")
CHECKS = (
    Check("offensive/post", "Post", _nothing, label="insult"),
    Check("offensive/reply", "Reply", _nothing, label="threat", among="replies"),
    Check("offensive/stated", "Stated", _nothing, label="sexual"),
)


@pytest.fixture
def told() -> _Told:
    return _Told()


@pytest.fixture
def checker(told: _Told, tmp_path: Path) -> Checker:
    (tmp_path / "default.toml").write_text(_POLICY)
    policy = load_policy(tmp_path / "default.toml", [check.id for check in CHECKS])
    return Checker(checks=CHECKS, model=told, policies={"default": policy}, platforms=PLATFORMS, rules_version="test")


@pytest.mark.parametrize(
    ("rule", "kind", "threshold"),
    [
        ("offensive/post", "brand", 0.3),
        ("offensive/post", "personal", 0.7),
        ("offensive/reply", "brand", 0.5),
        ("offensive/reply", "personal", 0.5),
        ("offensive/stated", "brand", 0.9),
        ("offensive/stated", "personal", 0.9),
    ],
)
def test_a_threshold_is_that_of_the_texts_a_rule_judges(
    checker: Checker, rule: str, kind: AccountKind, threshold: float
) -> None:
    """A reply held to the curve of posts, or a person to that of brands, alarms more often than the policy accepts."""
    assert checker.policies["default"].rule(rule, kind).threshold == threshold


def test_the_model_is_asked_for_the_label_and_the_budget_of_each_rule(checker: Checker, told: _Told) -> None:
    """And never for a rule whose threshold the policy states."""
    assert set(told.asked) == {
        ("insult", 5.0, "posts"),
        ("insult", 5.0, "personal"),
        ("threat", 2.0, "replies"),
    }
