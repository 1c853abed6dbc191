"""Following a topic: what it would have told is shown before it is kept, and a button keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from handlers import digest, managing, who
from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.topics import WHENS, card, described
from handlers.turn import Turn, id_of, number, recall, recall_as, remember
from handlers.until import clock
from handlers.wishes import LOOKED_BACK, DryRun, Pending, Refused, Understood, dry_run, understand
from handlers.wording import count, link, listing, shortened
from news.question import Question
from store.alerts import stems
from store.subscriptions import Wish

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from store.subscriptions import Subscription

CONFIRM = "keep|"
"""How the data of the button that keeps a subscription begins."""
TOO_MANY = 20
"""Stories a day from which a threshold or a daily digest is proposed."""
QUOTA = 100
"""Subscriptions of one chat; what a person can still oversee."""
SHOWN = 3
"""Titles of a dry run."""


def subscribe(request: Request, desk: Desk) -> Reply:
    """The dry run of a wish, with buttons to keep it; the existing subscription where there is one."""
    there = managing.AT.search(request.text)
    if there:
        found = _there(request, desk, there[1], request.text[: there.start()] + request.text[there.end() :])
        return found if isinstance(found, Reply) else managing.signed(subscribe(found, desk), found)
    turn = Turn(Question(kind="help", text=request.text), request, desk, 0)
    try:
        understood = understand(turn, request.text)
    except Refused as refused:
        return _refused(request, desk, refused)
    if understood.choices:
        return _which(request, desk, understood.choices)
    have = desk.store.subscriptions.of(request.subject)
    same = next((o for o in have if o.thread == request.topic and o.wish.same == understood.wish.same), None)
    if same:
        shown = card(request, desk, same)
        return structs.replace(shown, blocks=(say("You follow this already."), Gap(), *shown.blocks))
    if len(have) >= QUOTA:
        return Reply(
            blocks=(
                say(f"This chat follows {QUOTA} topics, which is the most. Free one with /topics, then try again."),
            ),
            kind="subscribe",
        )
    return _offer(request, desk, understood, dry_run(turn, understood.wish))


def _refused(request: Request, desk: Desk, refused: Refused) -> Reply:
    """Why nothing is followed, and the words to follow instead of a name that nobody has."""
    words = stems(refused.words)
    if not words:
        return Reply(blocks=(say(str(refused)),), kind="subscribe")
    instead = _pend(request, desk, Wish(topic=refused.words, words=words))
    row = (_button(f"Follow the words “{shortened(refused.words, 30)}”", instead, "now"),)
    return Reply(blocks=(say(str(refused)),), buttons=(row,), kind="subscribe")


def _there(request: Request, desk: Desk, name: str, text: str) -> Request | Reply:
    """The request for a topic "in @channel", as one about that channel."""
    if request.place != "private":
        return Reply(blocks=(say("Say that to me in private: what is followed elsewhere is nobody's business here."),))
    found = managing.look(request, desk, name)
    return found if isinstance(found, Reply) else structs.replace(request, managed=found, text=text)


def _offer(request: Request, desk: Desk, understood: Understood, dry: DryRun) -> Reply:
    wish = understood.wish
    context = _pend(request, desk, wish)
    blocks: list[Block] = [say("Follow ", bold(described(wish)), "?")]
    for wrote, took in understood.corrections:
        blocks.append(say("I took ", bold(took), f" for what you wrote: {wrote}."))
    if understood.unseen:
        blocks.append(say(f"No article holds {listing(list(understood.unseen))} so far."))
    blocks += [Gap(), *told_before(desk, dry)]
    rows: list[tuple[Button, ...]] = [(_button("Follow, tell me at once", context, "now"),)]
    if wish.when != "now":
        rows = [(_button(f"Follow, tell me {WHENS[wish.when]}", context, wish.when),)]
    if dry.a_day > TOO_MANY:
        blocks.append(say(bold(f"That is {round(dry.a_day)} a day."), " A threshold or one digest would be calmer."))
        rows = [(_button("From 3 sources on", context, "min3"),), *rows]
    others = (("At once", "now"), ("Once a day", "daily"), ("Once a week", "weekly"))[wish.when == "now" :]
    rows.append(tuple(_button(label, context, when) for label, when in others if when != wish.when))
    rows.append((Button("No", press="dismiss"),))
    if understood.corrections:
        wrote = understood.corrections[0][0]
        rows.insert(
            1,
            (
                Button(
                    f"No, “{wrote}” as I wrote it"[:60],
                    press=f"keep|{number(_literal(request, desk, wish, understood))}|now",
                ),
            ),
        )
    return Reply(
        blocks=tuple(blocks),
        buttons=tuple(row for row in rows if row),
        kind="subscribe",
        facts={"for": request.subject, "keep": f"{CONFIRM}{number(context)}|{wish.when}"},
    )


def _literal(request: Request, desk: Desk, wish: Wish, understood: Understood) -> int:
    """The id of the pending wish with the words as they were written."""
    topic = wish.topic
    for wrote, took in understood.corrections:
        topic = topic.replace(took, wrote)
    return _pend(request, desk, structs.replace(wish, kind="topic", topic=topic, words=stems(topic), people=()))


def _pend(request: Request, desk: Desk, wish: Wish) -> int:
    body = msgspec.json.encode(Pending(wish, request.topic, request.subject)).decode()
    return desk.store.exchange.remember(request.chat, request.thread, body, request.now, request.user)


def _button(label: str, context: int, how: str) -> Button:
    return Button(label, press=f"{CONFIRM}{number(context)}|{how}")


def told_before(desk: Desk, dry: DryRun) -> list[Block]:
    """What the wish would have told: "7 stories in the last 7 days", with some titles."""
    days = f"the last {dry.days} days" + (" of the archive" if dry.of_archive else "")
    if not dry.stories:
        return [say(f"It would have told you of nothing in {days}.")]
    more = " or more" if dry.more else ""
    rare = " (nothing in the last 7)" if dry.days > LOOKED_BACK.days else ""
    blocks: list[Block] = [
        say(f"It would have told you of {count(len(dry.stories), 'story', 'stories')}{more} in {days}{rare}:")
    ]
    for one in dry.stories[:SHOWN]:
        listed = desk.store.articles.listed([one.lead])
        blocks.append(say("• ", link(one.title, listed[0].url if listed else ""), f" · {count(one.sources, 'source')}"))
    return blocks


def confirm(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The subscription is kept, as it was offered and how the button says."""
    if not request.admin:
        return Reply(toast="Only admins change what is followed here.")
    pending = recall_as(request, desk, id_of(arguments[0] if arguments else ""), Pending)
    how = arguments[1] if len(arguments) > 1 else ""
    if pending is None or how not in {"now", "daily", "weekly", "min3"}:
        return Reply(toast="This offer is old. Ask again, as in: /subscribe Ukraine talks")
    about = managing.may(request, desk, pending.chat or request.chat)
    if about is None:
        return Reply(toast="You or I am no admin there any more.")
    wish = structs.replace(pending.wish, sources=3) if how == "min3" else structs.replace(pending.wish, when=how)
    made, new = desk.store.subscriptions.add(about.subject, wish, request.now, thread=pending.thread, user=request.user)
    if made.wish.when != "now" and desk.store.digests.get(made.chat, made.thread) is None:
        digest.begin(desk, made.chat, made.thread, request.now)
    shown = card(about, desk, made)
    head = _kept(about, desk, made) if new else say("You follow this already.")
    return structs.replace(shown, blocks=(head, Gap(), *shown.blocks), edit=True, toast="Followed" if new else None)


