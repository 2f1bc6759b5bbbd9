"""The request of a check: a draft, the account it is meant for, who writes it and the moment it goes out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from app.api.schemas.accounts import InlineAccount
from app.api.schemas.base import NO_NUL, Id, Instant, Language, Line, Link, Name, PolicyName, PostText, Strict, whole
from app.api.schemas.events import NewEvent
from app.domain import DraftKind, Platform
from app.policy import FactCheckScope

EXAMPLE: dict[str, Any] = {
    "draft": {"text": "Flash sale! 20 % off all boots until midnight.", "platform": "x"},
    "account": {"handle": "@acme", "kind": "brand", "language": "en", "regions": ["GB"]},
    "context": {"now": "2026-11-11T10:58:00Z"},
}


MOST_TEXT = 200_000
"""code points of all of a draft's texts together: each is read, and reading takes time in proportion"""
AltText = Annotated[str, StringConstraints(max_length=10_000, pattern=NO_NUL)]


class Media(Strict):
    """A picture, video or file that goes with the draft. Prepost reads its description, not its content."""

    type: Name = Field(description="image, video, gif, audio or a MIME type", examples=["image"])
    alt_text: AltText | None = Field(
        default=None, description="its description, at most 10,000 code points", examples=["A pair of boots"]
    )
    bytes: Annotated[int, Field(ge=0, le=2**53), BeforeValidator(whole)] | None = Field(
        default=None, description="size", examples=[120000]
    )


class Poll(Strict):
    """A poll that goes with the draft."""

    options: Annotated[list[Line], Field(min_length=1, max_length=50)] = Field(
        description="what people may choose", examples=[["Red", "Blue"]]
    )


class Message(Strict):
    """Somebody else's post."""

    text: PostText = Field(description="what it says", examples=["Where is my parcel?"])
    author: Name | None = Field(default=None, description="who wrote it", examples=["@jo"])


class Draft(Strict):
    """What is about to be posted. The text may be empty only with media, a poll or a post that it reposts.

    All of its texts together, alt texts, links and the posts it answers or quotes included, hold at most 200,000 code
    points.
    """

    model_config = ConfigDict(
        json_schema_extra={
            # Not `anyOf` at the top: client generators would make a union of three half drafts of it, or give up.
            "if": {"properties": {"text": {"maxLength": 0}}},
            "then": {
                "anyOf": [
                    {"required": ["media"], "properties": {"media": {"type": "array", "minItems": 1}}},
                    {"required": ["poll"], "properties": {"poll": {"type": "object"}}},
                ]
            },
        }
    )

    text: PostText = Field(default="", description="at most 100,000 code points", examples=["We are hiring!"])
    platform: Platform | None = Field(default=None, description="for one platform", examples=["x"])
    platforms: list[Platform] = Field(
        default_factory=list, max_length=14, description="for several platforms", examples=[["x", "linkedin"]]
    )
    kind: DraftKind = Field(default="post", description="what sort of post", examples=["post"])
    title: Line | None = Field(default=None, description="a headline or video title", examples=["We are hiring"])
    content_warning: Line | None = Field(default=None, description="the warning shown first", examples=["Spoilers"])
    tags: list[Name] = Field(default_factory=list, max_length=100, description="tags beside the text")
    poll: Poll | None = Field(default=None, description="a poll")
    media: list[Media] = Field(default_factory=list, max_length=100, description="pictures, videos, files")
    links: list[Link] = Field(default_factory=list, max_length=100, description="links attached beside the text")
    in_reply_to: Message | None = Field(default=None, description="the post this one answers")
    quoted: Message | None = Field(default=None, description="the post that this one quotes or, as a repost, passes on")
    intent: Name | None = Field(default=None, description="what it is meant to do", examples=["apology"])
    scheduled_for: Instant | None = Field(default=None, description="when it will go out, if not now")
    paid_partnership: bool | None = Field(
        default=None, description="whether somebody pays, gives or employs for it; null: nobody has said"
    )
    made_with_ai: bool | None = Field(
        default=None, description="whether text or media are made by a machine; null: nobody has said"
    )

    @model_validator(mode="after")
    def _says_something_and_not_too_much(self) -> Self:
        passes_on = self.kind == "repost" and self.quoted is not None and bool(self.quoted.text.strip())
        if not self.text and not self.media and self.poll is None and not passes_on:
            raise PydanticCustomError(
                "nothing_to_check", "may be empty only with media, a poll or a reposted post", {"field": "text"}
            )
        if (
            self.media or self.poll or self.links or self.in_reply_to or self.quoted
        ):  # the other fields can't sum up to it
            _bound(self)
        return self


