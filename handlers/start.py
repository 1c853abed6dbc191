"""The first message: a real answer at once, and three questions to tap, made from what the archive holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers import latest, story
from handlers.coverage import covered
from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import Turn, remember
from handlers.wording import shortened
from news.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.desk import Desk, Request

EXAMPLES = 3
"""Questions to tap under the first message."""
MEETINGS_SEEN = 20
"""Newest meetings among which the one for an example is chosen."""


def start(request: Request, desk: Desk) -> Reply:
    """The lead story of the newest day, and three questions; what a deep link asks for where it carries one."""
    linked = _linked(request, desk)
    return linked or hello(request, desk)


def hello(request: Request, desk: Desk) -> Reply:
    """The lead story and three questions to tap."""
    question = Question(kind="brief", offered=True)
    turn = Turn(question, request, desk, remember(request, desk, question), zone=_zone(request, desk))
    blocks: list[Block] = [
        say(
            bold("This is a news desk."),
            " Ask it in plain words; it answers from the articles it keeps, word for word.",
        ),
    ]
    newest = desk.store.stories.latest(40)
    if newest:
        day = max(one.last for one in newest)
        recent = [one for one in newest if (day - one.last).days < 1]
        lead = max(recent, key=lambda one: (one.sources, one.last))
        blocks += [Gap(), *story.card(turn, lead)]
    else:
        blocks.append(covered(turn))
    blocks += _to_set_up(request, desk)
    examples = tuple((button,) for button in _examples(turn))
    if examples:
        blocks += [Gap(), say("Tap a question, or ask your own:")]
    return Reply(blocks=tuple(blocks), buttons=examples, kind="help", context=turn.context)


def _to_set_up(request: Request, desk: Desk) -> list[Block]:
    """What is still to be set up, for whoever runs the bot; for anybody as long as nobody owns it."""
    if request.place != "private":
        return []
    if desk.settings.get("owned") is False:
        line = Text(f"ADMIN_IDS={request.user}", "code")
        return [Gap(), say("Nobody owns this bot yet. If it is yours, put ", line, " into .env and start it again.")]
    if request.owner and desk.settings.get("inline") is False:
        return [Gap(), say("For questions from any chat (@bot who met …): send /setinline to @BotFather.")]
    return []


def about(request: Request, desk: Desk) -> Reply:
    """What the desk is and what it keeps."""
    turn = Turn(Question(kind="desk"), request, desk, 0, zone=_zone(request, desk))
    blocks = (
        say(bold("I am a news desk"), ": a program that answers from the articles it keeps, word for word."),
        covered(turn),
        *((latest.sites_line(turn),) if desk.store.articles.coverage().count else ()),
        say("What can be asked and done: /help"),
    )
    return Reply(blocks=blocks, kind="help")


def nothing_to_read(request: Request, desk: Desk) -> Reply:
    """What is said to a sticker, a voice message, a bare emoji: what can be read, with examples."""
    question = Question(kind="help", offered=True)
    turn = Turn(question, request, desk, remember(request, desk, question), zone=_zone(request, desk))
    examples = tuple((button,) for button in _examples(turn))
    return Reply(blocks=(say("I read text and links. For example:"),), buttons=examples, kind="help")


def _examples(turn: Turn) -> Iterator[Button]:
    """Three questions that the archive can answer: who met, what was said, what is new of a place or subject."""
    asked: list[tuple[str, Question]] = []
    speaker = next((one for one in turn.store.people.top(10) if turn.store.quotes.count([one.id])), None)
    met = Counter(
        name
        for meeting in turn.store.meetings.find(status=("held",), limit=MEETINGS_SEEN)
        for name in meeting.people
        if len(meeting.people) > 1 and meeting.day and (speaker is None or name != speaker.name)
    )
    for name, _ in met.most_common(1):
        asked.append((f"Who met {name}?", Question(kind="met", people=(name,), asked="who", text=f"who met {name}?")))
    if speaker:
        text = f"What did {speaker.name} say?"
        asked.append((text, Question(kind="said", people=(speaker.name,), text=text)))
    tag = _subject(turn)
    if tag:
        asked.append((f"Brief me on {tag}", Question(kind="brief", topic=tag, text=f"brief me on {tag}")))
    for label, question in asked[:EXAMPLES]:
        yield turn.offer(shortened(label, 60), question)


def _subject(turn: Turn) -> str:
    """The subject that most of the newest articles are tagged with, "" where they have none."""
    counts: dict[str, int] = {}
    newest = turn.store.articles.latest(30)
    for article in turn.store.articles.many([one.id for one in newest]):
        for tag in article.tags[:3]:
            counts[tag] = counts.get(tag, 0) + 1
    return max(counts, key=lambda tag: (counts[tag], tag)) if counts else ""


def _linked(request: Request, desk: Desk) -> Reply | None:
    """What a deep link leads to, or that it leads nowhere any more; None where there is none."""
    if not request.text.strip():
        return None
    from handlers.deep import led  # noqa: PLC0415  # what is led to is answered with this module's hello

    told = led(request, desk)
    if told:
        return told
    reply = hello(request, desk)
    note = say("That link is no longer valid; this is what there is instead.")
    return Reply(blocks=(note, Gap(), *reply.blocks), buttons=reply.buttons, kind="help", context=reply.context)


def _zone(request: Request, desk: Desk) -> str:
    return desk.store.chats.settings(request.chat).zone or "UTC"
