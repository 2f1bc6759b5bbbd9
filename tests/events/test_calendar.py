"""The calendar: our list against laws and published dates, and what it gives a draft at its moment and place."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Account
from app.errors import BadCalendar
from app.events.calendar import Calendar
from app.events.matching import match
from app.events.observances import COLUMNS, read_all
from app.text import read

FOLDER = Path(__file__).parents[2] / "data" / "calendar"
CALENDAR = Calendar.load(FOLDER)
PUBLISHED = yaml.safe_load(Path(__file__).with_name("observances.yml").read_text(encoding="utf-8"))
ROWS = read_all(FOLDER)
GOOD = dict(
    zip(
        COLUMNS,
        [
            "some-day",
            "Some Day",
            "fixed 05-04",
            "1",
            "",
            "NL",
            "war remembrance",
            "3",
            "midnight",
            "",
            "",
            "",
            "no",
            "",
        ],
        strict=True,
    )
)


def _names(at: datetime, regions: tuple[str, ...], timezone: str | None = None) -> set[str]:
    return {event.name for event in CALENDAR.active(at, regions, timezone)}


def _file(folder: Path, *rows: dict[str, str]) -> Path:
    with (folder / "days.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.mark.parametrize("known", PUBLISHED, ids=lambda known: f"{known['id']} {known['date']}")
def test_a_day_falls_where_the_law_or_its_publisher_says(known: dict) -> None:
    """Prevents a day of mourning that is computed for another day."""
    found = {each.observance.id: each.observance for each in CALENDAR.observances(None, known["date"], known["date"])}
    assert known["id"] in found
    assert found[known["id"]].confirmed


def test_sixty_dates_and_more_are_held_against_their_sources() -> None:
    """Prevents a list of citations that shrinks until it proves nothing."""
    assert len({(known["id"], known["date"]) for known in PUBLISHED}) >= 60
    assert all(2024 <= known["date"].year <= 2030 and known["source"] for known in PUBLISHED)


def test_each_kind_of_rule_of_a_confirmed_row_is_held_against_published_dates() -> None:
    """Prevents a row that passes for confirmed while nobody has ever checked what its rule gives."""
    with (FOLDER / "observances.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kinds = {row["id"]: row["rule"].split()[0] for row in rows}
    confirmed = {kinds[row["id"]] for row in rows if row["confirmed"] == "yes"}
    assert confirmed <= {kinds[known["id"]] for known in PUBLISHED}


@given(st.integers(1990, 2090), st.sampled_from(ROWS))
def test_each_row_has_a_day_in_each_year(year: int, row) -> None:
    """Prevents a row whose rule breaks in some year, or gives nothing."""
    days = row.rule(year)
    assert all(day.year == year for day in days)
    assert days or row.rule(year - 1) or row.rule(year + 1)


_ZONES = st.sampled_from(
    ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Mars/Olympus", "../x", "Europe", ""]
)
_REGIONS = st.lists(st.sampled_from(["WORLD", "US", "US-TX", "EU", "NZ", "IR", "IL", "XX", "DE-SN", "RU"]), max_size=3)


@settings(deadline=None)  # a year that is met first is computed first
@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)), _REGIONS, st.none() | _ZONES)
def test_it_answers_at_any_moment_for_anybody(at: datetime, regions: list[str], timezone: str | None) -> None:
    """Prevents a check that fails for an odd time zone, or for a year beyond a library's table."""
    moment = at.replace(tzinfo=UTC)
    for event in CALENDAR.active(moment, tuple(regions), timezone):
        assert event.starts_at <= moment <= event.ends_at


