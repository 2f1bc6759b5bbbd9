"""How far two accounts are apart, by the rule that checks go by."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from app.checks import CHECKS
from app.checks.wrong_account.other_voice import CHECK
from app.domain import Account, OtherVoice, Voice
from app.policy import load_policy
from app.service.portrait import THRESHOLD, _alarms
from app.service.voice import rate_of
from app.voice.profile import Profile

DEFAULT = Path(__file__).parents[2] / "data" / "policy" / "default.toml"


def _of(posts: int) -> Profile:
    profile = Profile()
    profile.posts = posts
    return profile


def test_the_threshold_is_the_default_policys() -> None:
    """Whoever tightens the one must not leave the other behind."""
    policy = load_policy(DEFAULT, [check.id for check in CHECKS])
    assert policy.rule(CHECK.id, "brand").threshold == THRESHOLD


@pytest.mark.parametrize(("posts", "others"), [(5, 5), (5, 200), (24, 24), (50, 50)])
@pytest.mark.parametrize("odds", [-1.0, 0.5, 2.0, 2.5, 2.7, 2.8, 2.9, 3.0, 3.5, 6.0])
def test_two_accounts_are_apart_where_a_check_would_warn(posts: int, others: int, odds: float) -> None:
    """`compare` promised warnings at ten false alarms in a thousand, of which a check allows two."""
    rate = rate_of(odds, _of(posts), _of(others))
    voice = Voice(posts, 0.0, 0.0, (), (), (OtherVoice("@sam", odds, 0.9, rate, others),))
    prepared = SimpleNamespace(voice=voice, account=Account(), text=SimpleNamespace(raw="a draft"))
    warned = any(finding.confidence >= THRESHOLD for finding in CHECK.judge(prepared))
    assert _alarms(odds, _of(posts), _of(others)) == warned


def test_few_posts_are_measured_as_twenty() -> None:
    """As in a check: with five the raw curve is reached by lower odds."""
    assert _alarms(2.6, _of(5), _of(5)) == _alarms(2.6, _of(20), _of(20)) is False
    assert _alarms(2.8, _of(5), _of(5)) == _alarms(2.8, _of(20), _of(20)) is True
