"""`run`: the bot on Telegram, or, without a token, on a Telegram of its own with a chat page."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from bot import log
from bot.cli import archive, database, for_reading, settings, version
from bot.settings import SAMPLE_DATABASE, Settings
from news.facts import RULES

if TYPE_CHECKING:
    from store import Store


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Of the chat page, where there is no token; 0 for any free one."
)
@database
def run(port: int | None, database: str | None) -> None:
    """Start the bot: on Telegram, or without TELEGRAM_TOKEN on this machine alone, with a chat page."""
    found = settings(database=database, local_port=port)
    log.configure(found.log_level, (found.telegram_token.reveal,))
    local = not found.telegram_token.reveal
    if local:
        found = for_reading(found)
        if port is None and found.local_port == Settings().local_port and _is_taken(found.local_port):
            click.echo(f"Port {found.local_port} is taken, so another one is used.", err=True)
            found = structs.replace(found, local_port=0)
    if found.database == "samples" and not Path(SAMPLE_DATABASE).exists():
        _read_samples()
    with archive(found, datetime.now(UTC)) as store:
        outdated = store.articles.outdated_count(RULES)
        if outdated:
            click.echo(
                f"{outdated:,} of the articles kept were read by older rules. Read them again: ./run reread", err=True
            )
        _serve(found, store, local=local)


def _read_samples() -> None:
    """Nothing; a process of its own has filled the sample archive: what it takes to read stays out of the bot's memory.

    Should it fail, the archive is filled, or the reason told, when it is opened.
    """
    click.echo("reading the sample articles (once) …", err=True)
    command = [sys.executable, "-m", "bot", "status", "--database", "samples"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - our own


def _is_taken(port: int) -> bool:
    """Whether another program listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _serve(found: Settings, store: Store, *, local: bool) -> None:
    """Nothing, when the bot was told to stop."""
    from bot.local.world import World  # noqa: PLC0415 - a second's worth of imports, not for --help
    from bot.service import Service, StartError  # noqa: PLC0415

    service = Service(found, store, version(), World() if local else None)
    try:
        asyncio.run(service.run(_ready))
    except StartError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        pass


def _ready(address: str | None) -> None:
    """Nothing; says where the bot can be talked to."""
    if address is None:
        click.echo("The bot is running. Ctrl-C stops it.")
        return
    click.echo("No TELEGRAM_TOKEN is set, so this is a Telegram of its own, on this machine alone.")
    click.echo(f"\n    {address}/\n\nOpen it and ask. Ctrl-C stops it.")
