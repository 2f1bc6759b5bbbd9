"""Reading a policy file: what it does not know, it refuses, by file, line and entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from app.domain import EMPTY, AccountKind, Mode, Severity
from app.policy.own import read_own
from app.policy.source import Entry, Source
from app.policy.values import FactCheckScope, OwnRule, Policy, RulePolicy, Unassessed

_TOP = ("name", "version", "unassessed", "store_text", "retention_days", "fact_checks", "allow", "rules", "own")
_RULE = ("mode", "threshold", "severity", "false_alarms_per_1000")
_MOST_TERMS = 10_000
Kinds = dict[tuple[str, AccountKind], RulePolicy]
Allowed = tuple[frozenset[str], dict[str, frozenset[str]]]


def load_policy(path: Path, rule_ids: Iterable[str], *, base: Policy | None = None) -> Policy:
    """Read one policy file. `base` answers for what a named policy leaves out.

    Its own rules are not tried: `app.service.policies` does that. Raises BadPolicy with file, line and entry.
    """
    return read_policy(Source.read(path), rule_ids, base=base)


def read_policy(source: Source, rule_ids: Iterable[str], *, base: Policy | None = None) -> Policy:
    """The same of a file that has been read."""
    table, known = source.entry.table(_TOP), frozenset(rule_ids)
    for needed in ("name", "version"):
        if needed not in table:
            raise source.fail((), f"has no {needed}")
    name, version, settings = table["name"].text(), table["version"].integer(), _settings(table, base)
    below = base.own if base else EMPTY
    own, modes = read_own(table.get("own"), taken=known, base=below, rules=base.rules if base else EMPTY)
    rules, kinds = _rules(table.get("rules"), known, own, base)
    if missing := known - set(rules):
        raise source.fail((), f"rules.{min(missing)}: no entry for this rule")
    allow, allow_by_rule = _allow(table.get("allow"), known | own.keys(), base)
    return Policy(
        name=name,
        version=version,
        rules=rules | modes,
        kinds=kinds,
        allow=allow,
        allow_by_rule=allow_by_rule,
        digest=hashlib.sha256(f"{base.digest} {source.digest}".encode()).hexdigest() if base else source.digest,
        own=own,
        **settings,
    )


def _settings(table: Mapping[str, Entry], base: Policy | None) -> dict[str, Any]:
    """Those at the top that the file states, or else the policy below; the rest are as usual."""
    read: dict[str, Callable[[Entry], Any]] = {
        "unassessed": lambda entry: entry.choice(get_args(Unassessed)),
        "store_text": Entry.flag,
        "retention_days": Entry.integer,
        "fact_checks": lambda entry: entry.choice(get_args(FactCheckScope)),
    }
    stated = {name: reading(table[name]) for name, reading in read.items() if name in table}
    return {name: getattr(base, name) for name in read if base} | stated


def _rules(
    entry: Entry | None, known: Collection[str], own: Mapping[str, OwnRule], base: Policy | None
) -> tuple[dict[str, RulePolicy], Kinds]:
    rules = dict(base.rules) if base else {}
    kinds = dict(base.kinds) if base else {}
    for rule_id, rule in entry.table().items() if entry else ():
        if rule_id not in known:
            raise rule.fail("is an own rule: its mode stands under [own]" if rule_id in own else "no such rule")
        # Who names a rule means it for every kind of account: what the base said of single kinds is dropped.
        kinds = {key: value for key, value in kinds.items() if key[0] != rule_id}
        table = rule.table((*_RULE, "kinds"))
        rules[rule_id] = _rule(table, rules.get(rule_id))
        for kind, override in table["kinds"].table().items() if "kinds" in table else ():
            if kind not in get_args(AccountKind):
                raise override.fail(f"{kind!r} is not one of {', '.join(get_args(AccountKind))}")
            kinds[rule_id, cast(AccountKind, kind)] = _rule(override.table(_RULE), rules[rule_id])
    return rules, kinds


def _rule(table: Mapping[str, Entry], base: RulePolicy | None) -> RulePolicy:
    mode = table["mode"].choice(get_args(Mode)) if "mode" in table else base.mode if base else "hold"
    threshold = base.threshold if base else 0.5
    # Who states a threshold means it: a budget of the base's no longer counts.
    budget = None if "threshold" in table or base is None else base.false_alarms_per_1000
    if "threshold" in table:
        threshold = table["threshold"].number(1, reason="must lie between 0 and 1")
    if "false_alarms_per_1000" in table:
        reason = "must lie above 0, and be at most 1000"
        budget = table["false_alarms_per_1000"].number(1000, reason=reason, above=True)
    return RulePolicy(
        mode=cast(Mode, mode),
        threshold=float(threshold),
        severity=_severity(table.get("severity"), base.severity if base else EMPTY),
        false_alarms_per_1000=budget,
    )


def _severity(entry: Entry | None, base: Mapping[str, Severity]) -> dict[str, Severity]:
    usual: dict[str, Severity] = {"default": "medium"}
    if entry is None:
        return usual | dict(base)
    names = get_args(Severity)
    if entry.is_text():
        return {"default": cast(Severity, entry.choice(names))}
    given = {grade: cast(Severity, each.choice(names)) for grade, each in entry.table().items()}
    return usual | dict(base) | given


def _allow(entry: Entry | None, known: Collection[str], base: Policy | None) -> Allowed:
    everywhere = base.allow if base else frozenset()
    by_rule = dict(base.allow_by_rule) if base else {}
    for key, terms in entry.table().items() if entry else ():
        if key != "terms" and key not in known:
            raise terms.fail("no such rule")
        folded = frozenset(term.casefold() for term in terms.texts(_MOST_TERMS, 500))
        if key == "terms":
            everywhere |= folded
        else:
            by_rule[key] = by_rule.get(key, frozenset()) | folded
    return everywhere, by_rule
