"""Whether the bot is well: as JSON on loopback for a supervisor, and as the time of a file."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

log = logging.getLogger(__name__)

Probe = Callable[[], "dict[str, Any]"]
"""What is known of the bot's health; its "ok" decides between 200 and 503. Runs in a thread."""

SILENT = 180.0
"""Seconds without a round trip of getUpdates (at most 10 of waiting each) from which polling counts as dead."""
BEAT = 15.0


def health(store: Store, last_poll: float | None, refused: int, *, rival: bool = False) -> dict[str, Any]:
    """How the bot fares: polling, what waits in the inbox, what is owed, what the archive's newest article is."""
    ago = None if last_poll is None else time.monotonic() - last_poll
    inbox, outbox, coverage = store.inbox.counts(), store.outbox.counts(), store.articles.coverage()
    oldest = store.outbox.oldest()
    return {
        "ok": ago is not None and ago < SILENT and not rival,
        "rival": rival,
        "polled_seconds_ago": None if ago is None else round(ago, 1),
        "inbox": inbox,
        "outbox": outbox,
        "outbox_oldest": oldest.isoformat() if oldest else None,
        "refused_for_flood": refused,
        "articles": coverage.count,
        "newest_article": coverage.newest.isoformat() if coverage.newest else None,
    }


async def serve(port: int, probe: Probe) -> asyncio.Server:
    """A server of /healthz on 127.0.0.1.

    Raises:
        OSError: the port is taken.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            status, body = await _told(head, probe)
            writer.write(
                f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
                "cache-control: no-store\r\nconnection: close\r\n\r\n".encode()
                + body
            )
            await writer.drain()
        writer.close()

    return await asyncio.start_server(answer, "127.0.0.1", port, limit=8192)


async def _told(head: bytes, probe: Probe) -> tuple[str, bytes]:
    """Status line and body of an answer."""
    if head.split(b" ", 2)[:2] != [b"GET", b"/healthz"]:
        return "404 Not Found", b'{"error":"only GET /healthz is here"}'
    try:
        found = await asyncio.to_thread(probe)
    except Exception as error:  # noqa: BLE001 - whatever it is, the bot is not well
        log.warning("health can't be told: %s", error)
        found = {"ok": False, "error": type(error).__name__}
    return "200 OK" if found.get("ok") else "503 Service Unavailable", msgspec.json.encode(found)


def _touch(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


async def beat(file: Path, probe: Probe) -> None:
    """Never ends; the file is touched as long as the bot is well."""
    while True:
        try:
            if (await asyncio.to_thread(probe)).get("ok"):
                await asyncio.to_thread(_touch, file)
        except Exception as error:  # noqa: BLE001 - a missing beat says it
            log.warning("no heartbeat: %s", error)
        await asyncio.sleep(BEAT)
