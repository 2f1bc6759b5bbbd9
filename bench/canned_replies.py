"""`python -m bench.canned_replies --sources FOLDER`: how often support accounts send nearly the same reply again.

Each account's replies of `authors_customer_support_twcs` in order of time, each beside the account's own earlier ones,
judged by `automation/canned_reply` itself. `--sample 200 --seed 7` prints so many of the found pairs, with the ids of
both replies and how alike they are, to be labelled by reading: would somebody who sees both call them the same canned
text? `canned_reply_labels.csv` holds such labels, ids alone; the precision and its Wilson interval follow from them.
"""

from __future__ import annotations

import argparse
import csv
import html
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app.checks.automation.canned_reply import CHECK
from app.checks.base import NotApplicable
from app.domain import Account, Draft, Finding, Message, Moment, PastPost, Prepared
from app.text import read
from app.training.evaluate import wilson

LABELS = Path(__file__).with_name("canned_reply_labels.csv")
MOST = 1_000
"""earlier replies that come along, the newest first"""


class Reply(NamedTuple):
    id: str
    account: str
    at: datetime
    text: str
    answers: str | None


class Pair(NamedTuple):
    reply: Reply
    earlier: Reply
    likeness: float
    copies: int


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--sample", type=int, default=0)
    ask.add_argument("--seed", type=int, default=7)
    asked = ask.parse_args()
    replies = list(_replies(asked.sources / "authors_customer_support_twcs" / "twcs_sample.csv"))
    started = time.perf_counter()
    pairs = list(_pairs(replies))
    spent = (time.perf_counter() - started) / len(replies)
    low, high = wilson(len(pairs), len(replies))
    accounts = len({pair.reply.account for pair in pairs})
    share = f"{len(pairs) / len(replies):.1%} [{low:.1%}, {high:.1%}]"
    print(f"{len(pairs)} of {len(replies)} replies are near-copies = {share}")
    print(f"of {accounts} accounts; {spent * 1000:.2f} ms a reply, reading included")
    print(f"labelled: {_precision(pairs)}")
    drawn = random.Random(asked.seed).sample(pairs, min(asked.sample, len(pairs)))
    for number, pair in enumerate(drawn, 1):
        print(f"{number} {pair.reply.id} {pair.earlier.id} likeness {pair.likeness:.2f} copies {pair.copies}")
        print(f"    {' '.join(pair.reply.text.split())}\n    {' '.join(pair.earlier.text.split())}")


def _replies(path: Path) -> Iterator[Reply]:
    """The accounts' replies, the oldest first."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {row["tweet_id"]: html.unescape(row["text"]) for row in rows}
    found = []
    for row in rows:
        if row["is_brand"] == "1":
            at = datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
            answered = row["in_response_to_tweet_id"].partition(".")[0]
            found.append(Reply(row["tweet_id"], row["author_id"], at, texts[row["tweet_id"]], texts.get(answered)))
    return iter(sorted(found, key=lambda reply: (reply.at, reply.id)))


def _pairs(replies: Iterable[Reply]) -> Iterator[Pair]:
    earlier: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies:
        known = earlier[reply.account][: -MOST - 1 : -1]
        for finding in _judged(reply, known):
            if finding.grade == "repeated":
                told = finding.evidence
                yield Pair(reply, known[told["nearest"]], told["likeness"], told["copies"])
        earlier[reply.account].append(reply)


def _judged(reply: Reply, known: list[Reply]) -> Iterable[Finding]:
    posts = tuple(PastPost(each.text, each.at, "reply") for each in known)
    answered = Message(reply.answers) if reply.answers else None
    prepared = Prepared(
        Draft(reply.text, ("x",), "reply", in_reply_to=answered),
        Account(handle=reply.account, kind="brand", language="en", recent_posts=posts),
        Moment(reply.at),
        (read(reply.text),),
        reply_to=read(reply.answers, "in_reply_to.text") if reply.answers else None,
    )
    try:
        return tuple(CHECK.judge(prepared))
    except NotApplicable:
        return ()


def _precision(pairs: Iterable[Pair]) -> str:
    if not LABELS.exists():
        return "none yet"
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = {(row["reply"], row["earlier"]): row["near_copy"] for row in csv.DictReader(file)}
    found = {(pair.reply.id, pair.earlier.id) for pair in pairs}
    counts = Counter(label for ids, label in labels.items() if ids in found)
    right, told = counts["yes"], counts.total()
    low, high = wilson(right, told)
    gone = len(labels) - told
    return f"{right} of {told} = precision {right / told:.3f} [{low:.3f}, {high:.3f}]; {gone} not found any more"


if __name__ == "__main__":
    main()
