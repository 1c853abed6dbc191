"""What the archive covers, said whenever the answer is no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reply import Paragraph, say
from handlers.wording import count, moment_words

if TYPE_CHECKING:
    from handlers.turn import Turn


def covered(turn: Turn, *people: int) -> Paragraph:
    """The span of the archive: "I keep 57 articles from Sat 12 Apr 2025 to Thu 5 Jun 2025; 12 of them tell of both"."""
    coverage = turn.store.articles.coverage()
    if not coverage.count or coverage.first is None or coverage.last is None:
        how = "/add and its link, or a feed with /sources add"
        if turn.request.place == "terminal":
            how = "./run add and its address or file, or a feed with ./run feeds add"
        return say(f"The archive is empty so far. Add a page with {how}.")
    first, last = moment_words(coverage.first, turn.zone), moment_words(coverage.last, turn.zone)
    span = f", of {first}" if first == last else f" from {first} to {last}"
    words = f"I keep {count(coverage.count, 'article')}{span}"
    if people:
        mentions = len(turn.store.people.articles_with(people, limit=1000))
        whom = {1: "that name", 2: "both"}.get(len(people), "all of them")
        them = "tell" if mentions > 1 else "tells"
        some = "it" if mentions == coverage.count == 1 else f"{mentions or 'none'} of them"
        words += f"; {some} {them} of {whom}"
    waiting = turn.store.index.behind()
    late = f" The search index lacks {waiting:,} of them yet and is catching up; ask again soon." if waiting else ""
    return say(f"{words}.{late}")
