"""A story as an answer: its articles' own sentences, the key quotation, who reports it, what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import links, said, wrong
from handlers.reply import Block, Gap, Inline, Reply, bold, say
from handlers.turn import number
from handlers.wording import count, link, listing, moment_words, on_day, spread
from news.briefing import Line, briefing, key_quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.reply import Button
    from handlers.turn import Turn
    from news.article import Article
    from news.reading import Reading
    from news.story import Related, Story
    from store import Store
    from store.article_rows import Listed
    from store.index_search import Hits

Pieces = list[tuple["Article", "Reading"]]
"""Articles with what was read of each."""

SENTENCES = {"short": 2, "normal": 3, "long": 5}
"""Sentences of a briefing by the length a chat has chosen."""
MOST_NEW = 3
"""Titles named of what came to a story since it was last shown."""
IN_FULL = 8
"""Sentences of a story of which more is wanted, on its second page."""
READ = 12
"""Articles of a story that a briefing is drawn from, the newest and the lead among them."""


def card(turn: Turn, story: Story, *, alert: bool = False) -> tuple[Block, ...]:
    """The story in a few sentences of its articles, each followed by the link to where it stands.

    An `alert` is changed when more comes, so it does not say what came since.
    """
    chosen = turn.store.chats.settings(turn.request.chat)
    articles = read_of(turn, story)
    readings = [turn.store.articles.reading(article.id) for article in articles]
    pieces = [(article, reading) for article, reading in zip(articles, readings, strict=True) if reading]
    lead = next((article for article in articles if article.id == story.lead), articles[0] if articles else None)
    if lead is None:
        return (say(bold(story.title)),)
    sentences = IN_FULL if turn.question.story and turn.page else SENTENCES[chosen.length]
    shown = briefing(pieces, sentences, turn.question.topic)
    blocks: list[Block] = [say(link(lead.title, lead.url, "bold")), Gap(), *_sentences(pieces, shown)]
    if chosen.quotes:
        blocks += _key_quote(turn, pieces, shown)
    blocks += [Gap(), _sources_line(turn, story), *_since(turn, story, alert=alert)]
    return tuple(blocks)


def _since(turn: Turn, story: Story, *, alert: bool) -> list[Block]:
    """What came to the story since it was last shown here, at most three titles; it is shown now."""
    request, exchange = turn.request, turn.store.exchange
    if request.place == "terminal" and not request.chat:
        return []
    before = exchange.shown(request.chat, [story.id], request.thread).get(story.id)
    exchange.show(request.chat, [story.id], request.now, request.thread)
    if before is None or alert:
        return []
    new = [one for one in turn.store.articles.listed(story.articles) if one.kept > before]
    new.sort(key=lambda one: one.kept, reverse=True)
    if not new:
        return []
    head = say(bold(f"{count(len(new), 'article')} more"), f" since you saw it on {moment_words(before, turn.zone)}:")
    return [Gap(), head, *(say("• ", *spread((link(one.title, one.url), *_site(one)))) for one in new[:MOST_NEW])]


def read_of(turn: Turn, story: Story) -> tuple[Article, ...]:
    """The articles a briefing of the story is drawn from: its lead, then the newest."""
    order = [story.lead, *(article for article in reversed(story.articles) if article != story.lead)]
    return turn.store.articles.many(order[:READ])


def _sentences(pieces: Pieces, chosen: Sequence[Line]) -> list[Block]:
    """The chosen sentences as paragraphs, neighbours of one article together, the site as the link behind them."""
    paragraphs: list[tuple[Article, list[str]]] = []
    for line in chosen:
        article = pieces[line.piece][0]
        if paragraphs and paragraphs[-1][0].id == article.id:
            paragraphs[-1][1].append(line.sentence)
        else:
            paragraphs.append((article, [line.sentence]))
    return [say(" ".join(sentences), *_mark(article)) for article, sentences in paragraphs]


def _mark(article: Article) -> tuple[str | Inline, ...]:
    """The site that leads to the article, with a space before it; nothing for a text of neither site nor address."""
    return (" ", link(article.site or "link", article.url)) if article.site or article.url else ()


def _key_quote(turn: Turn, pieces: Pieces, shown: Sequence[Line]) -> list[Block]:
    """The quotation that says most, where it does not stand in the sentences already."""
    found = key_quote(pieces, turn.question.topic, shown)
    if found is None:
        return []
    stored = turn.store.quotes.of_article(pieces[found.piece][0].id)
    best = next((quote for quote in stored if quote.start == found.quote.start), None)
    return [Gap(), *said.lines(turn, best, speaker=True)] if best else []


def _sources_line(turn: Turn, story: Story) -> Block:
    """How many independent sources, which was first, and the days it spans."""
    independent = count(story.sources, "independent source")
    first = f", first {story.first_source}" if story.first_source and story.sources > 1 else ""
    days = moment_words(story.first, turn.zone)
    if moment_words(story.last, turn.zone) != days:
        days = f"{days} to {moment_words(story.last, turn.zone)}"
    return say(f"{independent}{first} · {days}")


def buttons(turn: Turn, story: Story) -> tuple[tuple[Button, ...], ...]:
    """What can be done with a story."""
    id_ = number(story.id)
    return (
        (
            turn.press("Sources", "sources", id_),
            turn.press("Related", "related", id_),
            turn.press("Why this?", "why", id_),
        ),
        (
            turn.press("🔔 Follow", "follow"),
            turn.press("💾 Save", "save", id_),
            wrong.button(turn, story.id),
        ),
        *((link_row,) if (link_row := links.button(turn.desk, links.code("s", story.id))) else ()),
    )


def sources(turn: Turn, story: Story) -> Reply:
    """All articles of a story, the first one first, with which of them repeat another's text."""
    listed = sorted(turn.store.articles.listed(story.articles), key=lambda one: (one.moment, one.kept))
    texts = turn.store.stories.repeats(story.id)
    first: dict[int, int] = {}
    lines: list[Block] = []
    for place, one in enumerate(listed, 1):
        before = first.setdefault(texts.get(one.id, one.id), place)
        same = (f"same text as {before}",) if before != place else ()
        lines.append(
            say(f"{place}. ", *spread((link(one.title, one.url), *_site(one), on_day(one.moment, turn.zone), *same)))
        )
    head = say(bold(f"{count(len(listed), 'article')}, {count(story.sources, 'independent source')}"), ":")
    return Reply(blocks=(head, Gap(), *lines[:30]), kind="sources", context=turn.context)


