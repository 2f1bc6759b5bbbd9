"""Each rule against its own cases, with the real reader, the real classifier and the default policy.

`tests/cases/<category>/<rule>.yml` holds two lists, `flag:` and `allow:`. An item is `text:` alone or a partial request
(`draft`, `account`, `author`, `context`, `options`, as in the contract); the account is an organisation's where none is
given, and `now` is a fixed day. An item under `flag:` may name the finding's `grade:` and `words:` that its spans must
touch. An item under `allow:` must draw no finding that reaches the rule's threshold. `fact_checks:` are published
reviews that were found for the draft, each `_REVIEW` but for what it says itself; they match the whole text.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.api import convert
from app.api.schemas.check import CheckRequest
from app.checks import CHECKS
from app.checks.base import Check
from app.classifier.apology import ApologyModel
from app.classifier.model import load_current
from app.domain import Account, Author, FactCheck, Finding, Prepared, Span
from app.engine import run_checks
from app.platforms.tables import PlatformTables
from app.policy import load_policy
from app.service.check import Checker
from app.service.profiles import built
from app.service.query import NOT_LOOKED_UP, AuthorRef, Candidate, Case, LookedUp
from app.service.rivals import between, newest
from app.service.voice import candidates
from app.voice.profile import Profile
from app.voice.rival import Rival

ROOT = Path(__file__).parents[2]
POLICY = load_policy(ROOT / "data" / "policy" / "default.toml", [check.id for check in CHECKS])
PLATFORMS = PlatformTables.load(ROOT / "data" / "platforms", [check.id for check in CHECKS])
ACCOUNT = {"handle": "@harbourtown", "display_name": "Harbour Town", "kind": "brand", "language": "en"}
NOW = "2026-03-10T12:00:00Z"
_REVIEW = {
    "claim": "Vaccines cause autism", "publisher": "AFP Fact Check", "rating": "False", "standing": "wrong",
    "url": "https://factcheck.example.org/vaccines-autism", "likeness": 0.9, "reviewed_on": date(2021, 3, 4),
}  # fmt: skip


def _cases(side: str) -> list[Any]:
    """(rule, item) of every case file that has its rule in the registry."""
    items = []
    for check in CHECKS:
        path = ROOT / "tests" / "cases" / f"{check.id}.yml"
        given = yaml.safe_load(path.read_text(encoding="utf-8"))[side] if path.exists() else []
        items += [pytest.param(check, item, id=f"{check.id}-{number}") for number, item in enumerate(given, 1)]
    return items


@lru_cache(maxsize=1)
def _checker() -> Checker:
    model = load_current(ROOT / "models")
    return Checker(
        checks=CHECKS,
        model=model,
        policies={POLICY.name: POLICY},
        platforms=PLATFORMS,
        rules_version="test",
        apologies=ApologyModel.load(ROOT / "models"),
    )


def _prepared(item: dict[str, Any]) -> Prepared:
    """The case as the service would hand it to the rules."""
    request = {key: item[key] for key in ("draft", "account", "author", "context", "options") if key in item}
    request.setdefault("draft", {"text": item.get("text", "")})
    request.setdefault("account", ACCOUNT)
    request["context"] = {"now": NOW} | request.get("context", {})
    query = convert.query(CheckRequest.model_validate_json(json.dumps(request, default=str)))
    assert isinstance(query.account, Account)
    assert query.now is not None
    author = _author(query.author)
    voices = [(known, _voice(query.account, known)) for known in author.accounts] if author else []
    case = Case(
        query.draft,
        query.account,
        author,
        query.now,
        query.events,
        query.options,
        profile=built(query.account.recent_posts),
        others=tuple(Candidate(name, *voice) for name, voice in candidates(query.account, voices)),
        looked_up=_looked_up(item, query.draft.text),
    )
    prepared, broken = _checker().prepare(case)
    assert not [result for result in broken if result.status == "failed"]
    return prepared


def _looked_up(item: dict[str, Any], text: str) -> LookedUp:
    if "fact_checks" not in item:
        return NOT_LOOKED_UP
    spans = (Span(0, len(text)),)
    return LookedUp(tuple(FactCheck(**(_REVIEW | given), spans=spans) for given in item["fact_checks"]))


def _voice(target: Account, other: Account) -> tuple[Profile, Rival | None] | None:
    profile = built(other.recent_posts)
    return (profile, between(newest(target.recent_posts), newest(other.recent_posts))) if profile else None


def _author(given: AuthorRef | None) -> Author | None:
    if given is None:
        return None
    return Author(given.id, tuple(a for a in given.accounts if isinstance(a, Account)), given.last_account)


def _findings(check: Check, prepared: Prepared) -> list[Finding]:
    """What the rule found and the policy would let through."""
    (result,) = run_checks(prepared, [check], POLICY)
    assert result.status in ("ok", "skipped", "not_assessed"), result.reason
    threshold = _checker().policies[POLICY.name].rule(check.id, prepared.account.kind).threshold
    return [finding for finding in result.findings if finding.confidence >= threshold]


def _touches(finding: Finding, prepared: Prepared, words: str) -> bool:
    for text in prepared.fields:
        at = text.raw.find(words)
        spans = [span for span in finding.spans if span.field == text.field]
        if at >= 0 and any(span.start < at + len(words) and at < span.end for span in spans):
            return True
    return False


@pytest.mark.parametrize(("check", "item"), _cases("flag"))
def test_a_rule_flags_what_it_is_for(check: Check, item: dict[str, Any]) -> None:
    """Prevents a rule that has gone deaf."""
    prepared = _prepared(item)
    found = _findings(check, prepared)
    assert found
    if "grade" in item:
        assert item["grade"] in {finding.grade for finding in found}
    for words in item.get("words", []):
        assert any(_touches(finding, prepared, words) for finding in found), words


@pytest.mark.parametrize(("check", "item"), _cases("allow"))
def test_a_rule_leaves_the_harmless_alone(check: Check, item: dict[str, Any]) -> None:
    """Prevents the false alarm that makes people switch a checker off."""
    assert [(f.grade, f.confidence, f.why) for f in _findings(check, _prepared(item))] == []
