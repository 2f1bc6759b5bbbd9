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
    [own."platform_rule/competitors"]                     # a rule of the house's own: see docs/operating.md
    title = "Competitor named"
    words = ["Initech", "Globex Corp"]
"""

from __future__ import annotations

from app.policy.reading import load_policy, read_policy
from app.policy.source import Source
from app.policy.values import (
    FactCheckScope,
    OwnRule,
    Policy,
    RulePolicy,
    Threshold,
    Unassessed,
    stricter,
    with_thresholds,
)

__all__ = [
    "FactCheckScope",
    "OwnRule",
    "Policy",
    "RulePolicy",
    "Source",
    "Threshold",
    "Unassessed",
    "load_policy",
    "read_policy",
    "stricter",
    "with_thresholds",
]
