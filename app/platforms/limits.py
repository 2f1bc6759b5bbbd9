"""How much of each thing a platform takes: `limits.csv`, a row a limit, each checked before it is used."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast, get_args

from app.domain import Confidence, Limit, Platform
from app.errors import BadPlatforms

COLUMNS = (
    "platform", "field", "when", "at_least", "at_most", "unit", "enforced", "confidence", "source", "source_date",
    "note",
)  # fmt: skip
LENGTHS = ("text", "title", "alt_text", "poll_option", "hashtag", "link", "tag", "tags_total")
"""fields whose length is measured, in one of `UNITS`"""
COUNTS = (
    "hashtags", "mentions", "links", "cashtags", "tags", "poll_options", "media", "images", "gifs", "videos", "audios",
    "media_kinds",
)  # fmt: skip
"""fields that are counted"""
SIZES = ("image_bytes", "gif_bytes", "video_bytes", "audio_bytes")
UNITS = (
    "characters", "graphemes", "weighted characters", "UTF-8 bytes", "UTF-16 code units",
    "characters with emoji in bytes", "characters with Mastodon's discounts", "characters of a tag list",
)  # fmt: skip
"""what lengths are measured in: `app.text.length` and the rule that adds up tags know them"""
FIELDS = (*LENGTHS, *COUNTS, *SIZES)
_WHEN = re.compile(r"|media|no media|image|post|comment|tier:[\w+]+(?: [\w+]+)*")
_ENFORCED = ("api", "app")
Limits = Mapping[tuple[Platform, str], tuple[Limit, ...]]


def read_limits(file: Path) -> Limits:
    """The limits by platform and field, in the order of the rows. Raises BadPlatforms with the file and the line."""
    found: dict[tuple[Platform, str], tuple[Limit, ...]] = {}
    for limit in _rows(file):
        key = (limit.platform, limit.field)
        found[key] = (*found.get(key, ()), limit)
    return found


def _rows(file: Path) -> Iterator[Limit]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadPlatforms(f"{file.name}:1: the columns must be {','.join(COLUMNS)}")
            for row in rows:
                yield _limit(row, f"{file.name}:{rows.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadPlatforms(f"{file.name}: {error}") from error


def _limit(row: dict[str, str], where: str) -> Limit:
    if None in row or None in row.values():
        raise BadPlatforms(f"{where}: {len(COLUMNS)} cells are needed")
    field = _one_of(row, "field", FIELDS, where)
    if field in LENGTHS:
        _one_of(row, "unit", UNITS, where)
    if not _WHEN.fullmatch(row["when"]):
        raise BadPlatforms(f"{where}: when: {row['when']!r} is not media, no media, image, post, comment or tier:…")
    least, most = _number(row, "at_least", where), _number(row, "at_most", where)
    if least is None and most is None:
        raise BadPlatforms(f"{where}: at_least or at_most is needed")
    return Limit(
        platform=cast(Platform, _one_of(row, "platform", get_args(Platform), where)),
        field=field,
        unit=row["unit"],
        at_least=least,
        at_most=most,
        when=row["when"],
        refused=_one_of(row, "enforced", _ENFORCED, where) == "api",
        confidence=cast(Confidence, _one_of(row, "confidence", get_args(Confidence), where)),
        source=row["source"],
        date=row["source_date"],
    )


def _one_of(row: Mapping[str, str], column: str, allowed: tuple[str, ...], where: str) -> str:
    if row[column] not in allowed:
        raise BadPlatforms(f"{where}: {column}: {row[column]!r} is not one of {', '.join(allowed)}")
    return row[column]


def _number(row: Mapping[str, str], column: str, where: str) -> int | None:
    if not row[column]:
        return None
    if not row[column].isascii() or not row[column].isdigit() or len(row[column]) > 12:
        raise BadPlatforms(f"{where}: {column}: {row[column]!r} is no whole number of 0 or more")
    return int(row[column])
