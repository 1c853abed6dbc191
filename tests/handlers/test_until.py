"""Until when a pause lasts, as a person writes it, to the minute and in the chat's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.until import until

NOW = datetime(2025, 5, 7, 9, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("until 9:31", 7, "09:31"),
        ("9:30", 8, "09:30"),  # this very minute has passed
        ("8:00", 8, "08:00"),
        ("till 23:59", 7, "23:59"),
        ("tomorrow", 8, "07:00"),
        ("until Wednesday", 14, "07:00"),
        ("thursday", 8, "07:00"),
    ],
)
def test_a_time_of_day_that_has_passed_is_the_next_days(written: str, day: int, clock: str) -> None:
    end = until(written, NOW, "UTC")
    assert end is not None
    assert f"{end:%d %H:%M}" == f"{day:02} {clock}"


def test_a_stretch_counts_from_now() -> None:
    assert until("2h", NOW, "Asia/Tokyo") == NOW + timedelta(hours=2)


def test_a_time_of_day_is_that_of_the_chats_zone() -> None:
    assert until("18:31", NOW, "Asia/Tokyo") == datetime(2025, 5, 7, 9, 31, tzinfo=UTC)
    assert until("18:30", NOW, "Asia/Tokyo") == datetime(2025, 5, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "never", "8:00 18:00", "25:00", "9:60", "until the cows come home"])
def test_what_names_no_moment_is_none(written: str) -> None:
    assert until(written, NOW, "UTC") is None
