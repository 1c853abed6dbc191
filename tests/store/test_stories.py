from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from news.article import Article, Link, article_id
from news.day import Day
from news.meeting import Meeting
from news.reading import Reading
from store import open_store
from store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store

MONDAY = datetime(2025, 4, 7, 3, tzinfo=UTC)
NOW = datetime(2025, 6, 1, tzinfo=UTC)

FERRY = (
    (
        "Ferry capsizes off Mindoro, 14 missing",
        (
            "A ferry carrying 86 passengers capsized off the Philippine island of Mindoro late on Monday in "
            "heavy seas, the coast guard said. Fourteen people were missing. Rescuers pulled 72 survivors from "
            "the water near the port of Calapan."
        ),
    ),
    (
        "At least 14 missing after Philippine ferry sinks",
        (
            "Coast guard vessels searched on Tuesday for 14 people missing after the ferry Maria Lorena went "
            "down near Calapan, on the island of Mindoro. Seventy-two people were rescued from rough seas, "
            "officials in Manila said."
        ),
    ),
    (
        "Survivors tell of giant waves in ferry disaster",
        (
            "Survivors of the ferry that sank near Mindoro spoke of waves as high as houses. The coast guard "
            "said 72 people had been saved and 14 were missing after the Maria Lorena overturned on its way to "
            "Calapan."
        ),
    ),
    (
        "Philippine coast guard searches for ferry passengers",
        (
            "The search for 14 missing passengers of the Maria Lorena went into a second night off Mindoro, the "
            "Philippine coast guard said, after its boats had brought 72 survivors to Calapan."
        ),
    ),
    (
        "Fourteen missing, 72 rescued as ferry sinks in Philippines",
        (
            "Heavy seas overturned a passenger ferry off the Philippine island of Mindoro, leaving 14 people "
            "missing; 72 others were rescued, the coast guard in Calapan said."
        ),
    ),
)
FOLLOW_UP = (
    "Manila suspends licence of ferry operator",
    (
        "The Philippine transport ministry suspended the licence of the company whose ferry sank off Mindoro "
        "three days ago and ordered inspections of its fleet, saying the vessel had been overloaded."
    ),
)
ROME = (
    (
        "Macron and Meloni meet in Rome on migration",
        (
            "French President Emmanuel Macron met Italian Prime Minister Giorgia Meloni in Rome on Thursday to "
            "speak about migration and energy. They agreed on a working group on returning migrants."
        ),
    ),
    (
        "France and Italy seek a common line on migrants",
        (
            "Emmanuel Macron and Giorgia Meloni agreed in Rome to set up a working group on returning migrants, "
            "after talks that also touched on energy supplies."
        ),
    ),
)
PARIS = (
    "Macron and Meloni meet in Paris on steel tariffs",
    (
        "French President Emmanuel Macron received Italian Prime Minister Giorgia Meloni at the Elysee on "
        "Thursday to speak about steel tariffs and Ukraine. They called on Brussels to answer in kind."
    ),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as store:
        yield store


def keep(
    store: Store,
    told: tuple[str, str],
    hours: float,
    site: str = "Herald",
    reading: Reading | None = None,
    **more: object,
) -> int:
    title, text = told
    url = f"https://{site.lower().replace(' ', '-')}.example/{abs(hash((title, hours)))}"
    article = Article(
        id=article_id(url, text),
        title=title,
        text=text,
        url=url,
        site=site,
        published=MONDAY + timedelta(hours=hours),
        related=more.get("related", ()),  # type: ignore[arg-type]
    )
    return store.articles.keep(article, reading or Reading(), NOW).id


def story(store: Store, article: int) -> int:
    found = store.stories.of(article)
    assert found is not None
    return found.id


def test_one_story_told_by_five_outlets_is_one_story(store: Store) -> None:
    ids = [keep(store, told, 4.0 * n, site=f"Outlet {n}") for n, told in enumerate(FERRY)]
    assert len({story(store, one) for one in ids}) == 1
    told = store.stories.get(story(store, ids[0]))
    assert told.articles == tuple(ids)
    assert told.sources == 5
    assert told.first_source == "Outlet 0"
    assert (told.first, told.last) == (MONDAY, MONDAY + timedelta(hours=16))
    assert told.lead in ids


def test_a_follow_up_three_days_later_is_related_and_not_merged(store: Store) -> None:
    ids = [keep(store, told, 4.0 * n, site=f"Outlet {n}") for n, told in enumerate(FERRY)]
    later = keep(store, FOLLOW_UP, 84)
    assert story(store, later) != story(store, ids[0])
    assert [one.id for one in store.stories.neighbours(story(store, later))] == [story(store, ids[0])]
    article = store.articles.get(later)
    assert article is not None
    assert [one.reason for one in store.stories.related(article)] == ["neighbouring story"]


def test_two_meetings_of_the_same_people_a_week_apart_stay_two_stories(store: Store) -> None:
    first = [keep(store, told, 72 + 5 * n) for n, told in enumerate(ROME)]
    second = keep(store, PARIS, 72 + 7 * 24)
    assert story(store, first[0]) == story(store, first[1])
    assert story(store, second) != story(store, first[0])


def test_two_meetings_on_different_days_are_two_stories_even_when_told_in_like_words(store: Store) -> None:
    def met(day: int) -> Reading:
        date = (MONDAY + timedelta(days=day)).date()
        meeting = Meeting(("A", "B"), (), (), Day(date, date), None, "meeting", "held", "", 0, 0)
        return Reading(meetings=(meeting,))

    first = keep(store, ROME[0], 0, reading=met(0))
    second = keep(store, PARIS, 50, reading=met(2))
    assert story(store, first) != story(store, second)


def test_a_wire_text_printed_by_five_outlets_is_one_independent_source(store: Store) -> None:
    ids = [keep(store, FERRY[0], n, site=f"Outlet {n}") for n in range(4)]
    cut = (FERRY[0][0], FERRY[0][1].rsplit(". ", 1)[0] + ".")
    ids.append(keep(store, cut, 5, site="Outlet 5"))
    assert len({story(store, one) for one in ids}) == 1
    assert store.stories.get(story(store, ids[0])).sources == 1
    keep(store, FERRY[2], 6)
    assert store.stories.get(story(store, ids[0])).sources == 2


def test_unlike_news_of_one_day_are_stories_of_their_own(store: Store) -> None:
    ids = [
        keep(store, FERRY[0], 0),
        keep(store, ROME[0], 1),
        keep(
            store,
            (
                "Brazil holds interest rates",
                "The central bank in Brasilia kept its Selic rate at 14.75 percent as expected.",
            ),
            2,
        ),
    ]
    assert len({story(store, one) for one in ids}) == 3


def test_a_removed_article_leaves_its_story_and_the_last_one_ends_it(store: Store) -> None:
    one, other = keep(store, FERRY[0], 0), keep(store, FERRY[1], 1)
    told = story(store, one)
    store.articles.remove(one)
    assert store.stories.get(told).articles == (other,)
    store.articles.remove(other)
    with pytest.raises(NotFound):
        store.stories.get(told)


def test_what_the_owner_merged_and_split_stays_so(store: Store) -> None:
    ferry, rome = keep(store, FERRY[0], 0), keep(store, ROME[0], 1)
    merged = store.stories.merge(story(store, ferry), story(store, rome))
    assert set(merged.articles) == {ferry, rome}
    alone = store.stories.split(ferry)
    assert alone.articles == (ferry,)
    assert story(store, rome) != story(store, ferry)
    article = store.articles.get(rome)
    assert article is not None
    altered = Article(
        id=rome, title=article.title, text=FERRY[0][1] + " More.", url=article.url, published=article.published
    )
    before = story(store, rome)
    store.articles.keep(altered, Reading(), NOW)
    assert story(store, rome) == before


def test_merging_or_splitting_what_is_not_there_is_said(store: Store) -> None:
    ferry = keep(store, FERRY[0], 0)
    with pytest.raises(NotFound):
        store.stories.merge(story(store, ferry), 12345)
    with pytest.raises(NotFound):
        store.stories.split(12345)


def test_the_latest_stories_come_page_by_page(store: Store) -> None:
    told = [keep(store, FERRY[0], 0), keep(store, ROME[0], 30), keep(store, PARIS, 300)]
    pages = [store.stories.latest(1)]
    while pages[-1]:
        pages.append(store.stories.latest(1, before=pages[-1][-1].id))
    assert [page[0].id for page in pages[:-1]] == [story(store, one) for one in reversed(told)]


def test_many_independent_sources_come_before_few(store: Store) -> None:
    for n, told in enumerate(FERRY):
        keep(store, told, n, site=f"Outlet {n}")
    rome = keep(store, ROME[0], 6)
    now = MONDAY + timedelta(hours=8)
    top = store.stories.top(5, now, now - timedelta(days=2))
    assert [one.sources for one in top] == [5, 1]
    much_later = MONDAY + timedelta(days=9)
    assert store.stories.top(5, much_later, much_later - timedelta(days=1)) == ()
    assert story(store, rome) == top[1].id


def test_related_are_the_story_its_neighbours_and_what_the_page_names(store: Store) -> None:
    ferry = [keep(store, told, n, site=f"Outlet {n}") for n, told in enumerate(FERRY[:3])]
    links = (Link("Typhoon season begins", "https://herald.example/typhoon"), Link(FERRY[0][0], None))
    later = keep(store, FOLLOW_UP, 84, related=links)
    same = store.articles.get(ferry[0])
    following = store.articles.get(later)
    assert same is not None
    assert following is not None
    assert {one.article for one in store.stories.related(same) if one.reason == "same story"} == set(ferry[1:])
    reasons = [one.reason for one in store.stories.related(following)]
    assert reasons[0] == "neighbouring story"
    assert "named by the page" in reasons


def test_articles_without_words_or_days_are_stories_too(store: Store) -> None:
    odd = Article(id=5, title="", text="1 2 3 the of and 4 5 6 7 8 9 10 11 12 13 14 15 abc defg hijk lmno")
    kept = store.articles.keep(odd, Reading(), NOW)
    assert store.stories.get(kept.story).articles == (5,)
