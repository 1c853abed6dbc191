from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from news.quote import Quote
from news.reading import RULES, Reading
from tests.store.telling import NOON, Teller, day, met, person

if TYPE_CHECKING:
    from store import Store


def test_an_article_comes_back_as_it_was_kept(teller: Teller, store: Store) -> None:
    article = teller.article("The harbour of Ostrava was opened again, three years after the flood.")
    reading = Reading(names=(person("Ada Novak", "harbour master"),), meetings=(met("Ada Novak", "Ivo Maly"),))
    kept = teller.keep(article, reading)
    assert kept.state == "new"
    assert store.articles.get(kept.id) == article
    assert store.articles.by_url(article.url) == article
    assert store.articles.reading(kept.id) == reading
    assert store.articles.many([kept.id + 1, kept.id]) == (article,)


def test_the_same_text_is_known_and_numbers_no_change(teller: Teller, store: Store) -> None:
    article = teller.article()
    first = teller.keep(article)
    before = store.articles.last_change()
    teller.later(hours=1)
    again = teller.keep(article)
    assert (again.state, again.id, again.story) == ("known", first.id, first.story)
    assert store.articles.last_change() == before


def test_an_altered_text_keeps_its_id_and_the_history_of_its_titles(teller: Teller, store: Store) -> None:
    article = teller.article(title="Bridge to open")
    first = teller.keep(article, Reading(names=(person("Ada Novak"),)))
    later = teller.later(hours=2)
    new = msgspec.structs.replace(article, title="Bridge opened", text=article.text + " It is open now, they say.")
    kept = teller.keep(new, Reading(names=(person("Ivo Maly"),)))
    assert (kept.state, kept.id) == ("updated", first.id)
    assert store.articles.get(first.id) == new
    assert [(title.title, title.since) for title in store.articles.titles(first.id)] == [
        ("Bridge to open", NOON),
        ("Bridge opened", later),
    ]
    assert not store.people.find("Ada Novak")
    assert store.people.find("Ivo Maly")


def test_a_title_that_comes_back_is_in_the_history_twice(teller: Teller, store: Store) -> None:
    article = teller.article(title="First")
    for title in ("First", "Second", "First"):
        teller.keep(msgspec.structs.replace(article, title=title))
        teller.later(minutes=5)
    assert [title.title for title in store.articles.titles(article.id)] == ["First", "Second", "First"]


@pytest.mark.parametrize("text", ["", "   ", "…", "No.", "1234567890 " * 40])
def test_what_holds_no_text_is_refused_with_a_reason(teller: Teller, store: Store, text: str) -> None:
    article = msgspec.structs.replace(teller.article(), text=text)
    kept = teller.keep(article)
    assert kept.state == "refused"
    assert kept.reason
    assert kept.reason.endswith(".")
    assert store.articles.get(article.id) is None
    assert store.articles.coverage().count == 0


def test_half_characters_are_replaced_and_no_offset_moves(teller: Teller, store: Store) -> None:
    text = "A broken \ud83d character, and then a good many words behind it: yes."
    start = text.index("yes")
    quote = Quote("character\ud83d", start, start + 3)
    kept = teller.keep(teller.article(text), Reading(quotes=(quote,)))
    stored = store.articles.get(kept.id)
    assert stored is not None
    assert len(stored.text) == len(text)
    assert stored.text[start : start + 3] == "yes"


