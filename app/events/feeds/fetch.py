"""Asking a feed: once, politely, with limits on time and size, and nowhere that a feed may not lead.

Any redirect is followed by hand, each guarded anew: `allow_private` counts for the feed's own host alone.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx

from app import egress
from app.events.feeds.config import Feed

LARGEST = 5 * 1024 * 1024
"""bytes of a document, unpacked"""
LONGEST = 20.0
"""seconds from the first byte sent to the last received, redirects included"""
_CONNECT = 5.0
_MOST_REDIRECTS = 3
_LONGEST_WAIT = timedelta(days=1)
_REDIRECTS = {301, 302, 303, 307, 308}
_ACCEPT = "application/geo+json, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


class FetchFailed(Exception):
    """No document: why, for the operator; and how long the server asks to be left alone, if it does."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave along with a document, to be asked whether it has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    data: bytes
    validators: Validators


def get(feed: Feed, *, contact: str, known: Validators, longest: float = LONGEST) -> Document | None:
    """The feed's document; None where it has not changed since `known`. Blocks. Raises FetchFailed."""
    headers = {
        "User-Agent": f"Prepost/{version('prepost')} (+{contact})",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    try:
        return asyncio.run(_get(feed, headers, longest))
    except TimeoutError as error:
        raise FetchFailed(f"no whole answer in {longest:g} seconds") from error
    except egress.Refused as error:
        raise FetchFailed(error.detail) from error
    except httpx.TimeoutException as error:
        raise FetchFailed("no answer in time") from error
    except httpx.RemoteProtocolError as error:
        raise FetchFailed("the answer broke off, or is no HTTP") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchFailed(f"no connection: {type(error).__name__}") from error


async def _get(feed: Feed, headers: dict[str, str], longest: float) -> Document | None:
    own = httpx.URL(feed.url)
    url = own
    async with asyncio.timeout(longest):
        for _ in range(_MOST_REDIRECTS + 1):
            allowed = feed.allow_private and _origin(url) == _origin(own)
            answer = await _ask(url, headers, allow_private=allowed)
            if not isinstance(answer, httpx.URL):
                return answer
            url = answer
    raise FetchFailed(f"more than {_MOST_REDIRECTS} redirects")


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


async def _ask(url: httpx.URL, headers: dict[str, str], *, allow_private: bool) -> Document | httpx.URL | None:
    """One request: a document, where it has moved to, or None where it has not changed."""
    transport = egress.Transport(allow_private=allow_private)
    timeout = httpx.Timeout(LONGEST, connect=_CONNECT)
    async with (
        httpx.AsyncClient(transport=transport, timeout=timeout, trust_env=False) as client,
        client.stream("GET", url, headers=headers, follow_redirects=False) as response,
    ):
        if response.status_code == 304:
            return None
        if response.status_code in _REDIRECTS:
            return url.join(response.headers.get("location", ""))
        if response.status_code != 200:
            raise FetchFailed(f"answered {response.status_code}", _retry_after(response))
        data = await _body(response)
        given = response.headers.get
        return Document(data, Validators(_kept(given("etag")), _kept(given("last-modified"))))


async def _body(response: httpx.Response) -> bytes:
    """Unpacked here, a piece at a time: a kilobyte may stand for a megabyte."""
    packed = response.headers.get("content-encoding", "identity").strip().casefold()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise FetchFailed(f"answered in the encoding {packed[:40]!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    body = bytearray()
    async for piece in response.aiter_raw():
        room = LARGEST + 1 - len(body)
        try:
            body += unpacker.decompress(piece, room) if unpacker else piece
        except zlib.error as error:
            raise FetchFailed("its gzip is broken") from error
        if len(body) > LARGEST:
            raise FetchFailed(f"larger than {LARGEST // 1024 // 1024} MiB")
    if unpacker and body and not unpacker.eof:
        raise FetchFailed("the answer broke off")
    return bytes(body)


def _retry_after(response: httpx.Response) -> timedelta | None:
    """Of 429 and 503: seconds, or a date; a day at most."""
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(timedelta(seconds=int(told[:9])), _LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(told)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(wait, timedelta()), _LONGEST_WAIT)


def _kept(value: str | None) -> str | None:
    """A validator that is short and plain enough to be kept and sent again."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None
