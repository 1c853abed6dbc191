"""Whatever is given to it, the reader neither raises nor returns a span that is not its words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.article import Article
from news.reading import Reading, read

WORDS = """President Prime Minister of the Foreign envoy U.S. Marta Lindqvist Tomas Varga Lindqvist's Putin, met
with meets meeting talks between and in at on Friday last week Oslo Moscow Hamas said told he she they
his her who after before will not to had held phone call hosted welcomed received by shook hands
counterpart accompanied delegation leaders two May March 12 2025 Q3 third quarter ago year the day
before 31 June 0 99 " “ ” « » ' ’ . , ; : - — ( ) ! ? … I we"""
SCRIPTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "M", "Co"))
    | st.sampled_from("\ue000\ue001\ue002\x00\u2028")
)
PROSE = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n"]), max_size=80).map(" ".join)
MIXED = st.lists(PROSE | SCRIPTS, max_size=6).map("\n\n".join)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reading_of(text: str, *, dated: bool = True) -> Reading:
    moment = datetime(2025, 4, 25, tzinfo=UTC) if dated else None
    return read(Article(id=1, title="Talks in Oslo", text=text, published=moment, language="en"))


def assert_spans_are_words(text: str, reading: Reading) -> None:
    length = len(text)
    for name in reading.names:
        assert name.spans
        assert all(0 <= start < end <= length for start, end in name.spans)
    for quote in reading.quotes:
        assert text[quote.start : quote.end] == quote.words
    known = {name.name for name in reading.names}
    for meeting in reading.meetings:
        assert {*meeting.people, *meeting.organisations, *meeting.delegation} <= known
        assert text[meeting.start : meeting.end] == meeting.sentence
        assert len(set(meeting.people) | set(meeting.organisations)) >= 2
        assert not set(meeting.people) & set(meeting.delegation)
    for day in reading.days:
        assert 0 <= day.start < day.end <= length
        assert day.day.first <= day.day.last
    assert list(reading.days) == sorted(reading.days, key=lambda day: day.start)
    for start, end in reading.brief:
        assert 0 <= start < end <= length


@MANY
@given(MIXED, st.booleans())
def test_any_text_is_read_into_its_own_words(text: str, dated: bool) -> None:
    assert_spans_are_words(text, reading_of(text, dated=dated))


@MANY
@given(PROSE)
def test_prose_of_the_words_of_meetings_is_read_into_its_own_words(text: str) -> None:
    assert_spans_are_words(text, reading_of(text))


@MANY
@given(st.text("\"“”„«»‹›'‘’「」 aA.\n", max_size=300))
def test_any_number_of_quotation_marks_in_any_order_is_borne(text: str) -> None:
    assert_spans_are_words(text, reading_of(text))


@MANY
@given(PROSE)
def test_nothing_but_capitals_is_borne(text: str) -> None:
    assert_spans_are_words(text.upper(), reading_of(text.upper()))


@MANY
@given(MIXED)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert reading_of(text) == reading_of(text)


@pytest.mark.parametrize(
    "line",
    [
        "President John Smith met with Mary Jones and ",
        "John Smith, the mayor, met ",
        '"',
        "May 1 ",
        "his meeting with the ",
        "Met With The President ",
        "the quarter ",
        "\n",
        "é",
    ],
)
def test_a_very_long_line_is_borne(line: str) -> None:
    text = line * (100_000 // len(line))
    assert_spans_are_words(text, reading_of(text))
