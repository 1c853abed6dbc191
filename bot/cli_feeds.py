"""`feeds`: what is collected, by hand."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import archive, as_json, database, settings, version
from bot.machine import Json, none, put
from news.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.fetching import Beside
    from store import Store
    from store.feeds import Feed

ONE = "Accepted: the address or number of a feed, see ./run feeds list"


def _now() -> datetime:
    return datetime.now(UTC)


@click.group()
def feeds() -> None:
    """List, add, test, pause, remove, collect, import and export feeds."""


@feeds.command("list")
@as_json
@database
def list_(database: str | None, *, as_json: bool) -> None:
    """List the feeds with how they fare."""
    with archive(settings(database=database), _now()) as store:
        listed = store.feeds.all()
        if not listed:
            none("No feeds yet. Add one: ./run feeds add https://example.org/feed.xml", as_json=as_json)
        for feed in listed:
            if as_json:
                put(_out(feed))
            else:
                error = f"  {feed.error}" if feed.error else ""
                click.echo(f"{feed.health:<8} {feed.articles:>6,}  {feed.name}  {feed.url}{error}")


@feeds.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--name", help="What to call it; its own title otherwise.")
@as_json
@database
def add(urls: tuple[str, ...], name: str | None, database: str | None, *, as_json: bool) -> None:
    """Add feeds; of a page that names its feed, that feed. Each is tried first."""
    found = settings(database=database)
    fine = True
    with archive(found, _now()) as store, _beside(found.database) as web:
        for url in urls:
            try:
                looked, address = web.look(url)
            except NewsError as error:
                fine = _say(
                    {"url": url, "state": "refused", "reason": str(error)}, f"{url}: {error}", as_json, err=True
                )
                continue
            feed, new = store.feeds.add(address, _now(), name=name or looked.title, interval=found.feed_minutes * 60)
            state, entries = "new" if new else "known", len(looked.entries)
            _say(
                _out(feed) | {"state": state, "entries": entries}, f"{state:<8} {feed.name}  {entries} entries", as_json
            )
    sys.exit(not fine)


@feeds.command()
@click.argument("url")
@as_json
def test(url: str, *, as_json: bool) -> None:
    """Try an address: is there a feed, what is it called, how many entries does it list? Nothing is kept."""
    with _beside(None) as web:
        try:
            looked, address = web.look(url)
        except NewsError as error:
            _say({"url": url, "error": str(error)}, str(error), as_json, err=True)
            sys.exit(1)
    entries = len(looked.entries)
    told = {"url": address, "title": looked.title, "entries": entries}
    _say(told, f"{looked.title}: {entries} entries at {address}", as_json)


@feeds.command()
@click.argument("which")
@click.option("--off", is_flag=True, help="Go on again.")
@database
def pause(which: str, database: str | None, *, off: bool) -> None:
    """Pause a feed."""
    with archive(settings(database=database), _now()) as store:
        feed = _one(store, which)
        store.feeds.pause(feed.id, paused=not off)
    click.echo(f"{'goes on' if off else 'paused'}: {feed.name}")


@feeds.command()
@click.argument("which")
@database
def remove(which: str, database: str | None) -> None:
    """Remove a feed; the articles that it brought stay."""
    with archive(settings(database=database), _now()) as store:
        feed = _one(store, which)
        store.feeds.remove(feed.id)
    click.echo(f"removed: {feed.name}")


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database
def import_(file: Path, database: str | None) -> None:
    """Add the feeds of an OPML file. They are tried when they are due, which is at once."""
    from bot.opml import OpmlError, read  # noqa: PLC0415

    found = settings(database=database)
    try:
        outlines, refused = read(file.read_bytes())
    except OpmlError as error:
        raise click.ClickException(str(error)) from error
    with archive(found, _now()) as store:
        new = sum(
            store.feeds.add(o.url, _now(), name=o.name, opml_list=o.within, interval=found.feed_minutes * 60)[1]
            for o in outlines
        )
    click.echo(f"{new} new, {len(outlines) - new} known, {len(refused)} refused")
    for url in refused:
        click.echo(f"refused: {url}", err=True)


@feeds.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@database
def export(file: Path | None, database: str | None) -> None:
    """Write all feeds as OPML to FILE or standard output."""
    from bot.opml import Outline, write  # noqa: PLC0415

    with archive(settings(database=database), _now()) as store:
        data = write("Dateline", [Outline(feed.url, feed.name, feed.list) for feed in store.feeds.all()])
    if file is None:
        sys.stdout.buffer.write(data)
    else:
        file.write_bytes(data)


@feeds.command()
@click.option("--all", "everything", is_flag=True, help="Not only what is due; known pages are asked for changes.")
@as_json
@database
def collect(database: str | None, *, everything: bool, as_json: bool) -> None:
    """Visit the feeds that are due, once, and say what they brought."""
    from bot.collector import Collector, worker_name  # noqa: PLC0415
    from handlers.collect import keep  # noqa: PLC0415

    found = settings(database=database)
    with archive(found, _now()) as store, _beside(database) as beside:
        worker = worker_name()
        if everything:
            _hurry(store)

        async def visit(feed: Feed) -> Json:
            collector = Collector(store, await beside.web(), lambda a, now, f: keep(store, a, now, f), worker)
            visit = await collector.visit(feed, again=everything)
            return {"feed": feed.url} | {name: getattr(visit, name) for name in visit.__struct_fields__}

        feed = None
        for feed in _due(store, worker):
            told = beside.run(visit(feed))
            counts = ", ".join(f"{told[name]} {name}" for name in ("new", "updated", "known", "refused"))
            _say(told, f"{feed.name}: {told['error'] or counts}", as_json)
            for reason in () if as_json else told["reasons"]:
                click.echo(f"  refused: {reason}", err=True)
        if feed is None:
            none("No feed is due. Ask them all: ./run feeds collect --all", as_json=as_json)


def _hurry(store: Store) -> None:
    """Nothing; every feed that is not paused is due."""
    now = _now()
    for feed in store.feeds.all():
        if not feed.paused and feed.due > now:
            store.feeds.hurry(feed.id, now)


def _due(store: Store, worker: str) -> Iterator[Feed]:
    """The feeds that are due, each leased when it is its turn, none twice."""
    done: set[int] = set()
    while leased := [feed for feed in store.feeds.lease(worker, _now(), 900, 1) if feed.id not in done]:
        done.add(leased[0].id)
        yield leased[0]


class _beside:  # noqa: N801 - reads as a function
    """A loop for the web, closed at the end."""

    def __init__(self, database: str | None) -> None:
        from bot.fetching import Beside  # noqa: PLC0415

        self._beside = Beside(settings(database=database), version())

    def __enter__(self) -> Beside:
        return self._beside

    def __exit__(self, *_: object) -> None:
        self._beside.close()


def _one(store: Store, which: str) -> Feed:
    """The feed of an address or number."""
    feed = store.feeds.get(int(which)) if which.isdigit() else store.feeds.by_url(which)
    if feed is None:
        raise click.ClickException(f"there is no feed {which}. {ONE}")
    return feed


def _out(feed: Feed) -> dict[str, object]:
    """A feed for programs."""
    return {
        "feed": feed.id,
        "url": feed.url,
        "name": feed.name,
        "list": feed.list,
        "health": feed.health,
        "articles": feed.articles,
        "failures": feed.failures,
        "error": feed.error,
        "due": feed.due.isoformat(),
        "checked": feed.checked.isoformat() if feed.checked else None,
    }


def _say(told: dict[str, object], words: str, as_json: bool, *, err: bool = False) -> bool:
    """Whether all is well, after saying it."""
    if as_json:
        put(told)
    else:
        click.echo(words, err=err)
    return not err
