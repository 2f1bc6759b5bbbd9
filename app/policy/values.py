"""What a policy says, as values: read once, never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from app.domain import EMPTY, PERSONAL, AccountKind, Mode, Platform, Severity

Unassessed = Literal["pass", "warn", "hold"]
FactCheckScope = Literal["all", "local", "off"]
"""where published fact checks may be looked for: wherever the operator has set up, where nothing leaves the house, or
nowhere; each stricter than the one before"""


@dataclass(frozen=True, slots=True)
class RulePolicy:
    mode: Mode
    threshold: float
    severity: Mapping[str, Severity]
    """severity by grade; `default` answers for grades it doesn't name"""
    false_alarms_per_1000: float | None = None
    """accepted among ordinary posts of official accounts: where the model has a curve, the threshold follows from it"""

    def severity_of(self, grade: str) -> Severity:
        return self.severity.get(grade) or self.severity["default"]


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule that a policy brings along. Its mode and severity stand among the policy's `rules`, as any rule's do."""

    id: str
    """`<category>/<name>`, the id of no rule of Prepost's"""
    title: str
    message: str
    why: str
    suggestion: str
    flag: tuple[str, ...]
    """drafts that it must find something in"""
    allow: tuple[str, ...]
    """drafts that it must leave alone"""
    words: tuple[str, ...] = ()
    """whole words and phrases"""
    patterns: tuple[str, ...] = ()
    """in RE2's syntax, for folded text"""
    unless: tuple[str, ...] = ()
    """words and phrases that silence it wherever they stand in the draft"""
    exceptions: tuple[str, ...] = ()
    """words and phrases inside of which nothing counts"""
    platforms: frozenset[Platform] | None = None
    kinds: frozenset[AccountKind] | None = None
    languages: frozenset[str] | None = None
    """of each None: any"""

    @property
    def manual(self) -> str:
        """As the docstring of a rule's file."""
        return f"{self.about}\nFlag: {_quoted(self.flag)}.\nAllow: {_quoted(self.allow)}.\n"

    @property
    def about(self) -> str:
        """What may be told to everybody: none of its words, which may be a secret, nor the cases that hold them."""
        return f"{self.message}\n\n{self.suggestion}\n\nWhy: {self.why}"


def _quoted(cases: tuple[str, ...]) -> str:
    return ", ".join(f'"{case}"' for case in cases)


@dataclass(frozen=True, slots=True)
class Policy:
    name: str
    version: int
    rules: Mapping[str, RulePolicy]
    """of Prepost's rules and of the policy's own"""
    kinds: Mapping[tuple[str, AccountKind], RulePolicy]
    allow: frozenset[str]
    """words and phrases (casefolded) that never count, for every rule"""
    allow_by_rule: Mapping[str, frozenset[str]]
    unassessed: Unassessed = "pass"
    store_text: bool = False
    retention_days: int = 365
    fact_checks: FactCheckScope = "all"
    digest: str = ""
    """of the file, and of the one that answers for what it leaves out"""
    own: Mapping[str, OwnRule] = field(default_factory=lambda: EMPTY)
    """by id; those of the policy below count too, in both policies alike or as this one changes them"""

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    def rule(self, rule_id: str, kind: AccountKind) -> RulePolicy:
        return self.kinds.get((rule_id, kind)) or self.rules[rule_id]

    def allows(self, rule_id: str, words: str) -> bool:
        folded = words.casefold().strip()
        return folded in self.allow or folded in self.allow_by_rule.get(rule_id, frozenset())


Threshold = Callable[[str, float, AccountKind | None], float | None]
"""For a rule's id, the false alarms accepted in a thousand and a kind of account (None: any other), the probability to
ask for, as texts of that kind come; None where nothing was measured."""


def with_thresholds(policy: Policy, threshold: Threshold) -> Policy:
    """The policy with the thresholds that follow from its budgets; where nothing was measured the stated one stays.

    A rule with a budget gets an entry for private persons' accounts, whose ordinary posts are of another kind.
    """

    def fitted(rule_id: str, rule: RulePolicy, kind: AccountKind | None) -> RulePolicy:
        budget = rule.false_alarms_per_1000
        found = threshold(rule_id, budget, kind) if budget is not None else None
        return rule if found is None else replace(rule, threshold=found)

    budgeted = {rule_id for rule_id, rule in policy.rules.items() if rule.false_alarms_per_1000 is not None}
    kinds = {(rule_id, PERSONAL): policy.rules[rule_id] for rule_id in budgeted} | dict(policy.kinds)
    return replace(
        policy,
        rules={rule_id: fitted(rule_id, rule, None) for rule_id, rule in policy.rules.items()},
        kinds={(rule_id, kind): fitted(rule_id, rule, kind) for (rule_id, kind), rule in kinds.items()},
    )


def stricter(one: FactCheckScope, other: FactCheckScope) -> FactCheckScope:
    """What both allow."""
    return max(one, other, key=get_args(FactCheckScope).index)
