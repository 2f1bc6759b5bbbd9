"""Accounts as requests give them and as the store hands them back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from app.api.schemas.base import (
    NO_NUL,
    Id,
    Instant,
    Language,
    Line,
    Name,
    PolicyName,
    PostText,
    Region,
    Strict,
    whole,
)
from app.domain import AccountKind, DraftKind, Platform

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Phrase = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Limit = Annotated[int, Field(ge=0, le=10_000_000), BeforeValidator(whole)]
SafeWhole = Annotated[int, Field(ge=-(2**53), le=2**53), BeforeValidator(whole)]
_CLOSED = Field(json_schema_extra={"additionalProperties": False})
Number = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
Trait = Phrase | bool | SafeWhole | Number | Annotated[list[Phrase], Field(max_length=100)]


class PastPost(Strict):
    """A post the account has made; those with a time may be given oldest or newest first."""

    text: PostText = Field(description="the post as it went out", examples=["New opening hours from Monday."])
    posted_at: Instant | None = Field(default=None, description="when it went out")
    kind: DraftKind = Field(default="post", description="what sort of post it was", examples=["post"])


def _tag(value: Any) -> str:
    return "text" if isinstance(value, str) else "post"


PostRef = Annotated[Annotated[PostText, Tag("text")] | Annotated[PastPost, Tag("post")], Discriminator(_tag)]


class InlineAccount(Strict):
    """The account a draft is meant for. Everything is optional; what is given makes the judgement better."""

    handle: Name | None = Field(default=None, description="the name on the platform", examples=["@acme"])
    platform: Platform | None = Field(default=None, description="where the account lives", examples=["x"])
    display_name: Name | None = Field(default=None, description="the name shown", examples=["Acme UK"])
    kind: AccountKind = Field(default="brand", description="who speaks; severity depends on it", examples=["brand"])
    description: Line | None = Field(default=None, description="the account's own description", examples=["Boots."])
    language: Language | None = Field(default=None, description="the language it usually writes in")
    regions: list[Region] = Field(
        default_factory=list, max_length=300, description="its audience: ISO 3166 codes or WORLD", examples=[["GB"]]
    )
    timezone: Name | None = Field(default=None, description="IANA time zone", examples=["Europe/London"])
    voice: Annotated[dict[Key, Trait], Field(max_length=50), _CLOSED] = Field(
        default_factory=dict, description="how it speaks, in your own keys", examples=[{"formality": "formal"}]
    )
    sector: Name | None = Field(default=None, description="line of business", examples=["retail"])
    jurisdictions: list[Name] = Field(
        default_factory=list, max_length=100, description="whose law it answers to", examples=[["GB"]]
    )
    tier: Name | None = Field(default=None, description="the platform's account tier", examples=["premium"])
    limits: Annotated[dict[Key, Limit], Field(max_length=50), _CLOSED] = Field(
        default_factory=dict, description="limits that differ from the platform's usual", examples=[{"characters": 500}]
    )
    contacts: list[Name] = Field(
        default_factory=list,
        max_length=200,
        description="its public phone numbers and addresses, which are no secret",
        examples=[["press@acme.example"]],
    )
    client: Name | None = Field(default=None, description="whom an agency runs it for", examples=["Acme plc"])
    recent_posts: list[PostRef] = Field(
        default_factory=list,
        max_length=1_000,
        description="what it posted lately, as text or as objects: in any order where each has a time; of those "
        "without a time the last one given is the newest, and all of them count as older than those with one",
        examples=[["Hello, Leeds!"]],
    )
    policy: PolicyName | None = Field(default=None, description="the policy that governs this account")


class NewAccount(InlineAccount):
    """An account to store."""

    id: Id | None = Field(default=None, description="your name for it; made up where you give none")


class StoredAccount(InlineAccount):
    """An account as it is stored."""

    id: Id = Field(description="its id, to be used as `account` in a check")


class AccountPage(Strict):
    """A page of accounts, ordered by id. Their posts are left out: ask for one account to see them."""

    items: list[StoredAccount] = Field(description="the accounts of this page")
    next: str | None = Field(description="pass it as `cursor` to get the next page; null on the last")


class Posts(Strict):
    """Posts to add to an account's history."""

    posts: Annotated[list[PostRef], Field(min_length=1, max_length=1_000)] = Field(
        description="text or objects, at most 1,000 a call, ordered as in `recent_posts`", examples=[["Hello, Leeds!"]]
    )


class PostsAdded(Strict):
    """What an import of posts did."""

    added: int = Field(description="how many posts the call added", examples=[1])
