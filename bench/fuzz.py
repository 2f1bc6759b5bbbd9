"""`python -m bench.fuzz --count 20000`: random Unicode drafts through the API; no 5xx, every span valid in both units.

Each draft is judged twice, with offsets in code points and in UTF-16 units; both replies must point at the same words.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from app.main import create_app
from app.settings import Settings
from bench import random_drafts

_UNITS = ("codepoint", "utf16")
_BATCH = 50
"""drafts a call; each is sent in both units"""
_UNSTORABLE = ("lone \ud800 surrogate", "\udfff", "nul \x00 byte")


def run(client: httpx2.Client, count: int, *, seed: int) -> tuple[Counter[str], list[str]]:
    """Send `count` drafts; verdicts and checked spans counted, and every fault."""
    source, seen, wrong = random.Random(seed), Counter[str](), list[str]()
    for start in range(0, count, _BATCH):
        requests = [random_drafts.request(source) for _ in range(min(_BATCH, count - start))]
        wrong += _batch(client, requests, seen)
        wrong += _single(client, requests[0], seen)
        wrong += _unstorable(client, source.choice(_UNSTORABLE), requests[0])
    return seen, wrong


def _batch(client: httpx2.Client, requests: list[dict[str, Any]], seen: Counter[str]) -> list[str]:
    items = [{**request, "options": {"offsets": unit}} for request in requests for unit in _UNITS]
    status, body = _post(client, "/v1/check/batch", {"items": items})
    if status != 200:
        return [f"batch: {status}: {str(body)[:300]}"]
    results = iter(body["results"])
    return [fault for request in requests for fault in _judged(request, next(results), next(results), seen)]


def _judged(request: dict[str, Any], by_point: Any, by_unit: Any, seen: Counter[str]) -> list[str]:
    """What is wrong with the two replies to one draft."""
    if "verdict" not in by_point or "verdict" not in by_unit:
        return [f"no verdict: {by_point} {by_unit}"[:400]]
    seen[by_point["verdict"]] += 1
    seen["spans"] += sum(len(warning["spans"]) for warning in by_point["warnings"])
    wrong = [f"degraded: {by_point['checks']}"] if by_point["degraded"] else []
    for reply, unit in ((by_point, "codepoint"), (by_unit, "utf16")):
        wrong += faults(request["draft"], reply, unit)
    if _words(by_point) != _words(by_unit):
        wrong.append(f"the units disagree: {_words(by_point)} {_words(by_unit)}")
    return [f"{fault} in {json.dumps(request['draft'])[:600]}" for fault in wrong]


def _words(reply: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(found["rule"], span["field"], span["text"]) for found in reply["warnings"] for span in found["spans"]]


def faults(draft: dict[str, Any], reply: dict[str, Any], unit: str) -> list[str]:
    """What is wrong with the spans of a reply: outside of their field, or not the words that they claim to be."""
    wrong, fields = [], _fields(draft)
    for rule, span in ((warning["rule"], span) for warning in reply["warnings"] for span in warning["spans"]):
        if span["field"] not in fields:
            wrong.append(f"{rule}: {span} is in no field of the draft")
        elif not _fits(fields[span["field"]], span, unit):
            wrong.append(f"{rule}: {span} is not there ({unit})")
    return wrong


def _fits(raw: str, span: dict[str, Any], unit: str) -> bool:
    """The span lies within its field and its words are there; a mask hides single code points."""
    width = 2 if unit == "utf16" else 4
    units = raw.encode("utf-16-le" if unit == "utf16" else "utf-32-le")
    start, end = span["start"], span["end"]
    if not 0 <= start <= end <= len(units) // width:
        return False
    try:
        words = units[width * start : width * end].decode("utf-16-le" if unit == "utf16" else "utf-32-le")
    except UnicodeDecodeError:  # a border within a surrogate pair
        return False
    shown = span["text"]
    return len(words) == len(shown) and all(seen in (said, "•") for said, seen in zip(words, shown, strict=True))


def _fields(draft: dict[str, Any]) -> dict[str, str]:
    fields = {name: draft[name] for name in ("text", "title", "content_warning") if name in draft}
    fields |= {f"tags[{index}]": tag for index, tag in enumerate(draft.get("tags", ()))}
    fields |= {f"poll.options[{index}]": words for index, words in enumerate(draft.get("poll", {}).get("options", ()))}
    return fields | {f"media[{index}].alt_text": item["alt_text"] for index, item in enumerate(draft.get("media", ()))}


def _single(client: httpx2.Client, request: dict[str, Any], seen: Counter[str]) -> list[str]:
    """The same draft alone, on the path that most callers take."""
    status, reply = _post(client, "/check", request)
    seen["alone"] += 1
    return faults(request["draft"], reply, "codepoint") if status == 200 else [f"alone: {status}: {str(reply)[:300]}"]


def _unstorable(client: httpx2.Client, text: str, request: dict[str, Any]) -> list[str]:
    """Text that no database holds is refused by itself, and sinks no other draft of its batch."""
    bad = {**request, "draft": {"text": text}}
    status, body = _post(client, "/v1/check/batch", {"items": [bad, request]})
    answers = [item.get("status", item.get("verdict")) for item in body.get("results", ())]
    refused = status in (400, 422) or (status == 200 and answers[:1] == [422] and "verdict" in body["results"][1])
    alone, _ = _post(client, "/check", bad)
    return [] if refused and alone in (400, 422) else [f"unstorable {text!r}: {status} {answers}, alone {alone}"]


def _post(client: httpx2.Client, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and body. Sent in ASCII, so that a lone surrogate travels too."""
    answer = client.post(path, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    try:
        return answer.status_code, dict(answer.json())
    except ValueError:
        return answer.status_code, {"body": answer.text}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The service as it is shipped, on a free port of loopback."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(data_dir=folder)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--count", type=int, default=20_000)
    ask.add_argument("--seed", type=int, default=7)
    args = ask.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as address,
        httpx2.Client(base_url=address, timeout=120) as client,
    ):
        seen, wrong = run(client, args.count, seed=args.seed)
    drafts = sum(seen[name] for name in ("pass", "warn", "hold", "block"))
    print(
        f"{drafts} drafts, each in both units, in {time.monotonic() - began:.0f} s: {dict(seen)}; {len(wrong)} faults"
    )
    for fault in wrong[:20]:
        print(f"  {fault}")
    sys.exit(1 if wrong or drafts != args.count else 0)


if __name__ == "__main__":
    main()
