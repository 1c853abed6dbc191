"""Pictures of meetings."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.picture import WIDTH, Row, Tie, network, png, timeline

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_timeline_shows_day_people_and_place_of_each_meeting() -> None:
    rows = (
        Row("25 Apr 2025", "Steve Witkoff", "Moscow · 3 sources"),
        Row("undated", "Xi Jinping", "planned", "planned"),
    )
    shown = words_of(timeline("Vladimir Putin: 2 meetings", "From 57 articles", rows))
    assert shown[:2] == ["Vladimir Putin: 2 meetings", "From 57 articles"]
    assert {"25 Apr 2025", "Steve Witkoff", "Moscow · 3 sources", "Xi Jinping"} <= set(shown)
    assert {"held", "planned or possible"} <= set(shown)


def test_markup_in_a_name_is_shown_as_written() -> None:
    assert "<b>A & B</b>" in words_of(timeline("<b>A & B</b>", "", ()))


def test_the_same_meetings_give_the_same_picture() -> None:
    ties = (Tie("A", "B", 3), Tie("B", "C"), Tie("D", "E"))
    assert network("t", "s", ties) == network("t", "s", ties)


def test_names_in_a_network_do_not_cover_each_other() -> None:
    names = [f"Somebody Number{n}" for n in range(12)]
    ties = tuple(Tie(names[0], name) for name in names[1:])
    root = ET.fromstring(network("t", "s", ties))
    dots = [(float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == 12
    assert all(0 < x < WIDTH for x, _ in dots)
    close = [
        (a, b) for i, a in enumerate(dots) for b in dots[i + 1 :] if abs(a[0] - b[0]) < 150 and abs(a[1] - b[1]) < 90
    ]
    assert close == []


@pytest.mark.parametrize("word", ["Putin", "Путин", "Πούτιν", "بوتين"])
def test_the_shipped_font_has_the_letters_of_four_scripts(word: str) -> None:
    drawn = png(timeline(word, "", ()))
    assert drawn.startswith(b"\x89PNG")
    assert drawn != png(timeline("\uf8ff" * len(word), "", ()))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80)), max_size=4), st.booleans())
def test_any_words_can_be_drawn(rows: list[tuple[str, str, str]], dark: bool) -> None:
    svg = timeline("x", "y", tuple(Row(*row) for row in rows), dark=dark)
    assert png(svg).startswith(b"\x89PNG")
    ties = tuple(Tie(one, other) for one, other, _ in rows if one != other)
    assert png(network("x", "y", ties, dark=dark)).startswith(b"\x89PNG")


def test_each_line_below_a_title_has_a_line_of_its_own_and_moves_the_rows_down() -> None:
    rows = (Row("5 Jun 2025", "Friedrich Merz", "White House"),)
    one, two = timeline("Trump", "7 meetings", rows), timeline("Trump", "7 meetings\nFrom 57 articles", rows)
    assert ">From 57 articles<" in two
    assert _height(two) > _height(one)


def _height(svg: str) -> int:
    return int(svg.partition('height="')[2].partition('"')[0])
