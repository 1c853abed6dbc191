"""The newest articles, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from handlers.coverage import covered
from handlers.reply import Block, Gap, Reply, bold, say
from handlers.wording import count, link, on_day, period_words, spread
from news.search_query import SearchQuery
from news.text import fold

if TYPE_CHECKING:
    from handlers.turn import Turn
    from store.article_rows import Listed

A_PAGE = 8
"""Titles on one page."""


def latest(turn: Turn) -> Reply:
    """The newest articles: of a site, on a topic, or all."""
    topic = turn.question.topic
    site = _site(turn, topic)
    listed = _listed(turn, site) if site or not topic else _on(turn, topic)
    if not listed:
        return Reply(
            blocks=(
                say(bold("Nothing"), f" on {topic}{period_words(turn.question)}." if topic else "."),
                covered(turn),
            ),
            kind="latest",
            facts={"articles": []},
        )
    more = len(listed) > A_PAGE
    subject = f" from {site}" if site else f" on {topic}" if topic else ""
    blocks: list[Block] = [say(bold(f"The newest{subject}"), f"{period_words(turn.question)}:"), Gap()]
    blocks += [line(article, turn.zone) for article in listed[:A_PAGE]]
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in (turn.pager(more),) if row),
        kind="latest",
        facts={"articles": [facts(article, 100) for article in listed[:A_PAGE]]},
    )


def line(article: Listed, zone: str) -> Block:
    """An article in a list: title and link, site, day."""
    parts = (link(article.title, article.url), *((article.site,) if article.site else ()), on_day(article.moment, zone))
    return say(*spread(("• ",), ""), *spread(parts))


def facts(article: Listed, score: float) -> dict[str, object]:
    """An article for the machine-readable face."""
    return {"article": article.id, "url": article.url, "title": article.title, "score": score}


def _listed(turn: Turn, site: str | None) -> tuple[Listed, ...]:
    since, until = turn.window()
    wanted = (turn.page + 1) * A_PAGE + 1
    found = turn.store.articles.latest(wanted, site=site, since=since, until=until)
    return found[turn.page * A_PAGE :]


def _on(turn: Turn, topic: str) -> tuple[Listed, ...]:
    question = turn.question
    query = SearchQuery(text=topic, first=question.first, last=question.last, recent=True)
    hits = turn.store.index.search(query, turn.request.now, limit=60).hits
    listed = sorted(turn.store.articles.listed([hit.article for hit in hits]), key=lambda one: one.moment, reverse=True)
    return tuple(listed[turn.page * A_PAGE :])


def _site(turn: Turn, topic: str) -> str | None:
    """The site that a topic names, in full or nearly so."""
    sites = [site for site, _ in turn.store.articles.coverage().sites]
    best = process.extractOne(fold(topic), [fold(site) for site in sites], scorer=fuzz.ratio, score_cutoff=86)
    return sites[best[2]] if topic and best else None


def sites_line(turn: Turn) -> Block:
    """The sites of the archive with most articles."""
    sites = turn.store.articles.coverage().sites[:6]
    return say("Sites: ", ", ".join(f"{site} ({count(number, 'article')})" for site, number in sites), ".")
