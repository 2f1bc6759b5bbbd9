"""Policy files: what they say is what counts, and what they must not say is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import BadPolicy
from app.policy import Policy, load_policy, with_thresholds

RULE = "offensive/contempt"


def _load(tmp_path: Path, rule: str, *, base: Policy | None = None) -> Policy:
    path = tmp_path / "p.toml"
    path.write_text(f'name = "p"\nversion = 1\n[rules."{RULE}"]\n{rule}\n')
    return load_policy(path, [RULE], base=base)


def test_a_threshold_follows_from_the_budget(tmp_path: Path) -> None:
    """For every kind of account, with the budget of that kind."""
    policy = _load(tmp_path, f'false_alarms_per_1000 = 2\n[rules."{RULE}".kinds.personal]\nfalse_alarms_per_1000 = 8')

    fitted = with_thresholds(policy, lambda rule, per_1000, kind: {2: 0.7, 8: 0.4}[int(per_1000)])

    assert fitted.rule(RULE, "brand").threshold == 0.7
    assert fitted.rule(RULE, "personal").threshold == 0.4


def test_private_persons_accounts_get_a_threshold_of_their_own(tmp_path: Path) -> None:
    """Their ordinary posts swear and chat: what an organisation's never reach is usual there."""
    policy = _load(tmp_path, "false_alarms_per_1000 = 2")

    fitted = with_thresholds(policy, lambda rule, per_1000, kind: 0.9 if kind == "personal" else 0.7)

    assert fitted.rule(RULE, "brand").threshold == 0.7
    assert fitted.rule(RULE, "personal").threshold == 0.9
    assert fitted.rule(RULE, "personal").mode == fitted.rule(RULE, "brand").mode


def test_without_a_curve_the_stated_threshold_counts(tmp_path: Path) -> None:
    """A model that measured no ordinary posts must not open or close a rule by accident."""
    policy = _load(tmp_path, "false_alarms_per_1000 = 2\nthreshold = 0.93")

    assert with_thresholds(policy, lambda rule, per_1000, kind: None).rule(RULE, "brand").threshold == 0.93


def test_a_policy_that_states_a_threshold_means_it(tmp_path: Path) -> None:
    """The budget of the policy below no longer counts."""
    base = _load(tmp_path, "false_alarms_per_1000 = 2")

    policy = _load(tmp_path, "threshold = 0.6", base=base)

    assert with_thresholds(policy, lambda rule, per_1000, kind: 0.99).rule(RULE, "brand").threshold == 0.6


@pytest.mark.parametrize("budget", ["0", "-1", "1001", '"few"', "[1]"])
def test_a_budget_out_of_range_is_refused(tmp_path: Path, budget: str) -> None:
    """With the entry at fault."""
    with pytest.raises(BadPolicy, match="false_alarms_per_1000"):
        _load(tmp_path, f"false_alarms_per_1000 = {budget}")


def test_where_fact_checks_are_looked_for_is_the_policys_to_narrow(tmp_path: Path) -> None:
    """A typing error in an embargo must stop the start, not open the house."""
    default = _load(tmp_path, "")
    assert default.fact_checks == "all"
    path = tmp_path / "embargoed.toml"
    path.write_text('name = "embargoed"\nversion = 1\nfact_checks = "local"\n')
    kept = load_policy(path, [RULE], base=default)
    assert kept.fact_checks == "local"
    path.write_text('name = "stricter"\nversion = 1\n')
    assert load_policy(path, [RULE], base=kept).fact_checks == "local"
    path.write_text('name = "embargoed"\nversion = 1\nfact_checks = "locale"\n')
    with pytest.raises(BadPolicy, match="fact_checks: 'locale' is not one of all, local, off"):
        load_policy(path, [RULE], base=default)
