"""The articles that hold certain words, as a list with pages: /search words by:site "phrase" -not from:day to:day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import brief, latest
from handlers.reply import Block, Gap, Reply, bold, say
from handlers.wording import count

if TYPE_CHECKING:
    from handlers.turn import Turn

A_PAGE = 6
"""Titles on one page."""
MOST = 120
"""Articles that are looked at for one search."""


def search(turn: Turn) -> Reply:
    """The articles found, best first."""
    hits = turn.search(MOST)
    if not hits.hits:
        return brief.nothing(turn, hits)
    scores = {hit.article: hit.score for hit in hits.hits}
    listed = turn.store.articles.listed(list(scores))
    shown = listed[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    number = f"{MOST} or more articles" if len(listed) == MOST else count(len(listed), "article")
    blocks: list[Block] = [*brief.taken(hits), say(bold(number), f" for {turn.question.topic}:"), Gap()]
    blocks += [latest.line(article, turn.zone) for article in shown]
    note = brief.filter_note(turn.question.topic)
    blocks += [Gap(), note] if note else []
    if hits.understood.unknown:
        blocks += [Gap(), say(f"No article holds: {', '.join(hits.understood.unknown)}.")]
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in (turn.pager(len(listed) > (turn.page + 1) * A_PAGE),) if row),
        kind="search",
        facts={
            "corrections": [list(pair) for pair in hits.understood.words],
            "articles": [latest.facts(article, scores[article.id]) for article in listed[:20]],
            "stories": [],
        },
    )
