"""What is kept about a person, given out, taken in, and deleted: /export, /import, /forgetme, /privacy."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import msgspec
from lxml import etree
from msgspec import structs

from handlers import digest
from handlers.follow import QUOTA
from handlers.preferences import LENGTHS, zone_named
from handlers.reply import Button, Document, Gap, Reply, Text, bold, say
from handlers.turn import Turn
from handlers.until import clock
from handlers.wishes import Refused, understand
from handlers.wording import count, listing
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
            f'    <outline text="{escape(one.wish.topic)}" category="{escape(one.wish.kind)}"/>' for one in followed
        ]
        if request.owner:
            feeds = desk.store.feeds.all()
            outlines += [f'    <outline type="rss" text="{escape(f.name)}" xmlUrl="{escape(f.url)}"/>' for f in feeds]
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
    """How many topics of a file were taken and how many not, and why; settings and digests too."""
    if request.attachment is None:
        words = "Send the file that /export gave, with /import as its caption."
        return Reply(blocks=(say(words),), kind="import")
    given = _read(request.attachment.data)
    if given is None:
        words = (
            f"This is no file of /export. Expected is JSON that begins with the format {FORMAT}, or OPML of topics; "
            "nothing was changed."
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
    times = _digests(request, desk, given.get("digests"))
    blocks = [say(bold(f"{count(kept, 'topic')} taken"), f", {known} followed already, {len(refused)} refused.")]
    blocks += [say(f"Digests at {times}.")] if times else []
    blocks += [say("• ", reason) for reason in refused[:5]]
    return Reply(blocks=tuple(blocks), kind="import")


def _read(data: bytes) -> dict[str, Any] | None:
    """What a file holds: "topics", a list, perhaps "settings" and "digests"; None for anything that is none of ours."""
    if data.lstrip()[:1] == b"<":
        topics = _outlines(data[:MAX_FILE])
        return {"topics": topics} if topics else None
    try:
        given = msgspec.json.decode(data[:MAX_FILE])
    except (msgspec.DecodeError, RecursionError):
        return None
    ours = isinstance(given, dict) and given.get("format") == FORMAT and isinstance(given.get("topics"), list)
    return given if ours else None


def _outlines(data: bytes) -> list[dict[str, str]]:
    """The topics of an OPML file; its feeds are the owner's business and left out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    found = root.iter("outline") if root.tag == "opml" else ()
    return [
        {"kind": str(one.get("category") or "topic"), "topic": str(one.get("text"))}
        for one in found
        if one.get("text") and not one.get("xmlUrl")
    ]


def _take(request: Request, desk: Desk, topic: object) -> str:
    """The word "kept" or "known", or the reason why the topic was refused."""
    if not isinstance(topic, dict) or not isinstance(topic.get("topic"), str) or not topic["topic"].strip():
        return "an entry without a topic"
    if desk.store.subscriptions.count(request.chat) >= QUOTA:
        return f"{topic['topic'][:40]}: this chat follows {QUOTA} topics, which is the most"
    names = " and ".join(_words(topic.get("people"))) or topic["topic"]
    kind = topic.get("kind")
    text = str({"met": f"met {names}", "said": f"said {names}", "person": names}.get(str(kind), topic["topic"]))
    try:
        understood = understand(Turn(Question(kind="help"), request, desk, 0), text)
    except Refused as reason:
        return f"{topic['topic'][:40]}: {reason}"
    if understood.choices:
        return f"{topic['topic'][:40]}: several people are called that"
    when, sources = topic.get("when"), topic.get("sources")
    wish = structs.replace(
        understood.wish,
        topic=topic["topic"][:200],
        about=_words(topic.get("about")) or understood.wish.about,
        without=_words(topic.get("without")),
        when=when if when in ("now", "daily", "weekly") else "now",
        sources=sources if type(sources) is int and 1 <= sources <= 50 else 1,
    )
    made, new = desk.store.subscriptions.add(request.chat, wish, request.now, thread=request.thread, user=request.user)
    if made.wish.when != "now" and desk.store.digests.get(made.chat, made.thread) is None:
        digest.begin(desk, made.chat, made.thread, request.now)
    return "kept" if new else "known"


def _words(given: object) -> tuple[str, ...]:
    """The words of a list that somebody else wrote, 20 at most."""
    return tuple(word[:100] for word in given if isinstance(word, str))[:20] if isinstance(given, list) else ()


def _numbers(given: object) -> tuple[int, ...]:
    """The whole numbers of a list that somebody else wrote."""
    return tuple(number for number in given if type(number) is int) if isinstance(given, list) else ()


def _digests(request: Request, desk: Desk, given: object) -> str:
    """The times of the first digest of a file, as words, after it was set; "" where it holds none that is valid."""
    first = given[0] if isinstance(given, list) and given else None
    if not isinstance(first, dict):
        return ""
    times, days = _numbers(first.get("times")), _numbers(first.get("days"))
    minutes = tuple(sorted({minute for minute in times if 0 <= minute < 1440}))[: digest.MOST_TIMES]
    if not minutes:
        return ""
    weekdays = tuple(sorted({day for day in days if 0 <= day < 7}))
    digest.begin(desk, request.chat, request.thread, request.now, times=minutes, days=weekdays)
    return listing([clock(minute) for minute in minutes])


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
