"""Feeds: who reports events here, and how each stands."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.schemas.base import Instant, Strict


class FeedState(Strict):
    """A feed of the feeds file and how it stands."""

    name: str = Field(description="its name in the feeds file; events have it as `source`", examples=["quakes"])
    kind: Literal["gdacs", "usgs", "nws", "rss"] = Field(description="what sort of feed it is", examples=["usgs"])
    host: str = Field(description="the host that is asked", examples=["earthquake.usgs.gov"])
    state: Literal["waiting", "ok", "failing"] = Field(
        description="`waiting`: not asked yet; `failing`: the last poll failed"
    )
    accept: str = Field(description="what is opened without a person", examples=["severity >= 3"])
    polled_at: Instant | None = Field(description="when it was asked last")
    succeeded_at: Instant | None = Field(description="when it last answered as it should")
    next_at: Instant | None = Field(description="when it is due again")
    failures: int = Field(description="polls in a row that failed, up to the last one", examples=[0])
    last_error: str | None = Field(description="why the last poll failed; null where it did not")
    items: int = Field(description="items in the last document that was read", examples=[12])
    events: int = Field(description="events that it has proposed or opened", examples=[2])
    left_out: dict[str, int] = Field(
        description="items of the last document that could not become events, by reason",
        examples=[{"ends before it starts": 1}],
    )
    credit: str = Field(
        description="whose words these are, and on what terms", examples=["U.S. Geological Survey: public domain"]
    )


class FeedList(Strict):
    """All feeds of the feeds file."""

    items: list[FeedState] = Field(description="the feeds, in the order of the file; none where there is no file")
