"""`run`: the bot on Telegram, or, without a token, on a Telegram of its own with a chat page."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from msgspec import structs

from bot import log
from bot.cli import archive, database, for_reading, settings, version
from bot.settings import Settings
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
    with archive(found, datetime.now(UTC)) as store:
        outdated = store.articles.outdated_count(RULES)
        if outdated:
            click.echo(
                f"{outdated:,} of the articles kept were read by older rules. Read them again: ./run reread", err=True
            )
        _serve(found, store, local=local)


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
