"""The newest articles, as a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from handlers.coverage import covered
from handlers.reply import Block, Gap, Reply, bold, say
from handlers.wording import count, link, on_day, period_words, spread
from news.place import is_place
from news.search_query import SearchQuery
from news.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.turn import Turn
    from store import Store
    from store.article_rows import Listed
    from store.index_search import Hits

A_PAGE = 8
"""Titles on one page where no number was asked for."""
MOST = 20
"""Titles on one page at most."""
EVIDENCE = 30
"""Articles that are named for the meetings and quotations of an answer."""

_NUMBER = re.compile(r"(?P<number>\d{1,3})\b(?!\s*[-/.]\d)\s*")


def latest(turn: Turn) -> Reply:
    """The newest articles: of a site, on a topic, or all."""
    m = _NUMBER.match(turn.question.topic)
    topic = turn.question.topic[m.end() :] if m else turn.question.topic
    size = min(max(int(m["number"]), 1), MOST) if m else A_PAGE
    site = site_named(turn, topic)
    listed = _listed(turn, site, size) if site or not topic else _on(turn, topic, size)
    if topic and not listed:
        head, _, rest = topic.partition(" on ")
        there = site_named(turn, head) if rest else None
        listed = _on(turn, rest, size, there) if there else listed
    if not listed:
        return Reply(
            blocks=(
                say(bold("Nothing"), f" on {topic}{period_words(turn.question)}." if topic else "."),
                covered(turn),
                *((sites_line(turn),) if topic else ()),
            ),
            kind="latest",
            facts={"articles": []},
        )
    more = len(listed) > size
    shown = topic.title() if is_place(topic.title()) else topic
    subject = f" from {site}" if site else f" on {shown}" if topic else ""
    blocks: list[Block] = [say(bold(f"The newest{subject}"), f"{period_words(turn.question)}:"), Gap()]
    blocks += [line(article, turn.zone) for article in listed[:size]]
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in (turn.pager(more),) if row),
        kind="latest",
        facts={"articles": [facts(article, 100) for article in listed[:size]]},
    )


def line(article: Listed, zone: str) -> Block:
    """An article in a list: title and link, site, day."""
    parts = (link(article.title, article.url), *((article.site,) if article.site else ()), on_day(article.moment, zone))
    return say(*spread(("• ",), ""), *spread(parts))


def facts(article: Listed, score: float) -> dict[str, object]:
    """An article for the machine-readable face."""
    return {
        "article": article.id,
        "url": article.url,
        "title": article.title,
        "site": article.site,
        "day": article.moment.date().isoformat(),
        "score": score,
    }


def found(store: Store, hits: Hits) -> list[dict[str, object]]:
    """The articles that a search found, best first, for the machine-readable face."""
    scores = {hit.article: hit.score for hit in hits.hits}
    return [facts(one, scores[one.id]) for one in store.articles.listed(list(scores))]


def evidence(store: Store, told: Mapping[str, object]) -> dict[str, object]:
    """The articles and stories that meetings and quotations stand in, for the machine-readable face."""
    ids: list[int] = []
    for name in ("meetings", "quotes"):
        found = told.get(name)
        for one in found if isinstance(found, list) else ():
            ids += one["ids"]
    ids = list(dict.fromkeys(ids))[:EVIDENCE]
    stories = {story.id: story for one in ids if (story := store.stories.of(one))}
    return {
        "articles": [facts(one, 100) for one in store.articles.listed(ids)],
        "stories": [{"story": one.id, "title": one.title, "score": 100} for one in stories.values()],
    }


def _listed(turn: Turn, site: str | None, size: int) -> tuple[Listed, ...]:
    since, until = turn.window()
    wanted = (turn.page + 1) * size + 1
    articles = turn.store.articles.latest(wanted, site=site, since=since, until=until)
    return articles[turn.page * size :]


def _on(turn: Turn, topic: str, size: int, site: str | None = None) -> tuple[Listed, ...]:
    question = turn.question
    query = SearchQuery(text=topic, site=site, first=question.first, last=question.last, recent=True)
    hits = turn.store.index.search(query, turn.request.now, limit=60).hits
    listed = sorted(turn.store.articles.listed([hit.article for hit in hits]), key=lambda one: one.moment, reverse=True)
    return tuple(listed[turn.page * size :])


def site_named(turn: Turn, topic: str) -> str | None:
    """The site that a topic names: in full, nearly so, or by words that no other site has."""
    sites = [site for site, _ in turn.store.articles.coverage().sites]
    best = process.extractOne(fold(topic), [fold(site) for site in sites], scorer=fuzz.ratio, score_cutoff=86)
    if topic and best:
        return sites[best[2]]
    wanted = set(words(topic)) - {"the"}
    named = [site for site in sites if wanted and wanted <= set(words(site))]
    return named[0] if len(named) == 1 else None


def sites_line(turn: Turn) -> Block:
    """The sites of the archive with most articles."""
    sites = turn.store.articles.coverage().sites[:6]
    return say("Sites: ", ", ".join(f"{site} ({count(number, 'article')})" for site, number in sites), ".")
