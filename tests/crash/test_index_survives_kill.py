"""The index of a process killed in the middle of its work goes on where it stood, and equals one made anew."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from news.search_query import SearchQuery
from store import open_store
from store.index import Index

NOW = datetime(2025, 5, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]

WORKER = """
import sys
from datetime import UTC, datetime
from news.article import Article
from news.reading import Reading
from store import index_parts, open_store
from store.index import Index
index_parts.LIVE, index_parts.GROWTH = 16, 3
now = datetime(2025, 5, 1, tzinfo=UTC)
with open_store(sys.argv[1]) as store:
    index = Index(store.engine)
    start = store.articles.last_change()
    print("ready", flush=True)
    for number in range(start, start + 100_000):
        text = f"The harbour of Quillport counted ship {number} of the Zelvora line this week, port {number % 7}."
        ship = Article(id=number % 300, title=f"Ship {number % 50} in Quillport", text=text)
        store.articles.keep(ship, Reading(), now)
        if number % 11 == 0:
            store.articles.remove(number * 7 % 300)
        if number % 3 == 0:
            index.follow(5)
"""


def state(index: Index) -> list[object]:
    rows = index._file.rows
    searches = ("quillport ship 7", "zelvora lien", "harbour port 3", "ship 12")
    return [
        sorted(rows("select word, documents, titles from words where documents > 0")),
        sorted(rows("select stem, documents from terms where documents > 0")),
        [
            sorted((hit.article, hit.score) for hit in index.search(SearchQuery(text=one), NOW, 500).hits)
            for one in searches
        ],
    ]


def test_the_index_survives_being_killed_while_it_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    chance = random.Random(5)
    for _ in range(4):
        worker = subprocess.Popen([sys.executable, "-c", WORKER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == b"ready"
        time.sleep(chance.uniform(0.1, 0.7))
        worker.kill()
        worker.wait()
        worker.stdout.close()
    with open_store(path) as store:
        index = Index(store.engine)
        while index.follow(50):
            pass
        anew = Index(store.engine, ":memory:")
        while anew.follow():
            pass
        try:
            assert index.behind() == 0
            assert state(index) == state(anew)
        finally:
            index.close()
            anew.close()
