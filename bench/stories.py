"""Prints how well articles are put into stories, and how fast: `python -m bench.stories 10000`.

B-cubed precision, recall and F1, on a made archive (beside ours: titles alone by rapidfuzz over a window) and on three
sets told apart by hand: `develop`, on which rules are tried, `report`, on which they are not, and the archive that
comes along.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bench.corpus import Made, made
from bench.told_apart import SETS, bcubed, score
from news.terms import STOP, terms
from store.sqlite import Engine
from store.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 700
"""Titles looked back at, about a day of them."""

THRESHOLD = 70
"""token_set_ratio from which two titles tell one story; 60 and 80 do worse."""


def ours(articles: Sequence[Made]) -> list[int]:
    """The story of each article, by this project."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(str(Path(folder) / "stories.db"))
        stories = Stories(engine)
        found = [stories.place(one.article, one.reading) for one in articles]
        engine.close()
    return found


def by_title(articles: Sequence[Made]) -> list[int]:
    """The story of each article, by the title most like its own among those before it."""
    recent: deque[tuple[str, int]] = deque(maxlen=WINDOW)
    found = []
    for number, one in enumerate(articles):
        title = " ".join(term for term in terms(one.article.title) if term not in STOP)
        titles = [other for other, _ in recent]
        best = process.extractOne(title, titles, scorer=fuzz.token_set_ratio, score_cutoff=THRESHOLD)
        story = recent[best[2]][1] if best else number
        recent.append((title, story))
        found.append(story)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    chosen = parser.parse_args()
    articles = list(made(chosen.articles))
    true = [one.story for one in articles]
    print(f"{len(articles)} articles of {len(set(true))} stories\n")
    print("| | B-cubed precision | recall | F1 | articles/s |\n|---|---|---|---|---|")
    for name, how in (("Dateline", ours), ("titles, rapidfuzz", by_title)):
        start = time.process_time()
        found = how(articles)
        pace = len(articles) / (time.process_time() - start)
        precision, recall, mean = bcubed(true, found)
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {mean:.3f} | {pace:.0f} |", flush=True)
    print("\n| told apart by hand | articles | events | B-cubed precision | recall | F1 |\n|---|---|---|---|---|---|")
    for name in SETS:
        one = score(name)
        print(f"| {name} | {one.articles} | {one.events} | {one.precision:.3f} | {one.recall:.3f} | {one.mean:.3f} |")


if __name__ == "__main__":
    main()
