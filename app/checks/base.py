"""What a rule is: one frozen value and one pure function, in one file whose path is its id."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from app.domain import Among, Category, Finding, Prepared

Judge = Callable[[Prepared], Iterable[Finding]]

ENGLISH: frozenset[str] = frozenset({"en"})


class NotApplicable(Exception):
    """Raised by a rule whose optional input is absent (no event, no history): listed as `skipped`, with the reason."""


def category_of(rule: str) -> Category:
    """The category is the folder of the rule's file."""
    return cast(Category, rule.partition("/")[0])


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. The docstring of `judge`'s module is its manual: what it catches, `Why:`, `Flag:`, `Allow:`."""

    id: str
    """`<category>/<name>`, the path of the rule's file"""
    title: str
    judge: Judge
    languages: frozenset[str] | None = None
    """languages the rule knows; None where it needs none. Others are listed as `not_assessed`"""
    needs_scores: bool = False
    """True: without classifier scores the rule has failed, not passed"""
    label: str | None = None
    """the classifier's label that it alarms on: then policy may set `false_alarms_per_1000` instead of a threshold"""
    among: Among = "posts"
    """the ordinary texts whose alarm curve sets the threshold of `label`"""
    default_grades: tuple[str, ...] = ("default",)
    """the grades its findings may carry, each with a severity in the policy"""
    sources: tuple[str, ...] = ()
    """where its facts come from: shown on its page"""

    @property
    def category(self) -> Category:
        return category_of(self.id)

    @property
    def manual(self) -> str:
        """The docstring of the rule's file."""
        return inspect.cleandoc(inspect.getmodule(self.judge).__doc__ or "")
