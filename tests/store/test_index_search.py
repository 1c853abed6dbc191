from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from news.article import Article, article_id
from news.match import LINE
from news.reading import Reading
from news.search_query import SearchQuery, parse_search
from store import index_parts, open_store
from store.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store import Store
    from store.index_search import Hits

NOW = datetime(2025, 5, 10, tzinfo=UTC)

ARTICLES = (
    (
        "Witkoff meets Putin in Moscow for peace talks",
        "The American envoy Steve Witkoff sat down with Vladimir Putin in the Kremlin to speak about Ukraine.",
        "Herald",
        2,
    ),
    (
        "Zelenskyy says a ceasefire must come first",
        "Volodymyr Zelenskyy told reporters in Kyiv that the guns must fall silent before negotiations.",
        "Morning Post",
        3,
    ),
    (
        "Unemployment falls in Germany",
        "Fewer people were without work in April, the labour office in Nuremberg said on Wednesday.",
        "Herald",
        4,
    ),
    (
        "Earthquake kills twelve in Chile",
        "A tremor of magnitude seven shook the coast near Valparaíso, and twelve people died.",
        "Morning Post",
        5,
    ),
    (
        "Erdoğan opens a bridge over the Bosphorus",
        "Turkey’s president Recep Tayyip Erdoğan cut a ribbon in Istanbul and spoke of peace talks at home.",
        "Herald",
        6,
    ),
    (
        "U.S. sanctions a tanker fleet",
        "The Treasury in Washington put forty tankers on its list, saying they carry oil in secret.",
        "Herald",
        7,
    ),
)


def article(title: str, text: str, site: str = "Herald", day: int = 1, url: str = "") -> Article:
    published = datetime(2025, 5, day, 12, tzinfo=UTC)
    return Article(id=article_id(url, title + text), title=title, text=text, url=url, site=site, published=published)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as store:
        for row in ARTICLES:
            store.articles.keep(article(*row), Reading(), NOW)
        yield store


@pytest.fixture
def index(store: Store) -> Iterator[Index]:
    index = Index(store.engine)
    index.follow()
    yield index
    index.close()


def search(index: Index, written: str) -> Hits:
    return index.search(parse_search(written, NOW.date()), NOW)


def titles(hits: Hits) -> list[str]:
    return [hit.title for hit in hits.hits]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("putin moscow", "Witkoff meets"),
        ("wittkof", "Witkoff meets"),
        ("ptuin", "Witkoff meets"),
        ("witk off moscow", "Witkoff meets"),
        ("putinmoscow", "Witkoff meets"),
        ("Путин", "Witkoff meets"),
        ("Zelenskiy", "Zelenskyy says"),
        ("zelensky ceasefire", "Zelenskyy says"),
        ("erdogan", "Erdoğan opens"),
        ("valparaiso", "Earthquake kills"),
        ("jobless germany", "Unemployment falls"),
        ("quake deaths in chile", "Earthquake kills"),
        ("unemployed german", "Unemployment falls"),
        ("us sanctions", "U.S. sanctions"),
        ("what did Putin say about Ukraine in the Kremlin?", "Witkoff meets"),
        ("earthqake chlie", "Earthquake kills"),
        ("zelens ceasefire", "Zelenskyy says"),
    ],
)
def test_the_article_meant_is_found_first(index: Index, written: str, title: str) -> None:
    hits = search(index, written).hits
    assert hits
    assert hits[0].title.startswith(title)
    assert LINE <= hits[0].score <= 100


def test_what_a_word_was_taken_for_is_said_as_the_article_prints_it(index: Index) -> None:
    assert search(index, "Wittkof in Moscow").understood.words == (("Wittkof", "Witkoff"),)
    assert search(index, "zelenskiy").understood.words == (("zelenskiy", "Zelenskyy"),)
    assert search(index, "witkoff").understood.words == ()


@pytest.mark.parametrize("written", ["parliament zebra talks", "volcano in iceland", "bread and circuses tonight"])
def test_nothing_is_found_where_most_of_the_search_is_missing(index: Index, written: str) -> None:
    hits = search(index, written)
    assert hits.hits == ()
    assert all(hit.score < LINE for hit in hits.nearest)


