"""Rules of the house that no linter keeps."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
import yaml

from app.checks import CHECKS
from app.checks.base import Check

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
IDS = [check.id for check in CHECKS]


def _rule_files() -> list[str]:
    return sorted(
        f"{path.parent.name}/{path.stem}" for path in (APP / "checks").glob("*/*.py") if not path.stem.startswith("_")
    )


def _modules() -> list[Path]:
    return sorted(path for path in APP.rglob("*.py") if "migrations/versions" not in str(path))


def test_each_rule_file_is_registered_and_nothing_else_is() -> None:
    """Prevents a rule that lies on disk and never runs."""
    assert sorted(IDS) == _rule_files()


def test_each_rule_has_a_policy_entry_and_nothing_else_has() -> None:
    """Prevents a rule whose severity nobody chose."""
    policy = tomllib.loads((ROOT / "data" / "policy" / "default.toml").read_text())
    assert sorted(policy["rules"]) == sorted(IDS)


def test_each_rule_has_cases_and_nothing_else_has() -> None:
    """Prevents a rule without examples, and examples of a rule that is gone."""
    cases = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "tests" / "cases").glob("*/*.yml"))
    assert cases == sorted(IDS)


def test_each_rule_has_its_page_and_nothing_else_has() -> None:
    """Prevents a `docs` link in a reply that leads nowhere."""
    pages = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "docs" / "rules").glob("*/*.md"))
    assert pages == sorted(IDS)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_rule_says_what_it_flags_and_what_it_allows(check: Check) -> None:
    """Prevents a rule without a manual, or with cases on one side only."""
    assert all(f"\n{part}:" in check.manual for part in ("Why", "Flag", "Allow"))
    cases = yaml.safe_load((ROOT / "tests" / "cases" / f"{check.id}.yml").read_text())
    assert cases["flag"]
    assert cases["allow"]


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_policy_knows_each_grade_of_a_rule(check: Check) -> None:
    """Prevents a grave finding that falls back to a default severity by a typing error."""
    policy = tomllib.loads((ROOT / "data" / "policy" / "default.toml").read_text())
    severity = policy["rules"][check.id].get("severity", "medium")
    known = {"default"} if isinstance(severity, str) else set(severity) | {"default"}
    assert set(check.default_grades) <= known


def test_only_the_engine_catches_everything() -> None:
    """Prevents the failure that is swallowed and read as a pass; one that is raised again under another name isn't."""
    broad = []
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (
                    (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
                    and not isinstance(node.body[-1], ast.Raise)
                )
            ):
                broad.append(str(path.relative_to(ROOT)))
    assert broad == ["app/engine.py"]


def test_serving_imports_no_training() -> None:
    """Prevents scikit-learn's start-up time and memory in the serving process."""
    for path in _modules():
        if path.is_relative_to(APP / "training"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in {"sklearn", "scipy", "pickle", "joblib"}], path


def test_sql_is_written_in_the_store_only() -> None:
    """Prevents queries that spread until nobody can change a table."""
    using = [p for p in _modules() if "sqlalchemy" in p.read_text() and not p.is_relative_to(APP / "store")]
    assert using == []
