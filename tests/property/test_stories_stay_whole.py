"""Whatever is kept, altered, removed, merged and split, in whatever order: what is known of the stories stays right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.article import Article
from news.reading import Reading
from store import open_store

if TYPE_CHECKING:
    from store import Store

NOW = datetime(2026, 3, 20, tzinfo=UTC)
TEXTS = (
    ("Barge sinks on the Danube", "A barge with gravel sank on the Danube near Mohacs and two sailors swam ashore."),
    ("Two swim ashore as barge sinks", "Two sailors reached the bank near Mohacs after their gravel barge went down."),
    ("Danube barge lost", "A barge with gravel sank on the Danube near Mohacs and two sailors swam ashore. More soon."),
    ("Choir wins prize in Tallinn", "A choir of bakers from Ghent won the song festival in Tallinn with a lullaby."),
    ("Bakers sing best", "The bakers' choir of Ghent came first in Tallinn, where it sang a lullaby at midnight."),
    (
        "Sailors safe",
        "The two sailors of a barge that went down near Mohacs are safe. They swam to the bank. No oil ran out.",
    ),
    ("The day in brief", "A barge sank on the Danube near Mohacs. A choir of bakers from Ghent won in Tallinn."),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["keep", "keep", "keep", "remove", "merge", "split", "read"]),
        st.integers(1, 9),
        st.integers(0, len(TEXTS) - 1),
        st.integers(0, 400),
    ),
    max_size=25,
)


def _article(number: int, text: int, hours: int) -> Article:
    title, words = TEXTS[text]
    published = NOW - timedelta(hours=hours) if hours else None
    return Article(id=number, title=title, text=words, url=f"https://a.example/{number}", published=published)


def _take(store: Store, step: tuple[str, int, int, int]) -> None:
    kind, number, text, hours = step
    told = store.stories.of(number)
    if kind == "keep":
        store.articles.keep(_article(number, text, hours), Reading(), NOW)
    elif kind == "remove":
        store.articles.remove(number)
    elif kind == "read":
        store.articles.reread(number, Reading(rules=2))
    elif kind == "split" and told is not None:
        store.stories.split(number)
    elif kind == "merge" and told is not None:
        store.stories.merge(told.id, store.stories.latest(9)[-1].id)


def _stories(store: Store) -> dict[int, int]:
    return {row[0]: row[1] for row in store.engine.rows("select article, story from tellings")}


def _check(store: Store) -> None:
    rows = store.engine.rows
    articles = _stories(store)
    assert articles == {row[0]: row[1] for row in rows("select id, story from articles")}
    assert {row[0] for row in rows("select id from stories")} == set(articles.values())
    assert sorted(rows("select moment, article, story, source from told")) == sorted(
        rows("select moment, article, story, source from tellings")
    )
    assert sorted(rows("select id, moment from articles")) == sorted(rows("select article, moment from tellings"))
    assert {row[0] for row in rows("select article from story_marks")} <= set(articles)
    assert set(rows("select moment, article from story_marks")) <= set(rows("select moment, article from told"))
    for story in store.stories.latest(20):
        assert story.lead in story.articles
        assert {one for one, of in articles.items() if of == story.id} == set(story.articles)
        kept = store.articles.listed(story.articles)
        assert (story.first, story.last) == (kept[0].moment, kept[-1].moment)
        assert [one.moment for one in kept] == sorted(one.moment for one in kept)
        assert 1 <= story.sources <= len(story.articles)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_stories_are_whole_after_every_step(steps: list[tuple[str, int, int, int]]) -> None:
    with open_store(":memory:") as store:
        for step in steps:
            before = _stories(store)
            _take(store, step)
            _check(store)
            after = _stories(store)
            if step[0] in {"keep", "read", "remove"}:
                # What comes, goes or alters moves no other article.
                assert all(after[one] == story for one, story in before.items() if one in after)
        for number in _stories(store):
            store.articles.remove(number)
        for table in ("stories", "tellings", "told", "story_marks"):
            assert store.engine.value(f"select count(*) from {table}") == 0


WIRE = (
    "A barge with gravel sank on the Danube near Mohacs and two sailors swam ashore in the dark.",
    "The barge, built in Komarom in 1961, had taken on water since noon, the harbour master Istvan Pek said.",
    "Traffic on the river was stopped between Mohacs and Baja, and four ships with corn have to wait until Friday.",
)


@settings(max_examples=24, deadline=None)
@given(st.permutations(range(3)))
def test_two_unlike_parts_of_one_wire_text_are_one_source_once_the_whole_is_there(order: list[int]) -> None:
    texts = (" ".join(WIRE), " ".join(WIRE[:2]), " ".join(WIRE[1:]))
    with open_store(":memory:") as store:
        for place in order:
            told = Article(id=place + 1, title="Barge sinks near Mohacs", text=texts[place], published=NOW)
            store.articles.keep(told, Reading(), NOW)
        (story,) = store.stories.latest(9)
        assert (len(story.articles), story.sources) == (3, 1)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(5)))
def test_five_outlets_are_one_story_with_its_sources_in_any_order(order: list[int]) -> None:
    with open_store(":memory:") as store:
        texts = (0, 0, 2, 1, 1)  # a wire text printed by three, one of them with a line more; another one by two
        for place in order:
            store.articles.keep(_article(place + 1, texts[place], 30 - place), Reading(), NOW)
        (story,) = store.stories.latest(9)
        assert story.articles == (1, 2, 3, 4, 5)
        assert story.sources == 2
