"""The replies: verdicts, warnings, the recorded check, rules, the model, health and problems."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.domain import Category, CheckStatus, Mode, Platform, Severity, VerdictName


class Reply(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SpanOut(Reply):
    """A place in one field of the draft, end exclusive."""

    start: int = Field(description="first unit", examples=[10])
    end: int = Field(description="one past the last unit", examples=[24])
    text: str | None = Field(description="the words; secrets masked; null where the text was not kept")
    field: str = Field(description="the field of the draft", examples=["text", "poll.options[0]"])


class WarningOut(Reply):
    """What one rule noticed and what to do about it."""

    rule: str = Field(description="the rule's id", examples=["sombre_context/levity"])
    category: Category = Field(description="the rule's category", examples=["sombre_context"])
    severity: Severity = Field(description="how grave, by the policy", examples=["high"])
    confidence: float = Field(description="how sure the rule is, 0 to 1", examples=[0.93])
    threshold: float = Field(description="how sure it had to be", examples=[0.81])
    message: str = Field(description="one sentence for the person posting", examples=["This reads as a joke."])
    why: str = Field(description="the evidence", examples=["A memorial service is being held in GB."])
    suggestion: str = Field(description="what to do instead", examples=["Wait until tomorrow."])
    spans: list[SpanOut] = Field(description="the words at fault")
    evidence: dict[str, Any] = Field(
        description="what is behind the warning, by the rule's own names; of claims: what would settle them"
    )
    docs: str = Field(description="the rule's page", examples=["/docs/rules/sombre_context/levity"])


class CheckOut(Reply):
    """How one category, or one rule that is not ok, fared."""

    name: str = Field(description="a category, or a rule's id", examples=["sombre_context"])
    status: CheckStatus = Field(description="how it went", examples=["ok"])
    reason: str | None = Field(description="why it is not ok", examples=[None])


class PlatformOut(Reply):
    """What the draft is judged to be on one of its platforms alone."""

    platform: Platform = Field(description="one of the draft's platforms", examples=["bluesky"])
    verdict: VerdictName = Field(description="the verdict there", examples=["hold"])
    rules: list[str] = Field(description="the rules it breaks there", examples=[["platform_rule/length"]])


class Versions(Reply):
    """What judged: enough to judge the same again."""

    service: str = Field(description="the service", examples=["0.1.0"])
    rules: str = Field(description="digest of the rule set", examples=["3f2a90c1d7e4"])
    model: str = Field(description="the classifier", examples=["2026-11-24"])
    policy: str = Field(description="the policy and its version", examples=["default@3"])
    policy_digest: str | None = Field(
        default=None,
        description="of what the policy says, and the one below it; null in checks from before it was told",
        examples=["9c1e04b7a2d5"],
    )


class CheckReply(Reply):
    """The verdict, and why."""

    id: str = Field(description="ask for the check again with it", examples=["chk_9f8e7d"])
    verdict: VerdictName = Field(description="pass, warn, hold or block", examples=["hold"])
    warnings: list[WarningOut] = Field(description="gravest first")
    platforms: list[PlatformOut] = Field(
        default_factory=list, description="each platform of the draft; empty in records from before this was said"
    )
    checks: list[CheckOut] = Field(description="each category, and each rule that is not ok")
    scores: dict[str, float] | None = Field(description="with `explain`: each label's probability, as texts come")
    degraded: bool = Field(description="true where a check failed: such a reply is never a pass", examples=[False])
    language: str = Field(description="ISO 639-1, or `und` where nothing can be said", examples=["en"])
    versions: Versions = Field(description="what judged")
    input_hash: str = Field(description="digest of what was judged", examples=["sha256:5f70bf18a086"])
    elapsed_ms: float = Field(description="time spent judging, in milliseconds", examples=[3.1])


class ReleaseOut(Reply):
    """Who let a held draft go."""

    by: str = Field(description="the second person", examples=["dana"])
    why: str = Field(description="the reason", examples=["Checked with legal."])
    at: str = Field(description="when", examples=["2026-11-11T11:02:00Z"])


class RecordedCheck(CheckReply):
    """A check as it was recorded."""

    created_at: str = Field(description="when it was made", examples=["2026-11-11T10:58:00Z"])
    release: ReleaseOut | None = Field(description="its release, if it was held and let go")


class FieldError(Reply):
    """One fault in a request."""

    pointer: str | None = Field(default=None, description="JSON pointer into the body", examples=["/draft/text"])
    parameter: str | None = Field(default=None, description="name of the parameter at fault", examples=["limit"])
    detail: str = Field(description="what is wrong", examples=["Field required"])


class Problem(Reply):
    """RFC 9457 problem details."""

    type: str = Field(description="the problem's kind", examples=["/problems/invalid"])
    title: str = Field(description="the kind in words", examples=["Invalid request"])
    status: int = Field(description="the HTTP status", examples=[422])
    detail: str = Field(description="what happened", examples=["The request has 1 fault."])
    instance: str | None = Field(default=None, description="the request id", examples=["req_5b1f"])
    pointer: str | None = Field(default=None, description="JSON pointer to the field", examples=["/account"])
    errors: list[FieldError] | None = Field(default=None, description="every fault, where there may be several")


class BatchReply(Reply):
    """One reply or problem for each item, in order."""

    results: list[CheckReply | Problem] = Field(description="in the order of the items")


class RuleOut(Reply):
    """One rule."""

    id: str = Field(description="`category/name`", examples=["offensive/threat"])
    category: Category = Field(description="its category", examples=["offensive"])
    title: str = Field(description="what it is about", examples=["Threat"])
    languages: list[str] | None = Field(description="the languages it knows; null: it needs none")
    mode: Mode = Field(description="its mode in the default policy", examples=["hold"])
    threshold: float = Field(description="its threshold in the default policy", examples=[0.5])
    severity: dict[str, Severity] = Field(description="severity by grade", examples=[{"default": "high"}])
    manual: str = Field(description="what it catches, why, what it flags and what it allows")
    sources: list[str] = Field(description="where its facts come from")
    docs: str = Field(description="its page", examples=["/docs/rules/offensive/threat"])
    policies: list[str] | None = Field(
        default=None, description="of a house's own rule: the policies that have it; null: it is one of Prepost's"
    )


class RuleList(Reply):
    """Every rule, in the order they run."""

    version: str = Field(description="digest of the rule set", examples=["3f2a90c1d7e4"])
    rules: list[RuleOut] = Field(description="the rules")


class ModelOut(Reply):
    """The classifier that is serving, with its papers."""

    version: str = Field(description="its version", examples=["2026-11-24"])
    labels: list[str] = Field(description="what it scores", examples=[["insult"]])
    manifest: dict[str, Any] = Field(description="what it was made from, with digests")
    metrics: dict[str, Any] = Field(description="how it did on held-out posts")


class Health(Reply):
    """Whether the service is alive, and which of its parts are ready."""

    status: str = Field(description="ok or unavailable", examples=["ok"])
    parts: dict[str, str] = Field(default_factory=dict, description="each part: ok, or what is wrong with it")
    notes: dict[str, str] = Field(
        default_factory=dict,
        description="what a part that is ready has to say: a newer model or policy was refused, a feed fails, and why",
    )
