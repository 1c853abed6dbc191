"""A topic's digests tell of each article once, whatever is altered, merged, paused or stopped meanwhile."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from news.article import Article
from news.reading import Reading
from store import open_store
from store.alerts import stems
from store.subscriptions import Wish

CHAT = 5
START = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
STEPS = ("arrive", "other", "alter", "digest", "fail", "restart", "merge")
steps = st.lists(st.sampled_from(STEPS), min_size=3, max_size=25)


class Stopped(Exception):
    """The program is stopped in the middle of something."""


def article(number: int, version: int, subject: str) -> Article:
    return Article(
        id=number,
        url=f"https://example.org/{number}",
        title=f"{subject} {number}",
        text=f"News number {number} of {subject}, in version {version}, with words {number * 7} and {number * 13}.",
        published=START + timedelta(days=number * 20),
        precision="minute",
    )


def stop(step: str) -> None:
    if step == "fail":
        raise Stopped


class Play:
    """A store, one subscription told once a day, and what arrived and was told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = open_store(path)
        wish = Wish(topic="Kirkholm", words=stems("Kirkholm"), when="daily")
        self.subscription = self.store.subscriptions.add(CHAT, wish, START)[0].id
        self.arrived: list[int] = []
        self.others = 0
        self.told: list[int] = []
        self.version = 0

    def step(self, step: str) -> None:
        if step == "restart":
            self.store.close()
            self.store = open_store(self.path)
        elif step in {"digest", "fail"}:
            with suppress(Stopped), self.store.transaction():
                told = self.pending()
                self.store.arrivals.take(CHAT, 0, [self.subscription], self.store.arrivals.newest())
                stop(step)
                self.told += told
        else:
            self.bring(step)

    def bring(self, step: str) -> None:
        self.version += 1
        if step == "arrive":
            self.arrived.append(1 + len(self.arrived) + self.others)
            self.keep(self.arrived[-1], "Kirkholm")
        elif step == "other":
            self.others += 1
            self.keep(len(self.arrived) + self.others, "Lindvik")
        elif step == "alter" and self.arrived:
            self.keep(self.arrived[self.version % len(self.arrived)], "Kirkholm")
        elif step == "merge":
            one, other = ([*self.store.stories.latest(2)] * 2)[:2] if self.arrived else (None, None)
            if one and other:
                self.store.stories.merge(one.id, other.id)

    def keep(self, number: int, subject: str) -> None:
        now = START + timedelta(days=number * 20)
        self.store.articles.keep(article(number, self.version, subject), Reading(), now)

    def pending(self) -> list[int]:
        found = self.store.arrivals.pending([self.subscription])
        return sorted(one for _, articles in found.stories for one in articles)


@settings(max_examples=30, deadline=None)
@given(steps)
def test_each_article_of_a_topic_is_told_once(story: list[str]) -> None:
    with TemporaryDirectory() as folder:
        play = Play(Path(folder) / "news.sqlite")
        for step in story:
            play.step(step)
        left = play.pending()
        play.store.close()
    assert sorted(play.told + left) == play.arrived
    assert len(set(play.told)) == len(play.told)
