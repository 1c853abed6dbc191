"""Prints what matching one article against many subscriptions costs: `./run bench matching 1000 100000 1000000`.

The subscriptions are of people and of topics of one to three words, drawn from articles like those to come; five chats
share a topic on average, most of them the few popular ones (Zipf's law). Beside ours: what a bot would do with
rapidfuzz in a loop, on as many subscriptions as end in time.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from bench.corpus import made
from news.stem import stem
from news.terms import terms
from store.matcher import Key, Matcher, Told
from store.subscriptions import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

LEARNED = 2000
MATCHED = 300
LOOPED = 20_000
"""Subscriptions that the loop is measured with at most; beyond, its time is as many times longer."""


class Sample:
    """What one article tells, and its text for the loop."""

    def __init__(self, told: Told, text: str) -> None:
        self.told = told
        self.text = text


def samples(count: int, people: dict[str, int]) -> list[Sample]:
    """So many articles as the matcher sees them; people are numbered by name."""
    found = []
    for one in made(count, seed=11):
        text = f"{one.article.title}\n{one.article.text}"
        ids = frozenset(
            people.setdefault(name.name, len(people) + 1) for name in one.reading.names if name.kind == "person"
        )
        words = frozenset(stem(term) for term in terms(text))
        found.append(Sample(Told(words, ids), text))
    return found


def wishes(count: int, learned: Sequence[Sample], held: Counter[Key], chance: random.Random) -> list[Wish]:
    """So many wishes out of a fifth as many topics, the first of them the most wished for (Zipf's law)."""
    pool = [_topic(chance.choice(learned), held, chance) for _ in range(max(10, count // 5))]
    weights = list(accumulate(1 / place for place in range(1, len(pool) + 1)))
    return chance.choices(pool, cum_weights=weights, k=count)


def _topic(one: Sample, held: Counter[Key], chance: random.Random) -> Wish:
    """A person of an article, or one to three of its words that tell something: in at most a tenth of all articles."""
    if one.told.people and chance.random() < 0.3:
        who = chance.choice(sorted(one.told.people))
        return Wish(kind="person", topic=f"person {who}", people=(who,))
    telling = sorted(word for word in one.told.words if len(word) > 2 and held[word] <= LEARNED / 10)
    words = tuple(sorted(chance.sample(telling, min(len(telling), chance.choice((1, 2, 2, 3))))))
    return Wish(topic=" ".join(words), words=words)


def filled(all_wishes: Sequence[Wish], held: Counter[Key]) -> tuple[Matcher, float, float]:
    """The matcher, seconds to fill it, megabytes it takes."""
    before = resident()
    start = time.perf_counter()
    matcher = Matcher(lambda key: held[key])
    for id_, wish in enumerate(all_wishes):
        matcher.add(id_, wish)
    return matcher, time.perf_counter() - start, resident() - before


def resident() -> float:
    """Megabytes that the process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def timed(matcher: Matcher, articles: Sequence[Sample]) -> tuple[list[float], float]:
    """Milliseconds for each article, ascending, and how many subscriptions one matches on average."""
    times, matched = [], 0
    for one in articles:
        start = time.perf_counter()
        matched += sum(len(ids) for _, ids in matcher.match(one.told))
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times), matched / len(articles)


def looped(all_wishes: Sequence[Wish], articles: Sequence[Sample]) -> float:
    """Milliseconds for one article with token_set_ratio against every topic, scaled to all of them."""
    some = [wish.topic for wish in all_wishes[:LOOPED]]
    start = time.perf_counter()
    for one in articles[:2]:
        for topic in some:
            fuzz.partial_token_set_ratio(topic, one.text[:2000])
    return (time.perf_counter() - start) * 1000 / 2 * (len(all_wishes) / len(some))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 100_000])
    people: dict[str, int] = {}
    everything = samples(LEARNED + MATCHED, people)
    learned, articles = everything[:LEARNED], everything[LEARNED:]
    held: Counter[Key] = Counter()
    for one in learned:
        held.update(one.told.words)
        held.update(one.told.people)
    print("| subscriptions | fill, s | memory, MB | p50, ms | p95, ms | matched by an article | rapidfuzz loop, ms |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for size in parser.parse_args().sizes:
        some = wishes(size, learned, held, random.Random(size))
        matcher, fill, memory = filled(some, held)
        times, matched = timed(matcher, articles)
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        loop = looped(some, articles)
        print(
            f"| {size:,} | {fill:.1f} | {memory:.0f} | {p50:.2f} | {p95:.2f} | {matched:.0f} | {loop:,.0f} |",
            flush=True,
        )
        del matcher, some


if __name__ == "__main__":
    main()
