"""`python -m bench.voices_http --sources FOLDER`: voices end to end, through POST /check.

2,000 ordinary posts of the brand corpus, each on its own date, with its own account's earlier posts as history where
there are any, alone and with up to five other accounts of the author: how many draw an alarm of `wrong_account`. Drafts
sent to another of the author's six accounts (accounts with at least 70 posts): how many are caught, and in how many
catches the alarm names the true writer's account first.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from app.training.train import SEED
from bench.voice_corpora import Post, brands, split

ORDINARY, PAIRS, CANDIDATES, MOST = 2_000, 600, 5, 60
"""the last: past posts that a request brings along"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    timelines = brands(ask.parse_args().sources, cut=False)
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for several in (0, CANDIDATES):
            _ordinary(client, timelines, several)
        _mistaken(client, timelines)


def _ordinary(client: TestClient, timelines: dict[str, list[Post]], others: int) -> None:
    rng = random.Random(SEED)
    parts = split(timelines)
    names = list(parts)
    every = [(name, at) for name, posts in sorted(timelines.items()) for at in range(len(posts))]
    alarms: Counter[str] = Counter()
    several, known = 0, 0
    for name, at in rng.sample(every, ORDINARY):
        when, text = timelines[name][at]
        past = timelines[name][:at]
        known += len(past) >= 20
        account = _account(name, past)
        beside = [_account(each, parts[each][0]) for each in rng.sample(names, others) if each != name]
        reply = _check(client, text, when, account, beside)
        warned = [warning for warning in reply["warnings"] if warning["category"] == "wrong_account"]
        if reply["verdict"] != "pass" and warned:
            several += 1
            alarms[warned[0]["rule"]] += 1
    print(f"{ORDINARY:,} ordinary posts, {known:,} with 20 earlier posts, beside {others} other accounts:")
    print(f"  wrong_account {_share(several, ORDINARY)}")
    print(f"  {dict(alarms)}")


def _mistaken(client: TestClient, timelines: dict[str, list[Post]]) -> None:
    rng = random.Random(SEED)
    parts = split(timelines)
    names = list(parts)
    caught, first = 0, 0
    for _ in range(PAIRS):
        target, writer, *others = rng.sample(names, CANDIDATES + 1)
        when, text = rng.choice(parts[writer][1])
        author = [_account(name, parts[name][0]) for name in (writer, *others)]
        rng.shuffle(author)
        reply = _check(client, text, when, _account(target, parts[target][0]), author)
        named = [w["evidence"]["account"] for w in reply["warnings"] if w["rule"] == "wrong_account/other_voice"]
        if reply["verdict"] != "pass" and named:
            caught += 1
            first += named[0] == f"@{writer}"
    print(f"{PAIRS} drafts on another of the author's {CANDIDATES + 1} accounts: caught {_share(caught, PAIRS)}")
    print(f"  of the caught, the alarm names the writer's account first: {_share(first, caught)}")


def _account(name: str, past: list[Post]) -> dict[str, Any]:
    posts = [{"text": text, "posted_at": _stamp(when)} for when, text in past[-MOST:]]
    return {"handle": f"@{name}", "kind": "brand", "recent_posts": posts}


def _check(
    client: TestClient, text: str, when: datetime | None, account: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "draft": {"text": text, "platform": "x"},
        "account": account,
        "context": {"now": _stamp(when)},
    }
    if others:
        body["author"] = {"id": "sam", "accounts": others}
    reply: dict[str, Any] = client.post("/check", json=body).raise_for_status().json()
    return reply


def _stamp(when: datetime | None) -> str:
    return (when or datetime(2020, 1, 1)).replace(tzinfo=UTC).isoformat()


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part}/{whole} = {part / max(whole, 1):.1%} [{low:.1%}, {high:.1%}]"


if __name__ == "__main__":
    main()
