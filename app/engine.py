"""The engine: run every check on a prepared draft, then decide under a policy. Pure, no I/O."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from app.checks.base import Check, NotApplicable, category_of
from app.checks.own import OwnRules
from app.domain import (
    VERDICTS,
    CheckResult,
    Finding,
    Mode,
    Platform,
    Prepared,
    Severity,
    Span,
    Text,
    Verdict,
    VerdictName,
    Warning_,
)
from app.policy import Policy

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
_APP = Path(__file__).resolve().parent

# The contract's table: the verdict that a severity means under each mode.
_VERDICT: dict[Mode, dict[Severity, VerdictName]] = {
    "warn": {"low": "pass", "medium": "warn", "high": "warn", "critical": "hold"},
    "hold": {"low": "pass", "medium": "warn", "high": "hold", "critical": "hold"},
    "block": {"low": "warn", "medium": "hold", "high": "block", "critical": "block"},
}


def run_checks(prepared: Prepared, checks: Sequence[Check], policy: Policy) -> tuple[CheckResult, ...]:
    """Run each rule that policy has not switched off. A rule that raises is a result of its own, never a pass."""
    kind = prepared.account.kind
    return tuple(_run(check, prepared) for check in checks if policy.rule(check.id, kind).mode != "off")


def run_own(prepared: Prepared, own: OwnRules) -> tuple[CheckResult, ...]:
    """The same of a policy's own rules, of which there may be hundreds: only those that may find something are run."""
    possible = attempt("looking for own words", own.possible, prepared)
    if isinstance(possible, Broken):
        return tuple(CheckResult(check.id, "failed", f"{possible.error} in this rule") for check in own.checks)

    def run(check: Check) -> CheckResult:
        if judge := possible.get(check.id):
            return _run(replace(check, judge=judge), prepared)
        return _nothing(check.id) if _knows(check, prepared.text.language) else _run(check, prepared)

    return tuple(map(run, own.checks))


def _knows(check: Check, language: str) -> bool:
    return check.languages is None or language in check.languages or language == "und"


def _run(check: Check, prepared: Prepared) -> CheckResult:
    language = prepared.text.language
    if not _knows(check, language):
        return CheckResult(check.id, "not_assessed", f"this rule does not know the language {language!r}")
    if check.needs_scores and prepared.scores is None:
        return CheckResult(check.id, "failed", "the classifier gave no scores")
    try:
        findings = attempt(check.id, _findings, check, prepared)
    except NotApplicable as absent:
        return CheckResult(check.id, "skipped", str(absent))
    if isinstance(findings, Broken):
        return CheckResult(check.id, "failed", f"{findings.error} in this rule")
    return CheckResult(check.id, "ok", findings=findings) if findings else _nothing(check.id)


def _findings(check: Check, prepared: Prepared) -> tuple[Finding, ...]:
    return tuple(check.judge(prepared))


@cache
def _nothing(rule: str) -> CheckResult:
    """What most rules say of most drafts; made once, because it is said dozens of times a draft."""
    return CheckResult(rule, "ok")


class Broken(NamedTuple):
    """What is left of a call that raised: the error's name, for the record."""

    error: str


def attempt(what: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Broken:
    """Call what may break. A failure is an outcome, logged, recorded and never a pass.

    The log names the error's type and place, not its message: that may hold the draft's words.
    """
    try:
        return call(*args, **kwargs)
    except NotApplicable:
        raise
    except Exception as error:  # the one broad except
        log.error("%s failed: %s at %s", what, type(error).__name__, place_of(error))
        return Broken(type(error).__name__)


def place_of(error: BaseException) -> str:
    """`app/…/file.py:line` of the innermost frame of ours that the error came through."""
    place, traceback = "an unknown place", error.__traceback__
    while traceback is not None:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if file.is_relative_to(_APP):
            place = f"{file.relative_to(_APP.parent).as_posix()}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def decide(results: Iterable[CheckResult], prepared: Prepared, policy: Policy) -> Verdict:
    """Turn results into a verdict: the worst warning wins; a failure degrades and is never a pass."""
    results = tuple(results)
    shown: list[Warning_] = []
    observed: list[Warning_] = []
    for result in results:
        for finding in result.findings:
            rule = policy.rule(result.rule, prepared.account.kind)
            if finding.confidence < rule.threshold or _allowed(finding, result.rule, prepared.fields, policy):
                continue
            severity = rule.severity_of(finding.grade)
            warning = Warning_(result.rule, category_of(result.rule), severity, rule.threshold, rule.mode, finding)
            (observed if rule.mode == "observe" else shown).append(warning)
    shown = _without_echoes(shown, own=policy.own)
    degraded = any(result.status == "failed" for result in results)
    least: VerdictName = "warn" if degraded else "pass"
    if any(result.status == "not_assessed" for result in results):
        least = max(least, policy.unassessed, key=VERDICTS.index)
    shown.sort(key=lambda warning: VERDICTS.index(means(warning)), reverse=True)
    by_platform = {
        platform: max([least, *(means(each) for each in shown if _is_about(each, platform))], key=VERDICTS.index)
        for platform in prepared.draft.platforms
    }
    name = max([least, *map(means, shown)], key=VERDICTS.index)
    return Verdict(name, tuple(shown), tuple(observed), results, degraded, by_platform)


def means(warning: Warning_) -> VerdictName:
    """The verdict that a warning alone would lead to."""
    return _VERDICT[warning.mode][warning.severity]


def _is_about(warning: Warning_, platform: Platform) -> bool:
    return not warning.finding.platforms or platform in warning.finding.platforms


def _without_echoes(shown: list[Warning_], *, own: Container[str]) -> list[Warning_]:
    """Without the fallbacks of a category in which a rule warns that knows better; of several, the surest one stays.

    A house's own rule knows its words alone, so it silences no classifier.
    """
    telling = [w for w in shown if not w.finding.fallback and w.severity != "low" and w.rule not in own]
    known = {warning.category for warning in telling}
    kept = [warning for warning in shown if not warning.finding.fallback]
    fallbacks = sorted((w for w in shown if w.finding.fallback), key=lambda w: w.threshold - w.finding.confidence)
    for warning in fallbacks:
        if warning.category not in known:
            known.add(warning.category)
            kept.append(warning)
    return kept


def _allowed(finding: Finding, rule: str, texts: Sequence[Text], policy: Policy) -> bool:
    """True where every span of the finding is on the policy's allow list."""
    if not finding.spans or not (policy.allow or policy.allow_by_rule):
        return False
    raw = {text.field: text.raw for text in texts}
    return all(policy.allows(rule, _words(span, raw)) for span in finding.spans)


def _words(span: Span, raw: dict[str, str]) -> str:
    return raw.get(span.field, "")[span.start : span.end]
