"""A digest tells of every arrival once: in any order of arrivals, digests, restarts and settings of the clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.until import next_due
from store import open_store

CHAT = 5
YEAR = datetime(2025, 1, 1, tzinfo=UTC)
steps = st.lists(
    st.one_of(
        st.just("arrive"),
        st.just("digest"),
        st.just("fail"),
        st.just("restart"),
        st.integers(-5000, 5000).map(lambda minutes: f"clock {minutes}"),
    ),
    max_size=30,
)


class Stopped(Exception):
    """The program is stopped in the middle of something."""


def stop(step: str) -> None:
    if step == "fail":
        raise Stopped


@settings(max_examples=40, deadline=None)
@given(steps)
def test_nothing_is_skipped_and_nothing_told_twice(story: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.sqlite"
        store = open_store(path)
        now = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
        store.digests.set(CHAT, (480,), None, now)
        arrived: list[int] = []
        told: list[int] = []
        for step in story:
            if step == "arrive":
                arrived.append(len(arrived) + 1)
                store.arrivals.note(arrived[-1], 100 + arrived[-1], now)
            elif step.startswith("clock"):
                now += timedelta(minutes=int(step.split()[1]))
            elif step == "restart":
                store.close()
                store = open_store(path)
            else:
                with suppress(Stopped), store.transaction():
                    pending = store.arrivals.since(store.arrivals.told_upto(CHAT, 0))
                    store.arrivals.take(CHAT, 0, (), pending.upto)
                    stop(step)
                    told += [article for _, articles in pending.stories for article in articles]
        pending = store.arrivals.since(store.arrivals.told_upto(CHAT, 0))
        left = [article for _, articles in pending.stories for article in articles]
        store.close()
        assert told + left == arrived


zones = st.sampled_from(
    ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "Africa/Cairo"]
)
times = st.lists(st.integers(0, 1439), min_size=1, max_size=6, unique=True).map(lambda some: tuple(sorted(some)))


@given(zones, times, st.integers(0, 525_600).map(lambda minute: YEAR + timedelta(minutes=minute)))
def test_every_local_day_has_each_of_its_hours_once(zone: str, minutes: tuple[int, ...], start: datetime) -> None:
    here = ZoneInfo(zone)
    due = [start]
    for _ in range(len(minutes) * 4):
        following = next_due(minutes, tuple(range(7)), due[-1], zone)
        assert following is not None
        assert following > due[-1]
        due.append(following)
    days: dict[date, int] = {}
    for moment in due[1:]:
        days[moment.astimezone(here).date()] = days.get(moment.astimezone(here).date(), 0) + 1
    assert max(days.values()) <= len(minutes)


@pytest.mark.parametrize(
    ("zone", "minute", "after", "due"),
    [
        ("Europe/Rome", 150, "2025-03-29T12:00+00:00", "2025-03-30T01:30+00:00"),  # 2:30 is left out: it is 3:30
        ("Europe/Rome", 150, "2025-10-25T12:00+00:00", "2025-10-26T00:30+00:00"),  # 2:30 comes twice: the first one
        ("Europe/Rome", 480, "2025-03-30T00:00+00:00", "2025-03-30T06:00+00:00"),
        ("Europe/Rome", 480, "2025-03-29T00:00+00:00", "2025-03-29T07:00+00:00"),
        ("America/New_York", 480, "2025-11-02T00:00+00:00", "2025-11-02T13:00+00:00"),
    ],
)
def test_both_nights_of_the_clock_change_are_right(zone: str, minute: int, after: str, due: str) -> None:
    assert next_due((minute,), tuple(range(7)), datetime.fromisoformat(after), zone) == datetime.fromisoformat(due)


def test_the_second_half_past_two_of_the_night_is_no_second_digest() -> None:
    first = datetime.fromisoformat("2025-10-26T00:30+00:00")
    assert next_due((150,), tuple(range(7)), first, "Europe/Rome") == datetime.fromisoformat("2025-10-27T01:30+00:00")
