"""Word lists as data: one entry a line under `[section]`, # a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A list's lines by section, in the order of the file."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            found.setdefault(section, [])
        elif line and not line.startswith("# "):
            found[section].append(line)
    return {section: tuple(lines) for section, lines in found.items()}
