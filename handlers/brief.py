"""A short answer: the story that fits best, or the largest of a topic or a time, in the articles' own sentences."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import latest, story
from handlers.coverage import covered
from handlers.nothing import nothing
from handlers.reply import Block, Button, Gap, Paragraph, Reply, bold, say
from handlers.turn import number
from handlers.wording import count, link, moment_words, period_words
from news.period import MONTHS
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.turn import Turn
    from news.story import Story
    from store.index_search import Hits

STORIES = 4
"""Stories in a briefing of a topic or a time: what fits a phone's screen with a sentence each."""
MOST = 20
"""Stories in it at most, where a number is asked for."""
AS_GOOD = 0.8
"""Share of the best score from which another story answers a topic as well."""
RECENT = timedelta(days=1)
FURTHER = timedelta(days=7)
"""Times looked back for the top stories where none is asked about; the longer one where the shorter holds too few."""

_NO_TIME = re.compile(
    r"(?:^|\s+)(?P<time>(?:since|until|till)\s+\S+(?:\s+\S+)?|\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?|\d{1,4}\s?[a-z]{1,2}"
    rf"|\d{{1,2}}\s+(?:{'|'.join(MONTHS)})(?:\s+\d+)?|(?:{'|'.join(MONTHS)})\s+\d{{1,2}})$",
    re.IGNORECASE,
)
"""What looks like a time at the end of a topic."""
TIMES = "yesterday, last week, April 2025, since 3 May, 24h, 7d"
"""Ways to say a time."""

EVER = datetime(1, 1, 1, tzinfo=UTC)


def brief(turn: Turn) -> Reply:
    """The largest stories of a topic or a time; one story in full where only one fits."""
    if not turn.question.topic or turn.question.topic.isdigit():
        return _top(turn)
    hits = turn.search(40)
    ranked = _stories(turn, hits)
    if not ranked:
        return latest.latest(turn) if latest.site_named(turn, turn.question.topic) else nothing(turn, hits)
    fitting = [one for one, score in ranked if score >= AS_GOOD * ranked[0][1]]
    if len(fitting) == 1:
        return _one(turn, ranked, hits)
    topic = turn.question.topic
    for written, took in hits.understood.words:
        topic = topic.replace(written, took)
    return _several(turn, fitting, say(bold(_large(topic)), f"{period_words(turn.question)}:"), hits)


def without_time(topic: str) -> tuple[str, Paragraph | None]:
    """The topic without what looks like a time and is none, and what is to be said of that; None where nothing is."""
    m = _NO_TIME.search(topic[:400])
    if m is None or topic.isdigit():
        return topic, None
    rest = topic[: m.start()].strip()
    shown = "so here is the whole of it" if rest else "so these are the newest"
    return rest, say(f"“{m['time']}” is no time I know, {shown}. A time can be said as: {TIMES}.")


def _large(words: str) -> str:
    """The words with a capital at the beginning of a line."""
    return words[:1].upper() + words[1:]


def found(turn: Turn) -> Reply:
    """The story that fits the words best, and the titles of others that fit."""
    hits = turn.search(20)
    ranked = _stories(turn, hits)
    return _one(turn, ranked, hits) if ranked else nothing(turn, hits)


def one(turn: Turn) -> Reply:
    """The story asked for by its id, in full; where it is gone, that it is."""
    try:
        asked = turn.store.stories.get(turn.question.story)
    except NotFound:
        if turn.question.text:  # its title: another story may tell the same now
            again = turn.asking(structs.replace(turn.question, kind="search", topic=turn.question.text, story=0))
            return found(again)
        return Reply(blocks=(say("That story is no longer kept."), covered(turn)), kind="brief", toast="No longer kept")
    return of_story(turn, asked)


def shown(turn: Turn) -> Story | None:
    """The story that an answer to this question showed in full or first, None where it showed none."""
    if turn.question.story:
        try:
            return turn.store.stories.get(turn.question.story)
        except NotFound:
            return None
    if not turn.question.topic:
        return None
    ranked = _stories(turn, turn.search(20))
    return ranked[turn.page % len(ranked)][0] if ranked else None


def of_story(turn: Turn, one: Story) -> Reply:
    """A story in full, however it was come to."""
    return Reply(
        blocks=story.card(turn, one),
        buttons=story.buttons(turn, one),
        kind="brief",
        context=turn.context,
        preview=address(turn, one),
        facts={"stories": [story.facts(one)], "related": story.related_facts(turn, one)},
    )


def _one(turn: Turn, ranked: Sequence[tuple[Story, float]], hits: Hits) -> Reply:
    best = ranked[turn.page % len(ranked)][0]
    blocks: list[Block] = [*taken(hits), *story.card(turn, best)]
    others = [one for one, score in ranked if one.id != best.id and score >= AS_GOOD * ranked[0][1]][:2]
    if others:
        blocks += [Gap(), say(bold("Also")), *(_headline(turn, one) for one in others)]
    return Reply(
        blocks=tuple(blocks),
        buttons=(*story.buttons(turn, best), *_pager(turn, len(ranked))),
        kind=turn.question.kind,
        preview=address(turn, best),
        facts={**_facts(turn, ranked, hits), "related": story.related_facts(turn, best)},
    )