def test_words_that_no_article_holds_are_named(index: Index) -> None:
    assert search(index, "Putin volcano").understood.unknown == ("volcano",)


def test_a_common_english_word_is_never_corrected(index: Index) -> None:
    assert search(index, "bride").understood.words == ()
    assert titles(search(index, "bride")) == []


def test_a_phrase_stands_word_for_word(index: Index) -> None:
    assert titles(search(index, '"peace talks at home"')) == ["Erdoğan opens a bridge over the Bosphorus"]
    assert len(titles(search(index, '"peace talks"'))) == 2
    assert titles(search(index, '"talks peace"')) == []


def test_a_word_with_a_minus_stands_nowhere(index: Index) -> None:
    assert titles(search(index, "peace talks -putin")) == ["Erdoğan opens a bridge over the Bosphorus"]
    assert titles(search(index, "peace -talks")) == []


def test_filters_by_site_and_day_hold(index: Index) -> None:
    assert titles(search(index, "kremlin by:post")) == []
    assert titles(search(index, "ceasefire by:post")) == ["Zelenskyy says a ceasefire must come first"]
    assert len(titles(search(index, "by:herald"))) == 4
    assert titles(search(index, "from:2025-05-06")) == [
        "U.S. sanctions a tanker fleet",
        "Erdoğan opens a bridge over the Bosphorus",
    ]
    assert titles(search(index, "from:2025-05-04 to:2025-05-04")) == ["Unemployment falls in Germany"]
    assert titles(search(index, "chile to:2025-05-04")) == []


@pytest.mark.parametrize(
    "written",
    [
        '"',
        '""" OR NEAR(a b) AND title:* ^x {y}',
        "a" * 100_000,
        "moscow " * 20_000,
        "\x00\x01\x02\x1b[31m",
        "\u202eمرحبا بالعالم\u202c",
        "💥🇺🇦👩‍👩‍👧",
        "\ud800",
        "-- -- --",
        "by: from",
        "';drop table articles;--",
        "北京会谈 習近平",
        "%s %n {0} ${x}",
        "",
    ],
)
def test_whatever_is_written_is_only_words(index: Index, written: str) -> None:
    hits = search(index, written)
    assert len(hits.hits) <= 10


def test_an_article_added_later_is_found_and_a_removed_one_is_not(store: Store, index: Index) -> None:
    later = article(
        "Volcano erupts in Iceland", "Lava flows near Grindavík after weeks of tremors in the ground.", day=8
    )
    store.articles.keep(later, Reading(), NOW)
    assert index.behind() == 1
    assert index.follow() == 1
    assert index.behind() == 0
    assert titles(search(index, "volcano iceland")) == ["Volcano erupts in Iceland"]
    store.articles.remove(later.id)
    index.follow()
    assert titles(search(index, "volcano iceland")) == []


def test_an_altered_text_is_found_by_its_new_words_only(store: Store, index: Index) -> None:
    url = "https://herald.example/1"
    store.articles.keep(
        article("Ferry missing off Crete", "The search went on through the night.", url=url), Reading(), NOW
    )
    index.follow()
    store.articles.keep(
        article("Ferry found off Crete", "All passengers were brought to Heraklion.", url=url), Reading(), NOW
    )
    index.follow()
    assert titles(search(index, "heraklion passengers")) == ["Ferry found off Crete"]
    assert titles(search(index, "search through the night")) == []


def test_newer_articles_come_first_where_that_is_wanted(store: Store, index: Index) -> None:
    for day in (1, 9):
        text = f"Ministers of twelve countries came together in Geneva, for the {day}th time this spring."
        store.articles.keep(article("Climate ministers gather", text, day=day), Reading(), NOW)
    index.follow()
    recent = index.search(SearchQuery(text="climate ministers gather", recent=True), NOW)
    assert "9th" in str(store.articles.get(recent.hits[0].article))


def test_many_articles_are_found_across_all_parts(store: Store, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_parts, "LIVE", 8)
    monkeypatch.setattr(index_parts, "GROWTH", 3)
    for number in range(60):
        text = f"The harbour of Quillport counted {number} ships this week, more than in any week before."
        store.articles.keep(article(f"Quillport harbour report {number}", text), Reading(), NOW)
        index.follow()
    found = {search(index, f"quillport report {number}").hits[0].title for number in range(60)}
    assert len(found) == 60


