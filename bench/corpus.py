"""Archives for measuring: made from a seed, of any size, or read from a folder.

What is made follows what is known of news: words by Zipf's law over a vocabulary that grows with the archive (every
story brings names nobody has read before), stories in bursts of hours told by several outlets (some word for word,
some in words of their own), follow-ups days later about the same people, lengths around 300 words, quotations. It
tells nothing.
"""

from __future__ import annotations

import heapq
import json
import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, structs

from news.article import Article, article_id
from news.lists import section, sections
from news.person import Name
from news.reading import Reading
from news.terms import STOP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = datetime(2024, 1, 1, tzinfo=UTC)
PER_DAY = 700
"""Articles a day of a desk that reads some hundred feeds."""

SITES = tuple(
    f"{a} {b}" for a in ("Morning", "Evening", "Daily", "World") for b in ("Herald", "Post", "Wire", "Mirror")
)
ONSETS = (*"bcdfghjklmnprstvwyz", "br", "ch", "dr", "fl", "gr", "kl", "kr", "pr", "sh", "sk", "st", "tr", "vl", "zh")
VOWELS = ["a", "e", "i", "o", "u", "ai", "ei", "ia", "io", "ou", "a", "e", "i", "o"]
CODAS = ["", "", "", "n", "r", "l", "s", "k", "m", "t", "v", "nd", "rt", "sk", "nk", "ff", "ll"]
ENDINGS = (
    *("ov", "ova", "ski", "sky", "enko", "ic", "son", "sen", "man", "berg", "ez", "es", "in", "ini", "ati", "oglu"),
    *("yan", "shi", "moto", "ou", "a", "o", "i"),
)
_FREQUENT = (
    "the of to and a in that for is on it said with as was he by at from be have his has are an not but who they will",
    "this i its about their had which we or more were would been one after up people new when out there what all year",
    "also she can over her than into last two time other some years first them could if so you no most says him only",
    "now because while against during before made make how many should where just being do may even did still under",
    "since very our these those my such any between through off too much both each me your own then down like back",
    "well around way here told say us get going latest news met meet know tell why story happened recent involving",
)
FREQUENT = tuple(word for line in _FREQUENT for word in line.split())
"""The most frequent words of English news, about in their order: every text holds the first ones many times."""

LEADS = ("said on", "announced on", "confirmed late on", "told reporters on", "warned on")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Made(Struct, frozen=True):
    """An article with what was read of it, and the number of the story it was made to tell."""

    article: Article
    reading: Reading
    story: int


class _Topic(Struct, frozen=True):
    words: tuple[str, ...]
    people: tuple[str, ...]
    place: str


class _Story(Struct):
    number: int
    topic: _Topic
    people: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    start: datetime
    told: int = 0
    wire: str = ""
    wire_title: str = ""


