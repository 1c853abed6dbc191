"""What somebody said, word for word, with the day and the article; and who it was that said certain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from handlers import links, who, wrong
from handlers.coverage import covered
from handlers.reply import Block, Button, Evidence, Gap, Inline, Reply, Text, bold, say
from handlers.turn import number
from handlers.wording import count, link, listing, moment_words, period_words, shortened
from news.question import Question
from news.search_query import SearchQuery
from news.terms import STOP, terms
from news.text import fold
from news.text import words as words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.turn import Turn
    from store.people import Person
    from store.quotes import StoredQuote

A_PAGE = 5
"""Quotations on one page."""
MOST = 100
"""Quotations that are looked at for one answer."""
UNKNOWN = "speaker unknown"
"""Stands where an article does not tell who spoke."""
SUBJECT = 8
"""Best articles about a subject whose quotations answer what was said about it."""
FEW = 4
"""Words of the shortest quotation that is more than a fragment; fragments are shown last."""
Nearness = Literal["words", "beside", "articles"]
"""Whether the quotations hold what was asked about, or the words beside them do, or only the articles."""


def said(turn: Turn) -> Reply:
    """The quotations asked for, newest first; an honest no with what is covered where there are none."""
    question = turn.question
    if question.words:
        return _who_said(turn)
    found, doubt = who.settled(turn, question.people)
    if len(question.people) == 1 and (doubt or found[0].corrected):
        quotes = _of_a_body(turn, question.people[0])
        if quotes:
            return _told(turn, (), (), quotes, "words")
    if doubt:
        return doubt
    people = [one.person for one in found if one.person]
    quotes, near = _quotes(turn, people)
    if not quotes:
        return _none(turn, found, people)
    return _told(turn, found, people, quotes, near)


def _quotes(turn: Turn, people: Sequence[Person]) -> tuple[list[StoredQuote], Nearness]:
    """The quotations, each once, and how near they are to the subject."""
    since, until = turn.window()
    ids = [person.id for person in people]
    about = _about(turn)
    store = turn.store.quotes
    if not about:
        quotes = store.said(ids, since=since, until=until, limit=MOST) if ids else ()
        return _once(quotes), "words"
    found = (
        store.said(ids, about, since=since, until=until, limit=MOST)
        if ids
        else store.containing(about, since=since, until=until, limit=MOST)
    )
    if found:
        return _once(found), "words"
    query = SearchQuery(text=turn.question.about, first=turn.question.first, last=turn.question.last)
    subject = [hit.article for hit in turn.store.index.search(query, turn.request.now, limit=50).hits]
    if ids:
        everything = store.said(ids, since=since, until=until, limit=MOST)
        near = [quote for quote in everything if quote.article in set(subject)]
        beside = store.beside(near, about)
        return _once(beside or near), "beside" if beside else "articles"
    told = [quote for article in subject[:SUBJECT] for quote in store.of_article(article) if quote.speaker]
    return _once(sorted(told, key=lambda quote: quote.moment, reverse=True)), "articles"


def _about(turn: Turn) -> tuple[str, ...]:
    """The words of what the question is about, small words left out unless there are no others."""
    words = tuple(terms(turn.question.about))
    return tuple(word for word in words if word not in STOP) or words


def _of_a_body(turn: Turn, name: str) -> list[StoredQuote]:
    """What is quoted from a body, or from people who are told of by it and without a name ("an FBI official")."""
    query = SearchQuery(text=name, first=turn.question.first, last=turn.question.last)
    articles = [hit.article for hit in turn.store.index.search(query, turn.request.now, limit=50).hits]
    quotes = turn.store.quotes.of_described(articles, name)
    about = _about(turn)
    return _once(turn.store.quotes.beside(quotes, about) if about else quotes)


def _once(quotes: Sequence[StoredQuote]) -> list[StoredQuote]:
    """The quotations without repetitions of the same words by other outlets; the fuller ones first in doubt."""
    kept: list[StoredQuote] = []
    seen: list[str] = []
    for quote in sorted(quotes, key=lambda one: -len(one.words)):
        folded = " ".join(words_of(quote.words))
        if folded and not any(folded in other for other in seen):
            kept.append(quote)
            seen.append(folded)
    order = {quote.id: place for place, quote in enumerate(quotes)}
    return sorted(kept, key=lambda quote: (len(quote.words.split()) < FEW, order[quote.id]))


def newest(turn: Turn, person: int, most: int = 2) -> list[StoredQuote]:
    """The last words of somebody that the archive has, fragments only where there is nothing fuller."""
    return _once(turn.store.quotes.said([person], limit=MOST // 5))[:most]


def _told(
    turn: Turn, found: Sequence[who.Found], people: Sequence[Person], quotes: Sequence[StoredQuote], near: Nearness
) -> Reply:
    shown = quotes[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    blocks: list[Block] = [*who.note(found), _first_line(turn, people, quotes, near), Gap()]
    for quote in shown:
        blocks += lines(turn, quote, speaker=len(people) != 1)
    rows = [turn.pager(len(quotes) > (turn.page + 1) * A_PAGE)]
    if people:
        rows += _ways(turn, people[0])
        alone = links.button(turn.desk, links.code("q", quotes[0].id)) if len(quotes) == 1 else ()
        rows.append((turn.press("🔔 Follow", "follow"), wrong.button(turn), *alone))
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in rows if row),
        kind="said",
        context=turn.context,
        facts={"corrections": who.corrections(found), "quotes": [facts(turn, quote) for quote in quotes]},
    )


def _ways(turn: Turn, person: Person) -> tuple[tuple[Button, ...], ...]:
    """Ways on from the words of a person."""
    id_ = number(person.id)
    return ((turn.press("Who met", "met", id_), turn.press(f"About {person.name}", "person", id_)),)


def _first_line(turn: Turn, people: Sequence[Person], quotes: Sequence[StoredQuote], near: Nearness) -> Block:
    about = turn.question.about
    name = listing([person.name for person in people])
    when = period_words(turn.question)
    number_of = count(len(quotes), "quotation")
    if near == "articles" and not people:
        return say(bold(number_of), f"{when} in articles about {about}, none with those very words.")
    if near == "articles":
        return say(bold(name), f"{when}: {number_of} in articles about {about}, none with those very words.")
    if near == "beside":
        return say(bold(name), f" about {about}{when}: {number_of}, by the words beside them.")
    subject = f" about {about}" if about else ""
    body = turn.question.people[0] if turn.question.people and not people else ""
    if not people and not body:
        return say(bold(number_of), f"{subject}{when}.")
    return say(bold(name or body), f"{subject}{when}: {number_of}.")


def lines(turn: Turn, quote: StoredQuote, *, speaker: bool) -> tuple[Block, ...]:
    """A quotation as two blocks: the words in marks, and whose they are, when and where they stand."""
    source: list[Inline] = [Text("— ")]
    if speaker:
        source += [bold(speaker_of(turn, quote)), Text(", ")]
    source += [Text(f"{moment_words(quote.moment, turn.zone)}, "), link(quote.title, quote.url)]
    return (Evidence((Text(f"“{quote.words}” "), *source)),)


def speaker_of(turn: Turn, quote: StoredQuote) -> str:
    """Who said it, under the name the archive knows him by, or that it is unknown."""
    person = turn.store.people.get(quote.person) if quote.person is not None else None
    return (person.name if person else quote.speaker) or UNKNOWN


def _who_said(turn: Turn) -> Reply:
    words = turn.question.words
    if not words_of(words):
        return Reply(
            blocks=(say("Which words? As in: who said “never say never”?"),), kind="said", facts={"quotes": []}
        )
    since, until = turn.window()
    quotes = _once(turn.store.quotes.containing(words_of(words), since=since, until=until, limit=MOST))
    wanted = fold(" ".join(words_of(words)))
    exact = [quote for quote in quotes if wanted in fold(" ".join(words_of(quote.words)))]
    quotes = exact or quotes
    if not quotes:
        written = _written(turn, words)
        return Reply(
            blocks=(
                say(bold("Nobody"), f" in what I keep is quoted with “{shortened(words)}”."),
                *(written or (covered(turn),)),
            ),
            kind="said",
            context=turn.context,
            facts={"quotes": []},
        )
    speakers = list(dict.fromkeys(speaker_of(turn, quote) for quote in quotes))
    first = say(bold(listing([*speakers[:3], *([f"{len(speakers) - 3} more"] if len(speakers) > 3 else [])])), ".")
    if speakers == [UNKNOWN]:
        first = say(bold("Nobody named"), ": the article does not tell who said it.")
    shown = quotes[turn.page * A_PAGE : (turn.page + 1) * A_PAGE]
    return Reply(
        blocks=(first, Gap(), *(block for quote in shown for block in lines(turn, quote, speaker=True))),
        buttons=tuple(row for row in (turn.pager(len(quotes) > (turn.page + 1) * A_PAGE),) if row),
        kind="said",
        context=turn.context,
        facts={"quotes": [facts(turn, quote) for quote in quotes]},
    )


def _written(turn: Turn, said: str) -> tuple[Block, ...]:
    """The articles in which the words stand, though not as a quotation of somebody."""
    phrase = words_of(said)
    if len(phrase) < 2:
        return ()
    query = SearchQuery(text=said, phrases=(said,))
    hits = turn.store.index.search(query, turn.request.now, limit=3).hits
    listed = turn.store.articles.listed([hit.article for hit in hits])
    if not listed:
        return ()
    return (say("These words stand in:"), *(say("• ", link(one.title, one.url)) for one in listed))


def _none(turn: Turn, found: Sequence[who.Found], people: Sequence[Person]) -> Reply:
    about = f" about {turn.question.about}" if turn.question.about else ""
    name = listing([person.name for person in people], "or") or "anybody"
    blocks: list[Block] = [
        *who.note(found),
        say(bold("Nothing"), f": I keep no words of {name}{about}{period_words(turn.question)}."),
        covered(turn, *(person.id for person in people)),
    ]
    others = _once(turn.store.quotes.said([person.id for person in people], limit=MOST // 5))[:2] if people else []
    if others:
        blocks += [Gap(), say(f"The last words of {name} that I keep:")]
        blocks += [block for quote in others for block in lines(turn, quote, speaker=False)]
    topic = turn.question.about
    brief = Question(kind="brief", topic=topic, text=f"brief me on {topic}")
    return Reply(
        blocks=tuple(blocks),
        buttons=(
            *(((turn.offer(f"Brief me on {shortened(topic, 40)}", brief),),) if topic else ()),
            *(_ways(turn, people[0]) if people else ()),
            *(((turn.press("🔔 Follow anyway", "follow"),),) if people else ()),
        ),
        kind="said",
        context=turn.context,
        facts={"corrections": who.corrections(found), "quotes": []},
    )


def facts(turn: Turn, quote: StoredQuote) -> dict[str, object]:
    """A quotation for the machine-readable face."""
    return {
        "words": quote.words,
        "speaker": speaker_of(turn, quote) if quote.speaker else None,
        "day": quote.moment.date().isoformat(),
        "url": quote.url,
        "ids": [quote.article],
    }
