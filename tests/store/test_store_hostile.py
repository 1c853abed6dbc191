"""Anything may stand in an article or be asked for: it is kept or refused, found or not, and never raises."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.article import Article, Link
from news.day import Day
from news.meeting import Meeting
from news.person import Name
from news.quote import Quote
from news.reading import Reading
from store import open_store
from store.errors import BadValue
from store.subscriptions import Wish
from tests.store.telling import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store

TEXT = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None), max_size=30),  # lone surrogates too
    st.sampled_from(
        [
            *(
                "",
                " ",
                "\0",
                "'; drop table articles; --",
                '" OR "',
                "NEAR(",
                "*",
                "%_",
                "a" * 3000,
                "\ud83d",
                "İstanbul",
            ),
            *(
                "Владимир Путин",
                "习近平",
                "محمد بن سلمان",
                "Ada\u200bNovak",
                "🇺🇦",
                "O'Brien-Smith",
                "X Æ A-12",
                "de la Vega",
            ),
        ]
    ),
)
NAMES = st.builds(
    Name,
    TEXT,
    st.sampled_from(["person", "organisation", "place"]),
    st.just(((0, 1),)),
    st.none() | TEXT,
    st.sampled_from(["m", "f", None]),
)
DAYS = st.none() | st.builds(
    lambda one, two: Day(min(one, two), max(one, two), "interval"), st.dates(), st.dates(date(1900, 1, 1))
)
MEETINGS = st.builds(
    Meeting,
    st.lists(TEXT, max_size=3).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    DAYS,
    st.none() | TEXT,
    st.sampled_from(["meeting", "call", "encounter"]),
    st.sampled_from(["held", "ongoing", "planned", "cancelled", "denied", "possible"]),
    TEXT,
    st.integers(0, 2**40),
    st.integers(0, 2**40),
)
QUOTES = st.builds(
    Quote,
    TEXT,
    st.integers(0, 2**40),
    st.integers(0, 2**40),
    st.none() | TEXT,
    st.sampled_from(["named", "described", "unknown"]),
)
READINGS = st.builds(
    Reading,
    names=st.lists(NAMES, max_size=4).map(tuple),
    quotes=st.lists(QUOTES, max_size=3).map(tuple),
    meetings=st.lists(MEETINGS, max_size=3).map(tuple),
)
ARTICLES = st.builds(
    Article,
    id=st.integers(0, 2**63 - 1),
    title=TEXT,
    text=TEXT.map(lambda text: text + " and enough letters behind it to be an article"),
    url=TEXT,
    site=st.none() | TEXT,
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    related=st.lists(st.builds(Link, TEXT, st.none() | TEXT), max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    with open_store(":memory:") as store:
        yield store


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES, READINGS)
def test_whatever_an_article_holds_it_is_kept_and_comes_back_whole(
    shared: Store, article: Article, reading: Reading
) -> None:
    kept = shared.articles.keep(article, reading, NOON)
    assert kept.state in {"new", "known", "updated"}
    stored = shared.articles.get(article.id)
    assert stored is not None
    assert len(stored.text) == len(article.text)
    if kept.state != "known":
        assert len(shared.quotes.of_article(article.id)) == len(reading.quotes)
    assert shared.articles.keep(article, reading, NOON).state == "known"
    for meeting in shared.meetings.of_article(article.id):
        assert meeting.sources >= 1
        assert article.id in meeting.articles
    if kept.id % 3 == 0:
        assert shared.articles.remove(article.id)
        assert shared.articles.get(article.id) is None


@settings(max_examples=80, deadline=None)
@given(TEXT, st.integers(-(2**70), 2**70), st.lists(TEXT, max_size=3))
def test_whatever_is_asked_for_is_answered(shared: Store, text: str, number: int, words: list[str]) -> None:
    asked = (
        lambda: shared.people.find(text),
        lambda: shared.people.get(number),
        lambda: shared.people.seen_with(number),
        lambda: shared.meetings.find([number], place=text),
        lambda: shared.meetings.get(number),
        lambda: shared.quotes.said([number], words),
        lambda: shared.quotes.containing(words),
        lambda: shared.articles.by_url(text),
        lambda: shared.articles.latest(5, before=number, site=text),
        lambda: shared.exchange.recall(number),
        lambda: shared.feeds.add(text, NOON),
        lambda: shared.chats.settings(number),
        lambda: shared.subscriptions.add(number, Wish(topic=text, words=tuple(words)), NOON),
        lambda: shared.outbox.enqueue(number, number, text, text, NOON),
        lambda: shared.inbox.keep(number, number, text, NOON),
    )
    holds = -(2**63) <= number < 2**63 and not any("\ud800" <= sign <= "\udfff" for sign in text + "".join(words))
    for ask in asked:
        with nullcontext() if holds else suppress(BadValue):
            ask()


def test_a_thousand_meetings_of_two_people_in_a_month_are_kept_in_time(store: Store) -> None:
    people = ("Ada Novak", "Ivo Maly")
    for n in range(300):
        day = Day(date(2026, 3, 1 + n % 28), date(2026, 3, 1 + n % 28))
        meetings = tuple(Meeting(people, (), (), day, None, "meeting", "held", "They met.", 0, 9) for _ in range(3))
        article = Article(
            id=n,
            title=f"{n}",
            text="Ada Novak and Ivo Maly met again and again.",
            published=datetime(2026, 3, 9, tzinfo=UTC),
        )
        store.articles.keep(
            msgspec.structs.replace(article, url=f"https://x.example/{n}"), Reading(meetings=meetings), NOON
        )
    assert len(store.meetings.find(limit=100)) == 28
