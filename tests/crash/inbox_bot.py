"""The bot of test_inbox_crash: echoes slowly, polls the Bot API at an address, keeps its inbox in a file."""

from __future__ import annotations

import asyncio
import sys
import time

from bot.app import build
from bot.front import Front
from bot.inbox import Inbox
from bot.local.world import TOKEN
from bot.pace import Limits
from bot.service import answering
from bot.settings import Settings
from handlers.desk import Desk, Request
from handlers.reply import Reply, say
from store import open_store


def echo(request: Request, _desk: Desk) -> Reply:
    """What was said, after as long as a hard question takes."""
    time.sleep(0.02)
    return Reply(blocks=(say(f"echo {request.text}"),))


async def main(address: str, file: str) -> None:
    """Polls until it is killed."""
    with open_store(file) as store:
        settings = Settings(telegram_api=address)
        front = Front(Desk(store=store), settings, echo, frozenset({"ask"}), frozenset(range(1, 5000)))
        inbox = Inbox(store)
        app = build(settings, front, inbox, token=TOKEN, limits=Limits(per_second=1000, chat_gap=0.001))
        await app.initialize()
        async with answering(app, inbox):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
