"""A survey of labelled drafts as a person reads it, and as a machine does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # training is imported only by the command that needs it
    from app.training.drafts import Draft
    from app.training.survey import Survey

_MOST_SHOWN = 12
_WIDTH = 88


def as_text(found: Survey, errors: int) -> str:
    """Figures first, then each list under its own line, the longest ones cut."""
    total = len(found.drafts)
    lines = [
        f"{total:6,} drafts in {found.families:,} families",
        *_section(f"{len(found.faults):6,} broken rows", found.faults),
        *_section(
            f"{len(found.contradictions):6,} texts that contradict themselves (same words, other label)",
            _contradictions(found),
        ),
        *_section(f"{len(found.duplicates):6,} texts that stand more than once", map(_places, found.duplicates)),
        *_section(
            f"{len(found.near):6,} near duplicates across families, {_share(_near_drafts(found), total)} of the drafts",
            _near(found),
        ),
        *_section(
            f"{len(found.one_sided):6,} families without an alarming and a harmless draft",
            [", ".join(found.one_sided[:_MOST_SHOWN])] if found.one_sided else [],
        ),
        f"{found.openings:6,} different openings (first three words), {_share(found.openings, total)} of the drafts",
        "       languages: " + ", ".join(f"{name} {count:,}" for name, count in found.languages.items()),
        "",
        f"{'label':20} {'0':>7} {'1':>7} {'unknown':>8}",
        *(f"{label:20} {no:7,} {yes:7,} {unknown:8,}" for label, (no, yes, unknown) in found.counts.items()),
    ]
    if errors:
        shown = min(errors, len(found.suspects))
        lines += ["", f"{len(found.suspects):6,} likely label errors; the {shown} surest, to be read again:"]
        lines += list(_suspects(found, errors))
    return "\n".join(lines)


def as_json(found: Survey, errors: int) -> str:
    """Every list in full, but for the likely errors: as many as were asked for."""
    return json.dumps(_plain(found, errors), ensure_ascii=False, indent=2)


def _plain(found: Survey, errors: int) -> dict[str, Any]:
    total = len(found.drafts)
    return {
        "drafts": total,
        "families": found.families,
        "broken": list(found.faults),
        "contradictions": [
            {"where": [draft.where for draft in item.drafts], "labels": list(item.labels)}
            for item in found.contradictions
        ],
        "duplicates": [[draft.where for draft in group] for group in found.duplicates],
        "near_duplicates": [
            {"likeness": round(pair.likeness, 3), "first": pair.first.where, "second": pair.second.where}
            for pair in found.near
        ],
        "near_duplicate_share": _near_drafts(found) / total if total else 0.0,
        "one_sided_families": list(found.one_sided),
        "opening_share": found.openings / total if total else 0.0,
        "labels": {label: {"0": no, "1": yes, "unknown": none} for label, (no, yes, none) in found.counts.items()},
        "languages": found.languages,
        "likely_errors": [
            {
                "where": suspect.draft.where,
                "id": suspect.draft.id,
                "label": suspect.label,
                "given": suspect.given,
                "probability": round(suspect.probability, 3),
                "text": suspect.draft.text,
            }
            for suspect in found.suspects[:errors]
        ],
    }


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    yield title
    yield from (f"         {item}" for item in listed[:_MOST_SHOWN])
    if (more := len(listed) - _MOST_SHOWN) > 0:
        yield f"         and {more:,} more, all of them with --json"


def _contradictions(found: Survey) -> Iterator[str]:
    for item in found.contradictions:
        yield f"{', '.join(item.labels)}: {_places(item.drafts)}"


def _near(found: Survey) -> Iterator[str]:
    for pair in found.near:
        yield f"{pair.likeness:.2f}  {pair.first.where} and {pair.second.where}: {_short(pair.first.text)}"


def _near_drafts(found: Survey) -> int:
    return len({draft.where for pair in found.near for draft in (pair.first, pair.second)})


def _suspects(found: Survey, errors: int) -> Iterator[str]:
    for suspect in found.suspects[:errors]:
        what = f"{suspect.label} {suspect.given}, read as {suspect.probability:.2f}"
        yield f"         {suspect.draft.where:20} {what:34} {_short(suspect.draft.text)}"


def _places(group: Sequence[Draft]) -> str:
    return f"{', '.join(draft.where for draft in group)}: {_short(group[0].text)}"


def _share(part: int, total: int) -> str:
    return f"{part / total:.1%}" if total else "0.0%"


def _short(text: str) -> str:
    """On one line, and nothing in it that would command the terminal."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
