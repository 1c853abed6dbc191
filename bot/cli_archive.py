"""What is done with an archive as a whole: looked at, copied, read again, indexed anew, drawn."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import archive, as_json, bar, database, for_reading, settings, version
from bot.machine import put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from news.story import Story
    from store import Store

STEP = 200


def _now() -> datetime:
    return datetime.now(UTC)


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="For people; --json gives all.")
@as_json
@database
def stories(limit: int, database: str | None, *, as_json: bool) -> None:
    """List the stories, newest first."""
    with archive(for_reading(settings(database=database)), _now()) as store:
        for number, story in enumerate(_all_stories(store)):
            if as_json:
                put(_story_out(store, story))
            elif number < limit:
                sites = f"{story.sources} source{'s' if story.sources != 1 else ''}"
                click.echo(f"{story.last:%Y-%m-%d}  {story.title}  ({sites})")
            else:
                break


def _all_stories(store: Store) -> Iterator[Story]:
    """Every story, newest first."""
    before: int | None = None
    while page := store.stories.latest(STEP, before):
        yield from page
        before = page[-1].id


def _story_out(store: Store, story: Story) -> dict[str, object]:
    """A story for programs, see docs/commands.md."""
    articles = [
        {
            "article": listed.id,
            "url": listed.url or None,
            "title": listed.title,
            "published": listed.moment.isoformat(),
            "site": listed.site,
        }
        for listed in store.articles.listed(story.articles)
    ]
    return {
        "story": story.id,
        "title": story.title,
        "first": story.first.isoformat(),
        "last": story.last.isoformat(),
        "sources": story.sources,
        "articles": articles,
    }


@click.command()
@as_json
@database
def status(database: str | None, *, as_json: bool) -> None:
    """Say what the archive holds."""
    with archive(for_reading(settings(database=database)), _now()) as store:
        told = {"version": version()} | store.status()
    if as_json:
        put(told)
        return
    for name, value in told.items():
        shown = ", ".join(f"{key} {n:,}" for key, n in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name:<14}{f'{shown:,}' if isinstance(shown, int) else shown or '-'}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database
def backup(file: Path, database: str | None) -> None:
    """Write a consistent copy of the database to a new FILE, while the bot goes on."""
    with archive(settings(database=database), _now()) as store:
        store.backup(str(file))
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


@click.command()
@database
def reread(database: str | None) -> None:
    """Read kept articles again where the rules have changed; can be stopped and goes on where it was."""
    with archive(settings(database=database), _now()) as store:
        done = read_again(store, bar("reading again"))
    click.echo(f"{done:,} article{'s' if done != 1 else ''} read again")


def read_again(store: Store, show: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """How many articles were read again because the rules have changed. `show` is told those done and all."""
    from news.reading import RULES, read  # noqa: PLC0415

    total = store.articles.outdated_count(RULES)
    done = 0
    for done, number in enumerate(_outdated(store, RULES), 1):
        article = store.articles.get(number)
        if article is not None:
            store.articles.reread(number, read(article))
        show(done, max(total, done))
    return done


def _outdated(store: Store, rules: int) -> Iterator[int]:
    """Articles that were read by older rules; the index follows after each step."""
    after = -1
    while outdated := store.articles.outdated(rules, after, STEP):
        yield from outdated
        after = outdated[-1]
        store.index.follow()


@click.command()
@database
def reindex(database: str | None) -> None:
    """Build the search index anew; the old one answers meanwhile."""
    with archive(settings(database=database), _now()) as store:
        count = store.index.reindex(bar("indexing"))
    click.echo(f"{count:,} article{'s' if count != 1 else ''} in the index")


@click.command()
@click.argument("kind", type=click.Choice(["timeline", "network"]))
@click.argument("words", nargs=-1, metavar="[PERSON]...")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=Path("picture.png"), show_default=True
)
@click.option("--dark", is_flag=True, help="For a dark chat.")
@database
def picture(kind: str, words: tuple[str, ...], output: Path, database: str | None, *, dark: bool) -> None:
    """Draw the timeline of a person's meetings, or the network of who met whom, as PNG."""
    from bot.cli_ask import desk_of  # noqa: PLC0415
    from handlers import picture as pictures  # noqa: PLC0415

    found = for_reading(settings(database=database))
    with archive(found, _now()) as store:
        png = pictures.draw(kind, " ".join(words), desk_of(store, found), _now(), dark=dark)
    if png is None:
        raise click.ClickException(
            'nothing to draw: no meetings are known for that. e.g. ./run picture timeline "Putin"'
        )
    output.write_bytes(png)
    click.echo(f"{output}: {len(png) / 1000:.0f} kB")
