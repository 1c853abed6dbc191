"""Prints how well and how fast articles are found, by us and by others: `python -m bench.search 10000`."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpus import Made, made, read
from bench.search_peers import Fts, Ours, Peer, Tantivy, Titles
from bench.search_queries import KINDS, Target, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from news.article import Article

CHUNK = 8192
MEANT = 600
"""Articles drawn to be searched for, before those with tellings of their own are left out."""


def chunks(articles: Iterable[Made], size: int = CHUNK) -> Iterator[list[Made]]:
    """The articles in runs of so many."""
    run: list[Made] = []
    for one in articles:
        run.append(one)
        if len(run) == size:
            yield run
            run = []
    if run:
        yield run


def build(peers: Sequence[Peer], articles: Iterable[Made], every: int) -> tuple[dict[str, float], list[Article]]:
    """CPU seconds each peer took, and the articles to search for: those that alone tell their story."""
    spent = dict.fromkeys((peer.name for peer in peers), 0.0)
    told: Counter[int] = Counter()
    drawn: list[Made] = []
    count = 0
    for run in chunks(articles):
        told.update(one.story for one in run if one.story)
        drawn += run[-count % every :: every]
        count += len(run)
        names = [", ".join(name.name for name in one.reading.names) for one in run]
        for peer in peers:
            start = time.process_time()
            peer.add([one.article for one in run], names)
            spent[peer.name] += time.process_time() - start
        print(f"\r{count} articles", end="", file=sys.stderr)
    print(file=sys.stderr)
    for peer in peers:
        start = time.process_time()
        peer.done()
        spent[peer.name] += time.process_time() - start
    return spent, [one.article for one in drawn if told[one.story] < 2]


def ask(peer: Peer, meant: Sequence[Target]) -> tuple[dict[str, tuple[float, float, float]], list[float]]:
    """By kind, the mean reciprocal rank and the shares found first and among ten; all times, in ms of one core."""
    figures: dict[str, tuple[float, float, float]] = {}
    times: list[float] = []
    for kind in KINDS:
        ranks: list[int] = []
        for target in meant:
            if kind in target.searches:
                start = time.thread_time()
                found = peer.find(target.searches[kind])
                times.append((time.thread_time() - start) * 1000)
                ranks.append(found.index(target.article) + 1 if target.article in found else 0)
        total = len(ranks) or 1
        reciprocal = sum(1 / rank for rank in ranks if rank) / total
        figures[kind] = reciprocal, ranks.count(1) / total, sum(1 for rank in ranks if rank) / total
    return figures, times


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values lies below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def size_of(folder: Path, name: str) -> float:
    """Megabytes of what a peer keeps on disk."""
    start = {"Dateline": "dateline", "FTS5, any word, bm25": "fts.db", "tantivy": "tantivy"}.get(name, "nothing")
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and start in str(path)) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--folder", type=Path, help="articles to use instead of made ones: *.jsonl, *.txt")
    parser.add_argument("--searches", type=int, default=100, help="articles searched for")
    parser.add_argument("--only", default="", help="ours, fts, titles, tantivy; parted by commas")
    parser.add_argument("--keep", type=Path, help="folder for the indexes, kept afterwards")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(exist_ok=True, parents=True)
        only = set(chosen.only.split(",")) - {""} or {"ours", "fts", "tantivy", "titles"}
        peers: list[Peer] = [Ours(folder)] if "ours" in only else []
        if "fts" in only:
            some = Fts(folder)
            peers += [some, Fts(folder, bare=True, twin=some), Fts(folder, every=True, twin=some)]
        if "titles" in only and chosen.articles <= 100_000:
            peers.append(Titles())
        if "tantivy" in only:
            plain = Tantivy(folder, fuzzy=False)
            peers += [plain, Tantivy(folder, fuzzy=True, twin=plain)]
        articles = read(chosen.folder) if chosen.folder else made(chosen.articles)
        start = time.perf_counter()
        spent, drawn = build(peers, articles, max(1, chosen.articles // MEANT))
        meant = list(targets(drawn))[: chosen.searches]
        print(f"made and indexed in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        report(peers, spent, meant, folder, chosen.articles)


def report(peers: Sequence[Peer], spent: dict[str, float], meant: list[Target], folder: Path, count: int) -> None:
    """Nothing; prints the table."""
    print(
        f"{count} articles, {len(meant)} searched for. Mean reciprocal rank, then the share found first / among ten.\n"
    )
    print("| |", " | ".join(KINDS), "| p50 / p95 / p99 ms | mean ms | CPU us an article | MB |")
    print("|---|", "---|" * len(KINDS), "---|---|---|---|", sep="")
    for peer in peers:
        ask(peer, meant[:5])
        figures, times = ask(peer, meant)
        cells = " | ".join(f"{a:.2f} ({b:.2f} / {c:.2f})" for a, b, c in figures.values())
        pace = " / ".join(f"{quantile(times, share):.1f}" for share in (0.5, 0.95, 0.99))
        built = f"{spent[peer.name] / count * 1e6:.0f}"
        mean = f"{sum(times) / max(1, len(times)):.2f}"
        print(f"| {peer.name} | {cells} | {pace} | {mean} | {built} | {size_of(folder, peer.name):.0f} |", flush=True)
    print(f"\nresident memory of this process at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
