"""Reading a rule's word lists: data files beside the rule, compiled once at import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from app.checks.matching import words


def load_patterns(path: Path) -> Mapping[str, re.Pattern[str]]:
    """One pattern per `[section]` of a list, for folded text, as whole words.

    A line is one phrase, a regular expression; empty lines and those that begin with `#` are left out.
    """
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        phrase = line.strip()
        if phrase.startswith("[") and phrase.endswith("]") and phrase[1:-1].replace("_", "").isalpha():
            current = sections.setdefault(phrase[1:-1], [])
        elif phrase and not phrase.startswith("#"):
            current.append(phrase)
    return {name: words(*phrases) for name, phrases in sections.items()}
