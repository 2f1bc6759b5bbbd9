"""Reading the rules that a policy brings along: `[own."platform_rule/competitors"]`.

What is told here is their shape. Whether a pattern compiles and the cases hold is told by `app/checks/own.py`, which
knows how drafts are read.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any, cast, get_args

from app.domain import AccountKind, Category, Mode, Platform, Severity
from app.policy.source import Entry
from app.policy.values import OwnRule, RulePolicy

MOST_RULES = 500
"""in one policy, those of the policy below included"""
MOST_PATTERNS = 1_000
"""of all its rules"""
_MOST: dict[str, int] = {"words": 1_000, "patterns": 50, "unless": 200, "except": 200, "flag": 200, "allow": 200}
"""items of a list"""
_CASES = ("flag", "allow")
_LONGEST_CASE = 5_000
_LONGEST_PATTERN = 2_000
_LONGEST_SENTENCE = 500
_MOST_LANGUAGES = 200
_SENTENCES = {
    "title": None,
    "message": None,
    "why": "The marked words are on the list of the house.",
    "suggestion": "Use other words, or ask whoever keeps the list.",
}
"""what is said where the rule says nothing; None: it must"""
_SCOPES = {"platforms": get_args(Platform), "kinds": get_args(AccountKind)}
_KNOWN = {*_SENTENCES, *_MOST, *_SCOPES, "languages", "mode", "severity"}
_ID = re.compile(r"[a-z_]{1,64}/[a-z][a-z0-9_]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
Own = tuple[dict[str, OwnRule], dict[str, RulePolicy]]


def read_own(
    table: Entry | None, *, taken: Container[str], base: Mapping[str, OwnRule], rules: Mapping[str, RulePolicy]
) -> Own:
    """The rules by id, and what policy makes of each. `base`, `rules`: the same of the policy below; `taken`: ids.

    Raises BadPolicy with file, line and entry.
    """
    own, modes = dict(base), {rule_id: rules[rule_id] for rule_id in base}
    for rule_id, entry in table.table().items() if table else ():
        _guard_id(rule_id, entry, taken)
        own[rule_id] = _rule(rule_id, entry, base.get(rule_id))
        modes[rule_id] = _mode(entry, modes.get(rule_id))
        if len(own) > MOST_RULES:
            raise entry.fail(f"is one too many: at most {MOST_RULES} own rules are taken")
        if sum(len(rule.patterns) for rule in own.values()) > MOST_PATTERNS:
            raise entry.fail(f"has one pattern too many: at most {MOST_PATTERNS:,} are taken in all own rules")
    return own, modes


def _guard_id(rule_id: str, entry: Entry, taken: Container[str]) -> None:
    category = rule_id.partition("/")[0]
    if rule_id in taken:
        raise entry.fail("is the name of a rule that there is already: give it another one")
    if category not in get_args(Category):
        raise entry.fail(f"{category!r} is no category: one of {', '.join(get_args(Category))}, and a name behind it")
    if not _ID.fullmatch(rule_id):
        raise entry.fail("needs a name behind its category: small letters, digits and _, as in platform_rule/rivals")


def _rule(rule_id: str, entry: Entry, base: OwnRule | None) -> OwnRule:
    """What it states, or else the same rule of the policy below, or else what is usual."""
    table = entry.table(_KNOWN)
    given: dict[str, Any] = {}
    for name, usual in _SENTENCES.items():
        given[name] = table[name].text(_LONGEST_SENTENCE) if name in table else getattr(base, name, usual)
    for name, most in _MOST.items():
        field = "exceptions" if name == "except" else name
        given[field] = table[name].texts(most, _longest(name)) if name in table else getattr(base, field, ())
    for name, allowed in _SCOPES.items():
        given[name] = table[name].choices(allowed) if name in table else getattr(base, name, None)
    given["languages"] = _languages(table["languages"]) if "languages" in table else getattr(base, "languages", None)
    _guard_whole(entry, table, given)
    return OwnRule(id=rule_id, **given)


def _guard_whole(entry: Entry, table: Mapping[str, Entry], given: Mapping[str, Any]) -> None:
    for name in _SENTENCES:
        if given[name] is None:
            raise entry.fail(f"has no {name}")
    if not given["words"] and not given["patterns"]:
        raise entry.fail("has neither words nor patterns")
    for name in _CASES:
        if not given[name]:
            does = "find something in" if name == "flag" else "leave alone"
            raise table.get(name, entry).fail(f"has no {name} cases: give it drafts that it must {does}")


def _longest(name: str) -> int:
    return _LONGEST_CASE if name in _CASES else _LONGEST_PATTERN if name == "patterns" else 200


def _languages(entry: Entry) -> frozenset[str]:
    named = entry.texts(_MOST_LANGUAGES)
    if not named or not all(map(_LANGUAGE.fullmatch, named)):
        raise entry.fail('must be a list of ISO 639 codes, as in ["en", "de"]')
    return frozenset(named)


def _mode(entry: Entry, base: RulePolicy | None) -> RulePolicy:
    """Words stand in the draft or they don't: such a rule is always sure."""
    table = entry.table(_KNOWN)
    mode = table["mode"].choice(get_args(Mode)) if "mode" in table else base.mode if base else "hold"
    severity: Mapping[str, Severity] = base.severity if base else {"default": "medium"}
    if "severity" in table:
        severity = {"default": cast(Severity, table["severity"].choice(get_args(Severity)))}
    return RulePolicy(mode=cast(Mode, mode), threshold=1.0, severity=severity)