def _pager(turn: Turn, stories: int) -> tuple[tuple[Button, ...], ...]:
    row = turn.pager(turn.page + 1 < stories)
    return (row,) if row else ()


def _several(
    turn: Turn, fitting: Sequence[Story], head: Paragraph, hits: Hits | None = None, size: int = STORIES
) -> Reply:
    shown = fitting[turn.page * size : (turn.page + 1) * size] or fitting[:size]
    blocks: list[Block] = [*(taken(hits) if hits else ()), head]
    for place, one in enumerate(shown, 1):
        blocks += [Gap(), *in_short(turn, one, place)]
    turn.lists([one.id for one in shown])
    picks = tuple(turn.press(str(place), "story", number(one.id)) for place, one in enumerate(shown, 1))
    follow = (turn.press("🔔 Follow", "follow"),) if turn.question.topic and hits else ()
    rows = (picks, follow, turn.pager(len(fitting) > (turn.page + 1) * size))
    ranked = [(one, 100.0) for one in fitting]
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in rows if row),
        kind=turn.question.kind,
        facts=_facts(turn, ranked, hits),
    )


def in_short(turn: Turn, one: Story, place: int) -> tuple[Block, ...]:
    """A story in two lines: its title, and the first sentence of its lead's briefing."""
    article = turn.store.articles.get(one.lead)
    reading = turn.store.articles.reading(one.lead)
    if article is None:
        return (say(f"{place}. ", bold(one.title)),)
    sentence = ""
    if reading and reading.brief:
        start, end = reading.brief[0]
        sentence = article.text[start:end]
    told = f" {count(one.sources, 'source')} · {moment_words(one.last, turn.zone)}"
    lines = (say(f"{place}. ", link(article.title, article.url, "bold")), say(sentence), say(told.strip()))
    return tuple(line for line in lines if any(piece.text for piece in line.pieces))


def _top(turn: Turn) -> Reply:
    """The largest stories of the days asked about, of the last day or week where none are."""
    size = min(max(int(turn.question.topic[:4]), 1), MOST) if turn.question.topic else STORIES
    since, until = turn.window()
    now = min(turn.request.now, until) if until else turn.request.now
    stories: Sequence[Story] = ()
    newest_day = max(now, EVER + FURTHER)
    for back in (since,) if since else (newest_day - RECENT, newest_day - FURTHER, EVER):
        stories = turn.store.stories.top(40, now, back)
        if len(stories) >= size or (since and stories):
            break
    if not stories:
        newest_of_all = Question(kind="brief", text="top stories")
        return Reply(
            blocks=(say(bold("Nothing"), f"{period_words(turn.question)}."), covered(turn)),
            buttons=((turn.offer("The newest there is", newest_of_all),),) if turn.store.stories.latest(1) else (),
            kind="brief",
        )
    newest = max(story_.last for story_ in stories)
    when = period_words(turn.question) or f", up to {moment_words(newest, turn.zone)}"
    wanted = int(turn.question.topic[:4]) if turn.question.topic else size
    most = f", {MOST} at most" if wanted > MOST else ", one at least" if wanted < 1 else ""
    return _several(turn, stories, say(bold("Top stories"), f"{when}{most}:"), size=size)


def _stories(turn: Turn, hits: Hits) -> list[tuple[Story, float]]:
    """The stories of the articles found, each with the score of its best one, best first."""
    ranked: dict[int, tuple[Story, float]] = {}
    for hit in hits.hits:
        one = turn.store.stories.of(hit.article)
        if one is not None and one.id not in ranked:
            ranked[one.id] = (one, hit.score)
    return list(ranked.values())


def taken(hits: Hits) -> tuple[Paragraph, ...]:
    """What was taken for words that were written otherwise, as far as it is shown: "Showing Witkoff (you wrote …)"."""
    held = {word for hit in hits.hits[:1] for words in hit.words for word in words.casefold().split()}
    shown = [(wrote, took) for wrote, took in hits.understood.words if held & set(took.casefold().split())]
    return tuple(say("Showing ", bold(took), f" (you wrote {wrote})") for wrote, took in shown[:3])


def _headline(turn: Turn, one: Story) -> Paragraph:
    article = turn.store.articles.listed([one.lead])
    address = article[0].url if article else ""
    return say("• ", link(one.title, address), f" · {moment_words(one.last, turn.zone)}")


def address(turn: Turn, one: Story) -> str | None:
    """Where the story's lead article stands, None where it has no address."""
    listed = turn.store.articles.listed([one.lead])
    return (listed[0].url or None) if listed else None


def _facts(turn: Turn, ranked: Sequence[tuple[Story, float]], hits: Hits | None) -> dict[str, object]:
    """Articles and stories, best first, for the machine-readable face."""
    articles: list[dict[str, object]] = []
    if hits:
        articles = latest.found(turn.store, hits)
    else:
        leads = turn.store.articles.listed([one.lead for one, _ in ranked])
        articles = [latest.facts(one, 100.0) for one in leads]
    return {
        "corrections": [list(pair) for pair in hits.understood.words] if hits else [],
        "articles": articles,
        "stories": [story.facts(one, score) for one, score in ranked],
    }
