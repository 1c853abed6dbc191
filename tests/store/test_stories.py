from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from news.article import Article, Link, article_id
from news.day import Day, DayMention
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


def test_five_outlets_with_a_wire_text_and_two_with_their_own_are_three_sources(store: Store) -> None:
    ids = [keep(store, FERRY[0], n, site=f"Outlet {n}") for n in range(5)]
    ids += [keep(store, FERRY[1], 6), keep(store, FERRY[2], 7)]
    assert len({story(store, one) for one in ids}) == 1
    told = store.stories.get(story(store, ids[0]))
    assert (len(told.articles), told.sources, told.first_source) == (7, 3, "Outlet 0")


def test_one_article_under_two_addresses_is_one_source(store: Store) -> None:
    ids = [keep(store, FERRY[0], 0, site="Herald"), keep(store, FERRY[0], 0, site="Amp Herald")]
    assert len({story(store, one) for one in ids}) == 1
    assert store.stories.get(story(store, ids[0])).sources == 1


def test_an_older_telling_that_comes_later_is_the_first_source(store: Store) -> None:
    late = keep(store, FERRY[1], 5, site="Late")
    early = keep(store, FERRY[0], 1, site="Early")
    told = store.stories.get(story(store, late))
    assert told.articles == (early, late)
    assert told.first_source == "Early"
    assert told.first == MONDAY + timedelta(hours=1)


def test_a_text_printed_again_a_month_later_begins_a_story(store: Store) -> None:
    first, again = keep(store, FERRY[0], 0), keep(store, FERRY[0], 31 * 24)
    assert story(store, first) != story(store, again)


def test_a_text_without_a_date_tells_the_story_of_the_hour_it_came_in(store: Store) -> None:
    dated = keep(store, FERRY[0], 0)
    title, text = FERRY[1]
    undated = Article(id=77, title=title, text=text, url="https://a.example/77")
    store.articles.keep(undated, Reading(), MONDAY + timedelta(hours=5))
    assert story(store, 77) == story(store, dated)


def test_an_article_whose_text_alters_stays_in_its_story_and_is_found_by_its_new_words(store: Store) -> None:
    ferry, other = keep(store, FERRY[0], 0), keep(store, FERRY[1], 1)
    article = store.articles.get(ferry)
    assert article is not None
    title, text = ROME[0]
    altered = Article(id=ferry, title=title, text=text, url=article.url, published=article.published)
    assert store.articles.keep(altered, Reading(), NOW).state == "updated"
    assert story(store, ferry) == story(store, other)
    assert store.stories.get(story(store, ferry)).sources == 2
    assert story(store, keep(store, ROME[1], 3)) == story(store, ferry)


def test_an_article_that_left_a_story_bearing_its_id_begins_another_one_when_it_tells_another(store: Store) -> None:
    first, second = keep(store, FERRY[0], 0), keep(store, FERRY[1], 1)
    assert story(store, second) == first
    url = store.articles.listed([first])[0].url
    store.articles.remove(first)
    title, text = ROME[0]
    store.articles.keep(Article(id=first, title=title, text=text, url=url, published=MONDAY), Reading(), NOW)
    assert story(store, second) != story(store, first)


def test_removing_its_face_and_first_source_leaves_a_story_with_the_next_ones(store: Store) -> None:
    ids = [keep(store, told, n, site=f"Outlet {n}") for n, told in enumerate(FERRY)]
    told = store.stories.get(story(store, ids[0]))
    store.articles.remove(told.lead)
    left = [one for one in ids if one != told.lead]
    after = store.stories.get(told.id)
    assert after.articles == tuple(left)
    assert after.lead in left
    assert after.sources == 4
    assert after.first_source == f"Outlet {ids.index(left[0])}"


def test_the_original_of_a_removed_wire_text_hands_its_place_on(store: Store) -> None:
    ids = [keep(store, FERRY[0], n, site=f"Outlet {n}") for n in range(3)]
    store.articles.remove(ids[0])
    told = store.stories.get(story(store, ids[1]))
    assert (told.sources, told.lead, told.first_source) == (1, ids[1], "Outlet 1")


@pytest.mark.parametrize(
    "title",
    [
        "Opinion: the ferry Maria Lorena and our coast guard",
        "Live updates: ferry Maria Lorena sinks off Mindoro",
        "Why did the ferry Maria Lorena sink off Mindoro",
        "“Waves as high as houses” off Mindoro",
        "Was the ferry Maria Lorena overloaded off Mindoro?",
        "Ferry sinks off Mindoro – in pictures",
    ],
)
def test_an_opinion_a_question_or_pictures_are_not_the_face_of_a_story(store: Store, title: str) -> None:
    aside = keep(store, (title, " ".join(text for _, text in FERRY[:3])), 0)
    report = keep(store, FERRY[1], 1)
    told = store.stories.get(story(store, report))
    assert told.articles == (aside, report)
    assert told.lead == report


