"""Whatever a ClaimReview file holds, it is read, counted or refused with the place."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.factchecks import claimreview as cr
from app.factchecks.claimreview import Review, Tally

ENTRY: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "Bill Gates put microchips in COVID-19 vaccines",
    "url": "https://check.example/1",
    "datePublished": "2021-03-04T10:00:00+01:00",
    "author": {"@type": "Organization", "name": "Check Ltd", "url": "https://check.example"},
    "reviewRating": {"ratingValue": "1", "worstRating": "1", "bestRating": "5", "alternateName": "False"},
}


def entry(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in (ENTRY | changes).items() if value is not ...}


def read(path: Path, content: str | bytes | object) -> tuple[list[Review], Tally]:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    tally = Tally()
    return list(cr.read(path, tally)), tally


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "claims.json"


@pytest.mark.parametrize(
    "content",
    [
        {"@type": "DataFeed", "dataFeedElement": [{"item": None}, {"item": [ENTRY]}]},
        {"dataFeedElement": [{"item": ENTRY}]},
        [ENTRY],
        ENTRY,
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "url": "x"}, ENTRY]},
        [{"@graph": [ENTRY]}],
        json.dumps(ENTRY) + "\n\n" + json.dumps({"item": None}) + "\n",
        "\ufeff" + json.dumps(ENTRY),
    ],
    ids=["feed", "feed of single items", "list", "object", "graph", "list of pages", "lines", "marked"],
)
def test_each_shape_gives_its_review(file: Path, content: object) -> None:
    reviews, _ = read(file, content)
    assert reviews == [
        Review(
            "Bill Gates put microchips in COVID-19 vaccines", "Check Ltd", "https://check.example/1", "False", "wrong",
            date(2021, 3, 4), "en",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"claimReviewed": ...}, cr.NO_CLAIM),
        ({"claimReviewed": "  "}, cr.NO_CLAIM),
        ({"claimReviewed": 7}, cr.NO_CLAIM),
        ({"claimReviewed": "no"}, cr.TOO_SHORT),
        ({"claimReviewed": "very long " * 200}, cr.TOO_LONG),
        ({"author": ...}, cr.NO_PUBLISHER),
        ({"author": [1, None, {"name": 3}]}, cr.NO_PUBLISHER),
        ({"author": {"url": "http://[broken"}}, cr.NO_PUBLISHER),
        ({"reviewRating": ...}, cr.NO_RATING),
        ({"reviewRating": {"ratingValue": "NaN"}}, cr.NO_RATING),
        ({"url": ...}, cr.NO_LINK),
        ({"url": {"@id": "https://check.example"}}, cr.NO_LINK),
        ({"url": "javascript:alert(1)"}, cr.BAD_LINK),
        ({"url": "data:text/html,x"}, cr.BAD_LINK),
        ({"url": "ftp://check.example/1"}, cr.BAD_LINK),
        ({"url": "//check.example/1"}, cr.BAD_LINK),
        ({"url": "https://"}, cr.BAD_LINK),
        ({"url": "https://[::1/1"}, cr.BAD_LINK),
        ({"url": "https://check.example:99999/"}, cr.BAD_LINK),
        ({"url": "https://known.example@evil.example/"}, cr.BAD_LINK),
        ({"url": 'https://check.example/"><script>'}, cr.BAD_LINK),
        ({"url": "https://check.example/" + "a" * 3000}, cr.BAD_LINK),
    ],
)
def test_what_cannot_be_shown_is_left_out_and_counted(file: Path, changed: dict[str, Any], reason: str) -> None:
    """Prevents a match without a publisher, a rating or a link that may be followed."""
    reviews, tally = read(file, [entry(**changed), ENTRY])
    assert len(reviews) == 1
    assert tally.left_out == {reason: 1}


def test_values_of_other_types_are_counted(file: Path) -> None:
    reviews, tally = read(file, [1, "x", None, True, {}, {"@type": ["Thing"]}, [[[[[[[[ENTRY]]]]]]]], ENTRY])
    assert len(reviews) == 1
    assert tally.left_out == {cr.NOT_A_REVIEW: 7}


@pytest.mark.parametrize("given_date", ["soon", "2021-13-40", 20210304, "0001-01-01", ["x"], {}])
def test_a_bad_date_costs_the_date_only(file: Path, given_date: object) -> None:
    (review,), tally = read(file, [entry(datePublished=given_date)])
    assert review.reviewed_on is None
    assert tally.noted[cr.BAD_DATE] == 1


def test_long_ratings_are_cut(file: Path) -> None:
    rating = {"alternateName": "False, because " + "of this " * 100}
    (review,), tally = read(file, [entry(reviewRating=rating)])
    assert len(review.rating) == cr.LONGEST_RATING
    assert tally.noted[cr.SHORTENED] == 1


def test_a_rating_by_number_alone_is_told_with_its_scale(file: Path) -> None:
    (review,), _ = read(file, [entry(reviewRating={"ratingValue": 2, "worstRating": 1, "bestRating": 5})])
    assert (review.rating, review.standing) == ("2 (1 to 5)", "wrong")


def test_number_and_words_that_contradict_each_other_are_unclear(file: Path) -> None:
    rating = {"ratingValue": 5, "worstRating": 1, "bestRating": 5, "alternateName": "False"}
    (review,), _ = read(file, [entry(reviewRating=rating)])
    assert review.standing == "unclear"


@pytest.mark.parametrize(
    ("claim", "words", "language", "standing"),
    [
        ("मुंबई में हर दस में से चार बच्चों को दमा है", "भ्रामक", "hi", "doubtful"),
        ("لقاح كورونا يحتوي على شريحة إلكترونية للتتبع", "زائف", "ar", "wrong"),
        ("疫苗中含有微型芯片用于跟踪人们的位置", "错误", "zh", "wrong"),
        ("La vacuna contra el covid contiene un microchip para rastrear", "Engañoso", "es", "doubtful"),
    ],
)
def test_other_languages_are_read(file: Path, claim: str, words: str, language: str, standing: str) -> None:
    named = {"inLanguage": "zh-Hans"} if language == "zh" else {}
    (review,), _ = read(file, [entry(claimReviewed=claim, reviewRating={"alternateName": words}, **named)])
    assert (review.claim, review.language, review.standing) == (claim, language, standing)


def test_what_is_shown_holds_no_control_characters(file: Path) -> None:
    """Prevents a claim that writes over the terminal or turns the reading direction."""
    (review,), _ = read(file, [entry(claimReviewed="Vaccines\x1b[2J \u202e hold\x00 chips &amp; more")])
    assert review.claim == "Vaccines [2J hold chips & more"


def test_a_lone_surrogate_is_replaced(file: Path) -> None:
    """Prevents a text that can't be written back as UTF-8."""
    (review,), _ = read(file, '[{"@type":"ClaimReview",' + json.dumps(ENTRY)[1:].replace("microchips", "\\ud800") + "]")
    assert review.claim == "Bill Gates put ? in COVID-19 vaccines"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("nonsense", r"character 1: not JSON"),
        ('{"dataFeedElement": [{"item": [}]}', r"character \d+: not JSON"),
        (json.dumps({"dataFeedElement": [{"item": [ENTRY]}]})[:-40], r"character \d+: the file breaks off"),
        (json.dumps([ENTRY])[:-1], r"breaks off"),
        ("[" * 100_000, "nested too deeply"),
        (b"[\xff\xfe\xfd]", "not UTF-8"),
        (b'{"claimReviewed": "caf\xe9"}', "byte 22: not UTF-8"),
        (b"[\x00", "UTF-16"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(file: Path, content: str | bytes, place: str) -> None:
    with pytest.raises(Invalid, match=place):
        read(file, content)


def test_an_enormous_value_is_refused(file: Path) -> None:
    """Prevents one quotation mark from loading a file of gigabytes."""
    with pytest.raises(Invalid, match="no value within"):
        read(file, '[{"claimReviewed": "' + "a" * 20_000_000)


def test_a_large_file_is_read_in_the_memory_of_an_entry(file: Path) -> None:
    entries = [{"item": [entry(url=f"https://check.example/{at}", itemReviewed="x" * 2000)]} for at in range(5_000)]
    file.write_text(json.dumps({"dataFeedElement": entries}))
    del entries
    tally = Tally()
    tracemalloc.start()
    count = sum(1 for _ in cr.read(file, tally))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 8_000_000 < file.stat().st_size


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(cr._FIELDS)), inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(cr._FIELDS)), ANYTHING, max_size=9), st.sampled_from(sorted(ENTRY)))
@settings(deadline=None, max_examples=150)
def test_any_markup_is_read_or_counted(tmp_path_factory: pytest.TempPathFactory, fields: Any, kept: str) -> None:
    """Prevents markup of unforeseen types from breaking off a whole feed."""
    path = tmp_path_factory.mktemp("fuzz") / "f.json"
    mixed = {**fields, kept: ENTRY[kept]}
    reviews, tally = read(path, [mixed, {**ENTRY, **fields}, {"item": fields}])
    assert all(review.claim and review.publisher and review.rating for review in reviews)
    assert len(reviews) + tally.left_out.total() >= 1


@given(st.binary(max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "f.json"
    with suppress(Invalid):
        reviews, _ = read(path, content)
        assert reviews == []
