"""The articles that hold certain words, as a list with pages: /search words by:site "phrase" -not from:day to:day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import brief, latest
from handlers.nothing import filter_note, nothing
from handlers.reply import Block, Gap, Reply, bold, say
from handlers.wording import count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.turn import Turn
    from news.search_query import SearchQuery
    from store.index_search import Hit, Hits

A_PAGE = 6
"""Titles on one page."""
MOST = 120
"""Articles that are looked at for one search."""
ELSEWHERE = "at other sites"
MOST_SIDES = 4
"""Sides of an OR that are looked for."""
MOST_WORDS = 8
"""Words of a search that are left out in turn where it finds nothing."""

_OR = re.compile(r"\s+(?:OR|\|\|?)\s+")


def search(turn: Turn) -> Reply:
    """The articles found, best first; where none is, those found when the search asks for a little less."""
    hits, left = _hits(turn), ""
    if not hits.hits:
        relaxed = _relaxed(turn, hits)
        if relaxed is None:
            return nothing(turn, hits)
        left, hits = relaxed
    scores = {hit.article: hit.score for hit in hits.hits}
    listed = turn.store.articles.listed(list(scores))
    shown = listed[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    number = f"{MOST} or more articles" if len(listed) == MOST else count(len(listed), "article")
    head = say(bold(number), f" for {turn.question.topic}:")
    if left:
        head = say(bold("Nothing"), f" for all of {turn.question.topic}; {number} {left}:")
    blocks: list[Block] = [*brief.taken(hits), head, Gap()]
    blocks += [latest.line(article, turn.zone) for article in shown]
    note = filter_note(turn.question.topic)
    blocks += [Gap(), note] if note else []
    blocks += [Gap(), latest.sites_line(turn)] if left.startswith(ELSEWHERE) else []
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


def _hits(turn: Turn) -> Hits:
    """What the words find; with OR between them, what one side or the other finds."""
    sides = [side for side in _OR.split(turn.question.topic) if side.strip()][:MOST_SIDES]
    if len(sides) < 2:
        return turn.search(MOST)
    found = [turn.asking(structs.replace(turn.question, topic=side)).search(MOST) for side in sides]
    best: dict[int, Hit] = {}
    for hit in sorted((hit for one in found for hit in one.hits), key=lambda hit: -hit.score):
        best.setdefault(hit.article, hit)
    understood = [one.understood for one in found]
    return structs.replace(
        found[0],
        hits=tuple(best.values())[:MOST],
        understood=structs.replace(
            understood[0],
            words=tuple(pair for one in understood for pair in one.words),
            unknown=tuple(word for one in understood for word in one.unknown),
        ),
    )


def _relaxed(turn: Turn, hits: Hits) -> tuple[str, Hits] | None:
    """What was left out so that something is found, in words, and what that is; None where nothing helps."""
    for left, query in _less(turn.query(), hits):
        found = turn.store.index.search(query, turn.request.now, limit=MOST)
        if found.hits:
            return left, found
    return None


def _less(query: SearchQuery, hits: Hits) -> Iterator[tuple[str, SearchQuery]]:
    """The search with one thing less: words that no article holds, the phrase, the site, the days, then each word."""
    words = query.text.split()
    unknown = {word.casefold() for word in hits.understood.unknown}
    known = [word for word in words if word.casefold().strip(".,;:?!()") not in unknown]
    if known and len(known) < len(words):
        query = structs.replace(query, text=" ".join(known), phrases=())
        yield f"without {listing([f'“{word}”' for word in hits.understood.unknown])}", query
    if query.phrases:
        yield "with the words apart", structs.replace(query, phrases=())
    if query.site:
        yield f"{ELSEWHERE} than {query.site}", structs.replace(query, site=None)
    if query.first or query.last:
        yield "at other times", structs.replace(query, first=None, last=None)
    for place in range(min(len(known), MOST_WORDS)) if len(known) > 1 else ():
        fewer = [word for n, word in enumerate(known) if n != place]
        yield f"without “{known[place]}”", structs.replace(query, text=" ".join(fewer), phrases=())
