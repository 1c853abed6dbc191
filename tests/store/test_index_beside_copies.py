"""The index where the file beside it changes: copies put back, other archives, files left behind."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from news.article import Article, article_id
from news.reading import Reading
from news.search_query import SearchQuery
from store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from store import Store

NOW = datetime(2025, 5, 10, tzinfo=UTC)


def keep(store: Store, *subjects: str) -> None:
    for number, subject in enumerate(subjects):
        text = f"The {subject} was opened on Monday before a large crowd, and a band played in the rain."
        found = Article(id=article_id("", text), title=f"{subject} opened", text=text, published=NOW)
        store.articles.keep(found, Reading(), NOW + timedelta(seconds=number))


def found(store: Store, words: str) -> list[str]:
    return [hit.title for hit in store.index.search(SearchQuery(text=words), NOW).hits]


def test_a_copy_without_an_index_is_searched_once_it_has_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.BATCH", 1)
    with open_store(tmp_path / "news.db") as store:
        keep(store, "lighthouse", "aqueduct", "velodrome")
        store.backup(str(tmp_path / "copy.db"))
    with open_store(tmp_path / "copy.db") as store:
        seen: list[tuple[int, int]] = []
        assert store.index.behind() == 3
        assert store.index.catch_up(lambda done, total: seen.append((done, total))) == 3
        assert found(store, "aqueduct") == ["aqueduct opened"]
        assert store.index.behind() == 0
        assert store.index.catch_up() == 0
    assert seen[-1] == (3, 3)


def test_an_older_copy_put_back_beside_a_newer_index_is_indexed_anew(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        keep(store, "lighthouse")
        store.backup(str(tmp_path / "older.db"))
        keep(store, "aqueduct", "velodrome")
        store.index.catch_up()
    shutil.copy(tmp_path / "older.db", path)
    with open_store(path) as store:
        assert store.index.behind() == 1
        keep(store, "observatory")
        store.index.catch_up()
        assert found(store, "observatory") == ["observatory opened"]
        assert found(store, "lighthouse") == ["lighthouse opened"]
        assert found(store, "velodrome") == []


def test_the_index_of_another_archive_is_made_again(tmp_path: Path) -> None:
    for name, subjects in (("a.db", ("lighthouse", "aqueduct")), ("b.db", ("velodrome", "observatory", "funicular"))):
        with open_store(tmp_path / name) as store:
            keep(store, *subjects)
            store.index.catch_up()
    for file in tmp_path.glob("b.db.index*"):
        file.unlink()
    shutil.copy(tmp_path / "a.db.index", tmp_path / "b.db.index")
    with open_store(tmp_path / "b.db") as store:
        assert store.index.behind() == 3
        assert store.index.follow() == 3
        assert found(store, "observatory") == ["observatory opened"]
        assert found(store, "aqueduct") == []


def test_an_article_removed_last_does_not_make_its_index_look_like_anothers(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db") as store:
        keep(store, "lighthouse", "aqueduct")
        store.index.catch_up()
        last = store.articles.changes()[-1].article
        store.articles.remove(last)
        assert store.index.behind() == 1
        assert store.index.follow() == 1
        assert found(store, "lighthouse") == ["lighthouse opened"]
