"""`python -m bench.recovered_drafts`: how many drafts of a recovery pass the whole check once their gaps are filled.

The words are those of `tests/golden/recovery/fillings.jsonl`, by somebody who had seen the texts and no rule. Every
outcome, tone and variant, deleted or not; each draft is sent as an apology, so that it is reviewed as one.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson

FILE = Path(__file__).parent.parent / "tests" / "golden" / "recovery" / "fillings.jsonl"
ROUTES: tuple[tuple[dict[str, Any], int], ...] = (
    ({"hurt": ["staff"], "harm": "annoyance"}, 50),
    ({"hurt": ["public"], "harm": "annoyance"}, 90_000),
    ({"hurt": ["group"], "harm": "offence"}, 9_000),
    ({"hurt": ["group"], "harm": "danger"}, 9_000),
)
"""what leads to the four outcomes after which something is said"""
_WITH_MEDIA = ("instagram", "tiktok", "youtube", "pinterest")


def main() -> None:
    passed, counted, rules, outcomes = 0, 0, Counter[str](), Counter[str]()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for line in FILE.read_text(encoding="utf-8").splitlines():
            filling = json.loads(line)
            for (mistake, reach), tone, gone in itertools.product(ROUTES, ("formal", "warm", "playful"), (True, False)):
                asked = _asked(filling, mistake, reach, tone=tone, deleted=gone)
                plan = client.post("/v1/recover", json=asked).raise_for_status().json()
                outcomes[plan["outcome"]] += 1
                for draft in plan["drafts"]:
                    reply = client.post("/check", json=_sent(filling, draft)).raise_for_status().json()
                    counted += 1
                    passed += reply["verdict"] == "pass"
                    rules.update(each["rule"] for each in reply["warnings"] if each["severity"] != "low")
    low, high = wilson(passed, counted)
    print(f"{passed}/{counted} = {passed / counted:.1%} [{low:.1%}, {high:.1%}] pass; {dict(outcomes)} {dict(rules)}")


def _asked(filling: dict[str, Any], mistake: dict[str, Any], reach: int, *, tone: str, deleted: bool) -> dict[str, Any]:
    return {
        "post": {"text": "Our new boots are here.", "platform": filling["platform"], "deleted": deleted},
        "account": filling["account"],
        "mistake": {"kind": filling["kind"], **mistake},
        "reach": reach,
        "spreading": reach > 1000,
        "context": {"now": "2026-11-11T10:58:00Z"},
        "options": {"tone": tone},
    }


def _sent(filling: dict[str, Any], draft: dict[str, Any]) -> dict[str, Any]:
    text = draft["text"]
    for gap in reversed(draft["gaps"]):
        text = text[: gap["start"]] + filling["gaps"][gap["ask"]] + text[gap["end"] :]
    sent = {"text": text, "platform": draft["platform"], "kind": draft["kind"], "intent": "apology"}
    if draft["platform"] in _WITH_MEDIA:
        sent["media"] = [{"type": "image", "alt_text": "A plain sheet of paper with this text on it."}]
    return {"draft": sent, "account": filling["account"], "context": {"now": "2026-06-10T09:00:00Z"}}


if __name__ == "__main__":
    main()
