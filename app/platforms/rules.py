"""Rules of platforms and of the law: rows of `rules.csv`, with what breaks them in `triggers.toml`, each checked."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from app import regions
from app.domain import AccountKind, Confidence, DraftKind, Pattern, Platform, PlatformRule
from app.errors import BadPlatforms
from app.linear import BadPattern, Linear, whole_words
from app.platforms.sectors import Sectors

COLUMNS = (
    "id", "area", "platforms", "jurisdictions", "stated", "sectors", "rule", "authority", "reference", "severity",
    "confidence", "source", "source_date", "judged_by", "why_not",
)  # fmt: skip
SEVERITIES = ("block", "high", "medium", "low", "info")
_LISTS = ("any", "also", "unless", "topic", "except", "only", "drafts")
_TRIGGER = {*_LISTS, "raw", "says", "suggestion"}
_LEAST_WORDS = frozenset({"any", "says", "suggestion"})


@dataclass(frozen=True, slots=True)
class Row:
    """A rule with where it holds. An empty scope holds everywhere."""

    rule: PlatformRule
    judged_by: str
    area: str
    platforms: frozenset[Platform]
    jurisdictions: frozenset[str]
    sectors: frozenset[str]
    topic: tuple[Pattern, ...]
    """what a draft must speak of where the account's words don't name the sector; none: nothing makes up for it"""
    kinds: frozenset[AccountKind]
    drafts: frozenset[DraftKind]
    stated: bool
    """whether only jurisdictions that the account names count, not where it is read"""
    severity: str
    confidence: Confidence
    facts: Mapping[str, str]
    """the row of `rules.csv`, cell by cell"""


def read_rules(folder: Path, checks: Sequence[str], sectors: Sectors) -> tuple[Row, ...]:
    """Every row, in order. `checks`: the ids of the rules there are. Raises BadPlatforms with the file and the row."""
    triggers = _triggers(folder / "triggers.toml")
    rows = tuple(_rows(folder / "rules.csv", triggers, checks, sectors))
    ids = [row.rule.id for row in rows]
    if twice := next((each for each in ids if ids.count(each) > 1), None):
        raise BadPlatforms(f"rules.csv: {twice}: is there twice")
    if unknown := next((each for each in triggers if each not in ids), None):
        raise BadPlatforms(f"triggers.toml: {unknown}: there is no such row in rules.csv")
    return rows


def _triggers(file: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPlatforms(f"{file.name}: {error}") from error


def _rows(file: Path, triggers: Mapping[str, dict[str, Any]], checks: Sequence[str], sectors: Sectors) -> Iterator[Row]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadPlatforms(f"{file.name}:1: the columns must be {','.join(COLUMNS)}")
            for facts in rows:
                where = f"{file.name}:{rows.line_num}"
                if None in facts or None in facts.values():
                    raise BadPlatforms(f"{where}: {len(COLUMNS)} cells are needed")
                yield _Reader(where, facts, triggers.get(facts["id"], {}), checks, sectors).row()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadPlatforms(f"{file.name}: {error}") from error


class _Reader:
    """Turns one row and its trigger into a Row, refusing what it does not know."""

    def __init__(
        self, where: str, facts: dict[str, str], trigger: Any, checks: Sequence[str], sectors: Sectors
    ) -> None:
        self.where, self.facts, self.checks, self.sectors = f"{where}: {facts['id']}", facts, checks, sectors
        if not isinstance(trigger, dict):
            raise self.fail("a table is needed in triggers.toml")
        self.trigger = trigger

    def fail(self, reason: str) -> BadPlatforms:
        return BadPlatforms(f"{self.where}: {reason}")

    def fail_trigger(self, reason: str) -> BadPlatforms:
        return BadPlatforms(f"triggers.toml: {self.facts['id']}: {reason}")

    def row(self) -> Row:
        facts, trigger = self.facts, self.trigger
        if not facts["id"]:
            raise self.fail("an id is needed")
        if unknown := set(trigger) - _TRIGGER:
            raise self.fail_trigger(f"{sorted(unknown)[0]}: unknown setting")
        if trigger and (missing := _LEAST_WORDS - set(trigger)):
            raise self.fail_trigger(f"{sorted(missing)[0]}: is needed beside the other settings")
        judged_by = self.check()
        severity = self.one_of("severity", facts["severity"], SEVERITIES)
        confidence = cast(Confidence, self.one_of("confidence", facts["confidence"], get_args(Confidence)))
        return Row(
            rule=self.rule(grade_of(severity, confidence)),
            judged_by=judged_by,
            area=facts["area"],
            platforms=cast(frozenset[Platform], self.many("platforms", facts["platforms"], get_args(Platform))),
            jurisdictions=self.jurisdictions(),
            sectors=self.many("sectors", facts["sectors"], self.sectors.names),
            topic=self.topic(),
            kinds=self.kinds(),
            drafts=cast(frozenset[DraftKind], frozenset(self.listed("drafts", get_args(DraftKind)))),
            stated=self.one_of("stated", facts["stated"], ("", "yes")) == "yes",
            severity=severity,
            confidence=confidence,
            facts=facts,
        )

    def check(self) -> str:
        """The rule that judges it, or nothing: then the row says why not."""
        judged_by, why_not = self.facts["judged_by"], self.facts["why_not"]
        if bool(judged_by) == bool(why_not):
            raise self.fail("either judged_by or why_not is needed")
        if judged_by and judged_by not in self.checks:
            raise self.fail(f"judged_by: there is no rule {judged_by!r}")
        return judged_by

    def rule(self, grade: str) -> PlatformRule:
        facts, trigger, raw = self.facts, self.trigger, self.switch("raw")
        phrases = {name: self.listed(name) for name in ("any", "also", "unless")}
        compiled = {name: self.pattern(name, tuple(each), raw=raw) for name, each in phrases.items() if each}
        return PlatformRule(
            id=facts["id"],
            says=self.words("says"),
            suggestion=self.words("suggestion"),
            grade=grade,
            any=compiled.get("any"),
            also=(compiled["also"],) if "also" in compiled else (),
            unless=compiled.get("unless"),
            raw=raw,
            authority=facts["authority"],
            reference=facts["reference"],
            source=facts["source"],
            date=facts["source_date"],
        ) if trigger else PlatformRule(
            id=facts["id"], says=facts["rule"], suggestion="", grade=grade, authority=facts["authority"],
            reference=facts["reference"], source=facts["source"], date=facts["source_date"],
        )  # fmt: skip

    def pattern(self, name: str, phrases: tuple[str, ...], *, raw: bool) -> Linear:
        for phrase in phrases:  # each alone: a bracket open in one may close in another
            self.compiled(name, phrase)
        try:
            return Linear("|".join(f"(?:{phrase})" for phrase in phrases)) if raw else whole_words(phrases)
        except BadPattern as error:
            raise self.fail_trigger(f"{name}: together they are refused: {error}") from error

    def compiled(self, name: str, phrase: str) -> None:
        try:
            Linear(phrase)
        except BadPattern as error:
            raise self.fail_trigger(f"{name}: {phrase[:80]!r} {error}") from error

    def topic(self) -> tuple[Pattern, ...]:
        return tuple(self.sectors.draft[name] for name in self.listed("topic", self.sectors.names))

    def jurisdictions(self) -> frozenset[str]:
        named = frozenset(self.facts["jurisdictions"].split())
        if unknown := next((code for code in named if not regions.is_known(code)), None):
            raise self.fail(f"jurisdictions: {regions.fault(unknown)}")
        return named

    def kinds(self) -> frozenset[AccountKind]:
        every = get_args(AccountKind)
        only, but = self.listed("only", every), self.listed("except", every)
        return cast(frozenset[AccountKind], frozenset(only or (every if but else ())) - frozenset(but))

    def many(self, name: str, cell: str, allowed: Sequence[str]) -> frozenset[str]:
        return frozenset(self.one_of(name, each, allowed) for each in cell.split())

    def listed(self, name: str, allowed: Sequence[str] | None = None) -> list[str]:
        given = self.trigger.get(name, [])
        if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
            raise self.fail_trigger(f"{name}: must be a list of words")
        if unknown := next((each for each in given if allowed is not None and each not in allowed), None):
            raise self.fail_trigger(f"{name}: {unknown!r} is not one of {', '.join(allowed or ())}")
        return given

    def one_of(self, name: str, value: str, allowed: Sequence[str]) -> str:
        if value not in allowed:
            raise self.fail(f"{name}: {value!r} is not one of {', '.join(allowed)}")
        return value

    def switch(self, name: str) -> bool:
        if not isinstance(value := self.trigger.get(name, False), bool):
            raise self.fail_trigger(f"{name}: must be true or false")
        return value

    def words(self, name: str) -> str:
        if not isinstance(value := self.trigger.get(name, ""), str):
            raise self.fail_trigger(f"{name}: must be a sentence")
        return value


def grade_of(severity: str, confidence: Confidence) -> str:
    """What a breach is graded as. Only what its authority's own words tell may hold a draft: the rest warns at most."""
    if severity in ("low", "info"):
        return "note"
    if severity == "medium":
        return "advice"
    return "breach" if confidence == "sourced" else "unverified"
