"""Feeds: how each stands."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter

from app.api.deps import TheServices
from app.api.openapi import problems
from app.api.schemas.feeds import FeedList, FeedState
from app.events.feeds.config import Feed
from app.service import feeds
from app.store.feeds import State

router = APIRouter(prefix="/v1/feeds", tags=["events"])


@router.get("", operation_id="listFeeds", summary="List feeds", responses=problems(401, 503))
async def list_feeds(the: TheServices) -> FeedList:
    """Who reports events here: when each feed was asked, what it said, and why it fails where it does."""
    found = await asyncio.to_thread(feeds.states, the.database, the.feeds)
    return FeedList(items=[_shown(feed, state) for feed, state in found])


def _shown(feed: Feed, state: State | None) -> FeedState:
    """Its host, not its URL: that may hold a key."""
    asked = state is not None and state.polled_at is not None
    return FeedState(
        name=feed.name,
        kind=feed.kind,
        host=httpx.URL(feed.url).host,
        state="waiting" if not asked else "failing" if state and state.failures else "ok",
        accept="never" if feed.accept is None else f"severity >= {feed.accept}",
        polled_at=state.polled_at if state else None,
        succeeded_at=state.succeeded_at if state else None,
        next_at=state.next_at if state else None,
        failures=state.failures if state else 0,
        last_error=state.last_error if state else None,
        items=state.items if state else 0,
        events=state.events if state else 0,
        left_out=dict(state.left_out) if state else {},
        credit=feed.credit,
    )
