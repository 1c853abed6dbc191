"""What a command is: one row of the table that serves Telegram, the command line, the help text and the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.desk import Desk, Request
from handlers.reply import Reply

Handler = Callable[[Request, Desk], Reply]
Press = Callable[[Request, Desk, tuple[str, ...]], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it is called, what it does in a line, how it is written, and one example that works.

    `owner` commands exist for the bot's owners alone, in private; `settles` ones change how the bot behaves in a
    chat, so in groups they are for admins; `elsewhere` ones are for the group or channel that a private chat manages.
    """

    name: str
    summary: str
    run: Handler
    usage: str = ""
    example: str = ""
    detail: str = ""
    aliases: tuple[str, ...] = ()
    owner: bool = False
    settles: bool = False
    elsewhere: bool = False
    menu: bool = True

    @property
    def written(self) -> str:
        """The command as it is typed, with what may follow."""
        return f"/{self.name} {self.usage}".strip()