def test_articles_are_found_at_every_step_of_merging_parts_and_removed_ones_are_not(
    store: Store, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_parts, "LIVE", 4)
    monkeypatch.setattr(index_parts, "GROWTH", 3)
    monkeypatch.setattr(index_parts, "STEP", 1)
    merging = 0
    ids: list[int] = []
    for number in range(40):
        text = f"The harbour of Quillport counted {number} ships this week, more than in any week before."
        ids.append(store.articles.keep(article(f"Quillport harbour report {number}", text), Reading(), NOW).id)
        if number % 7 == 6:
            store.articles.remove(ids[number - 3])
        index.follow()
        merging += bool(index._file.rows("select 1 from parts where becomes is not null"))
        for other in range(number + 1):
            there = f"Quillport harbour report {other}" in titles(search(index, f"quillport report {other}"))[:1]
            assert there == (other % 7 != 3 or other + 3 > number)
    assert merging > 10


def test_a_title_that_holds_the_whole_search_is_found_behind_many_texts_that_tell_more_of_it(
    store: Store, index: Index
) -> None:
    for number in range(60):
        text = "The harbour of Quillport, the ferry of Quillport and the strike in the harbour went on. " * (
            2 + number % 3
        )
        store.articles.keep(article(f"News of the day {number}", f"{text} Day {number}.", day=3), Reading(), NOW)
    text = "It began at six in the morning, and ended late. " * 40
    store.articles.keep(article("Harbour strike stops Quillport ferry again", text, day=2), Reading(), NOW)
    index.follow()
    assert titles(search(index, "harbour strike quillport ferry"))[0] == "Harbour strike stops Quillport ferry again"


