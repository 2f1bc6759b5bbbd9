"""`python -m bench.importing [--posts 100000]`: an X archive imported, killed in the middle, and imported to its end.

Made-up posts, a store of its own in a temporary folder. Says how many posts a second each way takes, and fails where a
post is missing or there twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WHAT = ("boots", "rain", "coats", "queues", "parking", "tickets", "bread", "trains", "books", "deliveries", "refunds")
_SAY = ("New today: {}.", "We're sorry about the {}.", "Ask us about {} &amp; {}!", "Who else loves {}? 🥾")
_START = datetime(2012, 1, 1, 8, tzinfo=UTC)


def _tweet(number: int, chance: random.Random) -> dict[str, object]:
    """As an archive has it, with the fields that make it large."""
    short = f"https://t.co/x{number}"
    words = [" ".join(chance.sample(_WHAT, 2)), chance.choice(_WHAT)]
    text = chance.choice(_SAY).format(*words) + f" No. {number} {short}"
    if chance.random() < 0.2:
        text = f"RT @friend{number % 50}: {text}"
    tweet = {
        "edit_info": {"initial": {"editTweetIds": [str(number)], "editableUntil": "2012-01-01T09:00:00.000Z"}},
        "retweeted": False,
        "source": '<a href="https://mobile.example" rel="nofollow">Web App</a>',
        "entities": {
            "urls": [{"url": short, "expanded_url": f"https://shop.example/{number}", "indices": ["9", "32"]}]
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": str(chance.randrange(90)),
        "id_str": str(10**18 + number),
        "created_at": (_START + timedelta(minutes=67 * number)).strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "full_text": text,
        "lang": "en",
    }
    if chance.random() < 0.3:
        tweet["in_reply_to_screen_name"] = f"customer{number % 900}"
    return {"tweet": tweet}


def _write(path: Path, count: int) -> None:
    chance = random.Random(4)
    with path.open("w", encoding="utf-8") as file:
        file.write("window.YTD.tweets.part0 = [ ")
        for number in range(count):
            file.write((", " if number else "") + json.dumps(_tweet(number, chance), indent=2, ensure_ascii=False))
        file.write(" ]")


def _started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PREPOST_DATA_DIR": str(folder / "store")}
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _finished(run: subprocess.Popen[str]) -> str:
    out, err = run.communicate()
    if run.returncode:
        raise SystemExit(f"the import failed: {err}")
    return out.strip()


def _stored(folder: Path) -> tuple[int, int]:
    """Posts, and posts that differ."""
    (database,) = (folder / "store").glob("*.db")
    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT count(*), count(DISTINCT posted_at || text) FROM posts").fetchone()
    finally:
        connection.close()


def _lines(run: subprocess.Popen[str]) -> Iterator[str]:
    assert run.stderr is not None
    yield from run.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    count = parser.parse_args().posts
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, account = folder / "tweets.js", folder / "account.json"
        _write(archive, count)
        account.write_text('{"handle": "@acme"}')
        print(f"{count:,} posts, {archive.stat().st_size / 1e6:.0f} MB")
        for who in ("whole", "killed"):
            _finished(_started(folder, "accounts", "put", who, str(account)))
        importing = ("accounts", "import", "whole", str(archive))
        for what in ("into an empty store", "all there already"):
            began = time.perf_counter()
            print(_finished(_started(folder, *importing)))
            took = time.perf_counter() - began
            print(f"  {what}: {took:.1f} s, {count / took:,.0f} posts a second")
        _finished(_started(folder, "accounts", "delete", "whole"))
        run = _started(folder, "accounts", "import", "killed", str(archive))
        for line in _lines(run):
            if int(line.split()[0].replace(",", "")) >= count // 2:
                break
        run.send_signal(signal.SIGKILL)
        run.wait()
        kept = _stored(folder)[0]
        began = time.perf_counter()
        print(_finished(_started(folder, "accounts", "import", "killed", str(archive))))
        print(f"  killed with {kept:,} stored, then to the end: {time.perf_counter() - began:.1f} s")
        posts, different = _stored(folder)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{posts:,} posts stored, {different:,} of them different; at most {peak:.0f} MB of memory")
        if not posts == different == count:
            raise SystemExit("a post is missing or there twice")


if __name__ == "__main__":
    main()
