"""Twins of sombre context: the floor below which a change of rules may not fall."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from bench.twins import alarms, pairs

FLOOR = 0.9
"""of pairs wholly right; most were seen while rules were written: docs/quality.md tells the first runs"""


def test_nine_twins_in_ten_are_judged_rightly_on_both_sides(tmp_path: Path) -> None:
    """Prevents a mended false alarm from costing the catches, and the other way round."""
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:

        def warned(request: object) -> bool:
            return bool(alarms(client.post("/check", json=request).raise_for_status().json()))

        right = [warned(pair["alarm"]) and not warned(pair["quiet"]) for pair in pairs()]
    assert len(right) > 200
    assert sum(right) / len(right) >= FLOOR
