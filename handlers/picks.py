"""A number said to a list: "2", "the second one", "tell me more about 3" opens what stands there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from handlers.ask import answer
from handlers.reply import Reply, say
from handlers.turn import recall, recall_as
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

STILL_IN_MIND = timedelta(minutes=30)
"""How long a list can be answered with a number without a reply to it."""
LONGEST = 60
"""Characters of words that may say a number in a list."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_NUMBER = re.compile(
    r"(?:(?:please|open|show|give|read|tell|me|more|about|on|of|the|number|no\.?|nr\.?|story|topic|item)\s+)*"
    rf"#?(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)?|(?P<word>{'|'.join(ORDINALS)}|last))"
    r"(?:\s+(?:one|story|topic|item|please))*\s*[.)!?]*",
    re.IGNORECASE,
)


class Picks(Struct, frozen=True):
    """What a numbered list held, in its order, where the list answers no question."""

    listed: Literal["topics"]
    ids: tuple[int, ...]


def keep(request: Request, desk: Desk, ids: tuple[int, ...]) -> int:
    """The id under which the topics of a list are remembered, for a reply with a number."""
    body = msgspec.json.encode(Picks("topics", ids)).decode()
    return desk.store.exchange.remember(request.chat, request.thread, body, request.now, request.user)


def chosen(request: Request, desk: Desk) -> Reply | None:
    """What stands at the number that was said in the list replied to, or the last one; None where there is neither."""
    m = _NUMBER.fullmatch(request.text.strip()) if len(request.text) <= LONGEST else None
    if m is None:
        return None
    context, found = _list(request, desk)
    ids = found.picks if isinstance(found, Question) else found.ids if found else ()
    if not ids:
        return None
    place = int(m["digits"]) if m["digits"] else _place(m["word"].lower(), len(ids))
    if not 1 <= place <= len(ids):
        lines = f"1 to {len(ids)}" if len(ids) > 1 else "1"
        return Reply(blocks=(say(f"That list has no line {place}. Say a number: {lines}."),), context=context)
    if isinstance(found, Question):
        return _story(request, desk, ids[place - 1])
    from handlers.topics import opened  # noqa: PLC0415  # topics keeps its list here

    return opened(request, desk, ids[place - 1])


def _place(word: str, lines: int) -> int:
    return lines if word == "last" else ORDINALS.index(word) + 1


def _list(request: Request, desk: Desk) -> tuple[int, Question | Picks | None]:
    """The list meant, and the id it is remembered under: the one replied to, else the last thing shown here."""
    if request.context:
        return request.context, _recalled(request, desk, request.context)
    user = request.user if request.place == "group" else None
    for one in desk.store.exchange.history(request.chat, 20, user):
        found = _recalled(request, desk, one.id)
        if found is None or one.thread != request.thread or _is_one(found):
            continue
        return (one.id, found) if request.now - one.at < STILL_IN_MIND else (0, None)
    return 0, None


def _is_one(found: Question | Picks) -> bool:
    """Whether it is a question on a button, or a story that was opened from the list before it."""
    return isinstance(found, Question) and (found.offered or (bool(found.story) and not found.picks))


def _recalled(request: Request, desk: Desk, context: int) -> Question | Picks | None:
    return recall(request, desk, context) or recall_as(request, desk, context, Picks)


def _story(request: Request, desk: Desk, id_: int) -> Reply:
    try:
        one = desk.store.stories.get(id_)
    except NotFound:
        return Reply(blocks=(say("That story is no longer kept."),))
    return answer(request, desk, Question(kind="story", story=one.id, text=one.title))
