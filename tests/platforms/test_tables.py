"""The tables of platforms: each wrong row is refused by file and name, and a right one holds where it says."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from app.checks import CHECKS
from app.domain import Account, Draft
from app.errors import BadPlatforms
from app.platforms.tables import PlatformTables

SHIPPED = Path(__file__).parents[2] / "data" / "platforms"
IDS = [check.id for check in CHECKS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "platforms"))


def _with_cells(folder: Path, file: str, line: int, **cells: str) -> None:
    """Change cells of a row of a CSV; the heading is line 1."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[line - 2] |= cells
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _refusal(folder: Path) -> str:
    with pytest.raises(BadPlatforms) as refused:
        PlatformTables.load(folder, IDS)
    return refused.value.detail


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"platform": "twitter"}, "limits.csv:2: platform: 'twitter' is not one of"),
        ({"field": "words"}, "limits.csv:2: field: 'words' is not one of"),
        ({"unit": "words"}, "limits.csv:2: unit: 'words' is not one of"),
        ({"at_most": "280.5"}, "limits.csv:2: at_most: '280.5' is no whole number"),
        ({"at_most": "-1"}, "limits.csv:2: at_most: '-1' is no whole number"),
        ({"at_most": ""}, "limits.csv:2: at_least or at_most is needed"),
        ({"when": "sometimes"}, "limits.csv:2: when: 'sometimes' is not"),
        ({"enforced": "maybe"}, "limits.csv:2: enforced: 'maybe' is not one of"),
        ({"confidence": "own knowledge"}, "limits.csv:2: confidence: 'own knowledge' is not one of"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_by_line(folder: Path, cells: dict[str, str], reason: str) -> None:
    """Prevents a typing error that lets every draft through."""
    _with_cells(folder, "limits.csv", 2, **cells)
    assert _refusal(folder).startswith(reason)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"platforms": "facebook twitter"}, "platforms: 'twitter' is not one of"),
        ({"jurisdictions": "UK"}, "jurisdictions: 'UK' is neither an ISO 3166 code (GB, US-TX) nor WORLD: GB?"),
        ({"sectors": "piracy"}, "sectors: 'piracy' is not one of"),
        ({"stated": "maybe"}, "stated: 'maybe' is not one of"),
        ({"severity": "grave"}, "severity: 'grave' is not one of"),
        ({"confidence": "sure"}, "confidence: 'sure' is not one of"),
        ({"judged_by": "platform_rule/nothing"}, "judged_by: there is no rule 'platform_rule/nothing'"),
        ({"judged_by": ""}, "either judged_by or why_not is needed"),
        ({"why_not": "because"}, "either judged_by or why_not is needed"),
        ({"id": ""}, "an id is needed"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_row(folder: Path, cells: dict[str, str], reason: str) -> None:
    """Prevents a rule that holds nowhere because a name is wrong."""
    _with_cells(folder, "rules.csv", 2, **cells)
    assert reason in _refusal(folder)
    assert _refusal(folder).startswith("rules.csv:2: ")


@pytest.mark.parametrize(
    ("trigger", "reason"),
    [
        ('any = ["(unclosed"]', "R001: any: '(unclosed' does not compile"),
        ('any = ["(?=ahead)x"]', "R001: any: '(?=ahead)x' does not compile"),
        (r'any = ["(\\p{L}{1,100}x){1,10}"]', "is too costly"),
        ('any = ["x*"]', "matches the empty text"),
        ('any = "win"', "any: must be a list of words"),
        ('any = ["win"]\ntopic = ["piracy"]', "topic: 'piracy' is not one of"),
        ('any = ["win"]\nonly = ["robot"]', "only: 'robot' is not one of"),
        ('any = ["win"]\nraw = "yes"', "raw: must be true or false"),
        ('any = ["win"]\nfoo = 1', "foo: unknown setting"),
    ],
)
def test_a_trigger_that_cannot_be_used_is_refused_by_name(folder: Path, trigger: str, reason: str) -> None:
    """Prevents a pattern that never matches, and one that hangs every check."""
    with (folder / "triggers.toml").open("a", encoding="utf-8") as out:
        out.write(f'\n[R001]\n{trigger}\nsays = "It is so."\nsuggestion = "Do not."\n')
    assert reason in _refusal(folder)


def test_a_trigger_without_a_sentence_is_refused(folder: Path) -> None:
    """Prevents a warning without a reason."""
    with (folder / "triggers.toml").open("a", encoding="utf-8") as out:
        out.write('\n[R001]\nany = ["win"]\n')
    assert "R001: says: is needed" in _refusal(folder)


def test_a_trigger_of_no_row_and_a_row_told_twice_are_refused(folder: Path) -> None:
    """Prevents a pattern that nobody runs after its row was renamed."""
    with (folder / "triggers.toml").open("a", encoding="utf-8") as out:
        out.write('\n[R999]\nany = ["win"]\nsays = "It is so."\nsuggestion = "Do not."\n')
    assert _refusal(folder) == "triggers.toml: R999: there is no such row in rules.csv"
    _with_cells(folder, "rules.csv", 3, id="R001")
    assert _refusal(folder) == "rules.csv: R001: is there twice"


def test_a_missing_table_is_refused(folder: Path) -> None:
    """Prevents a start without limits."""
    (folder / "limits.csv").unlink()
    assert "limits.csv" in _refusal(folder)


def test_only_what_its_authority_tells_may_hold_a_draft() -> None:
    """Prevents a rule from general knowledge that stops a post."""
    tables = PlatformTables.load(SHIPPED, IDS)
    for row in tables.rows:
        assert row.rule.grade != "breach" or (row.confidence == "sourced" and row.severity in ("block", "high"))


@pytest.fixture(scope="module")
def tables() -> PlatformTables:
    return PlatformTables.load(SHIPPED, IDS)


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (Account(sector="craft gin", jurisdictions=("GB",)), True),
        (Account(display_name="Mill Brewery", jurisdictions=("GB-SCT",)), True),
        (Account(sector="bakery", jurisdictions=("GB",)), False),
        (Account(sector="craft gin", jurisdictions=("US",), regions=("GB",)), False),
        (Account(sector="craft gin", regions=("GB",)), True),
        (Account(sector="craft gin", kind="media", jurisdictions=("GB",)), False),
    ],
)
def test_a_rule_holds_by_sector_jurisdiction_and_kind(tables: PlatformTables, account: Account, expected: bool) -> None:
    """Prevents British alcohol rules for a bakery, for the US, and for a newspaper."""
    rules = tables.holding(account, Draft("Fresh today"))
    assert ("R076" in [rule.id for rule in rules.get("platform_rule/alcohol_promotion", ())]) is expected


def test_rules_of_the_union_hold_for_its_members(tables: PlatformTables) -> None:
    """Prevents a German shop that is held to no European rule."""
    rules = tables.holding(Account(jurisdictions=("DE",)), Draft("Fresh today"))
    assert "R090" in [rule.id for rule in rules["platform_rule/green_claim"]]


def test_jurisdictions_without_rules_are_told(tables: PlatformTables) -> None:
    """Prevents silence that is taken for consent."""
    assert tables.without_rules(Account(jurisdictions=("GB", "KE", "Narnia"))) == ("KE", "Narnia")
    assert tables.without_rules(Account(jurisdictions=("UK", "us"))) == ()
    assert tables.without_rules(Account(regions=("KE",))) == ()


def test_own_limits_that_nobody_reads_are_told(tables: PlatformTables) -> None:
    """Prevents a typing error in an account that holds it to the platform's usual limit."""
    limits = {"text": 5000, "mastodon_text": 5000, "bluesky_images": 10, "characters": 500, "lenght": 3}
    assert tables.unknown_limits(Account(limits=limits)) == ("lenght",)