def test_a_day_begins_where_its_audience_is() -> None:
    """Across the date line: Anzac Day has begun in Auckland while it is the 24th in Los Angeles, and in London."""
    dawn = datetime(2026, 4, 25, 6, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert dawn.astimezone(ZoneInfo("America/Los_Angeles")).date() == date(2026, 4, 24)
    assert "ANZAC Day" in _names(dawn, ("NZ",))
    assert "ANZAC Day" not in _names(dawn, ("NZ",), "America/Los_Angeles")
    assert "ANZAC Day" not in _names(dawn - timedelta(hours=7), ("NZ",), "Pacific/Auckland")
    evening = datetime(2026, 4, 25, 22, tzinfo=ZoneInfo("Australia/Perth"))
    assert "ANZAC Day" in _names(evening, ("AU",))
    assert "ANZAC Day" not in _names(evening, ("AU",), "Australia/Sydney")


def test_a_day_lasts_as_long_as_it_is_a_day_somewhere_in_the_country() -> None:
    """In the United States from midnight in New York to the end of the day in Hawaii, and not a minute more."""
    midnight = datetime(2026, 9, 11, tzinfo=ZoneInfo("America/New_York"))
    end = datetime(2026, 9, 12, tzinfo=ZoneInfo("America/Adak")) + timedelta(hours=1)
    [day] = [event for event in CALENDAR.active(midnight, ("US",), None) if "11 September" in event.name]
    assert (day.starts_at, day.ends_at) == (midnight, end.astimezone(UTC) - timedelta(microseconds=1))
    assert "11 September" not in str(_names(midnight - timedelta(minutes=1), ("US",)))


@pytest.mark.parametrize(("hour", "expected"), [("04-13T17:59", False), ("04-13T18:00", True), ("04-14T19:59", True),
                                                ("04-14T20:00", False)])  # fmt: skip
def test_yom_hashoah_begins_on_the_eve_and_is_over_at_night(hour: str, expected: bool) -> None:
    """Prevents the party invitation for the evening on which the day begins."""
    at = datetime.fromisoformat(f"2026-{hour}").replace(tzinfo=ZoneInfo("Asia/Jerusalem"))
    assert ("Yom HaShoah" in _names(at, ("IL",))) is expected


def test_an_islamic_day_has_its_day_of_doubt() -> None:
    """Where the moon is seen a day later, the next day is the day."""
    noon = datetime(2025, 7, 6, 9, tzinfo=UTC)
    assert all("Ashura" in _names(noon - timedelta(days=back), ("IR",)) for back in (0, 1))
    assert "Ashura" not in _names(noon + timedelta(days=1), ("IR",))


def test_who_names_no_region_is_not_in_mourning_all_year() -> None:
    """Prevents two warnings a week on an account that could be read anywhere."""
    for regions in ((), ("WORLD",)):
        days = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
        found = {event.regions for day in days for event in CALENDAR.active(day, regions, None)}
        assert found == {("WORLD",)}


def test_a_part_meets_the_days_of_its_country_and_the_other_way_round() -> None:
    """As for all events: Texas has the days of the United States, Canada those of Newfoundland, Quebec not."""
    noon = datetime(2026, 9, 11, 17, tzinfo=UTC)
    assert any("11 September" in name for name in _names(noon, ("US-TX",)))
    noon = datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert "Memorial Day of Newfoundland" in _names(noon, ("CA",)) & _names(noon, ("CA-NL",))
    assert "Memorial Day of Newfoundland" not in _names(noon, ("CA-QC",))


def test_a_day_does_not_come_before_what_it_remembers() -> None:
    """Prevents Grenfell from being remembered in 2016, when a calendar of old posts is replayed."""
    assert not CALENDAR.observances("GB", date(2016, 6, 14), date(2016, 6, 14))
    assert CALENDAR.observances("GB", date(2018, 6, 14), date(2018, 6, 14))


def test_the_gravest_row_of_a_day_counts_once() -> None:
    """A country's own row stands in for the world's of the same name."""
    days = CALENDAR.active(datetime(2026, 1, 27, 12, tzinfo=UTC), ("DE",), None)
    assert [event.severity for event in days if event.name == "International Holocaust Remembrance Day"] == [2]


def _named(text: str, at: datetime, region: str) -> bool:
    account = Account(regions=(region,))
    found = match(CALENDAR.active(at, account.regions, None), account, at, (read(text, "text"),))
    return any(each.nearness.words for each in found)


def test_everyday_words_of_its_name_do_not_speak_of_a_day() -> None:
    """Prevents “a good idea” on Good Friday and “new red shoes” on Red Dress Day from naming the day."""
    friday, red = datetime(2026, 4, 3, 12, tzinfo=UTC), datetime(2026, 5, 5, 18, tzinfo=UTC)
    assert not _named("A good idea for your weekend", friday, "DE")
    assert not _named("New red shoes, and a dress", red, "CA")
    assert _named("Our shop is closed on Good Friday", friday, "DE")


def test_a_row_that_nobody_confirmed_has_no_source_to_show_for() -> None:
    """Prevents a date from general knowledge that passes for a law."""
    assert all(row.source for row in ROWS if row.confirmed)
    assert not [row.id for row in ROWS if row.source and not row.confirmed]


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("rule", "weekday 9 sun 11", "days.csv:2: rule: '9' is no number"),
        ("regions", "Holland", "days.csv:2: regions: 'Holland' is neither"),
        ("regions", "", "days.csv:2: regions: is empty"),
        ("severity", "4", "days.csv:2: severity: '4' is none of"),
        ("sub_kind", "party", "days.csv:2: sub_kind: 'party' is none of"),
        ("silence", "8pm", "days.csv:2: silence: '8pm' is not of the form"),
        ("id", "Some Day", "days.csv:2: id: 'Some Day' is not of the form"),
        ("confirmed", "yes", "days.csv:2: source: a confirmed row names who says so"),
        ("rule", "islamic 10 muharram", "days.csv:2: days: an Islamic date needs 2"),
    ],
)
def test_a_bad_row_is_refused_with_its_place(tmp_path: Path, cell: str, value: str, reason: str) -> None:
    """Prevents a service that starts with a day of mourning missing."""
    with pytest.raises(BadCalendar, match=f"^{reason}"):
        Calendar.load(_file(tmp_path, GOOD | {cell: value}))


def test_a_folder_without_a_list_and_a_list_of_another_form_are_refused(tmp_path: Path) -> None:
    """Prevents a mount gone wrong from looking like a year without mourning."""
    with pytest.raises(BadCalendar, match="no CSV"):
        Calendar.load(tmp_path)
    (tmp_path / "days.csv").write_text("name,date\nx,y\n")
    with pytest.raises(BadCalendar, match=r"days\.csv:1: the columns must be"):
        Calendar.load(tmp_path)
    with pytest.raises(BadCalendar, match=r"days\.csv:3: id: 'some-day' is there already"):
        Calendar.load(_file(tmp_path, GOOD, GOOD))
    (tmp_path / "days.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(BadCalendar, match=r"^days\.csv"):
        Calendar.load(tmp_path)


def test_own_rows_are_added_by_another_file(tmp_path: Path) -> None:
    """A client's own day of mourning lies beside ours."""
    (tmp_path / "ours.csv").write_bytes((FOLDER / "observances.csv").read_bytes())
    calendar = Calendar.load(_file(tmp_path, GOOD))
    names = {event.name for event in calendar.active(datetime(2026, 5, 4, 12, tzinfo=UTC), ("NL",), None)}
    assert {"Some Day", "Dodenherdenking"} <= names
