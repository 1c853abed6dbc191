"""What is owed to a chat, as the message it becomes: alerts, their later edits, and digests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from handlers import brief, met, said, story
from handlers.desk import Request
from handlers.reply import Block, Button, Gap, Reply, bold, italic, say
from handlers.turn import Turn, id_of, number, remember
from handlers.wording import count, date_words, link, listing
from news.question import Question
from store.alerts import Notice
from store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.desk import Desk
    from news.story import Story
    from store.outbox import Owed

TOGETHER = 8
"""Stories in a message that tells of several at once."""
LATE = timedelta(minutes=30)
"""How late a digest is labelled as late."""


class Digested(Struct, frozen=True, kw_only=True):
    """The body of a digest in the outbox: its stories, best first, and when it was due."""

    stories: tuple[int, ...]
    due: str = ""
    late: bool = False
    topics: tuple[str, ...] = ()
    more: int = 0


class Outgoing(Struct, frozen=True):
    """A message on its way: in place of message `edit`, as an answer to message `reply_to`, or of its own."""

    reply: Reply
    edit: int | None = None
    reply_to: int | None = None


def render(desk: Desk, together: Sequence[Owed], now: datetime) -> Outgoing | None:
    """The message for one owed thing, or for several of one chat; None for what needs no telling any more."""
    if len(together) > 1:
        return _several(desk, together, now)
    owed = together[0]
    if owed.kind.startswith("digest"):
        return Outgoing(_digest(desk, owed, now))
    if owed.kind.startswith("words"):
        return Outgoing(msgspec.json.decode(owed.body, type=Reply))
    return _alert(desk, owed, now)


def _turn(desk: Desk, owed: Owed, now: datetime) -> Turn:
    request = Request(now=now, chat=owed.chat, thread=owed.thread)
    question = Question(kind="story", story=owed.story)
    zone = desk.store.chats.settings(owed.chat).zone or "UTC"
    return Turn(question, request, desk, remember(request, desk, question), zone=zone)


def _alert(desk: Desk, owed: Owed, now: datetime) -> Outgoing | None:
    notice = msgspec.json.decode(owed.body, type=Notice)
    turn = _turn(desk, owed, now)
    try:
        one = desk.store.stories.get(notice.story)
    except NotFound:
        return None
    first = _first_message(desk, owed)
    if notice.what == "edit" and first is None:
        return None
    buttons = (*story.buttons(turn, one), _about(owed))
    blocks = (_head(desk, notice), Gap(), *_body(turn, notice, one))
    reply = Reply(blocks=blocks, buttons=buttons, context=turn.context, preview=brief.address(turn, one), kind="alert")
    if notice.what == "edit":
        return Outgoing(reply, edit=first)
    return Outgoing(reply, reply_to=first if notice.what != "story" else None)


def _first_message(desk: Desk, owed: Owed) -> int | None:
    """The message that first told this chat of the story."""
    told = desk.store.outbox.of_story(owed.story, owed.chat)
    return next((one.message for one in told if one.message and one.id != owed.id and one.thread == owed.thread), None)


def _head(desk: Desk, notice: Notice) -> Block:
    """What is new, and of which topic."""
    topic = bold(notice.topic)
    if notice.what == "meeting" and notice.meeting:
        return say("New meeting · ", topic)
    if notice.what == "quote":
        return say("New words · ", topic)
    if notice.what == "grew":
        return say(f"Now {count(notice.sources, 'independent source')} · ", topic)
    del desk
    return say("New · ", topic)


def _body(turn: Turn, notice: Notice, one: Story) -> tuple[Block, ...]:
    """The meeting or the words that are new, else the story in short."""
    meeting = turn.store.meetings.get(notice.meeting) if notice.meeting else None
    if meeting is not None:
        return met.lines(meeting, [])
    quote = turn.store.quotes.get(notice.quote) if notice.quote else None
    if quote is not None:
        return said.lines(turn, quote, speaker=True)
    return story.card(turn, one)


def _about(owed: Owed) -> tuple[Button, ...]:
    row = [Button("Why did I get this?", press=f"whyme|{number(owed.id)}")]
    if owed.subscription:
        row.append(Button("Change", press=f"topic|card|{number(owed.subscription)}"))
    return tuple(row)


def _several(desk: Desk, together: Sequence[Owed], now: datetime) -> Outgoing | None:
    """Several due at once, as one message: their titles, a line each."""
    lines: list[Block] = []
    topics: list[str] = []
    told: set[int] = set()
    for owed in together:
        if owed.kind.startswith(("digest", "words", "edit")):
            continue
        notice = msgspec.json.decode(owed.body, type=Notice)
        try:
            one = desk.store.stories.get(notice.story)
        except NotFound:
            continue
        topics.append(notice.topic)
        if one.id not in told:
            told.add(one.id)
            listed = desk.store.articles.listed([one.lead])
            address = listed[0].url if listed else ""
            lines.append(say("• ", link(one.title, address), f" · {count(one.sources, 'source')}"))
    if not lines:
        return _alert(desk, together[0], now) if together[0].kind.startswith("edit") else None
    head = say(bold(count(len(lines), "story", "stories")), " on ", listing(list(dict.fromkeys(topics))[:4]))
    more = [say(f"and {len(lines) - TOGETHER} more: /latest")] if len(lines) > TOGETHER else []
    turn = _turn(desk, together[0], now)
    return Outgoing(Reply(blocks=(head, Gap(), *lines[:TOGETHER], *more), context=turn.context, kind="alert"))


def _digest(desk: Desk, owed: Owed, now: datetime) -> Reply:
    body = msgspec.json.decode(owed.body, type=Digested)
    turn = _turn(desk, owed, now)
    return digest_reply(turn, body)


def digest_reply(turn: Turn, body: Digested) -> Reply:
    """A digest: its stories in two lines each."""
    blocks: list[Block] = [say(bold("Your digest"), f", {date_words(turn.request.now.date())}")]
    if body.topics:
        blocks.append(say(f"On {listing(list(body.topics[:6]))}."))
    if body.late:
        blocks.append(say(italic(f"Late: it was due at {body.due}.")))
    picks: list[Button] = []
    for id_ in body.stories:
        try:
            one = turn.store.stories.get(id_)
        except NotFound:
            continue
        blocks += [Gap(), *brief.in_short(turn, one, len(picks) + 1)]
        picks.append(turn.press(str(len(picks) + 1), "story", number(one.id)))
    if body.more:
        blocks += [Gap(), say(f"and {count(body.more, 'smaller story', 'smaller stories')}: /latest")]
    return Reply(blocks=tuple(blocks), buttons=(tuple(picks),) if picks else (), context=turn.context, kind="digest")


def why_me(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """Why a chat was told: the topic, the rule, the sources, the words that were found."""
    id_ = arguments[0] if arguments else ""
    owed = desk.store.outbox.get(id_of(id_))
    if owed is None or owed.chat != request.chat:
        return Reply(toast="That is too long ago to say.")
    notice = msgspec.json.decode(owed.body, type=Notice)
    blocks: list[Block] = [say(owed.reason or "You follow this.")]
    if notice.matched:
        blocks.append(say(f"The article holds: {listing(list(notice.matched))}."))
    listed = desk.store.articles.listed([notice.article])
    if listed:
        blocks.append(say("It was ", link(listed[0].title, listed[0].url), f", {listed[0].site or 'no site named'}."))
    rows = (
        ((Button("Change this topic", press=f"topic|card|{number(owed.subscription)}"),),) if owed.subscription else ()
    )
    return Reply(blocks=tuple(blocks), buttons=rows, kind="why")
