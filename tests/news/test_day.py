from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.day import (
    Day,
    compatible,
    in_words,
    interval,
    month_of,
    more_precise,
    one_day,
    parse,
    quarter_of,
    value,
    week_of,
    year_of,
)
from news.day_grammar import days
from news.errors import DayError

FRIDAY = date(2025, 4, 25)


def said(text: str, published: date | None = FRIDAY) -> list[str]:
    return [value(mention.day) for mention in days(text, published)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers met on Friday.", "2025-04-25"),
        ("He left early Thursday.", "2025-04-24"),
        ("She spoke on Saturday night.", "2025-04-19"),
        ("They will meet on Monday.", "2025-04-28"),
        ("The team is due in Geneva on Tuesday.", "2025-04-29"),
        ("The vote is scheduled for Wednesday.", "2025-04-30"),
        ("On Sunday, the president will travel to Cairo.", "2025-04-27"),
        ("The court ruled next Tuesday out.", "2025-04-29"),
        ("It closed last Friday.", "2025-04-18"),
        ("They met on Monday of last week.", "2025-04-14"),
        ("He said on Wednesday that he will go.", "2025-04-23"),
        ("Monday's ruling surprised them.", "2025-04-21"),
        ("Talks had been due to begin on Tuesday.", "2025-04-22"),
    ],
)
def test_a_weekday_is_the_last_such_day_unless_its_verb_is_of_the_future(text: str, wanted: str) -> None:
    assert said(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on 25 April", "2025-04-25"),
        ("on April 25, 2024", "2024-04-25"),
        ("on Friday, April 25, 2025", "2025-04-25"),
        ("on the 4th of March 2023", "2023-03-04"),
        ("on Monday 28 April at noon", "2025-04-28"),
        ("from 3 to 5 May 2025", "2025-05-03/2025-05-05"),
        ("on May 3-5", "2025-05-03/2025-05-05"),
        ("from April 28 to May 3", "2025-04-28/2025-05-03"),
        ("in late 2023", "2023"),
        ("in June 2022", "2022-06"),
        ("in March", "2025-03"),
        ("last October", "2024-10"),
        ("in June last year", "2024-06"),
        ("the week of April 14", "2025-W16"),
        ("on 2024-12-31", "2024-12-31"),
        ("on 4/12/2024", "2024-04-12"),
        ("on 24.12.2024", "2024-12-24"),
        ("a treaty of 1848", "1848"),
        ("on Christmas Eve", "2024-12-24"),
        ("on Thanksgiving Day", "2024-11-28"),
        ("on New Year’s Day 2024", "2024-01-01"),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, wanted: str) -> None:
    assert said(f"It happened {text}.") == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("yesterday", "2025-04-24"),
        ("tomorrow", "2025-04-26"),
        ("last night", "2025-04-24"),
        ("this morning", "2025-04-25"),
        ("the day before yesterday", "2025-04-23"),
        ("last week", "2025-W16"),
        ("next month", "2025-05"),
        ("earlier this year", "2025"),
        ("three days ago", "2025-04-22"),
        ("two weeks ago", "2025-W15"),
        ("a year ago", "2024"),
        ("over the weekend", "2025-04-19/2025-04-20"),
        ("last summer", "2024-06-01/2024-08-31"),
        ("in the first quarter of 2024", "2024-Q1"),
        ("in Q3 2023", "2023-Q3"),
        ("last quarter", "2025-Q1"),
    ],
)
def test_what_is_counted_is_counted_from_the_publication(text: str, wanted: str) -> None:
    assert said(f"It happened {text}.") == [wanted]


def test_the_day_before_is_counted_from_the_day_told_last() -> None:
    assert said("The fire broke out on April 12. The day before, the alarm had failed.") == ["2025-04-12", "2025-04-11"]
    assert said("He died on March 3. She left the following day.") == ["2025-03-03", "2025-03-04"]


def test_a_year_earlier_means_the_quarter_spoken_of() -> None:
    assert said("Profit rose in the first quarter, up from $3 million a year earlier.") == ["2025-Q1", "2024-Q1"]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain, Theresa May said.",
        "They march for five years, 2000 people and 3,000 more.",
        "The day before, nobody knew.",
        "It took three weeks and cost $2025.",
        "On 31 June nothing happened.",
        "A 24-hour strike, two decades of peace, recently, soon, now.",
        "",
    ],
)
def test_nothing_is_invented_where_no_day_is_said(text: str) -> None:
    assert said(text) == []


def test_without_a_publication_only_days_with_their_year_are_told() -> None:
    assert said("On Friday, on 4 May 2021, in May 2022, last week and in 1998.", None) == [
        "2021-05-04",
        "2022-05",
        "1998",
    ]


def test_a_mention_is_its_words() -> None:
    text = "They met on Friday and will meet on 3 May."
    assert [text[m.start : m.end] for m in days(text, FRIDAY)] == ["Friday", "3 May"]


@pytest.mark.parametrize(
    "written", ["2025-04-25", "2025-W17", "2025-04", "2025-Q2", "2025", "2025-04-24/2025-04-25", "2020-W53"]
)
def test_a_value_comes_back_as_it_was(written: str) -> None:
    assert value(parse(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2025-13",
        "2025-02-30",
        "2025-W54",
        "2025-Q5",
        "tomorrow",
        "2025-04-25/2025-04-24",
        "0000",
        "2025/2026",
        "٢٠٢٥",
    ],
)
def test_what_is_no_value_is_refused_with_what_is_accepted(written: str) -> None:
    with pytest.raises(DayError, match="accepted are"):
        parse(written)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (one_day(FRIDAY), "Fri 25 Apr 2025"),
        (week_of(FRIDAY), "week of 21 Apr 2025"),
        (month_of(2025, 4), "Apr 2025"),
        (quarter_of(2025, 2), "Apr to Jun 2025"),
        (year_of(2025), "2025"),
        (interval(date(2025, 5, 3), date(2025, 5, 5)), "3 to 5 May 2025"),
        (interval(date(2025, 4, 28), date(2025, 5, 3)), "28 Apr to 3 May 2025"),
        (interval(date(2024, 12, 30), date(2025, 1, 2)), "30 Dec 2024 to 2 Jan 2025"),
    ],
)
def test_a_day_reads_well(day: Day, words: str) -> None:
    assert in_words(day) == words


def test_the_more_precise_of_two_days_that_agree_is_kept() -> None:
    day, month = one_day(FRIDAY), month_of(2025, 4)
    assert compatible(day, month)
    assert compatible(None, day)
    assert not compatible(day, one_day(date(2025, 4, 24)))
    assert more_precise(month, day) == day
    assert more_precise(None, month) == month


spans = st.tuples(st.dates(date(1600, 1, 1), date(2900, 1, 1)), st.integers(0, 400))


@given(spans, st.sampled_from(["day", "week", "month", "quarter", "year", "interval"]))
def test_every_day_survives_being_written(span: tuple[date, int], precision: str) -> None:
    first, length = span
    made = {
        "day": one_day(first),
        "week": week_of(first),
        "month": month_of(first.year, first.month),
        "quarter": quarter_of(first.year, (first.month + 2) // 3),
        "year": year_of(first.year),
        "interval": interval(first, date.fromordinal(first.toordinal() + length + 1)),
    }[precision]
    assert parse(value(made)) == made
    assert made.first <= made.last