def test_the_index_is_made_anew_while_the_old_one_answers(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        index = Index(store.engine)
        for row in ARTICLES:
            store.articles.keep(article(*row), Reading(), NOW)
        index.follow()
        seen: list[tuple[int, int]] = []

        def progress(done: int, total: int) -> None:
            seen.append((done, total))
            assert titles(search(index, "putin moscow"))

        assert index.reindex(progress) == len(ARTICLES)
        assert seen[-1] == (len(ARTICLES), len(ARTICLES))
        assert titles(search(index, "wittkof")) == ["Witkoff meets Putin in Moscow for peace talks"]
        store.articles.keep(article("Volcano erupts", "Lava flows near Grindavík once more.", day=8), Reading(), NOW)
        index.follow()
        assert titles(search(index, "volcano lava")) == ["Volcano erupts"]
        index.close()
        assert not (tmp_path / "news.db.index.new").exists()


def test_making_the_index_anew_goes_on_after_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.index.BATCH", 1)
    with open_store(str(tmp_path / "news.db")) as store:
        for row in ARTICLES:
            store.articles.keep(article(*row), Reading(), NOW)
        index = Index(store.engine)
        index.follow()

        def interrupted(done: int, total: int) -> None:
            assert total == len(ARTICLES)
            if done >= 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.reindex(interrupted)
        totals: list[int] = []
        index.reindex(lambda _done, total: totals.append(total))
        assert totals[0] < len(ARTICLES)
        assert titles(search(index, "wittkof"))
        index.close()


def test_an_index_made_anew_by_another_process_is_taken_up(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        store.articles.keep(article(*ARTICLES[0]), Reading(), NOW)
        index, other = Index(store.engine), Index(store.engine)
        index.follow()
        assert titles(search(other, "putin"))
        index.reindex()
        assert titles(search(other, "putin"))
        store.articles.keep(article(*ARTICLES[1]), Reading(), NOW)
        index.follow()
        assert titles(search(other, "zelenskyy ceasefire"))
        index.close()
        other.close()


def test_an_index_that_somebody_removed_is_filled_again(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        store.articles.keep(article(*ARTICLES[0]), Reading(), NOW)
        index = Index(store.engine)
        index.follow()
        for path in tmp_path.glob("news.db.index*"):
            path.unlink()
        assert titles(search(index, "putin")) == []
        assert index.follow() == 1
        assert titles(search(index, "putin"))
        index.close()


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        store.articles.keep(article(*ARTICLES[0]), Reading(), NOW)
        (tmp_path / "news.db.index").write_bytes(b"no database at all" * 1000)
        index = Index(store.engine)
        assert index.follow() == 1
        assert titles(search(index, "putin"))
        index.close()


def test_an_index_damaged_inside_is_made_again_by_following(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        for row in ARTICLES:
            store.articles.keep(article(*row), Reading(), NOW)
        first = Index(store.engine)
        first.follow()
        first._file.connection.execute("pragma wal_checkpoint(truncate)")
        first.close()
        store.index.close()
        path = tmp_path / "news.db.index"
        content = bytearray(path.read_bytes())
        content[4096:] = b"\x5a" * (len(content) - 4096)
        path.write_bytes(content)
        index = Index(store.engine)
        assert titles(search(index, "putin moscow")) == []
        assert index.follow() == len(ARTICLES)
        assert titles(search(index, "putin moscow"))
        index.close()


def test_an_index_opened_again_goes_on_where_it_stood(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "news.db")) as store:
        store.articles.keep(article(*ARTICLES[0]), Reading(), NOW)
        first = Index(store.engine)
        first.follow()
        first.close()
        store.articles.keep(article(*ARTICLES[1]), Reading(), NOW)
        again = Index(store.engine)
        assert again.follow() == 1
        assert len(titles(search(again, "zelenskyy ceasefire"))) == 1
        assert len(titles(search(again, "putin moscow"))) == 1
        again.close()


def test_no_hot_statement_reads_a_whole_table(index: Index) -> None:
    connection = index._file.connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    for written in ("wittkof putin mosc ow", "zelenskiy 'peace talks' -trump by:herald", "earthquaek chlie"):
        search(index, written)
    connection.set_trace_callback(None)
    allowed = ("SCAN p", "SCAN parts", "SCAN sites", "SCAN l", "SCAN columns", "SCAN dead", "SCAN state")
    for statement in {one for one in statements if one.startswith("select")}:
        plan = [row[3] for row in connection.execute(f"explain query plan {statement}")]
        assert not [step for step in plan if step.startswith("SCAN") and not step.startswith(allowed)], (
            statement,
            plan,
        )


def test_threads_ask_while_another_one_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_parts, "LIVE", 8)
    with open_store(str(tmp_path / "news.db")) as store:
        for row in ARTICLES:
            store.articles.keep(article(*row), Reading(), NOW)
        index = Index(store.engine)
        index.follow()
        done = threading.Event()
        found: list[int] = []
        wrong: list[Exception] = []

        def ask() -> None:
            try:
                while not done.is_set():
                    found.append(len(titles(search(index, "wittkof moscow"))))
                    search(index, "quillport harbour by:herald")
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
                wrong.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(60):
            text = f"The harbour of Quillport counted {number} ships this week, more than in any week before."
            kept = store.articles.keep(article(f"Quillport harbour report {number}", text), Reading(), NOW)
            if number % 5 == 0:
                store.articles.remove(kept.id)
            index.follow()
        index.reindex()
        done.set()
        for thread in threads:
            thread.join()
        index.close()
    assert not wrong
    assert set(found) == {1}


def test_days_that_do_not_exist_are_explained() -> None:
    with pytest.raises(ValueError, match="from:2025-02-30 names no day that exists"):
        parse_search("putin from:2025-02-30", date(2025, 5, 1))
    with pytest.raises(ValueError, match="Put the earlier day first"):
        parse_search("putin from:2025-05-02 to:2025-05-01", date(2025, 5, 1))


def test_a_search_in_the_far_future_and_past_is_a_search() -> None:
    assert parse_search("x from:0001-01-01 to:9999-12-31", date(2025, 5, 1)).first == date(1, 1, 1)


def test_moments_beyond_the_calendar_of_the_index_do_no_harm(store: Store, index: Index) -> None:
    for year in (1, 9999):
        odd = Article(
            id=year,
            title=f"Odd year {year}",
            text="A page with an odd date in it.",
            published=datetime(year, 1, 1, tzinfo=UTC),
        )
        store.articles.keep(odd, Reading(), NOW)
    index.follow()
    assert len(titles(search(index, "odd year page"))) == 2
    query = SearchQuery(text="odd year", first=date.min, last=date.max)
    assert index.search(query, NOW + timedelta(days=1)).hits
