"""The calendar of recurring days of mourning and remembrance."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from app.api.schemas.base import Strict
from app.domain import EventKind


class CalendarDay(Strict):
    """A day of mourning or remembrance in one year, by the calendar of the place."""

    id: str = Field(description="its id in the list", examples=["remembrance-sunday"])
    name: str = Field(description="what it is called", examples=["Remembrance Sunday"])
    date: dt.date = Field(description="the day", examples=["2026-11-08"])
    until: dt.date = Field(description="the last day, where it lasts longer", examples=["2026-11-08"])
    starts_at: str = Field(
        description="when it begins, local time: at midnight, or at about sunset of the eve",
        examples=["2026-11-08T00:00:00"],
    )
    silence: str | None = Field(description="when people fall silent, local time", examples=["11:00"])
    regions: list[str] = Field(description="where it is kept: ISO 3166 codes or WORLD", examples=[["GB"]])
    kind: EventKind = Field(description="always memorial_day", examples=["memorial_day"])
    sub_kind: str = Field(description="what sort of day", examples=["war remembrance"])
    severity: int = Field(description="1 ordinary posts go on, 2 a day of mourning, 3 public life stops", examples=[3])
    words: list[str] = Field(description="what speaks of the day, said on it", examples=[["poppy"]])
    careful_with: list[str] = Field(
        description="everyday words that have gone wrong on it; they draw no warning by themselves",
        examples=[["happy"]],
    )
    confirmed: bool = Field(description="whether somebody but us says when it is; else it draws a warning at most")
    source: str | None = Field(description="who says so: a law, a resolution, the body that holds it; null: nobody yet")


class CalendarDays(Strict):
    """The days that were asked for."""

    items: list[CalendarDay] = Field(description="in the order of their dates")
    region: str | None = Field(description="the region that was asked for; null: all")
    first: dt.date = Field(description="the first day that was asked for")
    last: dt.date = Field(description="the last day that was asked for")
