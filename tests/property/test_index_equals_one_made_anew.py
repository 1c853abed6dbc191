"""Whatever was added, altered and removed in whatever steps: the index equals one made anew from what is left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.search_query import SearchQuery
from store import index_parts, index_writer
from store.index import Index
from store.index_writer import Piece, Writer
from store.sqlite import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2025, 5, 1, tzinfo=UTC)
WORDS = (
    "putin",
    "witkoff",
    "moscow",
    "talks",
    "talked",
    "the",
    "Zelenskyy",
    "Zelensky",
    "Erdoğan",
    "U.S.",
    "peace",
    "zzq",
)
SEARCHES = ("putin moscow", "witkof talk", "zelenskiy peace", "erdogan us", "zzq", "mosc ow", "putintalks")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
pieces = st.builds(
    Piece,
    article=st.integers(1, 12),
    title=texts,
    text=texts,
    site=st.sampled_from(("Herald", "Post", "")),
    moment=st.integers(1_000, 1_005),
    lead=st.just(""),
    names=st.sampled_from(("", "Zelenskyy", "Steve Witkoff, Putin")),
)
steps = st.lists(
    st.one_of(
        st.lists(pieces, min_size=1, max_size=6, unique_by=lambda one: one.article),
        st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "LIVE", 4)
        patch.setattr(index_writer, "STRAIGHT", 5)
        patch.setattr(index_parts, "GROWTH", 3)
        patch.setattr(index_parts, "STEP", 2)
        engine = Engine(":memory:")
        yield engine
        engine.close()


def words_of(index: Index) -> dict[str, list[tuple[object, ...]]]:
    rows = index._file.rows
    return {
        "words": sorted(rows("select word, documents, titles from words where documents > 0")),
        "terms": sorted(rows("select stem, documents from terms where documents > 0")),
        "near": sorted(rows("select n.hash, w.word from near n join words w on w.id = n.word")),
    }


def found_by(index: Index) -> list[tuple[tuple[int, float], ...]]:
    found = []
    for search in SEARCHES:
        for query in (SearchQuery(text=search), SearchQuery(text=search, site="herald")):
            hits = index.search(query, NOW, 20)
            found.append(tuple((hit.article, hit.score) for hit in hits.hits + hits.nearest))
    newest = index.search(SearchQuery(site="post"), NOW, 20)
    return [*found, tuple((hit.article, hit.score) for hit in newest.hits)]


@given(taken=steps)
@settings(max_examples=40, deadline=None)
def test_the_index_equals_one_made_anew(engine: Engine, taken: list[list[Any]]) -> None:
    index = Index(engine)
    other = Writer(index._file)  # as another process would be
    left: dict[int, Piece] = {}
    for step in taken:
        if isinstance(step[0], Piece):
            index.take(step)
            left.update({piece.article: piece for piece in step})
        else:
            with index._file.transaction():
                other.apply([], step)
            for article in step:
                left.pop(article, None)
    anew = Index(engine)
    for article in sorted(left):
        anew.take([left[article]])
    try:
        assert words_of(index) == words_of(anew)
        assert found_by(index) == found_by(anew)
    finally:
        index.close()
        anew.close()
