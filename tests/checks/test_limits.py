"""Each row of data/platforms/limits.csv: a draft at the limit passes, one past it is named, with the row's figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain import Limit
from app.main import create_app
from app.platforms.limits import LENGTHS, SIZES, read_limits
from app.settings import Settings

ROOT = Path(__file__).parents[2]
LIMITS = [row for rows in read_limits(ROOT / "data" / "platforms" / "limits.csv").values() for row in rows]
RULES = {"platform_rule/length", "platform_rule/entity_count", "platform_rule/attachments"}
FAMILY = "👨‍👩‍👧‍👦"
"""one grapheme of 25 bytes"""
TALL = "u\u0308\u0301\u0302\u0303\u0304"[:5] + "\u0305"
"""one grapheme, a letter, of 11 bytes"""


def _long(limit: Limit, more: int) -> str:
    """A text of the limit's length and so many units more, that breaks no other limit of the field."""
    most = (limit.at_most or 0) + more
    if limit.unit == "UTF-8 bytes" and limit.field in ("text", "tag") and limit.platform == "bluesky":
        return FAMILY * (most // 25) + "a" * (most % 25)
    if limit.unit == "UTF-8 bytes" and limit.field == "hashtag":
        return TALL * (most // 11) + "a" * (most % 11)
    return ("a" * 49 + " ") * (most // 50) + "a" * (most % 50) if limit.field == "text" else "a" * most


def _counted(limit: Limit, more: int) -> dict[str, Any]:
    """The parts of a draft that hold so many of what the limit counts."""
    most = (limit.at_most or 0) + more
    images = [{"type": "image", "alt_text": "A pier"}] * most
    return {
        "hashtags": {"text": " ".join(f"#tag{number}x" for number in range(most))},
        "mentions": {"text": " ".join(f"@someone{number}" for number in range(most))},
        "links": {"text": "Read", "links": [f"https://example.org/{number}" for number in range(most)]},
        "cashtags": {"text": " ".join(f"${chr(65 + number)}BC" for number in range(most))},
        "tags": {"text": "Read", "tags": [f"tag{number}" for number in range(most)]},
        "poll_options": {"text": "Which?", "poll": {"options": [f"No. {number}" for number in range(most)]}},
        "media": {"text": "See", "media": images},
        "images": {"text": "See", "media": images},
        "gifs": {"text": "See", "media": [{"type": "gif"}] * most},
        "videos": {"text": "See", "media": [{"type": "video"}] * most},
        "audios": {"text": "See", "media": [{"type": "audio"}] * most},
        "media_kinds": {"text": "See", "media": [{"type": "image"}, {"type": "video"}][:most]},
    }[limit.field]


def _measured(limit: Limit, more: int) -> dict[str, Any]:
    long = _long(limit, more)
    return {
        "text": {"text": long},
        "title": {"text": "Read", "title": long},
        "alt_text": {"text": "See", "media": [{"type": "image", "alt_text": long}]},
        "poll_option": {"text": "Which?", "poll": {"options": [long, "Other"]}},
        "hashtag": {"text": f"See #{long}"},
        "tag": {"text": "See", "tags": [long]},
        "tags_total": {"text": "See", "tags": ["a" * 99] * 4 + ["a" * (len(long) - 400)]},
        "link": {"text": "See", "links": ["https://example.org/" + "a" * (len(long) - 20)]},
    }[limit.field]


def _draft(limit: Limit, more: int) -> dict[str, Any]:
    if limit.field in SIZES:
        kind = limit.field.partition("_")[0]
        draft = {"text": "See", "media": [{"type": kind, "bytes": (limit.at_most or 0) + more}]}
    else:
        draft = _measured(limit, more) if limit.field in LENGTHS else _counted(limit, more)
    if limit.when in ("media", "image"):
        draft["media"] = [{"type": "image", "alt_text": "A pier"}]
    if limit.when == "comment" or (limit.platform in ("instagram", "tiktok", "pinterest") and "media" not in draft):
        draft["kind"] = "comment" if limit.when == "comment" or limit.field != "text" else "post"
    return draft | {"platform": limit.platform}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as found:
        yield found


def _named(client: TestClient, limit: Limit, draft: dict[str, Any], figure: int | None) -> list[dict[str, Any]]:
    """The warnings that name this row and figure."""
    tier = limit.when.removeprefix("tier:").split()[0] if limit.when.startswith("tier:") else None
    account = {"handle": "@pier", "kind": "brand", "language": "en", "tier": tier}
    reply = client.post("/check", json={"draft": draft, "account": account})
    assert reply.status_code == 200, reply.text
    found = [warning for warning in reply.json()["warnings"] if warning["rule"] in RULES]
    return [each for each in found if each["evidence"].get("limit", figure) == figure and _is_of(each, limit)]


def _is_of(warning: dict[str, Any], limit: Limit) -> bool:
    stated = warning["evidence"].get("unit") or warning["evidence"].get("field") or limit.field
    return warning["evidence"]["platform"] == limit.platform and stated in (limit.unit, limit.field)


def _id(limit: Limit) -> str:
    return "-".join(filter(None, (limit.platform, limit.field, limit.unit, limit.when)))


@pytest.mark.parametrize("limit", [row for row in LIMITS if row.at_most is not None], ids=_id)
def test_at_the_limit_passes_and_one_past_it_is_named(client: TestClient, limit: Limit) -> None:
    """Prevents a row that nobody reads, and one that is off by one."""
    assert _named(client, limit, _draft(limit, 0), limit.at_most) == []
    (warning,) = _named(client, limit, _draft(limit, 1), limit.at_most)
    assert warning["severity"] == ("high" if limit.is_hard else warning["severity"])
    assert limit.is_hard or warning["severity"] in ("low", "medium")


@pytest.mark.parametrize("limit", [row for row in LIMITS if row.at_least is not None], ids=_id)
def test_what_is_needed_is_missed(client: TestClient, limit: Limit) -> None:
    """Prevents a post of nothing, an option without a word, and a poll of one answer."""
    less: dict[str, Any] = {
        "text": {"text": "", "poll": {"options": ["Yes", "No"]}},
        "media": {"text": "See"},
        "poll_options": {"text": "Which?", "poll": {"options": ["Red"]}},
        "poll_option": {"text": "Which?", "poll": {"options": ["", "No"]}},
    }[limit.field]
    assert _named(client, limit, less | {"platform": limit.platform}, limit.at_least)
