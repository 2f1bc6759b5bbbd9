"""An index is one file: built in one step, opened without being read, searched by anybody."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadClaims, Invalid
from app.factchecks import layout
from app.factchecks.build import WORDLESS, build
from app.factchecks.claimreview import CONTRADICTION, DUPLICATE, Review, Tally
from app.factchecks.index import Index

CHIPS = Review(
    "Bill Gates put microchips in COVID-19 vaccines", "Check Ltd", "https://check.example/1", "False", "wrong",
    date(2021, 3, 4), "en",
)  # fmt: skip
MASTS = Review("5G masts cause cancer in Birmingham", "Faktum", "https://faktum.example/2", "Falsch", "wrong")
DRAFT = "Good morning! So Bill Gates really put a microchip in the vaccine. More at ten."


def made(path: Path, *reviews: Review) -> Index:
    build(reviews, path, Tally())
    return Index.open(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.idx"


def test_a_match_tells_all_that_is_shown(path: Path) -> None:
    (found,) = made(path, CHIPS, MASTS).search(DRAFT)
    assert (found.claim, found.publisher, found.url, found.rating) == (
        CHIPS.claim, CHIPS.publisher, CHIPS.url, CHIPS.rating,
    )  # fmt: skip
    assert (found.standing, found.reviewed_on, found.language, found.source) == (
        "wrong", date(2021, 3, 4), "en", "index",
    )  # fmt: skip
    assert [DRAFT[span.start : span.end] for span in found.spans] == [
        "So Bill Gates really put a microchip in the vaccine."
    ]
    assert 0.5 < found.likeness <= 1


def test_spans_are_code_points_of_the_raw_text(path: Path) -> None:
    """Prevents a mark that stands beside its sentence after emoji and decomposed letters."""
    draft = "👩‍👩‍👧 cafe\u0301 time! " + DRAFT
    (found,) = made(path, CHIPS).search(draft)
    (span,) = found.spans
    assert draft[span.start : span.end] == "So Bill Gates really put a microchip in the vaccine."


def test_the_likeliest_comes_first_and_no_more_than_asked(path: Path) -> None:
    others = [replace(CHIPS, url=f"https://check.example/{at}") for at in range(5)]
    near = replace(CHIPS, claim="Bill Gates secretly put tracking microchips in all COVID-19 vaccines")
    index = made(path, near, *others)
    found = index.search("Bill Gates put microchips in Covid vaccines", limit=4)
    assert [check.likeness for check in found] == sorted((check.likeness for check in found), reverse=True)
    assert len(found) == 4
    assert index.search(DRAFT, limit=0) == ()


def test_two_publishers_that_disagree_are_both_told(path: Path) -> None:
    other = replace(CHIPS, publisher="Other", url="https://other.example", rating="True", standing="right")
    assert {check.standing for check in made(path, CHIPS, other).search(DRAFT)} == {"wrong", "right"}


def test_one_review_with_two_ratings_is_unclear(path: Path) -> None:
    """Prevents a publisher's outdated rating from being told as its judgement."""
    tally = Tally()
    build([CHIPS, CHIPS, replace(CHIPS, rating="True", standing="right")], path, tally)
    (found,) = Index.open(path).search(DRAFT)
    assert found.standing == "unclear"
    assert tally.left_out == {DUPLICATE: 1, CONTRADICTION: 1}


