"""What keeping costs: articles with all that follows from them, updates of the inbox, alerts of the outbox, questions.

./run bench keeping [ARTICLES]      5,000 unless said otherwise; on made-up articles of 250 words
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from news.article import Article, article_id
from news.day import Day
from news.meeting import Meeting
from news.person import Name
from news.quote import Quote
from news.reading import Reading
from store import Store, open_store
from store.pace import Limit

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SYLLABLES = ("ka", "ro", "mi", "tu", "ve", "la", "so", "ni", "pe", "du", "ga", "fo", "ber", "lin", "mar", "tok")


class Maker:
    """Makes articles of a world in which a few people are told of often and many seldom."""

    def __init__(self) -> None:
        self.chance = random.Random(1)
        self.people = [f"{self.word(2).title()} {self.word(3).title()}" for _ in range(3000)]
        self.words = [self.word(self.chance.randint(1, 4)) for _ in range(20_000)]

    def word(self, length: int) -> str:
        """A made-up word of so many syllables."""
        return "".join(self.chance.choice(SYLLABLES) for _ in range(length))

    def somebody(self) -> str:
        """A full name, that of a few people much oftener than that of others."""
        return self.people[min(len(self.people) - 1, int(self.chance.paretovariate(0.7) * 3) - 3)]

    def article(self, number: int, published: datetime) -> tuple[Article, Reading]:
        """An article with its reading: eight people or so, two quotations, every second time a meeting."""
        chance = self.chance
        words = (self.words[min(19_999, int(chance.paretovariate(0.6) * 20))] for _ in range(250))
        text = " ".join(words).capitalize() + "."
        url = f"https://s{number % 50}.example/{number}"
        names = sorted({self.somebody() for _ in range(8)} | {self.people[number % 3000]})
        printed = tuple(
            Name(name, "person", ((0, 1),) * chance.randint(1, 6), chance.choice(["minister", "mayor", None]))
            for name in names
        )
        quotes = tuple(
            Quote(f"words {number} of the harbour {n}", 0, 5, chance.choice(names), "named") for n in range(2)
        )
        day = (published - timedelta(days=chance.randint(0, 4))).date()
        meeting = Meeting(
            tuple(chance.sample(names, 2)),
            (),
            (),
            Day(day, day),
            chance.choice(["Brno", None]),
            "meeting",
            "held",
            "Met.",
            0,
            4,
        )
        article = Article(
            id=article_id(url, text),
            url=url,
            title=text[:60],
            text=text,
            site=f"s{number % 50}.example",
            published=published,
        )
        return article, Reading(names=printed, quotes=quotes, meetings=(meeting,) if number % 2 else ())


def per_second(label: str, count: int, work: Callable[[int], object]) -> None:
    start = time.perf_counter()
    for number in range(count):
        work(number)
    print(f"{label:44}{count / (time.perf_counter() - start):10,.0f} /s")


def milliseconds(label: str, work: Callable[[], object]) -> None:
    taken = []
    for _ in range(40):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    print(f"{label:44}{taken[20]:10.2f} ms p50 {taken[37]:10.2f} ms p95")


def articles(store: Store, count: int) -> None:
    maker = Maker()
    told = [maker.article(n, NOW - timedelta(minutes=30 * (count - n))) for n in range(count)]
    per_second("articles kept, a transaction each", count // 2, lambda n: store.articles.keep(*told[n], NOW))
    with store.transaction():
        rest = told[count // 2 :]
        per_second("articles kept, in one transaction", len(rest), lambda n: store.articles.keep(*rest[n], NOW))
    per_second("articles known already", count, lambda n: store.articles.knows(told[n][0]))
    per_second("articles read again", min(500, count), lambda n: store.articles.reread(told[n][0].id, told[n][1]))


def questions(store: Store) -> None:
    one, two = (person.id for person in store.people.top(2))
    name = store.people.top(1)[0].name
    milliseconds("who is this name", lambda: store.people.find(name))
    milliseconds("who met the most told of", lambda: store.meetings.find([one]))
    milliseconds("did these two meet", lambda: store.meetings.find([one, two]))
    milliseconds("what did they say about the harbour", lambda: store.quotes.said([one], ["harbour"]))
    milliseconds("who was told of together", lambda: store.people.seen_with(one))
    milliseconds("who was told of most this week", lambda: store.people.top(10, NOW - timedelta(days=7)))
    milliseconds("the newest ten", lambda: store.articles.latest(10))


def messages(store: Store, count: int) -> None:
    per_second(
        "updates kept", count, lambda n: store.inbox.keep(n, n % 40, '{"message": {"text": "who met Ada?"}}', NOW)
    )
    per_second("updates begun", count, store.inbox.begin)
    per_second("updates finished", count, lambda n: store.inbox.finish(n, NOW))
    per_second("alerts owed", count, lambda n: store.outbox.enqueue(n % 900, n, "story", "{}", NOW))
    per_second(
        "places taken in two paces", count, lambda n: store.pace.reserve([Limit("bot", 1e-6), Limit(f"{n}", 1e-6)], NOW)
    )
    start, sent = time.perf_counter(), 0
    while claimed := store.outbox.claim("w", NOW, 60, 20):
        for owed in claimed:
            store.outbox.sending("w", owed, NOW, 60)
            store.outbox.sent("w", owed, 1, NOW)
            sent += 1
    print(f"{'alerts claimed, sent and recorded':44}{sent / (time.perf_counter() - start):10,.0f} /s")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        with open_store(path) as store:
            articles(store, count)
            questions(store)
            messages(store, 3000)
        print(f"{'size of an article in the database':44}{path.stat().st_size / count:10,.0f} bytes")


if __name__ == "__main__":
    main()
