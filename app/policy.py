"""Policy: which rules run, how sure they must be, how grave their findings are, for which kind of account.

Data, not code: `data/policy/*.toml`. A file names every rule it governs; a rule without an entry is refused at
start, so that none is silently off.

    [rules."offensive/profanity"]
    mode = "hold"
    threshold = 0.5
    severity = { mild = "low", strong = "high" }        # by the finding's grade, or one severity for all
    [rules."offensive/profanity".kinds.personal]         # overrides for one kind of account
    severity = { mild = "low", strong = "low" }
    [rules."offensive/contempt"]                          # a rule that alarms on a score of the classifier
    false_alarms_per_1000 = 0.5                           # accepted among ordinary posts; the threshold follows
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args

from app.domain import EMPTY, PERSONAL, AccountKind, Mode, Severity
from app.errors import BadPolicy

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
class Policy:
    name: str
    version: int
    rules: Mapping[str, RulePolicy]
    kinds: Mapping[tuple[str, AccountKind], RulePolicy]
    allow: frozenset[str]
    """words and phrases (casefolded) that never count, for every rule"""
    allow_by_rule: Mapping[str, frozenset[str]]
    unassessed: Unassessed = "pass"
    store_text: bool = False
    retention_days: int = 365
    fact_checks: FactCheckScope = "all"
    digest: str = ""

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


def load_policy(path: Path, rule_ids: Iterable[str], *, base: Policy | None = None) -> Policy:
    """Read one policy file. `base` answers for what a named policy leaves out.

    Raises BadPolicy with the file and the entry at fault.
    """
    try:
        raw = path.read_bytes()
        table = tomllib.loads(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPolicy(f"{path.name}: {error}") from error
    try:
        return _Reader(path.name, frozenset(rule_ids), base).policy(table, hashlib.sha256(raw).hexdigest())
    except (AttributeError, TypeError, ValueError) as error:  # a list or a number where a table belongs
        raise BadPolicy(f"{path.name}: a setting is of the wrong type: {error}") from error


_TOP = {"name", "version", "unassessed", "store_text", "retention_days", "fact_checks", "allow", "rules"}


class _Reader:
    """Turns the parsed TOML into a Policy, refusing what it does not know."""

    def __init__(self, file: str, rule_ids: frozenset[str], base: Policy | None) -> None:
        self.file, self.rule_ids, self.base = file, rule_ids, base

    def fail(self, entry: str, reason: str) -> BadPolicy:
        return BadPolicy(f"{self.file}: {entry}: {reason}")

    def choice(self, entry: str, value: Any, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise self.fail(entry, f"{value!r} is not one of {', '.join(allowed)}")
        return cast(str, value)

    def integer(self, entry: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fail(entry, "must be a whole number of 0 or more")
        return value

    def policy(self, table: Mapping[str, Any], digest: str) -> Policy:
        if unknown := set(table) - _TOP:
            raise self.fail(sorted(unknown)[0], "unknown setting")
        rules, kinds = self.rules(table.get("rules", {}))
        allow, allow_by_rule = self.allow(table.get("allow", {}))
        base = self.base
        if not isinstance(name := table.get("name"), str) or not name:
            raise self.fail("name", "must be a word")
        if not isinstance(store_text := table.get("store_text", base.store_text if base else False), bool):
            raise self.fail("store_text", "must be true or false")
        if missing := self.rule_ids - set(rules):
            raise self.fail(f"rules.{sorted(missing)[0]}", "no entry for this rule")
        return Policy(
            name=name,
            version=self.integer("version", table.get("version")),
            rules=rules,
            kinds=kinds,
            allow=allow,
            allow_by_rule=allow_by_rule,
            unassessed=cast(
                Unassessed,
                self.choice(
                    "unassessed",
                    table.get("unassessed", base.unassessed if base else "pass"),
                    get_args(Unassessed),
                ),
            ),
            store_text=store_text,
            retention_days=self.integer(
                "retention_days", table.get("retention_days", base.retention_days if base else 365)
            ),
            fact_checks=cast(
                FactCheckScope,
                self.choice(
                    "fact_checks",
                    table.get("fact_checks", base.fact_checks if base else "all"),
                    get_args(FactCheckScope),
                ),
            ),
            digest=digest,
        )

    def rules(
        self, table: Mapping[str, Any]
    ) -> tuple[dict[str, RulePolicy], dict[tuple[str, AccountKind], RulePolicy]]:
        rules = dict(self.base.rules) if self.base else {}
        kinds = dict(self.base.kinds) if self.base else {}
        for rule_id, entry in table.items():
            if rule_id not in self.rule_ids:
                raise self.fail(f"rules.{rule_id}", "no such rule")
            # Who names a rule means it for every kind of account: what the base said of single kinds is dropped.
            kinds = {key: value for key, value in kinds.items() if key[0] != rule_id}
            by_kind = entry.get("kinds", {})
            own = {key: value for key, value in entry.items() if key != "kinds"}
            rules[rule_id] = self.rule(f"rules.{rule_id}", own, rules.get(rule_id))
            for kind, override in by_kind.items():
                self.choice(f"rules.{rule_id}.kinds", kind, get_args(AccountKind))
                kinds[rule_id, kind] = self.rule(f"rules.{rule_id}.kinds.{kind}", override, rules[rule_id])
        return rules, kinds

    def rule(self, entry: str, table: Mapping[str, Any], base: RulePolicy | None) -> RulePolicy:
        if unknown := set(table) - {"mode", "threshold", "severity", "false_alarms_per_1000"}:
            raise self.fail(f"{entry}.{sorted(unknown)[0]}", "unknown setting")
        mode = table.get("mode", base.mode if base else "hold")
        threshold = table.get("threshold", base.threshold if base else 0.5)
        if not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
            raise self.fail(f"{entry}.threshold", "must lie between 0 and 1")
        # Who states a threshold means it: a budget of the base's no longer counts.
        stated = None if "threshold" in table or base is None else base.false_alarms_per_1000
        budget = table.get("false_alarms_per_1000", stated)
        if budget is not None and (not isinstance(budget, int | float) or not 0 < budget <= 1000):
            raise self.fail(f"{entry}.false_alarms_per_1000", "must lie above 0, and be at most 1000")
        return RulePolicy(
            mode=cast(Mode, self.choice(f"{entry}.mode", mode, get_args(Mode))),
            threshold=float(threshold),
            severity=self.severity(f"{entry}.severity", table.get("severity"), base.severity if base else EMPTY),
            false_alarms_per_1000=budget,
        )

    def severity(self, entry: str, value: Any, base: Mapping[str, Severity]) -> dict[str, Severity]:
        given = {"default": value} if isinstance(value, str) else dict(value or {})
        merged = ({} if isinstance(value, str) else dict(base)) | {
            grade: cast(Severity, self.choice(f"{entry}.{grade}", name, get_args(Severity)))
            for grade, name in given.items()
        }
        merged.setdefault("default", "medium")
        return merged

    def allow(self, table: Mapping[str, Any]) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
        everywhere = self.base.allow if self.base else frozenset()
        by_rule = dict(self.base.allow_by_rule) if self.base else {}
        for key, terms in table.items():
            if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
                raise self.fail(f"allow.{key}", "must be a list of words")
            folded = frozenset(term.casefold() for term in terms)
            if key == "terms":
                everywhere |= folded
            elif key in self.rule_ids:
                by_rule[key] = by_rule.get(key, frozenset()) | folded
            else:
                raise self.fail(f"allow.{key}", "no such rule")
        return everywhere, by_rule