@pytest.mark.parametrize("title", ["Your Monday briefing", "What Tuesday brought"])
def test_a_digest_joins_none_of_the_stories_that_it_names(store: Store, title: str) -> None:
    told = (
        *(FERRY[0], FERRY[1], ROME[0], ROME[1]),
        ("Brazil holds interest rates", "The central bank in Brasilia kept its Selic rate at 14.75 percent."),
        ("Selic stays at 14.75 percent in Brazil", "Brasilia's central bank left interest rates alone on Monday."),
    )
    ids = [keep(store, one, n) for n, one in enumerate(told)]
    text = (
        "A ferry capsized off the island of Mindoro and 14 are missing, the coast guard in Calapan said. Macron and "
        "Meloni met in Rome to speak about migration. Brazil holds interest rates: the Selic stays at 14.75 percent. "
        "In Ghent a baker baked a loaf as long as his street."
    )
    digest = keep(store, (title, text), 8)
    assert story(store, digest) not in {story(store, one) for one in ids}
    later = keep(store, FERRY[2], 9)
    assert story(store, later) == story(store, ids[0])


def test_two_strikes_on_one_town_on_two_days_are_two_stories(store: Store) -> None:
    flats = (
        "Drones struck a block of flats in Verkhiv on Monday and killed four people, governor Petro Lysenko said. "
        "Firemen fought the flames for five hours."
    )
    mourning = (
        "Four people died in Verkhiv on Monday as drones set a block of flats on fire. Neighbours laid toys before the "
        "house. Petro Lysenko declared a day of mourning."
    )
    market = (
        "A missile tore through the roof of a market in Verkhiv on Wednesday and killed nine people, governor Petro "
        "Lysenko said. Stalls were just opening."
    )
    stalls = (
        "Nine people were killed on Wednesday by a missile that hit the market of Verkhiv as stalls were opening, "
        "Petro Lysenko said. The roof came down on them."
    )
    told = (
        (1, ("Drones hit block of flats in Verkhiv, four dead", flats)),
        (4, ("Verkhiv mourns four after night of drones", mourning)),
        (49, ("Missile strikes market in Verkhiv, nine dead", market)),
        (52, ("Nine killed at Verkhiv market", stalls)),
    )
    ids = []
    for hours, (title, text) in told:
        date = (MONDAY + timedelta(hours=hours)).date()
        start = text.index("on Monday" if hours < 24 else "on Wednesday")
        reading = Reading(days=(DayMention(start, start + 9, Day(date, date)),))
        ids.append(story(store, keep(store, (title, text), hours, reading=reading)))
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_a_story_told_by_hundreds_leaves_others_to_be_found(store: Store) -> None:
    title, text = FERRY[0]
    with store.transaction():
        ids = [keep(store, (title, f"{text} Line {n} of {n * 7}."), n / 10) for n in range(200)]
    rome = keep(store, ROME[0], 3)
    assert len({story(store, one) for one in ids}) == 1
    assert story(store, keep(store, ROME[1], 4)) == story(store, rome)
    assert story(store, keep(store, FERRY[2], 21)) == story(store, ids[0])


def test_of_copies_of_one_text_none_is_named_beside_another(store: Store) -> None:
    ids = [keep(store, FERRY[0], n, site=f"Outlet {n}") for n in range(3)]
    other = keep(store, FERRY[1], 5)
    article = store.articles.get(ids[0])
    assert article is not None
    assert [one.article for one in store.stories.related(article)] == [other]


@pytest.mark.parametrize(
    "told",
    [
        (
            (
                "Brücke über die Elbe gesperrt",
                "Die Brücke über die Elbe ist seit dem Morgen gesperrt, weil sie Risse hat.",
            ),
            (
                "Bäcker gewinnt Wahl in Graz",
                "Ein Bäcker hat die Wahl in Graz gewonnen, und er will nicht nur Brot backen.",
            ),
        ),
        (
            ("気象庁が津波注意報を発表", "気象庁は高知県の沿岸に津波注意報を発表した。住民は高台に避難している。"),
            ("銀行の社長が辞任", "大手銀行の社長が不正融資の責任を取って辞任した。後任は来月に決まる。"),
        ),
    ],
)
def test_small_words_and_single_signs_of_another_language_make_no_story(
    store: Store, told: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    one, other = (keep(store, text, n) for n, text in enumerate(told))
    assert story(store, one) != story(store, other)
