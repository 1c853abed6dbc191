"""Killed with -9 in the middle of writes, again and again: what was kept is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from store import open_store

if TYPE_CHECKING:
    from store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4

WRITER = textwrap.dedent(
    """
    import sys
    from datetime import timedelta
    from news.quote import Quote
    from store import open_store
    from tests.store.telling import NOON, Teller, day, met

    first = int(sys.argv[2])
    with open_store(sys.argv[1]) as store:
        store.articles.on_kept.append(
            lambda kept, article, reading, now: store.outbox.enqueue(kept.id % 7, kept.story, "new", "{}", now)
        )
        teller = Teller(store, told=first * 100_000)
        print("ready", flush=True)
        for n in range(100_000):
            update = first * 100_000 + n
            assert store.inbox.keep(update, n % 5, "{}", NOON)
            print("update", update, flush=True)
            quote = Quote("word for word", 0, 13, "Ada Novak", "named")
            meeting = met("Ada Novak", "Ivo Maly", on=day(f"2026-03-{1 + n % 28:02}"))
            print("article", teller.tell(meeting, names=("Novak",), quotes=(quote,)).id, flush=True)
            store.inbox.begin(update)
            store.inbox.finish(update, NOON)
    """
)


def _run_and_kill(path: Path, writers: tuple[int, ...], after: int, pause: float) -> list[tuple[str, int]]:
    """What writers that ran at once said they had kept before they were killed.

    That is `pause` seconds after the first of them has said `after` things, however slow the machine is.
    """
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for first in writers
    ]
    outputs = [process.stdout for process in processes if process.stdout]
    assert [output.readline() for output in outputs] == ["ready\n" for _ in writers]
    lines = list(islice(outputs[0], after))
    time.sleep(pause)
    for process in processes:
        process.kill()
    for process, output in zip(processes, outputs, strict=True):
        lines += output
        output.close()
        process.wait()
    words = [line.split() for line in lines if line.endswith("\n") and line.count(" ") == 1]
    return [(kind, int(number)) for kind, number in words]


def _is_whole(store: Store) -> None:
    value = store.engine.value
    assert value("pragma integrity_check") == "ok"
    articles = value("select count(*) from articles")
    assert value("select count(*) from texts") == articles
    assert value("select count(*) from changes where gone = 0") == articles
    assert value("select count(*) from quotes") == articles
    assert value("select count(*) from evidence") == articles
    assert value("select count(*) from evidence where meeting not in (select id from meetings)") == 0
    assert value("select count(*) from meetings where id not in (select meeting from evidence)") == 0
    assert value("select coalesce(sum(articles), 0) from sites") == articles
    assert value("select count(*) from articles where story not in (select story from tellings)") == 0
    assert value("select count(distinct story || '/' || (id % 7)) from articles") == sum(store.outbox.counts().values())
    for person, told in store.engine.rows("select id, articles from people"):
        assert value("select count(distinct article) from mentions where person = ?", (person,)) == told


def test_what_was_said_to_be_kept_is_kept_and_nothing_is_half_there(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "news.db"
    said: set[tuple[str, int]] = set()
    for first in range(1, KILLS + 1):
        said.update(_run_and_kill(path, (first, KILLS + first), chance.randint(5, 40), chance.uniform(0, 0.05)))
        with open_store(path) as store:
            _is_whole(store)
            kept = {("article", id_) for (id_,) in store.engine.rows("select id from articles")}
            kept |= {
                ("update", id_) for (id_,) in store.engine.rows("select id from inbox union select id from finished")
            }
            assert said <= kept
    assert len(said) > KILLS * 4
