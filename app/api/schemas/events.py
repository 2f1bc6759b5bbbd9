"""Sombre events: what is happening, where, how grave."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.schemas.base import Id, Instant, Name, Region, Strict, whole
from app.domain import EventKind, EventStatus


class NewEvent(Strict):
    """An event that makes some posts unwelcome for a while."""

    name: Name = Field(description="what people call it", examples=["Flooding in Valencia"])
    kind: EventKind = Field(description="what sort of event it is", examples=["natural_disaster"])
    regions: Annotated[list[Region], Field(min_length=1, max_length=300)] = Field(
        default=["WORLD"], description="where it weighs: ISO 3166 codes or WORLD", examples=[["ES"]]
    )
    starts_at: Instant | None = Field(default=None, description="from when; null: it has begun")
    ends_at: Instant | None = Field(default=None, description="until when; null: until it is closed")
    keywords: list[Name] = Field(
        default_factory=list, max_length=200, description="words and hashtags it goes by", examples=[["#valencia"]]
    )
    severity: Annotated[int, Field(ge=1, le=3), BeforeValidator(whole)] | None = Field(
        default=None, description="1 local or minor, 3 grave; null: follows from the kind", examples=[3]
    )
    anniversary: bool | None = Field(
        default=None,
        description="whether it counts again on the day in later years, a degree less grave; null: grave shootings, "
        "attacks, disasters and accidents do",
    )

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise PydanticCustomError("order", "must not be earlier than starts_at", {"field": "ends_at"})
        return self


class EventChanges(Strict):
    """What to replace; a field that is left out or null stays as it is, but for `ends_at`."""

    name: Name | None = Field(default=None, description="what people call it")
    kind: EventKind | None = Field(default=None, description="what sort of event it is")
    regions: Annotated[list[Region], Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="where it weighs: ISO 3166 codes or WORLD"
    )
    starts_at: Instant | None = Field(default=None, description="from when")
    ends_at: Instant | None = Field(default=None, description="until when; null: until it is closed, or fades")
    keywords: Annotated[list[Name], Field(max_length=200)] | None = Field(
        default=None, description="words and hashtags it goes by"
    )
    severity: Annotated[int, Field(ge=1, le=3), BeforeValidator(whole)] | None = Field(
        default=None, description="1 local or minor, 3 grave"
    )
    anniversary: bool | None = Field(default=None, description="whether it counts again on the day in later years")


class StoredEvent(Strict):
    """An event as it is stored."""

    id: Id = Field(description="its id", examples=["evt_1"])
    name: str = Field(description="what people call it", examples=["Flooding in Valencia"])
    kind: EventKind = Field(description="what sort of event it is", examples=["natural_disaster"])
    regions: list[str] = Field(description="where it weighs", examples=[["ES"]])
    starts_at: Instant | None = Field(description="from when")
    ends_at: Instant | None = Field(description="until when; null: until it is closed")
    keywords: list[str] = Field(description="words and hashtags it goes by", examples=[["#valencia"]])
    severity: int = Field(description="1 local or minor, 3 grave", examples=[3])
    anniversary: bool = Field(description="whether it counts again on the day in later years")
    source: str | None = Field(description="the feed that reported it; null: a person")
    status: EventStatus = Field(description="`proposed` by a feed and weighing on nothing until it is accepted")


class EventPage(Strict):
    """A page of events."""

    items: list[StoredEvent] = Field(description="the events of this page")
    next: str | None = Field(description="pass it as `cursor` to get the next page; null on the last")
