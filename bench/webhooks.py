"""`python -m bench.webhooks [--changes 1000]`: webhooks to a receiver that fails at random, the service killed twice.

The service as a process of its own; an event changes the verdict of each draft of a queue. The receiver answers 500,
closes the connection, or answers too late four times in ten; signatures are verified with another implementation. The
service is killed (SIGKILL) while it judges and sends, and once more while it sends, and started again. Fails where a
change was not told of, was told under two ids, or a signature is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bench.__main__ import _free_port, _wait
from tests.receiver import CLOSES, Receiver, receiving

_TIMEOUT = 1.0
_WAITS = ",".join(["0.5", "1", *["2"] * 20])
_TOO_LATE = _TIMEOUT + 0.5


def _started(port: int, folder: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PREPOST_DATA_DIR": folder,
        "PREPOST_WEBHOOK_NETWORKS": "127.0.0.0/8",
        "PREPOST_WEBHOOK_RETRY_SECONDS": _WAITS,
        "PREPOST_WEBHOOK_TIMEOUT": str(_TIMEOUT),
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(f"http://127.0.0.1:{port}/readyz", process)
    return process


def _answers(chance: random.Random) -> Any:
    def answer(_: int) -> int:
        luck = chance.random()
        if luck < 0.1:
            time.sleep(_TOO_LATE)
        return CLOSES if luck > 0.85 else 500 if luck > 0.7 else 200

    return answer


def _fill(client: httpx.Client, changes: int) -> None:
    at = (datetime.now(UTC) + timedelta(hours=6)).isoformat()
    account = {"handle": "@acme", "kind": "brand", "regions": ["GB"]}
    items = [
        {
            "id": f"post-{number}",
            "draft": {"text": f"Party time! 20 % off all boots, shop now 🎉 No. {number}", "scheduled_for": at},
            "account": account,
        }
        for number in range(changes)
    ]
    for start in range(0, changes, 250):
        client.post("/v1/queue/batch", json={"items": items[start : start + 250]}).raise_for_status()


def _until(receiver: Receiver, distinct: int, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while len({message.id for message in list(receiver.received)}) < distinct:
        if time.monotonic() > end:
            raise SystemExit(f"{len(receiver.received)} messages came, and no more")
        time.sleep(0.02)


def _killed(process: subprocess.Popen[bytes], receiver: Receiver) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    print(f"  killed after {len(receiver.received)} attempts")


def _settled(client: httpx.Client, seconds: float = 300) -> None:
    """Until nothing is to be sent any more."""
    end = time.monotonic() + seconds
    while client.get("/v1/webhooks/deliveries", params={"state": "pending", "limit": 1}).json()["items"]:
        if time.monotonic() > end:
            raise SystemExit("messages go on waiting")
        time.sleep(0.2)


def _report(receiver: Receiver, secret: str, changes: int) -> bool:
    by_id: defaultdict[str, set[bytes]] = defaultdict(set)
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for message in receiver.received:
        by_id[message.id].add(message.body)
        ids[message.told["data"]["id"]].add(message.id)
    unsigned = sum(not message.is_signed_with(secret) for message in receiver.received)
    again = len(receiver.received) - len(by_id)
    twice = sum(len(several) > 1 for several in ids.values())
    differ = sum(len(bodies) > 1 for bodies in by_id.values())
    print(f"{len(receiver.received):,} attempts, {len(by_id):,} distinct ids, {again:,} repeated under the same id")
    print(f"  {changes - len(ids)} lost, {twice} told of under two ids, {differ} ids with two bodies")
    print(f"  {unsigned} invalid signatures")
    return not (changes - len(ids) or twice or differ or unsigned)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=1_000)
    changes = parser.parse_args().changes
    port = _free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        receiving(_answers(random.Random(4))) as receiver,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client,
    ):
        process = _started(port, folder)
        try:
            _fill(client, changes)
            secret = client.post("/v1/webhooks", json={"url": receiver.url}).raise_for_status().json()["secret"]
            began = time.monotonic()
            event = {"name": "Flood", "kind": "natural_disaster", "regions": ["GB"], "ends_at": "2199-01-01T00:00:00Z"}
            client.post("/v1/events", json=event).raise_for_status()
            for share in (0.05, 0.5):
                _until(receiver, int(changes * share))
                _killed(process, receiver)
                process = _started(port, folder)
            _until(receiver, changes)
            _settled(client)
            print(f"{changes:,} changes told of within {time.monotonic() - began:.0f} s, two restarts included")
            fine = _report(receiver, secret, changes)
            dead = client.get("/v1/webhooks/deliveries", params={"state": "dead"}).json()["items"]
        finally:
            process.terminate()
            process.wait(timeout=30)
    if dead or not fine:
        raise SystemExit(f"{len(dead)} were given up, or something is wrong above")


if __name__ == "__main__":
    main()
