"""Generated pages stay in step with what they are generated from."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.checks import CHECKS
from app.checks.base import Check
from app.cli.rules import page

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_rules_page_is_what_its_manual_says(check: Check) -> None:
    """Prevents a page that describes an older rule: run `make docs`."""
    assert (ROOT / "docs" / "rules" / f"{check.id}.md").read_text(encoding="utf-8") == page(check)
