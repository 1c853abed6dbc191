"""The honest nothing: what is covered, the nearest there is, and ways on as buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import latest
from handlers.coverage import covered
from handlers.reply import Block, Gap, Paragraph, Reply, bold, say
from handlers.wording import listing, period_words, shortened
from news.lists import section
from news.name_words import COMMON
from news.question import Question
from news.text import words

if TYPE_CHECKING:
    from handlers.turn import Turn
    from news.search_query import SearchQuery
    from store.index_search import Hits

SURNAME = 3
"""Letters of a surname that is looked for in words that found nothing."""
_FILTER = re.compile(r"(?<!\S)([a-z]{2,12}):(?=\w)", re.IGNORECASE)
_FILTERS = frozenset({"by", "site", "source", "from", "since", "after", "to", "until", "before", "http", "https"})


def filter_note(written: str) -> Paragraph | None:
    """That something looks like a filter of a search and is none, None where nothing does."""
    unknown = [f"{m[1]}:" for m in _FILTER.finditer(written[:400]) if m[1].lower() not in _FILTERS][:3]
    if not unknown:
        return None
    return say(
        f"There is no filter {listing(unknown)}, so I looked for the words; there are by:site, from:day, to:day."
    )


def nothing(turn: Turn, hits: Hits) -> Reply:
    """The honest nothing: what is covered, the nearest there is, other spellings as buttons."""
    topic = turn.question.topic
    blocks: list[Block] = [
        say(bold("Nothing found"), f" on “{shortened(topic, 80)}”{period_words(turn.question)}."),
        covered(turn),
    ]
    note = filter_note(topic) if turn.question.kind == "list" else None
    blocks += [note] if note else []
    query = turn.query()
    if query.site:
        blocks.append(latest.sites_line(turn))
    if query.without and not query.text:
        blocks.append(say("A word with a minus is left out; name one to look for as well, as in: pope -trump"))
    blocks += _nearest(turn, query, hits)
    if _in_another_language(topic):
        blocks.append(say("Whole questions I understand in English; names and words can be of any language."))
    names = list(dict.fromkeys(name for _, others in hits.understood.alternatives for name in others))[:3]
    buttons = tuple((turn.offer(name, Question(kind="search", topic=name, text=name)),) for name in names)
    people = tuple((turn.offer(one, Question(kind="person", people=(one,), text=one)),) for one in _people_in(turn))
    follow = ((turn.press("🔔 Follow anyway", "follow"),),) if any(ch.isalpha() for ch in topic) else ()
    return Reply(
        blocks=tuple(blocks),
        buttons=(*buttons, *people, *follow),
        kind=turn.question.kind,
        facts={"articles": [], "stories": [], "corrections": [list(pair) for pair in hits.understood.words]},
    )


def _nearest(turn: Turn, query: SearchQuery, hits: Hits) -> list[Block]:
    """What fits at another time than the one asked about; else what fits least badly."""
    head, near = f"The nearest I keep{_lacking(hits)}:", hits.nearest
    if query.text and (query.first or query.last):
        ever = turn.store.index.search(structs.replace(query, first=None, last=None), turn.request.now, limit=3).hits
        head, near = ("At another time:", ever) if ever else (head, near)
    listed = turn.store.articles.listed([hit.article for hit in near])
    return [Gap(), say(head), *(latest.line(one, turn.zone) for one in listed)] if listed else []


def _people_in(turn: Turn) -> tuple[str, ...]:
    """The people whom words that found nothing name by the surname, two at most."""
    found: list[str] = []
    for word in turn.question.topic.split()[:12]:
        bare = word.strip('.,;:?!¿¡"“”()')
        if len(bare) >= SURNAME and bare.casefold() not in COMMON:
            named = turn.store.people.find(bare, limit=1)
            found += [one.name for one in named if words(one.name)[-1:] == words(bare)]
    return tuple(dict.fromkeys(found))[:2]


def _in_another_language(topic: str) -> bool:
    """Whether the words begin like a question in another language than English: "wer hat", "кто"."""
    first, _, rest = topic.casefold().lstrip("¿¡").partition(" ")
    return bool(rest) and first in section("language_names", "asking")


def _lacking(hits: Hits) -> str:
    """Which of the words the nearest article does not hold, as words that follow."""
    unknown = hits.understood.unknown
    return f", without {listing([f'“{word}”' for word in unknown[:3]])}" if unknown else ""
