"""The same claim in other words is one; another number, name, place or day, or the contrary, is another claim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.factchecks.matching import THRESHOLD, compare
from app.factchecks.numbers import numbers
from app.text.normalise import fold

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("draft", "claim"),
    [
        ("33% of Americans were killed by the jab", "A third of US citizens died from vaccines"),
        ("They spent 2m euros on a statue in Madrid!", "Madrid spent two million euros on a statue"),
        ("Biden banned gas stoves. Unbelievable.", "Joe Biden has banned gas stoves"),
        ("#BillGates put microchips in the vaccine", "Bill Gates put microchips in COVID-19 vaccines"),
        ("The WHO banned cash payments", "The World Health Organization has banned cash payments"),
        ("So Zelenskyy bought two yachts", "Zelensky bought two yachts"),
        ("La vacuna contiene microchips", "La vacuna contiene un microchip"),
    ],
)
def test_other_words_are_the_same_claim(draft: str, claim: str) -> None:
    assert compare(draft, claim) is not None


@pytest.mark.parametrize(
    ("draft", "claim"),
    [
        ("40% of Americans refuse the vaccine", "33% of Americans refuse the vaccine"),
        ("Madrid spent three million euros on a statue", "Madrid spent two million euros on a statue"),
        ("Elon Musk put microchips in vaccines", "Bill Gates put microchips in vaccines"),
        ("Michelle Obama was arrested by the navy", "Barack Obama was arrested by the navy"),
        ("Florida banned the books", "Texas banned the books"),
        ("The airport closes on Friday", "The airport closes on Monday"),
        ("Vaccines were banned in 2021", "Vaccines were banned in 2019"),
        ("The strike lasts two weeks", "The strike lasts two months"),
        ("Unemployment in Spain fell", "Unemployment in Spain rose"),
        ("Garlic is unsafe for dogs", "Garlic is safe for dogs"),
        ("5G does not cause cancer", "5G causes cancer"),
        ("The governor lifted the ban on alcohol", "The governor has banned alcohol"),
        ("दिल्ली में हर दस में से चार बच्चों को दमा है", "मुंबई में हर दस में से चार बच्चों को दमा है"),
        ("Bill Gates", "Bill Gates put microchips in COVID-19 vaccines"),
    ],
)
def test_a_near_miss_is_another_claim(draft: str, claim: str) -> None:
    """Prevents a fact check that speaks of something else from being held against a post."""
    assert compare(draft, claim) is None


@pytest.mark.parametrize("opening", ["No, ", "Myth: ", "Fact check: ", "It is false that "])
def test_a_draft_that_puts_the_claim_right_is_about_it(opening: str) -> None:
    """What it means that the draft denies the claim is for the rule to say, which needs the match."""
    assert compare(f"{opening}5G doesn't cause cancer", "5G causes cancer") is not None


def test_the_sentence_is_marked_not_the_draft() -> None:
    draft = "Lovely day. 5G masts cause cancer! See you at ten."
    match = compare(draft, "5G masts cause cancer")
    assert match is not None
    assert [draft[span.start : span.end] for span in match.spans] == ["5G masts cause cancer!"]
    assert THRESHOLD <= match.likeness <= 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a third", [(100 / 3,)]), ("one in three", [(100 / 3,)]), ("33 %", [(33.0,)]),
        ("every fourth child", [(25.0,)]),
        ("one of every thousand", [(0.1,)]), ("two million", [(2e6,)]), ("2m", [(2.0, 2e6)]), ("1,200", [(1200.0,)]),
        ("1.500", [(1500.0, 1.5)]), ("12,34,567", [(1234567.0,)]), ("ninety-nine", [(99.0,)]), ("covid-19 and 5g", []),
    ],
)  # fmt: skip
def test_numbers_are_read_however_they_are_written(text: str, values: list[tuple[float, ...]]) -> None:
    assert [number.values for number in numbers(fold(text).text)] == [pytest.approx(each) for each in values]


def test_our_pairs_keep_their_figures() -> None:
    """A floor below what `python -m bench.factchecks` measures, so that no list change loses it unseen."""
    matched = [pair for pair in PAIRS if compare(pair["draft"], pair["claim"])]
    right = sum(pair["same"] for pair in matched)
    assert right / len(matched) >= 0.95
    assert right / sum(pair["same"] for pair in PAIRS) >= 0.6


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_two_texts_may_be_compared(draft: str, claim: str) -> None:
    match = compare(draft, claim)
    assert match is None or all(0 <= span.start < span.end <= len(draft) for span in match.spans)
