"""Zip archives: what is read of them, and what isn't."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.errors import Invalid
from app.history import archive
from app.history.reading import open_history

PART = 'window.YTD.tweets.part{} = [{{"tweet": {{"full_text": "part {}", "created_at": "2026-11-25T09:05:00.000Z"}}}}]'


def _zip(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def _texts(path: Path) -> list[str]:
    return [item.text for item in open_history(path, None, handle=None, only=None).items()]


def test_all_parts_are_read_in_order_and_nothing_else(tmp_path: Path) -> None:
    """Prevents deleted tweets and messages, which the archive holds too, from becoming history."""
    members = {f"data/tweets-part{n}.js": PART.format(n, n) for n in (10, 2, 1)}
    members |= {"data/tweets.js": PART.format(0, 0), "data/deleted-tweets.js": "no", "data/direct-messages.js": "no"}
    assert _texts(_zip(tmp_path / "a.zip", **members)) == ["part 0", "part 1", "part 2", "part 10"]


def test_a_mastodon_zip_is_read_too(tmp_path: Path) -> None:
    """Prevents an archive from being unpacked for nothing."""
    boost = (
        '{"orderedItems": [{"type": "Announce", "object": "https://a.example", "published": "2026-11-25T09:05:00Z"}]}'
    )
    assert _texts(_zip(tmp_path / "a.zip", **{"outbox.json": boost})) == ["https://a.example"]


def test_a_bomb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a small file from keeping a machine busy for hours."""
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    with pytest.raises(Invalid, match="unpack to 2,000,000 bytes, more than the 1,000,000"):
        _texts(_zip(tmp_path / "a.zip", **{"data/tweets.js": " " * 2_000_000}))


def test_damaged_and_foreign_zips_are_refused(tmp_path: Path) -> None:
    """Prevents a traceback, and half an archive."""
    whole = _zip(tmp_path / "a.zip", **{"data/tweets.js": PART.format(0, 0) * 50}).read_bytes()
    spoilt = bytearray(whole)
    spoilt[60] ^= 255
    for raw, reason in ((whole[:-30], "broken off, or no zip"), (bytes(spoilt), "damaged"), (b"\x1f\x8b\x08", "gzip")):
        (tmp_path / "b.zip").write_bytes(raw)
        with pytest.raises(Invalid, match=reason):
            _texts(tmp_path / "b.zip")
    with pytest.raises(Invalid, match="without data/tweets"):
        _texts(_zip(tmp_path / "c.zip", **{"readme.txt": "hi"}))