def _site(one: Listed) -> tuple[str, ...]:
    return (one.site,) if one.site else ()


def related(turn: Turn, story: Story) -> Reply:
    """What stands near a story, each with its reason."""
    found = _near(turn, story)
    if not found:
        return Reply(blocks=(say("Nothing near this story in what I keep."),), kind="related", context=turn.context)
    lines = [say("• ", link(one.title, one.url or ""), f" · {one.reason}") for one in found[:10]]
    return Reply(blocks=(say(bold("Related"), ":"), Gap(), *lines), kind="related", context=turn.context)


def _near(turn: Turn, story: Story) -> tuple[Related, ...]:
    lead = turn.store.articles.get(story.lead)
    return turn.store.stories.related(lead) if lead else ()


def why(turn: Turn, story: Story) -> Reply:
    """Why this story was shown: the words it holds of those asked for, its sources, its people."""
    hits = [hit for hit in turn.search().hits if hit.article in story.articles]
    blocks: list[Block] = []
    if hits:
        words = listing([f"“{word}”" for word in hits[0].words]) or "its subject"
        blocks.append(say(f"It holds {words}; match {round(hits[0].score)} of 100."))
    else:
        blocks.append(say("It is among the stories with most independent sources of these days."))
    blocks.append(say(f"{count(len(story.articles), 'article')}, {count(story.sources, 'independent source')}."))
    if story.people:
        blocks.append(say(f"It tells of {listing(list(story.people[:5]))}."))
    return Reply(blocks=tuple(blocks), kind="why", context=turn.context)


def people(turn: Turn, story: Story) -> Reply:
    """Whom the story tells of, each to tap."""
    named = [one for name in story.people[:6] for one in turn.store.people.find(name, limit=1)]
    if not named:
        return Reply(blocks=(say("It names nobody."),), kind="who", context=turn.context)
    buttons = tuple((turn.press(one.name, "person", number(one.id)),) for one in named)
    words = say("It tells of ", bold(listing([one.name for one in named])), ".")
    return Reply(blocks=(words,), buttons=buttons, kind="who", context=turn.context)


def facts(story: Story, score: float = 100) -> dict[str, object]:
    """A story for the machine-readable face, with its related links."""
    return {"story": story.id, "title": story.title, "score": score}


def of_hits(store: Store, hits: Hits) -> list[dict[str, object]]:
    """The stories of the articles that a search found, best first, for the machine-readable face."""
    ranked: dict[int, dict[str, object]] = {}
    for hit in hits.hits:
        one = store.stories.of(hit.article)
        if one is not None:
            ranked.setdefault(one.id, facts(one, hit.score))
    return list(ranked.values())


def related_facts(turn: Turn, story: Story) -> list[dict[str, object]]:
    """Related titles and addresses for the machine-readable face."""
    return [{"title": one.title, "url": one.url} for one in _near(turn, story)[:10]]
