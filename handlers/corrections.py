"""What the owner puts right: two people that are one, a story that is two or one. Corrections survive a re-read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import who
from handlers.reply import Reply, Text, bold, say
from handlers.turn import Turn
from handlers.wording import count, link
from news.address import canonical
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from news.article import Article


def merge(request: Request, desk: Desk) -> Reply:
    """Two people are one from now on, under the form of the name that is printed most."""
    names = [name.strip() for name in request.text.split(",") if name.strip()]
    if len(names) != 2:
        example = Text("/merge Volodymyr Zelensky, Vladimir Zelenskiy", "code")
        return Reply(
            blocks=(say("Which two people are one? With a comma between them, as in: ", example),), kind="merge"
        )
    turn = Turn(Question(kind="help"), request, desk, 0)
    found = [who.find(turn, name) for name in names]
    for one in found:
        if one.person is None or one.choices:
            fitting = ", ".join(person.name for person in one.choices) or "nobody"
            return Reply(blocks=(say(bold(one.written), f" fits {fitting}. Write the full name."),), kind="merge")
    first, second = (one.person for one in found if one.person)
    if first.id == second.id:
        return Reply(blocks=(say("Both names are ", bold(first.name), " already."),), kind="merge")
    merged = desk.store.people.merge(first.id, second.id)
    other = first.name if merged.name == second.name else second.name
    undo = Text(f"/part {other}", "code")
    words = say(bold(merged.name), f" is also {other} now, in {count(merged.articles, 'article')}.")
    return Reply(blocks=(words, say("To undo: ", undo)), kind="merge")


def part(request: Request, desk: Desk) -> Reply:
    """A form of a name is a person of its own again."""
    written = request.text.strip()
    person = who.find(Turn(Question(kind="help"), request, desk, 0), written).person if written else None
    if person is None:
        example = Text("/part Vladimir Zelenskiy", "code")
        return Reply(blocks=(say("Which name is somebody else's? As in: ", example),), kind="part")
    try:
        desk.store.people.part(person.id, written)
    except NotFound as error:
        return Reply(blocks=(say(str(error)),), kind="part")
    return Reply(blocks=(say(bold(written), f" is apart from {person.name} now."),), kind="part")


def split(request: Request, desk: Desk) -> Reply:
    """An article is a story of its own from now on."""
    article = _article(request, desk)
    if article is None:
        example = Text("/split https://example.org/the-other-story", "code")
        return Reply(blocks=(say("Which article tells another story? Give its link, as in: ", example),), kind="split")
    desk.store.stories.split(article.id)
    return Reply(
        blocks=(say(link(article.title, article.url), " tells a story of its own now."),),
        kind="split",
    )


def join(request: Request, desk: Desk) -> Reply:
    """The stories of two articles are one from now on."""
    links = request.text.split()
    articles = [desk.store.articles.by_url(canonical(address)) for address in links[:2]]
    stories = [desk.store.stories.of(article.id) for article in articles if article]
    if len(links) != 2 or len(stories) != 2 or not stories[0] or not stories[1]:
        example = Text("/join https://example.org/a https://example.com/b", "code")
        return Reply(blocks=(say("Which two articles tell one story? Give both links, as in: ", example),), kind="join")
    one = desk.store.stories.merge(stories[0].id, stories[1].id)
    return Reply(blocks=(say(bold(one.title), f" holds {count(len(one.articles), 'article')} now."),), kind="join")


def _article(request: Request, desk: Desk) -> Article | None:
    address = next(iter(request.links or tuple(request.text.split())), "")
    return desk.store.articles.by_url(canonical(address)) if address else None