class _Maker:
    """The words, topics and stories of one archive."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        common = sorted(section("common_words", "") - set(FREQUENT))
        others = sorted(STOP - set(FREQUENT) - set(common))
        self.chance.shuffle(others)
        self.chance.shuffle(common)
        rare = [self._word() for _ in range(60_000)]
        self.words = [*FREQUENT, *common[:800], *others, *common[800:], *rare]
        self.content = common
        weights = 1.0 / (np.arange(len(self.words)) + 2.7) ** 1.02  # Zipf-Mandelbrot
        self.reach = np.cumsum(weights / weights.sum())
        self.small_share = float(self.reach[len(FREQUENT) - 1])
        first = [name for line in sections("first_names").get("men", ()) for name in line.split(", ") if name.isascii()]
        self.first_names = first[:600]
        self.places = [line.split("|")[0].split(",")[0].strip() for line in sections("countries").get("", ())]
        self.topics = [self._topic() for _ in range(150)]
        self.recent: list[_Story] = []
        self.stories = 0

    def _word(self) -> str:
        pick = self.chance.choice
        return "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(self.chance.choice((2, 2, 3))))

    def _person(self) -> str:
        pick = self.chance.choice
        body = "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(self.chance.choice((1, 1, 2))))
        return f"{pick(self.first_names)} {(body + pick(ENDINGS)).capitalize()}"

    def _topic(self) -> _Topic:
        words = tuple(self.chance.choice(self.content[50:3000]) for _ in range(70))
        return _Topic(words, tuple(self._person() for _ in range(6)), self.chance.choice(self.places))

    def story(self, start: datetime) -> _Story:
        """A new story, or in one case of six a follow-up of one that began two to eight days before."""
        pick = self.chance
        self.stories += 1
        old = [one for one in self.recent if timedelta(days=2) < start - one.start < timedelta(days=8)]
        before = pick.choice(old) if old and pick.random() < 1 / 6 else None
        topic = before.topic if before else pick.choice(self.topics)
        people = (*(before.people[:2] if before else (pick.choice(topic.people),)), self._person(), self._person())
        own = [self._word() for _ in range(pick.randint(1, 5))]
        if before:
            own += pick.sample(before.words[-3:], 2)
        words = tuple(pick.sample(topic.words, 16) + [pick.choice(self.content[50:5000]) for _ in range(14)] + own)
        facts = tuple(tuple(pick.sample(words, pick.randint(4, 7))) for _ in range(pick.randint(9, 15)))
        made = _Story(self.stories, topic, people, facts, words, start)
        self.recent = [*self.recent[-400:], made]
        return made

    def filler(self, count: int, share: float = 1.0) -> list[str]:
        """Words of no story, as frequent as in the language; of the most frequent `share` of them only."""
        return [self.words[n] for n in np.searchsorted(self.reach, self.numbers.random(count) * share).tolist()]


def _sentence(words: list[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


class _Writer:
    """Turns stories into articles."""

    def __init__(self, maker: _Maker) -> None:
        self.maker = maker
        self.chance = maker.chance

    def _fact(self, fact: tuple[str, ...], story: _Story) -> str:
        """A fact in an outlet's own words: some left out, some others put in, names in full or short."""
        pick = self.chance
        kept = [word for word in fact if pick.random() > 0.2] or list(fact[:2])
        kept = [pick.choice(story.topic.words) if pick.random() < 0.12 else word for word in kept]
        if pick.random() < 0.5:
            pick.shuffle(kept)
        words: list[str] = []
        for word, small in zip(kept, self.maker.filler(len(kept), self.maker.small_share), strict=True):
            words += [word, small] if pick.random() < 0.6 else [word]
        if pick.random() < 0.45:
            words.insert(pick.randrange(len(words) + 1), pick.choice(story.people))
        return _sentence(words)

    def _title(self, story: _Story) -> str:
        pick = self.chance
        words = [pick.choice(story.people[:2]).split()[-1], *pick.sample(story.facts[0] + story.facts[1], 4)]
        words += pick.sample(story.words, pick.randint(0, 3))
        head, rest = words[:1], words[1:]
        pick.shuffle(rest)
        return " ".join(
            [*head, *rest[:3], pick.choice(("in", "over", "after", "as", "for")), *rest[3:], story.topic.place]
        )

    def _body(self, story: _Story, length: int) -> str:
        pick = self.chance
        facts = [story.facts[0], *pick.sample(story.facts[1:], min(len(story.facts) - 1, max(3, length // 35)))]
        lead = self._fact(facts[0] + facts[1][:2], story)[:-1]
        parts = [f"{lead}, {story.people[0]} {pick.choice(LEADS)} {pick.choice(DAYS)} in {story.topic.place}."]
        parts += [self._fact(fact, story) for fact in facts[1:]]
        parts.insert(2, f"“{_sentence(self.maker.filler(14))[:-1]},” {story.people[1].split()[-1]} said.")
        background = [pick.choice(story.topic.words) if pick.random() < 0.3 else word for word in self.maker.filler(40)]
        left = length - sum(part.count(" ") + 1 for part in parts)
        words = [*background, *self.maker.filler(max(0, left - 40))]
        while words:
            size = pick.randint(10, 26)
            parts.append(_sentence(words[:size]))
            words = words[size:]
        return "\n\n".join(" ".join(parts[start : start + 2]) for start in range(0, len(parts), 2))

    def write(self, story: _Story, when: datetime, number: int) -> Made:
        """The next telling of a story: the first one, one copied from the wire, or one in an outlet's own words."""
        pick = self.chance
        copied = bool(story.wire) and pick.random() < 0.3
        if copied:
            paragraphs = story.wire.split("\n\n")
            text = "\n\n".join(paragraphs[: max(3, len(paragraphs) - pick.randint(0, 3))])
            title = story.wire_title if pick.random() < 0.5 else self._title(story)
        else:
            text = self._body(story, int(min(1200, max(90, pick.lognormvariate(5.6, 0.4)))))
            title = self._title(story)
        if not story.told:
            story.wire, story.wire_title = text, title
        story.told += 1
        url = f"https://{pick.choice(SITES).lower().replace(' ', '-')}.example/{number}"
        article = Article(
            id=article_id(url, text),
            title=title[:1].upper() + title[1:],
            text=text,
            url=url,
            published=when,
            site=pick.choice(SITES),
            language="en",
        )
        return Made(article, Reading(names=_names(text, story)), story.number)


def _names(text: str, story: _Story) -> tuple[Name, ...]:
    people = ((person, text.find(person)) for person in story.people)
    found = (Name(person, "person", ((at, at + len(person)),)) for person, at in people if at >= 0)
    place = text.find(story.topic.place)
    return (*found, Name(story.topic.place, "place", ((place, place + len(story.topic.place)),)))


def made(count: int, seed: int = 7) -> Iterator[Made]:
    """So many articles in the order they were published, the same for the same seed."""
    maker = _Maker(seed)
    writer = _Writer(maker)
    pick = maker.chance
    waiting: list[tuple[datetime, int, _Story]] = []
    sizes = list(accumulate(1.0 / size**1.6 for size in range(1, 25)))
    start, number = START, 0
    while number < count:
        if not waiting or waiting[0][0] > start:
            story = maker.story(start)
            tellings = pick.choices(range(1, 25), cum_weights=sizes)[0]
            later = (timedelta(hours=min(60.0, pick.expovariate(1 / 9.0))) for _ in range(tellings - 1))
            times = [start, *(start + delay for delay in later)]
            for when in times:
                heapq.heappush(waiting, (when, len(waiting) + number * 100, story))
            start += timedelta(days=pick.expovariate(PER_DAY / 2.7))
        when, _, story = heapq.heappop(waiting)
        number += 1
        yield writer.write(story, when, number)


def read(folder: Path) -> Iterator[Made]:
    """The articles of a folder: *.jsonl with title, text, published, site; *.txt with the title on the first line."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield _read(str(row.get("title", "")), str(row.get("text", "")), row.get("published"), row.get("site"))
        elif path.suffix == ".txt":
            title, _, text = path.read_text("utf-8").partition("\n")
            yield _read(title, text, None, None)


def _read(title: str, text: str, published: str | None, site: str | None) -> Made:
    article = Article(id=article_id("", f"{title}\n{text}"), title=title.strip(), text=text.strip(), site=site)
    if published:
        moment = datetime.fromisoformat(published)
        article = structs.replace(article, published=moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    return Made(article, Reading(), 0)