def _bound(draft: Draft) -> None:
    """Refuses more text than is read, and points at the field that has most of it."""
    lengths = {
        "text": len(draft.text) + len(draft.title or "") + len(draft.content_warning or ""),
        "tags": sum(map(len, draft.tags)),
        "poll": sum(map(len, draft.poll.options)) if draft.poll else 0,
        "media": sum(len(item.alt_text or "") for item in draft.media),
        "links": sum(map(len, draft.links)),
        "in_reply_to": len(draft.in_reply_to.text) if draft.in_reply_to else 0,
        "quoted": len(draft.quoted.text) if draft.quoted else 0,
    }
    if sum(lengths.values()) > MOST_TEXT:
        message = "has most of a draft whose texts hold more than {most} code points together"
        raise PydanticCustomError(
            "too_much_text", message, {"most": MOST_TEXT, "field": max(lengths, key=lengths.__getitem__)}
        )


def _tag(value: Any) -> str:
    return "id" if isinstance(value, str) else "inline"


AccountRef = Annotated[Annotated[Id, Tag("id")] | Annotated[InlineAccount, Tag("inline")], Discriminator(_tag)]


class Author(Strict):
    """The person at the keyboard, and the other accounts they may post from."""

    id: Name | None = Field(default=None, description="your name for them", examples=["sam"])
    accounts: list[AccountRef] = Field(
        default_factory=list, max_length=50, description="ids or inline accounts", examples=[["acme-uk"]]
    )
    last_account: Name | None = Field(default=None, description="the one used last", examples=["sam-personal"])


class Context(Strict):
    """The moment: when it is, and what is happening."""

    now: Instant | None = Field(default=None, description="the time to judge for; null: the service's clock")
    events: list[NewEvent] = Field(
        default_factory=list, max_length=200, description="events of your own, added to the stored ones"
    )


class Options(Strict):
    """How to judge and how to answer."""

    policy: PolicyName | None = Field(default=None, description="overrides the account's policy")
    language: Language | None = Field(default=None, description="overrides the language detected in the draft")
    offsets: Literal["codepoint", "utf16"] = Field(
        default="codepoint", description="unit of the spans; utf16 is what JavaScript counts", examples=["utf16"]
    )
    explain: bool = Field(default=False, description="answer with each label's probability, too", examples=[True])
    fact_checks: FactCheckScope = Field(
        default="all",
        description="where published fact checks may be looked for: `all` that is set up, `local` alone (nothing "
        "leaves the house) or `off`; the policy may allow less",
        examples=["local"],
    )


class CheckRequest(Strict):
    """A draft to judge. Only `draft` and `account` are required."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    draft: Draft = Field(description="what is about to be posted")
    account: AccountRef = Field(description="the account it is meant for: the id of a stored one, or one inline")
    author: Author | None = Field(default=None, description="who writes it")
    context: Context = Field(default_factory=Context, description="the moment it goes out")
    options: Options = Field(default_factory=Options, description="how to judge and answer")


class BatchRequest(Strict):
    """Up to 500 requests. Each is judged on its own: a bad one becomes its own problem, in its own place."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE]}]})

    items: Annotated[list[CheckRequest | Any], Field(min_length=1, max_length=500)] = Field(description="the requests")


class ReleaseRequest(Strict):
    """Who lets a held draft go, and why."""

    by: Name = Field(min_length=1, description="the second person", examples=["dana"])
    why: Annotated[Line, Field(min_length=1)] = Field(description="the reason", examples=["Checked with legal."])
