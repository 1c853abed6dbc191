"""What is owed to a chat, as the message it becomes: alerts, their later edits, and digests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from handlers import brief, met, said, story
from handlers.desk import Request
from handlers.reply import Block, Button, Gap, Reply, bold, italic, say
from handlers.turn import Turn, id_of, number, remember
from handlers.wording import count, date_words, day_words, link, listing, moment_words
from news.question import Question
from store.alerts import Notice, due_after_quiet
from store.errors import NotFound
from store.outbox import ANSWER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.reply import Inline
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
    """A message on its way: in place of message `edit`, as an answer to message `reply_to`, or of its own.

    `later` is when it may go where the chat has quiet hours now: it was due before them and came too late.
    """

    reply: Reply
    edit: int | None = None
    reply_to: int | None = None
    later: datetime | None = None


def render(desk: Desk, together: Sequence[Owed], now: datetime) -> Outgoing | None:
    """The message for one owed thing, or for several of one chat; None for what needs no telling any more."""
    owed = together[0]
    if len(together) > 1:
        return _several(desk, together, now)
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


def _story(desk: Desk, id_: int) -> Story | None:
    """The story, or the one that its first article belongs to since stories were merged or split."""
    try:
        return desk.store.stories.get(id_)
    except NotFound:
        return desk.store.stories.of(id_)


def _alert(desk: Desk, owed: Owed, now: datetime) -> Outgoing | None:
    notice = msgspec.json.decode(owed.body, type=Notice)
    one = _story(desk, owed.story)
    if one is None:
        return None
    first = _first(desk, owed)
    if notice.what == "edit":
        return _edited(desk, first, one, now) if first else None
    turn = _turn(desk, owed, now)
    reply = _told(turn, owed, notice, one)
    reply_to = first.message if first and notice.what != "story" else None
    return Outgoing(reply, reply_to=reply_to, later=_later(desk, owed.chat, one.sources, now))


def _later(desk: Desk, chat: int, sources: int, now: datetime) -> datetime | None:
    """The end of the chat's quiet hours, None outside of them and for stories with sources enough."""
    due = due_after_quiet(desk.store.chats.settings(chat), now, sources)
    return due if due > now else None


def _edited(desk: Desk, first: Owed, one: Story, now: datetime) -> Outgoing | None:
    """The message that first told of a story as it says it now, with all that it told together with it."""
    together = _beside(desk, first)
    if len(together) > 1:
        again = _several(desk, together, now)
        return msgspec.structs.replace(again, edit=first.message, later=None) if again else None
    notice = msgspec.json.decode(first.body, type=Notice)
    return Outgoing(_told(_turn(desk, first, now), first, notice, one), edit=first.message)


def _beside(desk: Desk, owed: Owed) -> tuple[Owed, ...]:
    """What went out in the same message, in order; its later edits bear its number too and are left out."""
    if owed.message is None:
        return (owed,)
    told = desk.store.outbox.by_message(owed.chat, owed.message)
    return tuple(one for one in told if not one.kind.startswith("edit"))


def _told(turn: Turn, owed: Owed, notice: Notice, one: Story) -> Reply:
    """An alert: what is new of which topic, the story or the event, and what can be done with it."""
    blocks = (_head(turn.desk, notice), Gap(), *_body(turn, notice, one))
    buttons = () if _in_channel(turn.desk, owed.chat) else _buttons(turn, owed, one)
    address = brief.address(turn, one) if notice.what == "story" else None
    return Reply(blocks=blocks, buttons=buttons, context=turn.context, preview=address, kind="alert")


def _in_channel(desk: Desk, chat: int) -> bool:
    """Whether a chat is a channel: its readers would press what the bot then says to all of them."""
    found = desk.store.chats.get(chat)
    return found is not None and found.kind == "channel"


def _buttons(turn: Turn, owed: Owed, one: Story) -> tuple[tuple[Button, ...], ...]:
    id_ = number(one.id)
    change = (Button("Change", press=f"topic|card|{number(owed.subscription)}"),) if owed.subscription else ()
    return (
        (turn.press("Sources", "sources", id_), turn.press("Related", "related", id_), *change),
        (Button("Why did I get this?", press=f"whyme|{number(owed.id)}"),),
    )


