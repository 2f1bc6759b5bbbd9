"""What is judged: findings, results and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.names import Category, CheckStatus, Mode, Platform, Severity, VerdictName
from app.domain.reading import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule noticed. Policy turns `grade` into a severity and drops it where confidence is too low."""

    message: str
    """one sentence for the person posting"""
    why: str
    """the evidence, in one or two sentences"""
    suggestion: str
    """what to do instead"""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    grade: str = "default"
    """a key of the rule's `severity` table in the policy"""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    platforms: tuple[Platform, ...] = ()
    """those of the draft's that it is about; none: all of them"""
    fallback: bool = False
    """shown only where no other rule of its category warns: the classifier's word, when no rule knows better"""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One rule's outcome on one draft."""

    rule: str
    status: CheckStatus
    reason: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:
    """A finding that policy let through, with the severity it got."""

    rule: str
    category: Category
    severity: Severity
    threshold: float
    mode: Mode
    finding: Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    name: VerdictName
    warnings: tuple[Warning_, ...]
    observed: tuple[Warning_, ...]
    """findings of rules in `observe` mode: recorded and counted, never shown"""
    results: tuple[CheckResult, ...]
    degraded: bool
    by_platform: Mapping[Platform, VerdictName] = field(default_factory=dict)
    """the verdict of the draft on each of its platforms alone"""
