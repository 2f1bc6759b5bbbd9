"""`python -m bench.platforms`: what six platforms in one call cost beside one, as a ratio in one run.

The drafts are those of `make bench`, over HTTP at one connection, each sent for one platform and then for six, in turn.
The median of the rounds' ratios of p50 is printed, with every round's; `--cpu` measures judging alone, without HTTP.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.api import convert
from app.api.schemas.check import CheckRequest
from app.main import load_live
from app.service.query import Case
from app.settings import Settings
from bench import drafts
from bench.__main__ import _free_port, _serving
from bench.load import measure

SIX = ["x", "bluesky", "mastodon", "facebook", "instagram", "linkedin"]
ROUNDS, REQUESTS = 7, 800


def _for(platforms: list[str]) -> list[dict[str, Any]]:
    bodies = copy.deepcopy(drafts.requests())
    for body in bodies:
        del body["draft"]["platform"]
        body["draft"]["platforms"] = platforms
    return bodies


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--cpu", action="store_true")
    if ask.parse_args().cpu:
        _judging()
        return
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PREPOST_DATA_DIR": folder}
        ours = [str(Path(sys.executable).with_name("prepost")), "serve", "--port", str(port)]
        with _serving(ours, port, "/readyz", environment):
            one, six = _for(["x"]), _for(SIX)
            pairs = [(_p50(port, one), _p50(port, six)) for _ in range(ROUNDS + 1)]
    _report(pairs[1:], "ms, p50")


def _p50(port: int, bodies: list[dict[str, Any]]) -> float:
    return measure(port, bodies, connections=1, requests=REQUESTS).p50


def _judging() -> None:
    checker = load_live(Settings()).serving.checker
    cases = {name: [_case(body) for body in _for(platforms)] for name, platforms in (("one", ["x"]), ("six", SIX))}
    pairs = []
    for _ in range(ROUNDS + 1):
        taken = {}
        for name, several in cases.items():
            began = time.process_time()
            for _ in range(40):
                for case in several:
                    checker.assess(case)
            taken[name] = (time.process_time() - began) / (40 * len(several)) * 1000
        pairs.append((taken["one"], taken["six"]))
    _report(pairs[1:], "ms of CPU")


def _case(body: dict[str, Any]) -> Case:
    query = convert.query(CheckRequest.model_validate_json(json.dumps(body)))
    account: Any = query.account
    assert query.now is not None
    return Case(query.draft, account, None, query.now, query.events, query.options)


def _report(pairs: list[tuple[float, float]], unit: str) -> None:
    ratios = sorted(six / one for one, six in pairs)
    print("one, six:", ", ".join(f"{one:.2f} {six:.2f}" for one, six in pairs), unit)
    print(f"six platforms cost {ratios[len(ratios) // 2]:.2f} times one ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
