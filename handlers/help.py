"""Help, made from the table of commands, so that it cannot drift from what the bot does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from handlers.reply import Block, Button, Gap, Reply, Text, bold, say
from news.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.command import Command
    from handlers.desk import Request


DOES = {
    **dict.fromkeys(("stop", "unfollow", "cancel", "leave"), "unsubscribe"),
    **dict.fromkeys(("alert", "alerts", "notification", "notifications", "notified", "follow"), "subscribe"),
    **dict.fromkeys(("zone", "clock", "time"), "timezone"),
    **dict.fromkeys(("delete", "erase", "account"), "forgetme"),
    **dict.fromkeys(("feed", "source"), "sources"),
    **dict.fromkeys(("mute", "silence", "silent"), "pause"),
    **dict.fromkeys(("night", "hours", "sleep"), "quiet"),
    **dict.fromkeys(("language", "translate"), "lang"),
    **dict.fromkeys(("length", "shorter", "longer", "short", "long", "previews", "sound", "setting"), "settings"),
    **dict.fromkeys(("save", "bookmark", "bookmarks"), "saved"),
    **dict.fromkeys(("picture", "graph", "chart"), "timeline"),
    **dict.fromkeys(("morning", "daily", "digests", "summary"), "digest"),
    **dict.fromkeys(("complain", "report", "wrong"), "feedback"),
    **dict.fromkeys(("link", "page", "article", "upload"), "add"),
}
"""Words for what commands do, other than their names."""


def visible(commands: Sequence[Command], request: Request) -> tuple[Command, ...]:
    """The commands that exist for whoever asks: the owner's only for owners in private."""
    private = request.place in {"private", "terminal"}
    return tuple(command for command in commands if not command.owner or (request.owner and private))


def overview(commands: Sequence[Command], request: Request) -> Reply:
    """All commands on one screen."""
    blocks: list[Block] = [
        say("Ask in plain words, as in: ", Text("who met Putin in April?", "italic"), " Typos are fine."),
        say("Send a link, a forwarded post or a file to have it kept."),
        Gap(),
    ]
    shown = visible(commands, request)
    blocks += [say(bold(f"/{one.name}"), f" {one.summary}") for one in shown if one.menu and not one.owner]
    owners = [f"/{one.name}" for one in shown if one.owner]
    blocks += [Gap(), say(bold("As owner"), f": {' '.join(owners)}")] if owners else []
    blocks += [Gap(), say("One of them in full: ", Text("/help search", "code"))]
    return Reply(blocks=tuple(blocks), kind="help")


def detail(command: Command) -> Reply:
    """One command in full: how it is written, what it does, an example to tap."""
    blocks: list[Block] = [say(bold(command.written)), say(f"{command.summary[:1].upper()}{command.summary[1:]}.")]
    if command.detail:
        blocks.append(say(command.detail))
    if command.aliases:
        blocks.append(say("Also: ", ", ".join(f"/{alias}" for alias in command.aliases)))
    if command.example:
        blocks += [Gap(), say("For example: ", Text(command.example, "code"))]
    return Reply(blocks=tuple(blocks), kind="help")


def way(commands: Sequence[Command], wanted: str, request: Request) -> Reply | None:
    """The command that does what somebody asks how to do, in full; None where no command is known for it."""
    known = {name: command for command in visible(commands, request) for name in (command.name, *command.aliases)}
    for word in words(wanted):
        command = known.get(DOES.get(word, word))
        if command is not None:
            return detail(command)
    return None


def unknown(commands: Sequence[Command], request: Request) -> Reply:
    """That there is no such command, with the closest one as a button."""
    known = {name: command for command in visible(commands, request) for name in (command.name, *command.aliases)}
    written = (request.command or "")[:40]
    close = process.extract(written, known.keys(), scorer=fuzz.ratio, limit=2, score_cutoff=55)
    names = tuple(dict.fromkeys(known[name].name for name, _, _ in close))
    ending = " Did you mean:" if names else " /help lists what there is; plain words work as well."
    return Reply(
        blocks=(say("There is no command ", Text(f"/{written}", "code"), ".", ending),),
        buttons=tuple((Button(f"/{name}", press=f"run|{name}"),) for name in names),
        kind="help",
    )
