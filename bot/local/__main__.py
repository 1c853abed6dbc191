"""A local Telegram on its own, for any bot: python -m bot.local [port]."""

from __future__ import annotations

import asyncio
import sys

from bot.local.server import serve
from bot.local.world import World


async def main(port: int) -> None:
    """Serve until interrupted."""
    world = World()
    server = await serve(world, port)
    print(f"Chat page  {server.address}/\nBot API    {server.address}/bot<token>/<method>\nToken      {world.token}")
    try:
        await asyncio.Event().wait()
    finally:
        await server.close()


if __name__ == "__main__":
    try:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8081))
    except KeyboardInterrupt:
        print()
