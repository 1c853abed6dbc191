"""What is kept about a person, given out, taken in, and deleted: /export, /import, /forgetme, /privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import msgspec
from msgspec import structs

from handlers.preferences import LENGTHS, zone_named
from handlers.reply import Button, Document, Gap, Reply, Text, bold, say
from handlers.turn import Turn
from handlers.wishes import Refused, understand
from handlers.wording import count
from news.question import Question

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

FORMAT = "dateline-topics-1"
"""What a file of ours says it is."""
WORD = "forget me"
"""What is typed to confirm."""
MOST = 200
"""Topics that are taken in at once."""
MAX_FILE = 1_000_000


def export(request: Request, desk: Desk) -> Reply:
    """Topics, settings and digest times as JSON, or with "opml" the topics and feeds as OPML."""
    if not request.admin:
        return Reply(blocks=(say("Only admins take what is kept about this chat."),), kind="export")
    followed = desk.store.subscriptions.of(request.chat)
    if request.text.strip().lower() == "opml":
        outlines = [
            f"    <outline text={quoteattr(one.wish.topic)} category={quoteattr(one.wish.kind)}/>" for one in followed
        ]
        if request.owner:
            feeds = desk.store.feeds.all()
            outlines += [f'    <outline type="rss" text={quoteattr(f.name)} xmlUrl={quoteattr(f.url)}/>' for f in feeds]
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            "  <head><title>Dateline</title></head>",
        ]
        text = "\n".join([*lines, "  <body>", *outlines, "  </body>", "</opml>", ""])
        return Reply(
            document=Document("dateline.opml", text.encode(), f"{count(len(outlines), 'outline')}."), kind="export"
        )
    settings = desk.store.chats.settings(request.chat)
    topics = [_topic(desk, one.wish) for one in followed]
    digests = [{"times": one.times, "days": one.days} for one in desk.store.digests.of(request.chat)]
    chosen = {
        "zone": settings.zone,
        "length": settings.length,
        "previews": settings.previews,
        "quotes": settings.quotes,
    }
    everything = {
        "format": FORMAT,
        "settings": chosen,
        "digests": digests,
        "topics": topics,
        "kept": desk.store.chats.export(request.chat),
    }
    data = msgspec.json.format(msgspec.json.encode(everything, enc_hook=str), indent=1)
    words = f"{count(len(topics), 'topic')} and your settings. /import takes this file back."
    return Reply(document=Document("dateline.json", data, words), kind="export")


def _topic(desk: Desk, wish: Any) -> dict[str, object]:  # noqa: ANN401
    people = [person.name for id_ in wish.people if (person := desk.store.people.get(id_))]
    return {
        "kind": wish.kind,
        "topic": wish.topic,
        "people": people,
        "without": list(wish.without),
        "about": list(wish.about),
        "sources": wish.sources,
        "when": wish.when,
    }


def import_(request: Request, desk: Desk) -> Reply:
    """How many topics of a file were taken and how many not, and why; settings too."""
    if request.attachment is None:
        words = "Send the file that /export gave, with /import as its caption."
        return Reply(blocks=(say(words),), kind="import")
    try:
        given = msgspec.json.decode(request.attachment.data[:MAX_FILE])
    except msgspec.DecodeError:
        given = None
    if not isinstance(given, dict) or given.get("format") != FORMAT or not isinstance(given.get("topics"), list):
        words = (
            f"This is no file of /export. Expected is JSON that begins with the format {FORMAT}; nothing was changed."
        )
        return Reply(blocks=(say(words),), kind="import")
    kept, known, refused = 0, 0, []
    for topic in given["topics"][:MOST]:
        outcome = _take(request, desk, topic)
        kept += outcome == "kept"
        known += outcome == "known"
        if outcome not in {"kept", "known"}:
            refused.append(outcome)
    _settle(request, desk, given.get("settings"))
    blocks = [say(bold(f"{count(kept, 'topic')} taken"), f", {known} followed already, {len(refused)} refused.")]
    blocks += [say("• ", reason) for reason in refused[:5]]
    return Reply(blocks=tuple(blocks), kind="import")


def _take(request: Request, desk: Desk, topic: object) -> str:
    """The word "kept" or "known", or the reason why the topic was refused."""
    if not isinstance(topic, dict) or not isinstance(topic.get("topic"), str):
        return "an entry without a topic"
    names = " and ".join(name for name in topic.get("people", ()) if isinstance(name, str))
    kind = topic.get("kind")
    words = {"met": f"met {names}", "said": f"said {names}", "person": names}.get(str(kind), topic["topic"]) or topic[
        "topic"
    ]
    turn = Turn(Question(kind="help"), request, desk, 0)
    try:
        wish = understand(turn, words).wish
    except Refused as reason:
        return f"{topic['topic'][:40]}: {reason}"
    about = tuple(word for word in topic.get("about", ()) if isinstance(word, str))
    without = tuple(word for word in topic.get("without", ()) if isinstance(word, str))
    when = topic.get("when")
    sources = topic.get("sources")
    wish = structs.replace(
        wish,
        topic=topic["topic"][:200],
        about=about,
        without=without,
        when=when if when in {"now", "daily", "weekly"} else "now",
        sources=sources if isinstance(sources, int) and 1 <= sources <= 50 else 1,
    )
    _, new = desk.store.subscriptions.add(request.chat, wish, request.now, thread=request.thread, user=request.user)
    return "kept" if new else "known"


def _settle(request: Request, desk: Desk, given: object) -> None:
    """Nothing; the settings of a file are taken as far as they are valid."""
    if not isinstance(given, dict):
        return
    zone = given.get("zone")
    if isinstance(zone, str) and zone_named(zone):
        desk.store.chats.change(request.chat, request.now, zone=zone_named(zone))
    if given.get("length") in LENGTHS:
        desk.store.chats.change(request.chat, request.now, length=given["length"])


def forget_me(request: Request, desk: Desk) -> Reply:
    """Every row about this chat is gone after the words were typed; else what to type."""
    if not request.admin:
        return Reply(blocks=(say("Only admins can have this chat forgotten."),), kind="forgetme")
    if " ".join(request.text.lower().split()) != WORD:
        said = " Cancelled: that was not it." if request.text.strip() else ""
        return Reply(
            blocks=(
                say(bold("This deletes everything I keep about this chat"), f": topics, settings, questions.{said}"),
                say("To do it, send: ", Text(f"/forgetme {WORD}", "code")),
                say("Your data as a file first: /export"),
            ),
            buttons=((Button("Copy these words", copy=f"/forgetme {WORD}"),),),
            kind="forgetme",
        )
    gone = sum(desk.store.chats.forget(request.chat).values())
    words = say(bold("Forgotten."), f" {count(gone, 'row')} deleted. I know this chat no more.")
    return Reply(blocks=(words,), kind="forgotten")


def privacy(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """What is kept about a chat, for how long, and how to have it deleted."""
    return Reply(
        blocks=(
            say(bold("What I keep about this chat")),
            say("• its number, the settings you chose, the topics you follow"),
            say("• your questions for 7 days, so that buttons and replies work"),
            say("• which stories you were told, so that none comes twice"),
            Gap(),
            say("Nothing else, and nothing goes to anybody. It is one file on the computer of whoever runs this bot."),
            say("As a file: /export · Deleted: /forgetme"),
        ),
        kind="privacy",
    )
