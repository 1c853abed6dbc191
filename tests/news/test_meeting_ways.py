"""The ways in which news tells a meeting, or of two people without one; see tests/data/ways.txt and fields.txt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from news.day import value
from news.day_grammar import days
from news.meeting import Meeting, meetings
from news.person import names
from news.quote import quotes

WAYS = Path(__file__).resolve().parent.parent / "data" / "ways.txt"
FIELDS = WAYS.with_name("fields.txt")
A, B = "Peter Novak", "Anna Larsen"
WEDNESDAY = date(2016, 6, 15)


def _ways() -> list[tuple[str, str]]:
    lines = (line.partition("#")[0].strip() for line in WAYS.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition(" | ") for line in lines if line)
    return [(told, text.format(A=A, B=B)) for told, _, text in pairs]


def _fields() -> list[tuple[str, ...]]:
    lines = (line.partition("#")[0].strip() for line in FIELDS.read_text(encoding="utf-8").splitlines())
    return [tuple(part.format(A=A, B=B) for part in line.split(" | ", 3)) for line in lines if line]


def _met(text: str) -> list[Meeting]:
    found = names(text)
    told = meetings(text, found.names, quotes(text, found), days(text, WEDNESDAY), WEDNESDAY)
    return [one for one in told if {A, B} <= set(one.people)]


@pytest.mark.parametrize(("told", "text"), [way for way in _ways() if way[0] != "none"])
def test_a_way_to_tell_a_meeting_is_read_with_its_status(told: str, text: str) -> None:
    kind, status = told.split()
    assert [("call" if one.kind == "call" else "meeting", one.status) for one in _met(text)][:1] == [(kind, status)]


@pytest.mark.parametrize("text", [text for told, text in _ways() if told == "none"])
def test_what_tells_no_meeting_gives_none_that_was_held_or_is_to_come(text: str) -> None:
    assert [one.status for one in _met(text) if one.status != "denied"] == []


@pytest.mark.parametrize(("day", "place", "status", "text"), _fields())
def test_a_meeting_has_the_day_and_place_of_the_meeting_and_no_other(
    day: str, place: str, status: str, text: str
) -> None:
    met = _met(text)[0]
    written = "-" if met.day is None else value(met.day)
    assert (written, met.status) == (day, status)
    assert (met.place or "-").startswith(place)
