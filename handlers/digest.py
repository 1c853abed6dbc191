"""Digests: when a chat gets them, what stands in them, and the hours in which a chat is left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from handlers.notices import LATE, Digested, digest_reply
from handlers.reply import Block, Gap, Reply, bold, italic, say
from handlers.turn import Turn, remember
from handlers.until import WEEK, clock, days_of, minutes_of, next_due
from handlers.wording import listing
from news.question import Question
from store.alerts import due_after_quiet
from store.chats import Quiet
from store.errors import NotFound
from store.outbox import ALERT, ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from handlers.desk import Desk, Request
    from news.story import Story
    from store.arrivals import Pending
    from store.digests import Digest
    from store.subscriptions import Subscription

MOST_TIMES = 6
"""Digests a day; more often is an alert."""
STORIES = 7
"""Stories of a digest: two phone screens."""
BY_DEFAULT = (8 * 60,)
"""When topics told once a day are told, until a chat says otherwise: 8:00."""
WEEKLY = 0
"""The weekday of topics told once a week: Monday, or the first day of the week on which the chat gets digests."""

_LEAST = re.compile(r"\bexcept\s+min\s*[:=]?\s*(\d{1,3})\b", re.IGNORECASE)


def digest(request: Request, desk: Desk) -> Reply:
    """What "/digest 08:00 18:00 weekdays", "off", "now", "preview" or nothing does."""
    words = request.text.strip().lower()
    match words:
        case "":
            return _state(request, desk)
        case "off":
            return _off(request, desk)
        case "preview":
            return preview(request, desk)
        case "now":
            return _now(request, desk) if request.admin else preview(request, desk)
    if not request.admin:
        return Reply(blocks=(say("Only admins change when digests come here."),), kind="digest")
    try:
        times = tuple(sorted(minutes_of(words)))
    except ValueError as error:
        return Reply(blocks=(say(str(error)),), kind="digest")
    if not times:
        return Reply(blocks=(say("When? As in: /digest 08:00 18:00 weekdays, or: off, now, preview."),), kind="digest")
    if len(times) > MOST_TIMES:
        return Reply(blocks=(say(f"At most {MOST_TIMES} digests a day; you named {len(times)} times."),), kind="digest")
    days = days_of(words)
    zone = _zone(request, desk)
    due = next_due(times, days, request.now, zone)
    begin(desk, request.subject, request.topic, request.now, times=times, days=days)
    said = f"A digest at {listing([clock(minute) for minute in times])}{_days(days)}, time of {zone}."
    when = f"The next one comes on {due.astimezone(ZoneInfo(zone)):%a %d %b at %H:%M}." if due else ""
    return Reply(blocks=(say(bold(said)), say(when, " If nothing is new, nothing is sent.")), kind="digest")


def begin(
    desk: Desk,
    chat: int,
    thread: int,
    now: datetime,
    *,
    times: tuple[int, ...] = BY_DEFAULT,
    days: tuple[int, ...] = (),
) -> None:
    """Nothing; the chat gets digests at these times. A new one tells of nothing older than itself."""
    days = days or tuple(range(7))
    zone = desk.store.chats.settings(chat).zone or "UTC"
    with desk.store.transaction():
        fresh = desk.store.digests.get(chat, thread) is None
        desk.store.digests.set(chat, times, next_due(times, days, now, zone), now, thread=thread, days=days)
        if fresh:
            desk.store.arrivals.take(chat, thread, (), desk.store.arrivals.newest())


def _days(days: tuple[int, ...]) -> str:
    if len(days) == 7:
        return ""
    if days == (0, 1, 2, 3, 4):
        return ", on weekdays"
    return f", on {listing([WEEK[day].title() for day in days])}"


def _zone(request: Request, desk: Desk) -> str:
    return desk.store.chats.settings(request.subject).zone or "UTC"


def _state(request: Request, desk: Desk) -> Reply:
    found = desk.store.digests.get(request.subject, request.topic)
    if found is None or not found.times:
        where = f"in {request.managed.title}" if request.managed else "here"
        words = say(
            f"No digest comes {where}. Set one, as in: /digest 08:00 18:00, and look at one with /digest preview"
        )
        return Reply(blocks=(words,), kind="digest")
    times = listing([clock(minute) for minute in found.times])
    zone = _zone(request, desk)
    due = f" The next one: {found.next.astimezone(ZoneInfo(zone)):%a %d %b at %H:%M}." if found.next else ""
    said = say("A digest comes at ", bold(times), f"{_days(found.days)}, time of {zone}.{due}")
    return Reply(blocks=(said, say("Also: /digest off, /digest now, /digest preview")), kind="digest")


def _off(request: Request, desk: Desk) -> Reply:
    if not request.admin:
        return Reply(blocks=(say("Only admins change when digests come here."),), kind="digest")
    ended = desk.store.digests.off(request.subject, request.topic)
    return Reply(blocks=(say("No digest comes any more." if ended else "No digest came here anyway."),), kind="digest")


def preview(request: Request, desk: Desk) -> Reply:
    """What the next digest would say, without counting it as told."""
    body, *_ = _made(desk, request.subject, request.topic, weekly=True)
    question = Question(kind="brief")
    turn = Turn(question, request, desk, remember(request, desk, question), zone=_zone(request, desk))
    if body is None:
        return Reply(blocks=(say("Nothing new so far, so no digest would be sent."),), kind="digest")
    reply = digest_reply(turn, body)
    if desk.store.digests.get(request.subject, request.topic) is not None:
        return reply
    note = say(italic("No digest comes here yet; of all that is kept one would look like this."))
    return msgspec.structs.replace(reply, blocks=(note, Gap(), *reply.blocks))


def _now(request: Request, desk: Desk) -> Reply:
    """The digest goes out through the outbox, so that what counts as told is never lost."""
    if desk.store.digests.get(request.subject, request.topic) is None:
        begin(desk, request.subject, request.topic, request.now)
    sent = owe(desk, request.subject, request.topic, request.now, lane=ANSWER, weekly=True)
    words = "Here it comes." if sent else "Nothing new has come since the last digest."
    return Reply(blocks=(say(words),), kind="digest")


def due(desk: Desk, worker: str, now: datetime, lease: float = 120.0) -> int:
    """Number of digests put into the outbox; each due one is dealt with in one transaction."""
    owed = 0
    for one in desk.store.digests.lease(worker, now, lease):
        owed += _deal(desk, worker, one, now)
    return owed


def _deal(desk: Desk, worker: str, one: Digest, now: datetime) -> bool:
    settings = desk.store.chats.settings(one.chat)
    zone = settings.zone or "UTC"
    paused = settings.paused_until is not None and settings.paused_until > now
    due_on = (one.next or now).astimezone(ZoneInfo(zone))
    weekly = due_on.weekday() == min(one.days, default=WEEKLY)
    with desk.store.transaction():
        sent = False
        if not paused:
            sent = owe(desk, one.chat, one.thread, now, weekly=weekly, was_due=one.next)
        following = next_due(one.times, one.days, now, zone)
        desk.store.digests.delivered(worker, one, now, following)
        return sent


def owe(
    desk: Desk,
    chat: int,
    thread: int,
    now: datetime,
    *,
    lane: int = ALERT,
    weekly: bool = False,
    was_due: datetime | None = None,
) -> bool:
    """Whether there was anything to tell; then it is in the outbox and counts as told, both or neither."""
    with desk.store.transaction():
        body, topics, upto = _made(desk, chat, thread, weekly=weekly)
        desk.store.arrivals.take(chat, thread, [one.id for one in topics], upto)
        if body is None:
            return False
        if was_due is not None and now - was_due > LATE:
            zone = ZoneInfo(desk.store.chats.settings(chat).zone or "UTC")
            body = msgspec.structs.replace(body, late=True, due=f"{was_due.astimezone(zone):%a %d %b, %H:%M}")
        desk.store.outbox.enqueue(
            chat, 0, f"digest:{upto}", msgspec.json.encode(body).decode(), now, thread=thread, lane=lane
        )
        for one in topics:
            desk.store.subscriptions.told(one.id, now)
        return True


def _made(desk: Desk, chat: int, thread: int, *, weekly: bool) -> tuple[Digested | None, Sequence[Subscription], int]:
    """The digest, the topics it is of, and up to which arrival it tells: of the chat's topics, or of everything."""
    arrivals = desk.store.arrivals
    followed = desk.store.subscriptions.of(chat, thread)
    kinds = {"daily", "weekly"} if weekly else {"daily"}
    topics = [one for one in followed if one.wish.when in kinds]
    upto = arrivals.newest()
    stories: dict[int, Story] = {}
    named: list[str] = []
    if any(one.wish.when != "now" for one in followed):
        for one in topics:
            found = _stories(desk, arrivals.pending([one.id]), one.wish.sources)
            named += [one.wish.topic] * bool(found)
            stories |= found
    else:
        stories = _stories(desk, arrivals.since(arrivals.told_upto(chat, thread)), 1)
    if not stories:
        return None, topics, upto
    ranked = _ranked(stories.values())
    shown = tuple(story.id for story in ranked[:STORIES])
    more = max(0, len(ranked) - STORIES)
    return Digested(stories=shown, topics=tuple(dict.fromkeys(named)), more=more), topics, upto