def test_the_newest_come_first_and_pages_neither_skip_nor_repeat(teller: Teller, store: Store) -> None:
    ids = [teller.keep(teller.article(published=NOON - timedelta(hours=n // 2))).id for n in range(7)]
    seen: list[int] = []
    before = None
    while page := store.articles.latest(3, before=before):
        seen += [one.id for one in page]
        before = page[-1].id
    assert sorted(seen) == sorted(ids)
    moments = [one.moment for one in store.articles.listed(seen)]
    assert moments == sorted(moments, reverse=True)


def test_latest_can_be_of_one_site_and_one_stretch_of_time(teller: Teller, store: Store) -> None:
    old = teller.keep(teller.article(site="a.example", published=NOON - timedelta(days=2))).id
    new = teller.keep(teller.article(site="a.example")).id
    teller.keep(teller.article(site="b.example"))
    assert [one.id for one in store.articles.latest(site="a.example")] == [new, old]
    assert [one.id for one in store.articles.latest(site="a.example", until=NOON)] == [old]
    assert [one.id for one in store.articles.latest(site="a.example", since=NOON)] == [new]


def test_an_article_from_the_future_counts_as_of_now(teller: Teller, store: Store) -> None:
    kept = teller.keep(teller.article(published=NOON + timedelta(days=900)))
    assert store.articles.latest()[0].id == kept.id
    assert store.articles.latest()[0].moment == NOON


def test_what_is_read_again_is_resumable_and_ends(teller: Teller, store: Store) -> None:
    ids = sorted(teller.keep(teller.article()).id for _ in range(5))
    newer = Reading(names=(person("Ada Novak"),), rules=RULES + 1)
    assert store.articles.outdated(RULES) == ()
    assert store.articles.outdated(RULES + 1, limit=2) == tuple(ids[:2])
    assert store.articles.outdated_count(RULES + 1) == 5
    change = store.articles.last_change()
    for article in ids[:3]:
        assert store.articles.reread(article, newer)
    assert store.articles.outdated(RULES + 1) == tuple(ids[3:])
    assert store.articles.outdated(RULES + 1, after=ids[3]) == (ids[4],)
    assert {one.article for one in store.articles.changes(change)} == set(ids[:3])
    change = store.articles.last_change()
    assert store.articles.reread(ids[0], newer)
    assert store.articles.last_change() == change
    assert store.people.find("Ada Novak")[0].articles == 3
    assert not store.articles.reread(12345, newer)


def test_reading_twice_is_reading_once(teller: Teller, store: Store) -> None:
    meeting = met("Ada Novak", "Ivo Maly", on=day("2026-03-09"), delegation=("Eva Stein",))
    quote = Quote("we agreed", 0, 9, "Ada Novak", "named")
    kept = teller.tell(meeting, quotes=(quote, quote))
    before = (store.people.top(), store.meetings.find(), store.quotes.of_article(kept.id))
    reading = store.articles.reading(kept.id)
    assert reading is not None
    assert store.articles.reread(kept.id, reading)
    assert (store.people.top(), store.meetings.find(), store.quotes.of_article(kept.id)) == before


def test_a_removed_article_leaves_nothing_but_the_number_of_its_removal(teller: Teller, store: Store) -> None:
    empty = _rows(store)
    kept = teller.tell(
        met("Ada Novak", "Ivo Maly", on=day("2026-03-09")), quotes=(Quote("we agreed", 0, 9, "Ada Novak", "named"),)
    )
    assert store.articles.remove(kept.id)
    assert not store.articles.remove(kept.id)
    assert _rows(store) == empty
    assert [(change.article, change.gone) for change in store.articles.changes()] == [(kept.id, True)]
    assert store.people.top() == ()
    assert store.quotes.containing(["agreed"]) == ()


def _rows(store: Store) -> dict[str, int]:
    tables = ("articles", "texts", "titles", "mentions", "quotes", "meetings", "meeting_people", "evidence")
    count = {table: store.engine.value(f"select count(*) from {table}") for table in (*tables, "evidence_people")}
    return count | {"sites": store.engine.value("select coalesce(sum(articles), 0) from sites")}


def test_a_change_has_a_number_that_is_never_used_again(teller: Teller, store: Store) -> None:
    article = teller.article()
    numbers = []
    for n in range(4):
        teller.keep(msgspec.structs.replace(article, title=f"Title {n}"))
        (change,) = store.articles.changes()
        numbers.append(change.number)
    store.articles.remove(article.id)
    numbers.append(store.articles.last_change())
    assert numbers == sorted(set(numbers))


def test_changes_come_in_order_and_each_article_once(teller: Teller, store: Store) -> None:
    articles = [teller.article() for _ in range(3)]
    for article in articles:
        teller.keep(article)
    mark = store.articles.changes(limit=2)[-1].number
    teller.keep(msgspec.structs.replace(articles[0], title="Another"))
    assert [change.article for change in store.articles.changes(mark)] == [articles[2].id, articles[0].id]


def test_what_watches_writes_in_the_same_transaction(teller: Teller, store: Store) -> None:
    store.articles.on_kept.append(
        lambda kept, article, _reading, now: store.outbox.enqueue(7, kept.story, "new", article.title, now)
    )
    teller.keep(teller.article())
    assert store.outbox.counts() == {"ready": 1}


def test_what_watches_and_fails_takes_the_article_back_too(teller: Teller, store: Store) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no alert")

    store.articles.on_kept.append(fail)
    with pytest.raises(RuntimeError, match="no alert"):
        teller.tell(met("Ada Novak", "Ivo Maly"))
    assert store.articles.coverage().count == 0
    assert store.people.top() == ()
    assert store.articles.changes() == ()


def test_watchers_are_not_told_of_what_is_known_or_refused(teller: Teller, store: Store) -> None:
    heard: list[str] = []
    store.articles.on_kept.append(lambda kept, *_: heard.append(kept.state))
    article = teller.article()
    teller.keep(article)
    teller.keep(article)
    teller.keep(msgspec.structs.replace(article, text=""))
    teller.keep(msgspec.structs.replace(article, title="Other"))
    assert heard == ["new", "updated"]


def test_what_is_known_needs_no_reading(teller: Teller, store: Store) -> None:
    article = teller.article()
    assert store.articles.knows(article) is None
    kept = teller.keep(article)
    assert store.articles.knows(article) == msgspec.structs.replace(kept, state="known")
    assert store.articles.knows(msgspec.structs.replace(article, text=article.text + " More.")) is None
    refused = store.articles.knows(msgspec.structs.replace(article, text=""))
    assert refused is not None
    assert refused.state == "refused"


def test_coverage_says_how_much_from_when_to_when_and_of_whom(teller: Teller, store: Store) -> None:
    nothing = store.articles.coverage()
    assert (nothing.count, nothing.first, nothing.last, nothing.newest, nothing.sites) == (0, None, None, None, ())
    first = NOON - timedelta(days=30)
    teller.keep(teller.article(site="a.example", published=first))
    teller.keep(teller.article(site="b.example"))
    gone = teller.keep(teller.article(site="b.example"))
    moved = teller.article(site=None)
    teller.keep(moved)
    teller.keep(msgspec.structs.replace(moved, site="b.example", title="With its site"))
    store.articles.remove(gone.id)
    found = store.articles.coverage()
    assert (found.count, found.first, found.last, found.newest) == (3, first, NOON, NOON)
    assert found.sites == (("b.example", 2), ("a.example", 1))


def test_an_article_without_an_address_is_found_by_its_text_alone(teller: Teller, store: Store) -> None:
    article = teller.article("Pasted by somebody who does not know where it came from.", url="")
    assert teller.keep(article).state == "new"
    assert teller.keep(article).state == "known"
    assert store.articles.by_url("") is None
