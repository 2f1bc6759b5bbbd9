"""The calendar of recurring days of mourning and remembrance."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from app.api import convert
from app.api.deps import TheServices
from app.api.openapi import problems
from app.api.schemas.base import REGION
from app.api.schemas.calendar import CalendarDays
from app.service import calendar

router = APIRouter(prefix="/v1/calendar", tags=["events"])
_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)


def _written_out(given: Any) -> Any:
    """Refuses what would be read as seconds since 1970, and years that the calendars can't all be computed for."""
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise PydanticCustomError("date", "must be a date of a year from 1900 to 2199, e.g. 2026-11-11")
    return given


Day = Annotated[date, BeforeValidator(_written_out)]
Region = Annotated[str | None, Query(pattern=REGION, description="of this region alone, with the world's days")]
From = Annotated[Day | None, Query(alias="from", description="the first day; left out: today")]
To = Annotated[Day | None, Query(alias="to", description="the last day, included; left out: ninety days on")]


@router.get(
    "",
    operation_id="getCalendar",
    summary="Look up days of mourning and remembrance",
    responses=problems(401, 422, 503),
)
async def get_calendar(the: TheServices, region: Region = None, first: From = None, last: To = None) -> CalendarDays:
    """What falls on the days from `from` to `to`, at most two years of them. Checks take these days into account."""
    since, until, found = await asyncio.to_thread(calendar.between, the.calendar, region, first, last)
    return CalendarDays(items=[convert.calendar_day(each) for each in found], region=region, first=since, last=until)
