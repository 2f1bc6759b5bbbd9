"""`python -m bench.events`: what 500 active events and the calendar cost a check.

Two services with the same model on loopback, in turn: one with an empty store and a calendar without a row, one with
500 open events of every kind in fifty countries and the whole calendar; three accounts in four are in one of these
countries. Prints the ratio of their medians, as `make bench` does.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import get_args

from app.domain import EventKind
from bench import drafts
from bench.__main__ import _free_port, _median, _serving
from bench.load import measure

EVENTS, ROUNDS, REQUESTS = 500, 9, 800
CALENDAR = Path(__file__).parent.parent / "data" / "calendar" / "observances.csv"
COUNTRIES = [
    "US", "GB", "CA", "AU", "DE", "FR", "ES", "IT", "PT", "BR", "MX", "AR", "CL", "CO", "PE", "JP", "KR",
    "CN", "IN", "PK", "BD", "LK", "TH", "VN", "ID", "PH", "MY", "SG", "NZ", "ZA", "KE", "NG", "EG", "TR",
    "GR", "PL", "CZ", "HU", "RO", "BG", "UA", "SE", "NO", "FI", "DK", "NL", "BE", "CH", "AT", "IE",
]  # fmt: skip
PLACES = ("Marlow", "Valdera", "Corville", "Harrowgate", "Tarnvig", "Ostenau", "Kvarelo", "Denby", "Seacrest", "Alcova")


def main() -> None:
    bodies = [_placed(body, at) for at, body in enumerate(drafts.requests())]
    command = [str(Path(sys.executable).with_name("prepost")), "serve", "--port"]
    bare, full = _free_port(), _free_port()
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        tempfile.TemporaryDirectory() as none,
    ):
        (Path(none) / "observances.csv").write_text(
            CALENDAR.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8"
        )
        without = {**os.environ, "PREPOST_DATA_DIR": one, "PREPOST_CALENDAR_DIR": none}
        with_all = {**os.environ, "PREPOST_DATA_DIR": two}
        with (
            _serving([*command, str(bare)], bare, "/readyz", without),
            _serving([*command, str(full)], full, "/readyz", with_all),
        ):
            for number in range(EVENTS):
                _open(full, number)
            for port in (bare, full):
                measure(port, bodies, connections=1, requests=400)
            pairs = [
                tuple(measure(port, bodies, connections=1, requests=REQUESTS).p50 for port in (bare, full))
                for _ in range(ROUNDS)
            ]
    ratios = sorted(full / bare for bare, full in pairs)
    print(f"p50 with none {_median([b for b, _ in pairs]):.2f} ms, with {EVENTS} events and the calendar", end=" ")
    print(f"{_median([f for _, f in pairs]):.2f} ms; ratio {_median(ratios):.3f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def _placed(body: dict[str, object], at: int) -> dict[str, object]:
    """The request for an account with an audience: three of four in a country."""
    account = body.get("account")
    if not isinstance(account, dict) or at % 4 == 3:
        return body
    return {**body, "account": {**account, "regions": [COUNTRIES[at % len(COUNTRIES)]]}}


def _open(port: int, number: int) -> None:
    kinds = get_args(EventKind)
    place = f"{PLACES[number % len(PLACES)]} {number}"
    event = {
        "name": f"{kinds[number % len(kinds)].replace('_', ' ').capitalize()} in {place}",
        "kind": kinds[number % len(kinds)],
        "regions": [COUNTRIES[number % len(COUNTRIES)]],
        "keywords": [place, f"#{PLACES[number % len(PLACES)]}{number}"],
        "severity": 1 + number % 3,
        "starts_at": "2020-01-01T00:00:00Z",
        "ends_at": "2035-01-01T00:00:00Z",
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/events", json.dumps(event).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=10).close()


if __name__ == "__main__":
    main()
