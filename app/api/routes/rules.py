"""The rules and the model: what judges, readable by machines and by people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse

from app.api.deps import TheServices
from app.api.openapi import problems
from app.api.schemas.reply import ModelOut, RuleList, RuleOut
from app.checks.base import Check
from app.errors import NotFound
from app.service import rules
from app.service.check import Checker
from app.service.services import Services

router = APIRouter(tags=["rules"])
Word = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


@router.get("/v1/rules", operation_id="listRules", summary="List the rules", responses=problems(401, 503))
async def list_rules(the: TheServices) -> RuleList:
    """Every rule with its manual and its place in the default policy."""
    checker = the.checker
    return RuleList(version=checker.rules_version, rules=[_rule(checker, check) for check in checker.checks])


@router.get(
    "/v1/rules/{category}/{name}",
    operation_id="getRule",
    summary="Look at a rule",
    responses=problems(401, 404, 422, 503),
)
async def get_rule(the: TheServices, category: Word, name: Word) -> RuleOut:
    return _rule(the.checker, _check(the, category, name))


@router.get(
    "/docs/rules/{category}/{name}",
    operation_id="readRule",
    summary="Read a rule's page",
    response_class=HTMLResponse,
    responses=problems(404, 422),
)
async def read_rule(the: TheServices, category: Word, name: Word) -> HTMLResponse:
    """The page that the `docs` of a warning leads to."""
    check = _check(the, category, name)
    return HTMLResponse(rules.page(check, the.checker.platforms.judged_by(check.id)))


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


def _check(the: Services, category: str, name: str) -> Check:
    for check in the.checker.checks:
        if check.id == f"{category}/{name}":
            return check
    raise NotFound(f"there is no rule {category}/{name}")


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
    )
