"""What the buttons under answers do; each press is checked again, since button data can be made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from handlers import brief, story
from handlers.ask import ANSWERS, answer, zone_of
from handlers.reply import Reply
from handlers.turn import Turn, id_of, number, recall
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.desk import Desk, Request
    from news.story import Story

OLD = "This list is old. Ask again and there will be a fresh one."


def page(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """Another page of the answer, in its place."""
    context, number = _numbers(arguments, 2)
    question = recall(request, desk, context)
    if question is None or not 0 <= number < 1000:
        return Reply(toast=OLD)
    return structs.replace(answer(request, desk, question, page=number, context=context), edit=True)


def open_(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The answer to a question that was offered as a button, as a message of its own."""
    (context,) = _numbers(arguments, 1)
    question = recall(request, desk, context)
    if question is None:
        return Reply(toast=OLD)
    if question.offered:
        return answer(request, desk, structs.replace(question, offered=False))
    return answer(request, desk, question, context=context)


def about(kind: str) -> Callable[[Request, Desk, tuple[str, ...]], Reply]:
    """What answers "quotes", "who met", "timeline" … about the person of the button."""

    def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
        _, id_ = _numbers(arguments, 2)
        person = desk.store.people.get(id_)
        if person is None:
            return Reply(toast=OLD)
        if kind == "search":
            return answer(request, desk, Question(kind="brief", topic=person.name, text=person.name))
        question = Question(kind="met", people=(person.name,), asked="who", text=person.name)
        return answer(request, desk, structs.replace(question, kind=kind))

    return press


def who(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The question again, with the person that was chosen among several of one name."""
    context, place, id_ = _numbers((arguments[0], arguments[1], arguments[2]) if len(arguments) == 3 else (), 3)
    question, person = recall(request, desk, context), desk.store.people.get(id_)
    if question is None or person is None or not 0 <= place < len(question.people):
        return Reply(toast=OLD)
    people = tuple(person.name if i == place else name for i, name in enumerate(question.people))
    return structs.replace(answer(request, desk, structs.replace(question, people=people)), edit=True)


def try_(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The search again with another spelling that was offered."""
    words = arguments[1][:60] if len(arguments) == 2 else ""
    if not words:
        return Reply(toast=OLD)
    return answer(request, desk, Question(kind="search", topic=words, text=words))


def on_story(name: str) -> Callable[[Request, Desk, tuple[str, ...]], Reply]:
    """What shows something of the story of the button: itself, its sources, what is near it, why it was shown.

    It takes the place of the answer, with a way back; what was sent by itself (an alert, a digest) stays.
    """

    def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
        context, id_ = _numbers(arguments, 2)
        question = recall(request, desk, context) or Question(kind="story", story=id_)
        try:
            one = desk.store.stories.get(id_)
        except NotFound:
            return Reply(toast=OLD)
        turn = Turn(question, request, desk, context, question.page, zone=zone_of(request, desk))
        shown = SHOWS[name](turn, one)
        if desk.store.outbox.by_message(request.chat, request.message):
            return shown
        listed = id_ in question.picks
        if name == "story" and not listed:
            return structs.replace(shown, edit=True)
        to = "back" if name == "story" or not listed else "story"
        way = (turn.press("‹ Back", to, number(id_)),)
        return structs.replace(shown, buttons=(*shown.buttons, way), edit=True)

    return press


def back(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The answer that stood here before something of a story was shown."""
    context, id_ = _numbers(arguments, 2)
    question = recall(request, desk, context)
    if question is None:
        return on_story("story")(request, desk, arguments)
    if question.kind in ANSWERS:
        return structs.replace(answer(request, desk, question, page=question.page, context=context), edit=True)
    return structs.replace(
        SHOWS["story"](Turn(question, request, desk, context), desk.store.stories.get(id_)), edit=True
    )


SHOWS: dict[str, Callable[[Turn, Story], Reply]] = {
    "story": brief.of_story,
    "sources": story.sources,
    "related": story.related,
    "why": story.why,
}
"""What a button can show of a story."""


def _numbers(arguments: tuple[str, ...], wanted: int) -> tuple[int, ...]:
    """The arguments as numbers, written in base 36, -1 for what is none."""
    if len(arguments) != wanted:
        return (-1,) * wanted
    return tuple(id_of(argument) for argument in arguments)
