"""What a link into the chat leads to: a story, a person, a quotation, a meeting, or the offer to follow a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from handlers import links, met, said
from handlers.ask import answer, zone_of
from handlers.follow import subscribe
from handlers.reply import Reply
from handlers.turn import Turn, number, remember
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from handlers.reply import Block


def led(request: Request, desk: Desk) -> Reply | None:
    """What a link leads to; None where it leads nowhere (any more)."""
    payload = request.text.strip()
    topic = links.topic_of(payload)
    if topic:
        return subscribe(structs.replace(request, command="subscribe", text=topic), desk)
    named = links.read(payload)
    if named is None:
        return None
    try:
        return _shown(request, desk, *named)
    except NotFound:
        return None


def _shown(request: Request, desk: Desk, kind: str, id_: int) -> Reply | None:
    """Raises: NotFound where a story is gone."""
    match kind:
        case "s":
            one = desk.store.stories.get(id_)
            return answer(request, desk, Question(kind="story", story=one.id, text=one.title))
        case "p":
            person = desk.store.people.get(id_)
            asked = Question(kind="person", people=(person.name,), text=person.name) if person else None
            return answer(request, desk, asked) if asked else None
        case "q":
            quote = desk.store.quotes.get(id_)
            if quote is None:
                return None
            turn = _turn(request, desk, quote.article)
            return _one(turn, said.lines(turn, quote, speaker=True), (quote.person,))
        case "m":
            meeting = desk.store.meetings.get(id_)
            if meeting is None:
                return None
            turn = _turn(request, desk, meeting.evidence[0].article)
            return _one(turn, met.lines(meeting, []), meeting.people_ids)
    return None


def _turn(request: Request, desk: Desk, article: int) -> Turn:
    """A turn about the story of an article."""
    story = desk.store.stories.of(article)
    question = Question(kind="story", story=story.id if story else 0, text=story.title if story else "")
    return Turn(question, request, desk, remember(request, desk, question), zone=zone_of(request, desk))


def _one(turn: Turn, blocks: tuple[Block, ...], people: tuple[int | None, ...]) -> Reply:
    """One quotation or meeting, with ways to its story and to those named."""
    named = [one for id_ in people[:3] if id_ and (one := turn.store.people.get(id_))]
    story = turn.question.story
    rows = ((turn.press("The story", "story", number(story)),),) if story else ()
    more = tuple((turn.press(f"About {one.name}", "person", number(one.id)),) for one in named)
    return Reply(blocks=blocks, buttons=(*rows, *more), kind="story", context=turn.context)