def test_the_file_is_not_read_when_it_is_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents a service that waits for, or holds, an index nobody asks."""
    made(path, *(replace(CHIPS, url=f"https://check.example/{at}") for at in range(2_000)))
    read: list[int] = []
    real = Path.open

    def counted(self: Path, *args: object) -> object:
        file = real(self, *args)  # type: ignore[arg-type]
        inner = file.read
        file.read = lambda size=-1: (read.append(size), inner(size))[1]  # type: ignore[method-assign]
        return file

    monkeypatch.setattr(Path, "open", counted)
    assert Index.open(path).reviews == 2_000
    assert read == [layout.HEADER]


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing", b"SQLite format 3\x00" + bytes(5000), json.dumps({"dataFeedElement": []}).encode(), layout.MAGIC,
     layout.MAGIC + b"{}".ljust(4096), layout.MAGIC + b'{"sections": 1}'.ljust(4096), layout.MAGIC + b"[]".ljust(4096)],
    ids=["empty", "text", "database", "feed", "magic", "no sections", "wrong sections", "list"],
)  # fmt: skip
def test_a_file_that_is_no_index_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(BadClaims, match=r"claims\.idx"):
        Index.open(path)


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadClaims):
            Index.open(path)


def test_a_file_that_was_cut_is_refused(path: Path) -> None:
    """Prevents a crash in the middle of a search: what lies behind the end of a mapped file kills the process."""
    made(path, CHIPS, MASTS)
    whole = path.read_bytes()
    for size in (layout.HEADER, len(whole) - 1, len(whole) // 2):
        path.write_bytes(whole[:size])
        with pytest.raises(BadClaims):
            Index.open(path)


def test_sections_outside_the_file_are_refused(path: Path) -> None:
    made(path, CHIPS)
    content = path.read_bytes()
    header = json.loads(content[len(layout.MAGIC) : layout.HEADER])
    for change in ({"start": 10**9}, {"start": -8}, {"length": 10**9}, {"length": -1}):
        sections = {name: layout.Section(*told) for name, told in header["sections"].items()}
        sections["owners"] = sections["owners"]._replace(**change)
        path.write_bytes(layout.header(1, len(content), sections) + content[layout.HEADER :])
        with pytest.raises(BadClaims, match="build the index again"):
            Index.open(path)


def test_an_index_made_with_other_word_lists_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevents an upgrade after which nothing is found any more, in silence."""
    made(path, CHIPS)
    monkeypatch.setattr(layout, "words_digest", lambda: "other")
    with pytest.raises(BadClaims, match="another version"):
        Index.open(path)


def test_an_open_index_outlives_its_rebuilding(path: Path) -> None:
    old = made(path, CHIPS)
    new = made(path, MASTS)
    assert [check.claim for check in old.search(DRAFT)] == [CHIPS.claim]
    assert new.search(DRAFT) == ()
    assert new.search("5G masts are causing cancer in Birmingham")


def test_what_breaks_off_leaves_the_old_index_and_no_rest(path: Path) -> None:
    made(path, CHIPS)
    before = path.read_bytes()

    def broken() -> object:
        yield MASTS
        raise Invalid("character 7: the file breaks off")

    for reviews in (broken(), iter(())):
        with pytest.raises(Invalid):
            build(reviews, path, Tally())  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_claim_without_words_is_left_out(path: Path) -> None:
    tally = Tally()
    build([CHIPS, replace(CHIPS, claim="?!?! 123 ...")], path, tally)
    assert tally.left_out == {WORDLESS: 1}


def test_threads_share_an_index(path: Path) -> None:
    claims = [f"Minister number{at} Smithson{at} banned dragons{at} from hospital{at}" for at in range(40)]
    index = made(path, *(replace(CHIPS, claim=claim, url=f"https://check.example/{claim[:20]}") for claim in claims))
    wrong: list[str] = []

    def ask(first: int) -> None:
        for at in range(first, first + 40):
            claim = claims[at % 40]
            if claim not in [check.claim for check in index.search(f"{claim}!")]:
                wrong.append(claim)

    threads = [threading.Thread(target=ask, args=(at * 5,)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_claim_at_the_end_of_a_long_draft_is_found(path: Path) -> None:
    """Prevents a long draft from hiding a claim among its sentences, up to where drafts are read."""
    filler = "The weather over the valley stays mild with a breeze from the coast. " * 60
    found = made(path, CHIPS, MASTS).search(filler[:4_500] + "\n" + DRAFT)
    assert [check.claim for check in found] == [CHIPS.claim]


@given(st.text(max_size=400) | st.text(alphabet="bil gates5%#@.,!?\n\u200d\ud800", max_size=2_000))
@settings(deadline=None, max_examples=200)
def test_any_text_may_be_searched(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.idx"
    index = Index.open(path) if path.exists() else made(path, CHIPS, MASTS)
    for check in index.search(text):
        assert all(0 <= span.start < span.end <= len(text) for span in check.spans)


def test_a_text_made_to_be_slow_is_not(path: Path) -> None:
    """Prevents quadratic time in texts of numbers, dots, hashtags and one endless word."""
    import time

    index = made(path, CHIPS, MASTS)
    for piece in ("1.", "1 000 ", "#BillGates", "@a", "a.b.", "gates ", "x", ". ", "one in ", "\u0301", "https://a.b "):
        started = time.perf_counter()
        index.search((piece * 100_000)[:100_000])
        assert time.perf_counter() - started < 1.0, piece
