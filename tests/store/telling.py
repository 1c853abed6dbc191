"""Short ways to say what articles tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from news.article import Article, article_id
from news.day import Day, DayPrecision
from news.meeting import Meeting, MeetingKind, MeetingStatus
from news.person import Gender, Name
from news.reading import Reading

if TYPE_CHECKING:
    from news.quote import Quote
    from store import Store
    from store.articles import Kept

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@dataclass
class Teller:
    """Says what an article tells, and keeps it."""

    store: Store
    now: datetime = NOON
    told: int = field(default=0)

    def later(self, **stretch: float) -> datetime:
        self.now += timedelta(**stretch)
        return self.now

    def article(
        self,
        text: str = "",
        *,
        title: str = "",
        url: str | None = None,
        site: str | None = "wire.example",
        published: datetime | None = None,
    ) -> Article:
        self.told += 1
        text = text or own_words(self.told)
        url = f"https://wire.example/{self.told}" if url is None else url
        return Article(
            id=article_id(url, text),
            url=url,
            title=title or f"Title {self.told}",
            text=text,
            site=site,
            published=published or self.now,
            precision="minute",
        )

    def keep(self, article: Article, reading: Reading | None = None) -> Kept:
        return self.store.articles.keep(article, reading or Reading(), self.now)

    def tell(
        self,
        *meetings: Meeting,
        names: tuple[Name | str, ...] = (),
        quotes: tuple[Quote, ...] = (),
        published: datetime | None = None,
        text: str = "",
    ) -> Kept:
        """Keeps an article that tells of these meetings; whoever is in them is named by it."""
        printed = [name if isinstance(name, Name) else person(name) for name in names]
        known = {name.name for name in printed}
        for meeting in meetings:
            for name in (*meeting.people, *meeting.delegation):
                if name not in known:
                    printed.append(person(name))
                    known.add(name)
        reading = Reading(names=tuple(printed), meetings=meetings, quotes=quotes)
        return self.keep(self.article(text, published=published), reading)

    def id(self, name: str) -> int:
        return self.store.people.find(name)[0].id


def own_words(number: int, count: int = 40) -> str:
    """A text of words that no other number has, so that nobody takes it for a copy or for the same story."""
    syllables = ("ka", "ro", "mi", "tu", "ve", "la", "so", "ni", "pe", "du", "ga", "fo")
    digits = (int.from_bytes(blake2b(f"{number}/{n}".encode(), digest_size=4).digest(), "big") for n in range(count))
    words = ("".join(syllables[digit // 12**place % 12] for place in range(4)) for digit in digits)
    return " ".join(words).capitalize() + "."


def person(name: str, role: str | None = None, gender: Gender | None = None, times: int = 1) -> Name:
    return Name(name, "person", tuple((n, n + 1) for n in range(times)), role, gender)


def day(text: str, last: str | None = None, precision: DayPrecision | None = None) -> Day:
    first = date.fromisoformat(text)
    return Day(first, date.fromisoformat(last or text), precision or ("interval" if last else "day"))


def met(
    *people: str,
    on: Day | None = None,
    place: str | None = None,
    status: MeetingStatus = "held",
    kind: MeetingKind = "meeting",
    delegation: tuple[str, ...] = (),
    organisations: tuple[str, ...] = (),
    sentence: str = "They met.",
) -> Meeting:
    return Meeting(people, organisations, delegation, on, place, kind, status, sentence, 0, len(sentence))
