"""The rules and the model: what judges, readable by machines and by people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse

from app.api.deps import TheServices
from app.api.openapi import problems
from app.api.schemas.reply import ModelOut, RuleList, RuleOut
from app.checks.base import Check, category_of
from app.errors import NotFound
from app.policy import OwnRule
from app.service import rules
from app.service.check import Checker

router = APIRouter(tags=["rules"])
Word = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


@router.get("/v1/rules", operation_id="listRules", summary="List the rules", responses=problems(401, 503))
async def list_rules(the: TheServices) -> RuleList:
    """Every rule with its manual and its place in the default policy, then the policies' own."""
    checker = the.checker
    own = [_own_rule(checker, having) for having in rules.own(checker.policies).values()]
    return RuleList(version=checker.rules_version, rules=[_rule(checker, check) for check in checker.checks] + own)


@router.get(
    "/v1/rules/{category}/{name}",
    operation_id="getRule",
    summary="Look at a rule",
    responses=problems(401, 404, 422, 503),
)
async def get_rule(the: TheServices, category: Word, name: Word) -> RuleOut:
    found = _find(checker := the.checker, category, name)
    return _rule(checker, found) if isinstance(found, Check) else _own_rule(checker, found)


@router.get(
    "/docs/rules/{category}/{name}",
    operation_id="readRule",
    summary="Read a rule's page",
    response_class=HTMLResponse,
    responses=problems(404, 422),
)
async def read_rule(the: TheServices, category: Word, name: Word) -> HTMLResponse:
    """The page that the `docs` of a warning leads to."""
    found = _find(the.checker, category, name)
    if isinstance(found, Check):
        return HTMLResponse(rules.page(found, the.checker.platforms.judged_by(found.id)))
    return HTMLResponse(rules.own_page(next(iter(found.values()))))


@router.get(
    "/v1/models/current",
    operation_id="getModel",
    summary="Look at the model that is serving",
    responses=problems(401, 503),
)
async def get_model(the: TheServices) -> ModelOut:
    """Its labels, what it was made from and how well it does."""
    serving = the.live.serving
    return ModelOut(
        version=serving.model.version,
        labels=list(serving.model.labels),
        manifest=dict(serving.papers.manifest),
        metrics=dict(serving.papers.metrics),
    )


Having = Mapping[str, OwnRule]
"""an own rule by the policies that have it"""


def _find(checker: Checker, category: str, name: str) -> Check | Having:
    rule_id = f"{category}/{name}"
    for check in checker.checks:
        if check.id == rule_id:
            return check
    if having := rules.own(checker.policies).get(rule_id):
        return having
    raise NotFound(f"there is no rule {rule_id}")


def _rule(checker: Checker, check: Check) -> RuleOut:
    policy = checker.policies["default"].rules[check.id]
    return RuleOut(
        id=check.id,
        category=check.category,
        title=check.title,
        languages=sorted(check.languages) if check.languages is not None else None,
        mode=policy.mode,
        threshold=policy.threshold,
        severity=dict(policy.severity),
        manual=check.manual,
        sources=[*check.sources, *checker.platforms.judged_by(check.id)],
        docs=f"/docs/rules/{check.id}",
        policies=None,
    )


def _own_rule(checker: Checker, having: Having) -> RuleOut:
    """As the first of the policies has it."""
    name, rule = next(iter(having.items()))
    policy = checker.policies[name].rules[rule.id]
    return RuleOut(
        id=rule.id,
        category=category_of(rule.id),
        title=rule.title,
        languages=sorted(rule.languages) if rule.languages is not None else None,
        mode=policy.mode,
        threshold=policy.threshold,
        severity=dict(policy.severity),
        manual=rule.manual,
        sources=[],
        docs=f"/docs/rules/{rule.id}",
        policies=list(having),
    )
