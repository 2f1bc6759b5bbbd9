"""Generated pages stay in step with what they are generated from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.checks import CHECKS
from app.checks.base import Check
from app.cli.rules import index, page

ROOT = Path(__file__).parent.parent
RULES = ROOT / "docs" / "rules"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_rules_page_is_what_its_manual_says(check: Check) -> None:
    """Prevents a page that describes an older rule: run `make docs`."""
    assert (RULES / f"{check.id}.md").read_text(encoding="utf-8") == page(check)


def test_the_index_of_the_rules_is_what_the_rules_say() -> None:
    """Prevents a rule that nobody finds: run `make docs`."""
    assert (RULES / "README.md").read_text(encoding="utf-8") == index(CHECKS)


def test_the_index_leads_to_each_rule_once() -> None:
    """Prevents a link to a page that is gone."""
    links = re.findall(r"\]\((.+?)\)", index(CHECKS))
    assert sorted(links) == sorted(str(path.relative_to(RULES)) for path in RULES.glob("*/*.md"))
