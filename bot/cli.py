"""The command line: what all commands share. Each command's module is imported when the command is used."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import structs

from bot import settings as given_settings
from bot.settings import OWN_DATABASE, SAMPLE_DATABASE, Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from store import Store

COMMANDS = {
    "run": ("bot.cli_run", "Start the bot; without a token on a Telegram of its own, with a chat page."),
    "ask": ("bot.cli_ask", "Ask the archive a question."),
    "add": ("bot.cli_pages", "Read pages and keep them."),
    "read": ("bot.cli_pages", "Read pages and show what is in them; nothing is kept."),
    "stories": ("bot.cli_archive", "List the stories, newest first."),
    "status": ("bot.cli_archive", "Say what the archive holds."),
    "backup": ("bot.cli_archive", "Write a consistent copy of the database."),
    "reread": ("bot.cli_archive", "Read kept articles again where the rules have changed."),
    "reindex": ("bot.cli_archive", "Build the search index anew; the old one answers meanwhile."),
    "picture": ("bot.cli_archive", "Draw a timeline or a network of meetings as PNG."),
    "feeds": ("bot.cli_feeds", "List, add, test, pause, remove, collect, import and export feeds."),
    "subscribe": ("bot.cli_follow", "Follow a topic for a chat."),
    "subscriptions": ("bot.cli_follow", "List what chats follow."),
    "outbox": ("bot.cli_follow", "List the messages owed and sent."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are used, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name. Ends the program with the nearest one where there is no such."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            if " " in args[0].strip():
                hint = f' A question is asked with: ./run ask "{args[0]}"'
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """What the command gives. A file that can't be read or written ends the program with a sentence.

        A reader that has gone (`| head`) is click's to deal with: it ends the program quietly.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Nothing; the table as help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def version() -> str:
    """This program's version."""
    from importlib import metadata  # noqa: PLC0415 - it takes as long to load as all that a command line needs

    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "0.1.0"


def settings(**over: object) -> Settings:
    """The settings in force, with those that options have set. Ends the program with what is wrong."""
    try:
        found = given_settings.load()
    except SettingsError as error:
        raise click.ClickException(f"the settings cannot be used:\n{error}") from error
    return structs.replace(found, **{name: value for name, value in over.items() if value is not None})


database = click.option(
    "--database",
    metavar="PATH",
    help=f"Where the archive is (default {OWN_DATABASE}); samples for the one that comes along.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")


def for_reading(found: Settings) -> Settings:
    """The settings, naming the samples where there is no archive of one's own yet."""
    if found.database != OWN_DATABASE or Path(OWN_DATABASE).exists():
        return found
    click.echo("There is no archive here yet (./run add FILE…), so this is the sample archive.", err=True)
    return structs.replace(found, database="samples")


@contextmanager
def archive(found: Settings, now: datetime) -> Iterator[Store]:
    """The store that the settings name, closed at the end. Ends the program with what is wrong."""
    from store import open_store  # noqa: PLC0415 - help and usage errors don't need it
    from store.errors import StoreError  # noqa: PLC0415

    samples = found.database == "samples"
    path = SAMPLE_DATABASE if samples else found.database
    try:
        if path in {OWN_DATABASE, SAMPLE_DATABASE}:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        with open_store(path) as store:
            store.chats.default_zone = found.time_zone if found.time_zone != "UTC" else None
            if samples:
                fill(store, now)
            yield store
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def fill(store: Store, now: datetime) -> None:
    """Nothing; an empty archive gets the samples, one read by older rules is read again."""
    from news.facts import RULES  # noqa: PLC0415 - the store has loaded it by now

    if store.articles.coverage().count:
        if store.articles.outdated_count(RULES):
            from bot.cli_archive import read_again  # noqa: PLC0415

            click.echo("reading the sample articles again, by newer rules …", err=True)
            read_again(store)
        return
    from bot import samples  # noqa: PLC0415

    click.echo("reading the sample articles (once) …", err=True)
    samples.load(store, now)


@contextmanager
def progress(items: Iterable[Any], label: str, length: int | None = None) -> Iterator[Any]:
    """The items, with a bar on standard error if a person is watching."""
    if not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield bar


def bar(label: str) -> Callable[[int, int], None]:
    """A function to call with (done, in all), which shows it on standard error if a person is watching."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def show(done: int, total: int) -> None:
        share = done / total if total else 1.0
        end = "\n" if done >= total else ""
        click.echo(f"\r{label} {'#' * int(share * 30):<30} {done:,} of {total:,}{end}", err=True, nl=False)

    return show


def _tell_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Ends the program with its version where it is asked for."""
    if wanted and not ctx.resilient_parsing:
        click.echo(f"dateline, version {version()}")
        ctx.exit()


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Dateline, a news desk in a chat: answers from the articles you keep, word for word and with the link."""