def _stories(desk: Desk, pending: Pending, least: int) -> dict[int, Story]:
    """The stories that have so many independent sources, by their ids."""
    found: dict[int, Story] = {}
    for id_, _ in pending.stories:
        try:
            story = desk.store.stories.get(id_)
        except NotFound:
            continue
        if story.sources >= least:
            found[id_] = story
    return found


def _ranked(stories: Iterable[Story]) -> list[Story]:
    """Stories with most independent sources and the newest first."""
    return sorted(stories, key=lambda story: (-story.sources, -story.last.timestamp(), story.id))


def quiet(request: Request, desk: Desk) -> Reply:
    """The hours in which alerts wait: "/quiet 22:00-07:00 except min:5", "off", or how they are set."""
    words = request.text.strip().lower()
    chosen = desk.store.chats.settings(request.subject).quiet
    if not words:
        said = f"Quiet from {clock(chosen.start)} to {clock(chosen.end)}." if chosen else "No quiet hours are set."
        return Reply(
            blocks=(say(said), say("To set them: /quiet 22:00-07:00 except min:5, or: /quiet off")), kind="quiet"
        )
    if words == "off":
        _rest(request, desk, None)
        return Reply(blocks=(say("Quiet hours are off."),), kind="quiet")
    m = _LEAST.search(words)
    least = max(2, min(int(m[1]), 50)) if m else None
    try:
        times = minutes_of(_LEAST.sub(" ", words))
    except ValueError as error:
        return Reply(blocks=(say(str(error)),), kind="quiet")
    if len(times) == 1:
        _rest(request, desk, None)
        return Reply(blocks=(say("Both ends are the same, so quiet hours are off."),), kind="quiet")
    if len(times) != 2:
        words = "Quiet hours have a beginning and an end, as in: /quiet 22:00-07:00"
        return Reply(blocks=(say(words),), kind="quiet")
    _rest(request, desk, Quiet(times[0], times[1], least))
    blocks: list[Block] = [
        say(bold(f"Quiet from {clock(times[0])} to {clock(times[1])}"), f", time of {_zone(request, desk)}."),
        say("What comes meanwhile waits and is told in one message at the end."),
    ]
    if least:
        blocks.append(say(f"Stories with {least} independent sources or more come at once all the same."))
    return Reply(blocks=tuple(blocks), kind="quiet")


def _rest(request: Request, desk: Desk, chosen: Quiet | None) -> None:
    """Nothing; quiet hours are set, and what waited for the end of others comes now, unless these hold it too."""
    with desk.store.transaction():
        settings = desk.store.chats.change(request.subject, request.now, quiet=chosen)
        if due_after_quiet(settings, request.now, 0) == request.now:
            desk.store.outbox.hasten(request.subject, request.now)
