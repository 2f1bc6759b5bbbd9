"""X's own conformance suite: every case of validate.yml."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.text.weighted import CURRENT, Counting, is_valid_tweet, weighted_length
from app.text.x_syntax import is_hashtag, is_list, is_url, is_username

HERE = Path(__file__).parent / "twitter_text"
SUITES: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "validate.yml").read_text("utf-8"))["tests"]
CONFIG_OF = {
    "WeightedTweetsCounterTest": 2,
    "WeightedTweetsWithDiscountedEmojiCounterTest": 3,
    "UnicodeDirectionalMarkerCounterTest": 3,
}
SYNTAX: dict[str, Callable[[str], bool]] = {
    "usernames": is_username,
    "lists": is_list,
    "hashtags": is_hashtag,
    "urls": is_url,
    "urls_without_protocol": lambda text: is_url(text, needs_scheme=False),
}


def counting(version: int) -> Counting:
    config = json.loads((HERE / f"config/v{version}.json").read_text("utf-8"))
    return Counting(
        limit=config["maxWeightedTweetLength"],
        scale=config["scale"],
        default_weight=config["defaultWeight"],
        url_length=config["transformedURLLength"],
        emoji_as_one=config.get("emojiParsingEnabled", False),
        ranges=tuple((entry["start"], entry["end"], entry["weight"]) for entry in config["ranges"]),
    )


def cases(*suites: str) -> list[Any]:
    return [
        pytest.param(suite, case["text"], case["expected"], id=f"{suite}: {case['description']}")
        for suite in suites
        for case in SUITES[suite]
    ]


def test_every_suite_of_the_file_is_run() -> None:
    """A suite that upstream adds is not left out unseen."""
    assert {"tweets", *CONFIG_OF, *SYNTAX} == set(SUITES)


def test_the_counting_in_use_is_the_published_one() -> None:
    """The numbers in the code are those of version 3."""
    assert counting(3) == CURRENT


@pytest.mark.parametrize(("suite", "text", "expected"), cases("tweets"))
def test_a_tweet_is_valid_or_not(suite: str, text: str, expected: bool) -> None:
    """Version 1: 140 characters, links 23."""
    assert expected == is_valid_tweet(text, counting(1))


@pytest.mark.parametrize(("suite", "text", "expected"), cases(*CONFIG_OF))
def test_a_tweet_has_its_weighted_length(suite: str, text: str, expected: dict[str, Any]) -> None:
    """Length, permillage of the limit and validity; the ranges are for display and not counted here."""
    config = counting(CONFIG_OF[suite])
    length = weighted_length(text, config)
    assert (expected["weightedLength"], expected["permillage"], expected["valid"]) == (
        length,
        length * 1000 // config.limit,
        is_valid_tweet(text, config),
    )


@pytest.mark.parametrize(("suite", "text", "expected"), cases(*SYNTAX))
def test_a_name_list_hashtag_or_url_is_valid_or_not(suite: str, text: str, expected: bool) -> None:
    """The whole text is one of its kind, or it is not."""
    assert expected == SYNTAX[suite](text)