def _first(desk: Desk, owed: Owed) -> Owed | None:
    """What first told this chat or forum topic of the story, if it was sent."""
    told = desk.store.outbox.of_story(owed.story, owed.chat)
    fitting = (one for one in told if one.message and one.id != owed.id and one.thread == owed.thread)
    return next((one for one in fitting if not one.kind.startswith("edit")), None)


def _head(desk: Desk, notice: Notice) -> Block:
    """What is new, and of which topic."""
    topic = bold(notice.topic)
    if notice.what == "meeting":
        meeting = desk.store.meetings.get(notice.meeting)
        word = {"planned": "Planned", "cancelled": "Called off", "denied": "Denied", "possible": "Possible"}
        return say(f"{word.get(meeting.status, 'New meeting') if meeting else 'New meeting'} · ", topic)
    if notice.what == "quote":
        return say("New words · ", topic)
    if notice.what == "grew":
        return say(f"Now {count(notice.sources, 'independent source')} · ", topic)
    return say("New · ", topic)


def _body(turn: Turn, notice: Notice, one: Story) -> tuple[Block, ...]:
    """The meeting or the words that are new, else the story in short."""
    meeting = turn.store.meetings.get(notice.meeting) if notice.meeting else None
    if meeting is not None:
        return met.lines(meeting, [])
    quote = turn.store.quotes.get(notice.quote) if notice.quote else None
    if quote is not None:
        return said.lines(turn, quote, speaker=True)
    return story.card(turn, one, alert=True)


def _several(desk: Desk, together: Sequence[Owed], now: datetime) -> Outgoing | None:
    """Several due at once, as one message: a line each, with a button that opens its story."""
    turn = _turn(desk, together[0], now)
    lines: list[Block] = []
    picks: list[Button] = []
    listed: list[int] = []
    topics: list[str] = []
    seen: set[tuple[int, int, int]] = set()
    most = 0
    for owed in together:
        notice = msgspec.json.decode(owed.body, type=Notice)
        one = _story(desk, owed.story)
        key = (one.id, notice.meeting, notice.quote) if one else (0, 0, 0)
        if one is None or key in seen:
            continue
        seen.add(key)
        most = max(most, one.sources)
        topics.append(notice.topic)
        if len(picks) < TOGETHER:
            listed.append(one.id)
            lines.append(say(f"{len(picks) + 1}. ", *_line(turn, notice, one)))
            picks.append(turn.press(str(len(picks) + 1), "story", number(one.id)))
    if not lines:
        return None
    turn.lists(listed)
    head = say(bold(f"{len(seen)} new"), " on ", listing(list(dict.fromkeys(topics))[:4]))
    more = [say(f"and {len(seen) - TOGETHER} more: /latest")] if len(seen) > TOGETHER else []
    why = Button("Why did I get these?", press=f"whyme|{number(together[0].id)}")
    buttons = () if _in_channel(desk, turn.request.chat) else (*_rows(picks), (why,))
    blocks = (head, Gap(), *lines, *more)
    later = _later(desk, turn.request.chat, most, now)
    return Outgoing(Reply(blocks=blocks, buttons=buttons, context=turn.context, kind="alert"), later=later)


