"""Floors of finding and of stories in an archive made from a seed; bench/ prints the figures themselves."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bench.corpus import made
from bench.search import ask, chunks
from bench.search_peers import Ours
from bench.search_queries import targets
from bench.stories import ours
from bench.told_apart import bcubed

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus import Made

FLOORS = {
    "fragment": 0.98,
    "typo": 0.95,
    "typos": 0.92,
    "joined": 0.95,
    "split": 0.92,
    "transliterated": 0.95,
    "question": 0.9,
    "question, typos": 0.85,
}
"""Mean reciprocal rank in 1,500 articles."""


@pytest.fixture(scope="module")
def articles() -> list[Made]:
    return list(made(1500))


def test_an_archive_is_the_same_for_the_same_seed(articles: list[Made]) -> None:
    assert list(made(20)) == articles[:20]
    assert next(made(1, seed=8)) != articles[0]


def test_articles_are_found_by_every_kind_of_search(articles: list[Made], tmp_path: Path) -> None:
    peer = Ours(tmp_path)
    for run in chunks(articles):
        peer.add([one.article for one in run], [", ".join(name.name for name in one.reading.names) for one in run])
    told = Counter(one.story for one in articles)
    meant = list(targets(one.article for one in articles[::10] if told[one.story] == 1))[:40]
    figures, _ = ask(peer, meant)
    peer.index.close()
    peer.engine.close()
    assert {kind: figures[kind][0] for kind, floor in FLOORS.items() if figures[kind][0] < floor} == {}


def test_articles_are_put_into_their_stories(articles: list[Made]) -> None:
    some = articles[:600]
    assert bcubed([one.story for one in some], ours(some))[2] >= 0.9


def test_the_measure_of_stories_is_right() -> None:
    def measured(*found: str) -> tuple[float, ...]:
        return tuple(round(figure, 3) for figure in bcubed([1, 1, 2, 2], found))

    assert measured("a", "a", "b", "b") == (1.0, 1.0, 1.0)
    assert measured("a", "a", "a", "a") == (0.5, 1.0, 0.667)
    assert measured("a", "b", "c", "d") == (1.0, 0.5, 0.667)
