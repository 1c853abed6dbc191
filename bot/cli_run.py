"""`run`: the bot on Telegram, or, without a token, on a Telegram of its own with a chat page."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot import log
from bot.cli import archive, database, for_reading, settings, version

if TYPE_CHECKING:
    from bot.settings import Settings


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
    with archive(found, datetime.now(UTC)) as store:
        _serve(found, store, local=local)


def _serve(found: Settings, store: object, *, local: bool) -> None:
    """Nothing, when the bot was told to stop."""
    from bot.local.world import World  # noqa: PLC0415 - a second's worth of imports, not for --help
    from bot.service import Service, StartError  # noqa: PLC0415

    service = Service(found, store, version(), World() if local else None)  # type: ignore[arg-type]
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