def _rows(picks: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of four, all about as wide as a thumb."""
    return tuple(tuple(picks[at : at + 4]) for at in range(0, len(picks), 4))


def _line(turn: Turn, notice: Notice, one: Story) -> tuple[Inline | str, ...]:
    """One thing told, in a line: the meeting, the words, or the title with its sources."""
    meeting = turn.store.meetings.get(notice.meeting) if notice.meeting else None
    if meeting is not None:
        telling = next((t for t in meeting.evidence if t.article == notice.article), meeting.evidence[0])
        said_in = link(telling.title, telling.url)
        return (bold(day_words(meeting.day)), f" · {met.summary(meeting, [])} · ", said_in)
    quote = turn.store.quotes.get(notice.quote) if notice.quote else None
    if quote is not None:
        return (bold(said.speaker_of(turn, quote)), ": ", link(f"“{quote.words}”", quote.url))
    listed = turn.store.articles.listed([one.lead])
    address = listed[0].url if listed else ""
    return (link(one.title, address), f" · {count(one.sources, 'source')}")


def _digest(desk: Desk, owed: Owed, now: datetime) -> Reply:
    body = msgspec.json.decode(owed.body, type=Digested)
    reply = digest_reply(_turn(desk, owed, now), body)
    return msgspec.structs.replace(reply, buttons=()) if _in_channel(desk, owed.chat) else reply


def digest_reply(turn: Turn, body: Digested) -> Reply:
    """A digest: its stories in two lines each."""
    day = turn.request.now.astimezone(ZoneInfo(turn.zone)).date()
    blocks: list[Block] = [say(bold("Your digest"), f" · {date_words(day)}")]
    if body.topics:
        blocks.append(say(f"On {listing(list(body.topics[:6]))}."))
    if body.late:
        blocks.append(say(italic(f"Late: it was due at {body.due}.")))
    picks: list[Button] = []
    told = [one for one in (_story(turn.desk, id_) for id_ in body.stories) if one]
    turn.lists([one.id for one in told])
    for one in told:
        blocks += [Gap(), *brief.in_short(turn, one, len(picks) + 1)]
        picks.append(turn.press(str(len(picks) + 1), "story", number(one.id)))
    if body.more:
        blocks += [Gap(), say(f"and {count(body.more, 'smaller story', 'smaller stories')}: /latest")]
    return Reply(blocks=tuple(blocks), buttons=_rows(picks), context=turn.context, kind="digest")


def back(desk: Desk, chat: int, since: datetime, now: datetime) -> None:
    """Nothing; a chat that slept and is awake again hears once what it follows, and that it missed something.

    A channel does not: its readers never knew.
    """
    followed = desk.store.subscriptions.count(chat)
    if not followed or _in_channel(desk, chat):
        return
    zone = desk.store.chats.settings(chat).zone or "UTC"
    words = say(
        bold("Good to be back."),
        f" I could not write here since {moment_words(since, zone)}. What came meanwhile is not sent; "
        f"{count(followed, 'topic')} you follow, told again from now on.",
    )
    buttons = ((Button("What did I miss?", press="run|brief"), Button("My topics", press="run|topics")),)
    body = msgspec.json.encode(Reply(blocks=(words,), buttons=buttons, kind="alert")).decode()
    desk.store.outbox.enqueue(chat, 0, f"words:back:{now:%Y%m%d%H%M%S}", body, now, lane=ANSWER)


def why_me(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """Why a chat was told: the topic, the rule, the sources, the words that were found; of each that came together."""
    owed = desk.store.outbox.get(id_of(arguments[0] if arguments else ""))
    if owed is None or owed.chat != request.chat:
        return Reply(toast="That is too long ago to say.")
    together = _beside(desk, owed)
    if len(together) > 1:
        reasons = list(dict.fromkeys(one.reason for one in together if one.reason))
        lines = [say("• ", one) for one in reasons[:TOGETHER]]
        head = say("More than three were due at once, or came in quiet hours, so they are one message.")
        return Reply(blocks=(head, *lines), kind="why")
    return _why(desk, owed)


def _why(desk: Desk, owed: Owed) -> Reply:
    notice = msgspec.json.decode(owed.body, type=Notice)
    blocks: list[Block] = [say(owed.reason or "You follow this.")]
    listed = desk.store.articles.listed([notice.article])
    if listed:
        site = listed[0].site or "no site named"
        blocks.append(say("It began with ", link(listed[0].title, listed[0].url), f", {site}."))
    if notice.matched:
        blocks.append(say(f"That article holds: {listing(list(notice.matched))}."))
    blocks.append(say("One message a story: later sources change it without a sound."))
    rows = (
        ((Button("Change this topic", press=f"topic|card|{number(owed.subscription)}"),),) if owed.subscription else ()
    )
    return Reply(blocks=tuple(blocks), buttons=rows, kind="why")