def _kept(request: Request, desk: Desk, made: Subscription) -> Block:
    """That a subscription is kept, and when it is heard of first."""
    where = f" in {request.managed.title}" if request.managed else ""
    if made.wish.when == "now":
        return say(bold("Followed."), f" What comes from now on is told{where}.")
    found = desk.store.digests.get(made.chat, made.thread)
    zone = desk.store.chats.settings(made.chat).zone or "UTC"
    times = listing([clock(minute) for minute in found.times]) if found else ""
    return say(bold("Followed."), f" It is told in the digest{where} at {times}, time of {zone}: /digest changes that.")


def dismiss(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:  # noqa: ARG001
    """Nothing was kept, and the offer says so."""
    return Reply(blocks=(say("Nothing followed."),), edit=True, kind="subscribe")


def from_answer(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The offer to follow what a question was about: the button under an answer."""
    question = recall(request, desk, id_of(arguments[0] if arguments else ""))
    if question is None:
        return Reply(toast="This list is old. Ask again and there will be a fresh one.")
    prefix = {"met": "met ", "said": "said "}.get(question.kind, "")
    words = " and ".join(question.people) if question.people else question.topic
    if question.kind == "said" and question.about:
        words += f" about {question.about}"
    if not words and question.story:
        words = " ".join(desk.store.stories.get(question.story).people[:1])
    if not words:
        return Reply(blocks=(say("Follow what? Name it, as in: ", Text("/subscribe Ukraine talks", "code")),), ask=True)
    return subscribe(structs.replace(request, press=None, text=prefix + words), desk)


def _which(request: Request, desk: Desk, found: who.Found) -> Reply:
    """Which of several people of one name is meant, a button each that makes the offer."""
    rows = []
    for person in found.choices:
        text = request.text.replace(found.written, person.name)
        context = remember(request, desk, Question(kind="person", people=(person.name,), text=text))
        rows.append((Button(f"{person.name} · {count(person.articles, 'article')}", press=f"wish|{number(context)}"),))
    words = say("Several people are called ", bold(found.written), ". Whom do you want to follow?")
    return Reply(blocks=(words,), buttons=tuple(rows), kind="subscribe")


def wish(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The offer for the person that was chosen among several of one name."""
    question = recall(request, desk, id_of(arguments[0] if arguments else ""))
    if question is None:
        return Reply(toast="This list is old. Ask again.")
    return structs.replace(subscribe(structs.replace(request, press=None, text=question.text), desk), edit=True)
