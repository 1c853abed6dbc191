"""The in-process face: a transport for python-telegram-bot that calls the world directly, without sockets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.local.params import Params, Upload
from bot.local.refusal import NetworkDown, Refusal, ReplyLost
from bot.local.wire import call

if TYPE_CHECKING:
    from bot.local.ground import Ground


class LocalRequest(BaseRequest):
    """Give it to ApplicationBuilder.request and .get_updates_request; it may be shared by both.

    A line that is down or a lost answer comes up as it does with HTTPXRequest: NetworkError from httpx.ConnectError,
    TimedOut from httpx.ReadTimeout.
    """

    def __init__(self, world: Ground) -> None:
        self.world = world

    @property
    def read_timeout(self) -> float | None:
        """Seconds that PTB adds to a long poll's own."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET and POST are the same to Telegram
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """HTTP status and body, as the server would give."""
        token, name = _named(url)
        if token != self.world.token:
            refusal = Refusal(401)
            return refusal.code, json.dumps(refusal.json()).encode()
        if urlsplit(url).path.startswith("/file/"):
            file = next((f for f in self.world.files.values() if f.path == name), None)
            return (200, file.data) if file else (404, json.dumps(Refusal(404).json()).encode())
        try:
            status, answer = await call(self.world, name, _params(request_data))
        except NetworkDown as error:
            raise NetworkError(f"httpx.ConnectError: {error}") from httpx.ConnectError(str(error))
        except ReplyLost as error:
            raise TimedOut from httpx.ReadTimeout(str(error))
        return status, json.dumps(answer).encode()


def _named(url: str) -> tuple[str, str]:
    """The token in an address and what is asked for behind it."""
    path = urlsplit(url).path.removeprefix("/file").removeprefix("/bot")
    token, _, name = path.partition("/")
    return unquote(token), unquote(name)


def _params(data: RequestData | None) -> Params:
    if data is None:
        return Params({})
    parts = (data.multipart_data if data.contains_files else None) or {}
    files = {}
    for name, (filename, content, kind) in parts.items():
        files[name] = Upload(filename, content if isinstance(content, bytes) else content.read(), kind)
    return Params(dict(data.json_parameters), files)
