"""The queue: scheduled drafts, what is said of them, and pauses."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.api.paths import RESERVED
from app.api.schemas.base import ID, NO_NUL, Id, Instant, Line, Name, Region, Strict
from app.api.schemas.check import AccountRef, Author, Draft, Options
from app.api.schemas.reply import CheckReply, Problem, ReleaseOut, Reply
from app.domain import Category, Severity, VerdictName
from app.store.queue import State

Tag = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL), Field(examples=["spring-sale"])]
Cursor = Annotated[str, StringConstraints(pattern=r"^-?\d{1,17}:" + ID.removeprefix("^"))]


def _free(item_id: str) -> str:
    if item_id in RESERVED:
        raise PydanticCustomError("reserved", "is a word of the API's own paths")
    return item_id


class ScheduledDraft(Draft):
    """A draft with the moment it will go out."""

    scheduled_for: Instant = Field(description="when it will go out")


class QueuedDraft(Strict):
    """A scheduled draft to keep an eye on."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "draft": {"text": "Doors open at ten.", "platform": "x", "scheduled_for": "2026-11-11T10:00:00Z"},
                    "account": "acme-uk",
                    "tags": ["spring-sale"],
                }
            ]
        }
    )

    draft: ScheduledDraft = Field(description="what will be posted, and when")
    account: AccountRef = Field(description="the account it is meant for: the id of a stored one, or one inline")
    author: Author | None = Field(default=None, description="who writes it")
    options: Options = Field(default_factory=Options, description="how to judge and answer")
    tags: list[Tag] = Field(default_factory=list, max_length=50, description="what to find and pause it by")
    keep: Literal["text", "features"] = Field(
        default="text",
        description="`text`: the draft is kept until it is deleted, or a day after its moment, to be judged again; "
        "`features`: no word of it is, and you are asked for it when it must be judged again. A draft with a warning "
        "of private information is kept as `features` whatever is asked",
    )


class QueuedDraftWithId(QueuedDraft):
    """A scheduled draft of a batch, with your id for it."""

    id: Annotated[Id, AfterValidator(_free)] = Field(
        description="your own id for it", examples=["post-81"], json_schema_extra={"not": {"enum": list(RESERVED)}}
    )


class QueueBatch(Strict):
    """Up to 500 scheduled drafts. A bad one becomes its own problem, in its own place."""

    items: Annotated[list[QueuedDraftWithId | Any], Field(min_length=1, max_length=500)] = Field(
        description="the drafts, each with your id for it"
    )


class QueueWarning(Reply):
    """What one rule noticed, in short; `GET /v1/checks/{check_id}` has all of it."""

    rule: str = Field(description="the rule's id", examples=["sombre_context/levity"])
    category: Category = Field(description="the rule's category", examples=["sombre_context"])
    severity: Severity = Field(description="how grave, by the policy", examples=["high"])
    message: str = Field(description="one sentence; words of the draft only where the policy stores text")


class PausedBy(Reply):
    """The pause that a draft's moment falls into."""

    id: str = Field(description="the pause's id", examples=["pau_1"])
    until: Instant = Field(description="when it ends")
    why: str = Field(description="the reason", examples=["The flood."])
    by: str = Field(description="who paused", examples=["dana"])


class QueueItem(Reply):
    """A scheduled draft, what is said of it now, and whether it may go."""

    id: str = Field(description="your id for it", examples=["post-81"])
    revision: int = Field(description="rises with each edit and each change of what is said of it", examples=[3])
    state: State = Field(description="`waiting`, or `due`: its moment has come; a day later it is removed")
    may_go: bool = Field(
        description="whether to post it when its moment comes: passed, warned of or released, not paused, and judged "
        "against the present",
        examples=[True],
    )
    verdict: VerdictName = Field(description="pass, warn, hold or block", examples=["pass"])
    warnings: list[QueueWarning] = Field(description="gravest first")
    check_id: str = Field(description="the check that said so: release it under this id", examples=["chk_9f8e7d"])
    release: ReleaseOut | None = Field(description="who let it go, where it was held")
    recheck: str | None = Field(description="why it must be sent again to be judged; null: it needn't")
    paused: PausedBy | None = Field(description="the pause its moment falls into")
    up_to_date: bool = Field(description="whether it was judged against the present events, rules and model")
    account: str | None = Field(description="the account's id, or the handle of one that came along")
    scheduled_for: Instant = Field(description="when it will go out")
    tags: list[str] = Field(description="its tags")
    keep: Literal["text", "features"] = Field(description="what is kept of it")
    judged_at: Instant = Field(description="when it was last judged")


class QueuedReply(Reply):
    """A scheduled draft and its check."""

    item: QueueItem = Field(description="the draft in the queue")
    check: CheckReply | None = Field(
        description="the reply of its check; that of before where nothing had changed, and null where that is gone"
    )


class QueueBatchReply(Reply):
    """One item with its check, or problem, for each draft, in order."""

    results: list[QueuedReply | Problem] = Field(description="in the order of the drafts")


class QueuePage(Reply):
    """A page of the queue."""

    items: list[QueueItem] = Field(description="those that go out next first")
    next: str | None = Field(description="pass it as `cursor` to get the next page; null on the last")


class NewPause(Strict):
    """What to pause, until when, and why. Of several fields a draft must meet all."""

    model_config = ConfigDict(
        json_schema_extra={
            # Not `anyOf` at the top: client generators would make a union of three half pauses of it.
            "not": {
                "properties": {name: {"type": "null"} for name in ("account", "region", "tag")},
            },
            "examples": [{"region": "ES", "until": "2026-11-12T10:00:00Z", "why": "The flood.", "by": "dana"}],
        }
    )

    account: Name | None = Field(default=None, description="of this account: its id or handle", examples=["acme-uk"])
    region: Region | None = Field(default=None, description="whose audience is there: an ISO 3166 code or WORLD")
    tag: Tag | None = Field(default=None, description="with this tag")
    until: Instant = Field(description="when the pause ends")
    why: Annotated[Line, Field(min_length=1)] = Field(description="the reason", examples=["The flood."])
    by: Name = Field(description="who pauses", examples=["dana"])

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.account is None and self.region is None and self.tag is None:
            raise PydanticCustomError("nothing_to_pause", "or region or tag is needed", {"field": "account"})
        return self


class PauseOut(Reply):
    """A pause of the queue."""

    id: str = Field(description="its id", examples=["pau_1"])
    account: str | None = Field(description="of this account", examples=["acme-uk"])
    region: str | None = Field(description="whose audience is there", examples=["ES"])
    tag: str | None = Field(description="with this tag", examples=["spring-sale"])
    begun_at: Instant = Field(description="since when")
    until: Instant = Field(description="when it ends")
    why: str = Field(description="the reason", examples=["The flood."])
    by: str = Field(description="who paused", examples=["dana"])


class PauseList(Reply):
    """Every pause that has not ended."""

    items: list[PauseOut] = Field(description="the oldest first")
