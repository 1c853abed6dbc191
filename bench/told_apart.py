"""Articles whose events are told apart by hand (tests/data/events_*.txt), and how well the stories fit them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bot import samples
from news.article import Article, article_id
from news.page import read_page
from news.reading import read
from store import open_store

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

DATA = Path(__file__).parent.parent / "tests" / "data"
KEPT = datetime(2026, 11, 26, tzinfo=UTC)
SETS = ("develop", "report", "samples")


class Told(Struct, frozen=True):
    """An article, the event it tells, and whether it should not be the face of a story (an opinion, a digest)."""

    article: Article
    event: str
    aside: bool = False


class Score(Struct, frozen=True):
    """B-cubed precision, recall and F1, 0 to 1; and how many stories of several have an aside as their face."""

    articles: int
    events: int
    stories: int
    precision: float
    recall: float
    mean: float
    faces: int


def told(name: str) -> list[Told]:
    """The articles of one of SETS in the order they were published."""
    found = _samples() if name == "samples" else _written(DATA / f"events_{name}.txt")
    return sorted(found, key=lambda one: (str(one.article.published), one.article.id))


def _written(path: Path) -> Iterable[Told]:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    for part in re.split(r"^= ", text, flags=re.MULTILINE)[1:]:
        head, title, *lines = part.split("\n")
        event, site, published = map(str.strip, head.split("|"))
        body = "\n".join(lines).strip()
        article = Article(
            id=article_id("", f"{title}\n{body}"),
            title=title,
            text=body,
            site=site,
            published=datetime.fromisoformat(published),
        )
        yield Told(article, event.rstrip("!"), event.endswith("!"))


def _samples() -> Iterable[Told]:
    lines = (DATA / "events_samples.txt").read_text("utf-8").splitlines()
    events = {slug: line.split()[0] for line in lines if not line.startswith("#") for slug in line.split()}
    for url, data in samples.pages():
        slug = url.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html")
        yield Told(read_page(data, url=url), events.get(slug, slug))


def bcubed(true: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean (Bagga and Baldwin, ACL 1998).

    For each article, which share of those it was put with tell its story, and which share of those that tell its story
    it was put with.
    """
    pairs = Counter(zip(true, found, strict=True))
    in_true, in_found = Counter(true), Counter(found)
    precision = sum(n * n / in_found[put] for (_, put), n in pairs.items()) / len(true)
    recall = sum(n * n / in_true[one] for (one, _), n in pairs.items()) / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(name: str) -> Score:
    """How well the stories of one of SETS fit its events."""
    articles = told(name)
    with open_store(":memory:") as store:
        for one in articles:
            store.articles.keep(one.article, read(one.article), KEPT)
        stories = {one.article.id: store.stories.of(one.article.id) for one in articles}
    found = [story.id for story in stories.values() if story is not None]
    asides = {one.article.id for one in articles if one.aside}
    several = {story.id: story.lead for story in stories.values() if story is not None and len(story.articles) > 1}
    true = [one.event for one in articles]
    faces = sum(lead in asides for lead in several.values())
    return Score(len(articles), len(set(true)), len(set(found)), *bcubed(true, found), faces)
