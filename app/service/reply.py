"""The reply of a check, as plain data: answered, recorded and printed from this one form."""

from __future__ import annotations

from collections.abc import Iterable
from json import JSONEncoder
from typing import Any

from app.domain import CheckResult, CheckStatus, Prepared, Span, Verdict, Warning_
from app.policy import Policy
from app.service.masking import Masked
from app.service.query import Options
from app.text.offsets import Utf16

_AS_ONE = ("apology",)
"""categories whose rules all look at one sort of draft"""
_RANK: tuple[CheckStatus, ...] = ("skipped", "ok", "not_assessed", "failed")


MOST_SPANS = 100
"""places shown per warning: nobody reads more, and a draft may repeat a word fifty thousand times"""


def build(verdict: Verdict, prepared: Prepared, options: Options, **rest: Any) -> dict[str, Any]:
    """The contract's reply. `rest` gives id, versions, input_hash and elapsed_ms."""
    masked = Masked(prepared.fields, verdict.results)
    explained = options.explain and prepared.scores is not None
    return {
        "id": rest["id"],
        "verdict": verdict.name,
        "warnings": warnings(verdict.warnings, prepared, masked, unit=options.offsets),
        "platforms": platforms(verdict),
        "checks": checks(verdict.results),
        "scores": _rounded(prepared) if explained else None,
        "degraded": verdict.degraded,
        "language": prepared.text.language,
        "versions": rest["versions"],
        "input_hash": rest["input_hash"],
        "elapsed_ms": rest["elapsed_ms"],
    }


def versions(service: str, rules: str, model: str, policy: Policy) -> dict[str, str]:
    """What judged. The digest tells policies apart that were changed under the same version."""
    judged_by = {"service": service, "rules": rules, "model": model}
    return judged_by | {"policy": policy.label, "policy_digest": policy.digest[:12]}


def unread(*, id: str, versions: dict[str, str], input_hash: str, reason: str) -> dict[str, Any]:
    """The reply of a draft that can't be judged as it is: held, for no reason of its own."""
    return {
        "id": id,
        "verdict": "hold",
        "warnings": [],
        "platforms": [],
        "checks": [{"name": "queue", "status": "not_assessed", "reason": reason}],
        "scores": None,
        "degraded": False,
        "language": "und",
        "versions": versions,
        "input_hash": input_hash,
        "elapsed_ms": 0.0,
    }


_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(reply: Any) -> str:
    return _encode(reply)


def warnings(found: Iterable[Warning_], prepared: Prepared, masked: Masked, *, unit: str) -> list[dict[str, Any]]:
    """Each warning with its spans in the unit asked for and its secrets masked."""
    utf16 = {text.field: Utf16(text.raw) for text in prepared.fields} if unit == "utf16" else {}
    return [_warning(warning, masked, utf16) for warning in found]


def _warning(warning: Warning_, masked: Masked, utf16: dict[str, Utf16]) -> dict[str, Any]:
    finding = warning.finding
    return {
        "rule": warning.rule,
        "category": warning.category,
        "severity": warning.severity,
        "confidence": round(float(finding.confidence), 4),
        "threshold": round(warning.threshold, 4),
        "message": masked.hide(finding.message),
        "why": masked.hide(finding.why),
        "suggestion": masked.hide(finding.suggestion),
        "spans": [_span(span, masked, utf16) for span in finding.spans[:MOST_SPANS]],
        "evidence": masked.hide(_plain(finding.evidence)),
        "docs": f"/docs/rules/{warning.rule}",
    }


def _span(span: Span, masked: Masked, utf16: dict[str, Utf16]) -> dict[str, Any]:
    unit = utf16.get(span.field)
    start, end = unit.span(span.start, span.end) if unit else (span.start, span.end)
    return {"start": start, "end": end, "text": masked.words(span), "field": span.field}


def platforms(verdict: Verdict) -> list[dict[str, Any]]:
    """The verdict on each platform, with the rules that the draft breaks there and not on each."""
    return [
        {
            "platform": platform,
            "verdict": name,
            "rules": sorted({each.rule for each in verdict.warnings if platform in each.finding.platforms}),
        }
        for platform, name in verdict.by_platform.items()
    ]


def checks(results: Iterable[CheckResult]) -> list[dict[str, Any]]:
    """One entry a category, with the worst status of its rules, and one for each rule that is not ok.

    A category that applies as a whole or not at all is one entry where it doesn't, with the reason.
    """
    by_category: dict[str, list[CheckResult]] = {}
    notable: set[str] = set()
    for result in results:
        category = result.rule.partition("/")[0]
        by_category.setdefault(category, []).append(result)
        if result.status != "ok":
            notable.add(category)
    entries: list[dict[str, Any]] = []
    for category, members in by_category.items():
        if category not in notable:
            entries.append({"name": category, "status": "ok", "reason": None})
            continue
        if category in _AS_ONE and {each.status for each in members} == {"skipped"}:
            entries.append({"name": category, "status": "skipped", "reason": members[0].reason})
            continue
        worst = max(members, key=lambda member: _RANK.index(member.status)).status
        entries.append({"name": category, "status": worst, "reason": _reason(worst, members)})
        entries += [
            {"name": member.rule, "status": member.status, "reason": member.reason}
            for member in members
            if member.status != "ok" and member.rule != category
        ]
    return entries


def _reason(worst: CheckStatus, members: list[CheckResult]) -> str | None:
    if worst == "ok":
        return None
    same = [member for member in members if member.status == worst]
    return same[0].reason if len(members) == 1 else f"{len(same)} of {len(members)} rules"


def _rounded(prepared: Prepared) -> dict[str, float]:
    scores = prepared.scores
    return (
        {label: round(float(value), 4) for label, value in scores.probabilities[prepared.among].items()}
        if scores
        else {}
    )


def _plain(value: Any) -> Any:
    """Evidence as JSON can hold it: rules may give tuples, sets, dates and numbers of their libraries."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(float(value), 6)
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    return value.item() if hasattr(value, "item") else str(value)
