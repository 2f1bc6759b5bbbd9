"""What to change so that it doesn't happen again: `changes.csv`, and rules for a policy file of Prepost's."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import BadRecovery
from app.recovery import conditions, sheet
from app.recovery.conditions import Conditions, Facts
from app.recovery.incident import MistakeKind

CONDITIONS = ("mistake", "speaker", "hurt", "outcome")
COLUMNS = ("change", *CONDITIONS, "what", "why")


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    why: str
    conditions: Conditions


class Changes:
    def __init__(self, table: Sequence[Change]) -> None:
        self.table = tuple(table)

    @classmethod
    def load(cls, file: Path) -> Changes:
        """Raises BadRecovery with the line at fault."""
        table: list[Change] = []
        for where, cells in sheet.rows(file, COLUMNS):
            for column in ("change", "what", "why"):
                if not cells[column]:
                    raise BadRecovery(f"{where}: {column} is empty")
            held = conditions.read({column: cells[column] for column in CONDITIONS}, where)
            table.append(Change(cells["what"], cells["why"], held))
        return cls(table)

    def proposed(self, facts: Facts) -> list[Change]:
        return [change for change in self.table if conditions.hold(change.conditions, facts)]


def blocking(rules: Collection[str]) -> str:
    """The part of a policy file that has these rules block."""
    return "\n".join(f'[rules."{rule}"]\nmode = "block"\n' for rule in rules)


def own_rule(kind: MistakeKind, text: str | None, day: date) -> str:
    """A rule of a house's own for what Prepost didn't see, gaps for what only a person knows.

    `text`: the post, as the rule's case; None where it may hold what belongs in no file.
    """
    case = _quoted(text) if text is not None else '"[insert the post]"'
    return (
        f'[own."{kind}/after_{day:%Y_%m_%d}"]\n'
        f'title = "What went wrong on {day.isoformat()}"\n'
        'message = "[insert what to tell the person posting]"\n'
        'words = ["[insert the words that must not go out]"]\n'
        f"flag = [{case}]\n"
        'allow = ["[insert a harmless post about the same thing]"]\n'
    )


def _quoted(text: str) -> str:
    """As a TOML string: JSON's escapes are TOML's, but for one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
