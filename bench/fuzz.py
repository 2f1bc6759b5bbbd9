"""`python -m bench.fuzz --count 20000`: random Unicode drafts through the API; no 5xx, every span valid."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

_RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
           (0x1F00, 0x1FFF), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3040, 0x30FF), (0x4E00, 0x9FFF),
           (0xAC00, 0xD7A3), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F1E6, 0x1F1FF),
           (0x1F300, 0x1FAFF), (0xE0020, 0xE007F), (0x1, 0x1F))  # fmt: skip
_PIECES = (
    *(
        "fuck",
        "sh1t",
        "f u c k",
        "𝐟𝐮𝐜𝐤",
        "👩‍👩‍👧‍👦",
        "#nomorecuts",
        "@user",
        "https://example.com/a",
        "{{name}}",
        "BREAKING:",
    ),
    *("e\u0301", "share this and tag three friends to win", "password: Gull77-tide", "4111 1111 1111 1111", "RIP"),
    *("😂", "\n", " "),
)
_BATCH = 100


def draft(source: random.Random) -> str:
    """Up to some hundred code points of any planes, with words that rules look for strewn in."""
    parts = []
    for _ in range(source.randint(1, 12)):
        if source.random() < 0.5:
            parts.append(source.choice(_PIECES))
        else:
            low, high = source.choice(_RANGES)
            parts.append("".join(chr(source.randint(low, high)) for _ in range(source.randint(1, 15))))
    return source.choice(("", " ")).join(parts).replace("\x00", "") or "a"


def faults(text: str, reply: dict[str, Any], unit: str) -> list[str]:
    """What is wrong with the spans of a reply, in the unit asked for."""
    raw = text.encode("utf-16-le") if unit == "utf16" else text
    length = len(raw) // 2 if isinstance(raw, bytes) else len(raw)
    wrong = []
    for warning in reply["warnings"]:
        for span in (span for span in warning["spans"] if span["field"] == "text"):
            start, end = span["start"], span["end"]
            if not 0 <= start <= end <= length:
                wrong.append(f"{warning['rule']}: {span} is outside of {length}")
            words = raw[2 * start : 2 * end].decode("utf-16-le") if isinstance(raw, bytes) else raw[start:end]
            if words != span["text"] and warning["category"] != "private_information" and "•" not in span["text"]:
                wrong.append(f"{warning['rule']}: {span['text']!r} is not {words!r}")
    return wrong


def run(client: TestClient, count: int, *, seed: int) -> tuple[Counter[str], list[str]]:
    """Send `count` drafts, half in each unit; verdicts counted, and every fault."""
    source, verdicts, wrong = random.Random(seed), Counter[str](), []
    for batch in range(0, count, _BATCH):
        unit = ("codepoint", "utf16")[batch // _BATCH % 2]
        texts = [draft(source) for _ in range(min(_BATCH, count - batch))]
        items = [
            {
                "draft": {"text": text, "platform": source.choice(("x", "facebook", "bluesky", "mastodon"))},
                "account": {"handle": "@a", "kind": source.choice(("brand", "personal", "politician"))},
                "options": {"offsets": unit, "explain": True},
            }
            for text in texts
        ]
        response = client.post("/v1/check/batch", json={"items": items})
        if response.status_code != 200:
            wrong.append(f"{response.status_code}: {response.text[:200]}")
            continue
        for text, result in zip(texts, response.json()["results"], strict=True):
            verdicts[result.get("verdict", f"problem {result.get('status')}")] += 1
            wrong += faults(text, result, unit) if "verdict" in result else [str(result)[:200]]
            if result.get("degraded"):
                wrong.append(f"degraded: {text!r}")
    return verdicts, wrong


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--count", type=int, default=20_000)
    ask.add_argument("--seed", type=int, default=7)
    args = ask.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), raise_server_exceptions=False) as client,
    ):
        verdicts, wrong = run(client, args.count, seed=args.seed)
    print(f"{sum(verdicts.values())} drafts: {dict(verdicts)}; {len(wrong)} faults")
    for fault in wrong[:20]:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
