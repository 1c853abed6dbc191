"""The feeds that are collected, for the owner: add, test, pause, remove, and how each one fares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from rapidfuzz import fuzz, process

from handlers.collect import links_of
from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from handlers.turn import id_of, number
from handlers.wording import count, link, moment_words
from news.errors import NewsError
from store.feeds import INTERVAL

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from store.feeds import Feed

A_PAGE = 8
"""Feeds on one page."""
TITLES = 3
"""Titles shown of a feed that is tested."""


def sources(request: Request, desk: Desk) -> Reply:
    """The feeds with their health, or what became of adding, testing, pausing, removing one."""
    verb, _, rest = request.text.strip().partition(" ")
    links = links_of(request)
    verb = verb.lower()
    if verb in {"add", "test"} or (links and verb not in _VERBS):
        if not links:
            return _usage(f"Which feed? Give its address, as in: /sources {verb or 'add'} https://example.org/feed.xml")
        return _look(request, desk, links[0], add=verb != "test")
    if verb in _VERBS:
        feed = _named(desk, rest)
        return _act(request, desk, verb, feed) if feed else _unknown(desk, rest)
    if verb and verb != "list":
        return _usage(
            f"“{verb[:30]}” is none of: add, test, pause, resume, remove. For example: /sources pause example.org"
        )
    return _list(desk, 0)


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """What a button of the list did: a page, a feed's card, pause, resume, remove."""
    match arguments:
        case ("page", page) if page.isdigit():
            return structs.replace(_list(desk, int(page)), edit=True)
        case (verb, id_):
            feed = desk.store.feeds.get(id_of(id_))
            if feed is None:
                return structs.replace(_list(desk, 0), edit=True, toast="That feed is gone.")
            if verb == "card":
                return structs.replace(_card(feed), edit=True)
            return structs.replace(_act(request, desk, verb, feed), edit=True)
    return structs.replace(_list(desk, 0), edit=True)


def _look(request: Request, desk: Desk, address: str, *, add: bool) -> Reply:
    """A feed is looked at before it is kept, so that a wrong address is told at once."""
    if desk.look is None:
        return _usage("There is no way to the web here, so no feed can be looked at.")
    try:
        feed, found = desk.look(address)
    except NewsError as error:
        return Reply(blocks=(say(bold("No feed"), f" at {address[:200]}"), say(str(error))), kind="sources")
    titles = [
        say("• ", link(entry.title or entry.link or "without a title", entry.link or ""))
        for entry in feed.entries[:TITLES]
    ]
    blocks: list[Block] = [
        say(bold(feed.title or found)),
        say(f"{count(len(feed.entries), 'entry', 'entries')}:"),
        *titles,
    ]
    if not add:
        blocks.append(say("To keep it: ", Text(f"/sources add {found}", "code")))
        return Reply(blocks=tuple(blocks), kind="sources")
    minutes = desk.settings.get("feed_minutes")
    interval = minutes * 60 if isinstance(minutes, int) else INTERVAL
    kept, new = desk.store.feeds.add(found, request.now, name=feed.title or "", interval=interval)
    head = "Added; it is collected from now on." if new else "This feed is already collected."
    return Reply(
        blocks=(say(bold(head)), Gap(), *blocks),
        buttons=((_button("Pause", "pause", kept), _button("Remove", "remove", kept)),),
        kind="sources",
    )


def _act(request: Request, desk: Desk, verb: str, feed: Feed) -> Reply:
    if verb in {"pause", "resume"}:
        desk.store.feeds.pause(feed.id, paused=verb == "pause")
        return _card(desk.store.feeds.get(feed.id) or feed)
    if verb == "retry":
        desk.store.feeds.hurry(feed.id, request.now)
        return _card(feed)
    if verb == "remove":
        desk.store.feeds.remove(feed.id)
        kept = "Its articles stay in the archive."
        again = Text(f"/sources add {feed.url}", "code")
        return Reply(blocks=(say(bold("Removed"), f": {feed.name}. {kept}"), say("To undo: ", again)), kind="sources")
    return _list(desk, 0)


def _list(desk: Desk, page: int) -> Reply:
    feeds = desk.store.feeds.all()
    if not feeds:
        return _usage("No feed is collected yet. Add one: /sources add https://example.org/feed.xml")
    failing = [feed for feed in feeds if feed.health == "failing"]
    head = f"{count(len(feeds), 'feed')}" + (f", {len(failing)} failing" if failing else ", all well")
    order = sorted(feeds, key=lambda feed: (feed.health != "failing", feed.name.lower()))
    shown = order[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [
        say("• ", bold(feed.name), f" · {feed.health} · {count(feed.articles, 'article')}{_error(feed)}")
        for feed in shown
    ]
    picks = [(_button(feed.name[:40], "card", feed),) for feed in shown]
    pager = tuple(
        button
        for button, there in (
            (Button("‹ Back", press=f"source|page|{page - 1}"), page > 0),
            (Button("More ›", press=f"source|page|{page + 1}"), len(order) > (page + 1) * A_PAGE),
        )
        if there
    )
    return Reply(
        blocks=(say(bold(head)), Gap(), *lines), buttons=(*picks, *((pager,) if pager else ())), kind="sources"
    )


def _card(feed: Feed) -> Reply:
    blocks: list[Block] = [
        say(bold(feed.name)),
        say(link(feed.url, feed.url)),
        say(f"Health: {feed.health} · {count(feed.articles, 'article')}"),
        say(f"Last looked at: {moment_words(feed.checked) if feed.checked else 'never'}"),
    ]
    if feed.error:
        blocks.append(say(f"Last error: {feed.error}"))
    turn = _button("Resume", "resume", feed) if feed.paused else _button("Pause", "pause", feed)
    row = (turn, _button("Look now", "retry", feed), _button("Remove", "remove", feed))
    return Reply(blocks=tuple(blocks), buttons=(row, (Button("‹ All feeds", press="source|page|0"),)), kind="sources")


def _button(label: str, verb: str, feed: Feed) -> Button:
    return Button(label, press=f"source|{verb}|{number(feed.id)}")


def _error(feed: Feed) -> str:
    return f" · {feed.error[:80]}" if feed.error and feed.failures else ""


def _named(desk: Desk, words: str) -> Feed | None:
    """The feed with this address, name or host, or the one most like it."""
    feeds = desk.store.feeds.all()
    wanted = words.strip().lower()
    for feed in feeds:
        if wanted and wanted in {feed.url.lower(), feed.name.lower(), feed.host.lower()}:
            return feed
    names = {feed.id: f"{feed.name} {feed.host}".lower() for feed in feeds}
    best = process.extractOne(wanted, names, scorer=fuzz.token_set_ratio, score_cutoff=75) if wanted else None
    return desk.store.feeds.get(best[2]) if best else None


def _unknown(desk: Desk, words: str) -> Reply:
    names = [feed.name for feed in desk.store.feeds.all()]
    near = [name for name, _, _ in process.extract(words, names, scorer=fuzz.ratio, limit=3)]
    said = f" The nearest: {', '.join(near)}." if near else ""
    return _usage(f"No feed is called “{words.strip()[:60]}”.{said}")


def _usage(words: str) -> Reply:
    return Reply(blocks=(say(words),), kind="sources")


_VERBS = frozenset({"pause", "resume", "remove", "retry"})
