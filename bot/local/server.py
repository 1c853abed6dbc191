"""The HTTP face: the Bot API for any client library, the person's side, and the chat page. On loopback only.

    /bot<token>/<method>        the Bot API: query, form, multipart or JSON, as api.telegram.org takes it
    /file/bot<token>/<path>     downloads
    /sim/<op>                   the person's side (bot.local.sim), JSON or multipart
    /sim/events                 what happens, as server-sent events
    /sim/file/<id>              a file, for the page
    /                           the chat page

A page of another site must not drive this one, so Host and Origin have to be this server's own, and what a browser
marks as coming from elsewhere (Sec-Fetch-Site) is refused.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.local.hook import Hook
from bot.local.memory import Memory
from bot.local.params import Params, Upload
from bot.local.refusal import Json, NetworkDown, Refusal, ReplyLost, bad
from bot.local.sim import perform
from bot.local.wire import call

if TYPE_CHECKING:
    from pathlib import Path

    from bot.local.world import World

BODY = 64 << 20
"""Bytes of a request, uploads included (Telegram takes files up to 50 MB)."""
KEEP_ALIVE = 15.0
BACKLOG = 2000
"""Events that may wait for a page that does not read."""
PAGE = resources.files("bot.local").joinpath("page")
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
ASSETS = {"": "chat.html"} | {f.name: f.name for f in PAGE.iterdir() if f.name.rsplit(".", 1)[-1] in _TYPES}
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Lines(asyncio.Queue[str | None]):
    """What one page has yet to be told; None ends it. A page too far behind is let go: it comes back and looks anew."""

    def tell(self, line: str | None) -> None:
        """Add a line, or end it all if there is no room."""
        if self.full():
            while not self.empty():
                self.get_nowait()
            line = None
        self.put_nowait(line)


@dataclass
class Server:
    """A running HTTP face; `address` is where the page and the Bot API are ("http://127.0.0.1:8081")."""

    address: str
    _http: HTTPServer
    _hook: Hook
    _streams: set[Lines]
    _memory: Memory | None

    async def close(self) -> None:
        """Stop listening and end every open connection."""
        self._hook.close()
        for stream in tuple(self._streams):
            stream.tell(None)
        self._http.stop()
        await self._http.close_all_connections()
        if self._memory:
            await self._memory.close()


async def serve(world: World, port: int = 0, memory: Path | None = None) -> Server:
    """A server for this world on 127.0.0.1, in the running event loop; port 0 takes a free one.

    `memory` is a file that the world is read from now and kept in from now on; without it all ends with the program.

    Raises:
        OSError: the port is taken.
    """
    sockets = bind_sockets(port, "127.0.0.1")
    number = sockets[0].getsockname()[1]
    hosts = {f"{name}:{number}" for name in ("127.0.0.1", "localhost")}
    streams: set[Lines] = set()
    how: dict[str, Any] = {"world": world, "hosts": hosts, "streams": streams}
    routes = [
        (r"/bot([^/]*)/([^/]*)", _Bot, how),
        (r"/file/bot([^/]*)/(.*)", _Download, how),
        (r"/sim/events", _Events, how),
        (r"/sim/file/([^/]*)", _Picture, how),
        (r"/sim/([a-z_]*)", _Sim, how),
        (r"/(.*)", _Page, how),
    ]
    http = HTTPServer(Application(routes, log_function=_quiet), max_buffer_size=BODY, max_body_size=BODY)
    http.add_sockets(sockets)
    return Server(f"http://127.0.0.1:{number}", http, Hook(world), streams, Memory(world, memory) if memory else None)


def _quiet(handler: RequestHandler) -> None:
    """No access log: addresses hold the token."""


class _Face(RequestHandler):
    """What all handlers share: whom they answer, and how."""

    def initialize(self, world: World, hosts: set[str], streams: set[Lines]) -> None:
        self.world = world
        self.hosts = hosts
        self.streams = streams

    def prepare(self) -> None:
        headers = self.request.headers
        origin = headers.get("Origin", "")
        elsewhere = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        visit = self.request.path == "/" and headers.get("Sec-Fetch-Mode") == "navigate"
        if headers.get("Host", "").lower() not in self.hosts:
            self.refuse("this Telegram answers to 127.0.0.1 and localhost only")
        elif (origin and origin.removeprefix("http://") not in self.hosts) or (elsewhere and not visit):
            self.refuse("another site may not use this Telegram")

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", _POLICY)
        self.clear_header("Server")

    def refuse(self, why: str) -> None:
        self.answer(403, Refusal(403, why).json())

    def answer(self, status: int, body: object) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body))

    def params(self) -> Params:
        """The parameters of this request.

        Raises:
            Refusal: the body is no JSON object where it says so.
        """
        values: dict[str, Any] = {
            name: self.get_query_argument(name, strip=False) for name in self.request.query_arguments
        }
        for name in self.request.body_arguments:
            values[name] = self.get_body_argument(name, strip=False)
        if self.request.headers.get("Content-Type", "").startswith("application/json") and self.request.body:
            values |= _object(self.request.body)
        files = {}
        for name, parts in self.request.files.items():
            for number, part in enumerate(parts):
                key = f"{name}.{number}" if number else name
                files[key] = Upload(part.filename, part.body, part.content_type)
        return Params(values, files)

    def allowed(self, token: str) -> bool:
        """Whether the token is right; if not, the refusal is on its way."""
        if token == self.world.token:
            return True
        refusal = Refusal(401 if re.fullmatch(r"[0-9]+:.+", token) else 404)
        self.answer(refusal.code, refusal.json())
        return False


class _Bot(_Face):
    """The Bot API."""

    async def get(self, token: str, method: str) -> None:
        if not self.allowed(token):
            return
        try:
            status, answer = await call(self.world, method, self.params())
        except Refusal as refusal:
            status, answer = refusal.code, refusal.json()
        except (NetworkDown, ReplyLost):
            self.hang_up()
            return
        try:
            self.answer(status, answer)
        except StreamClosedError:
            return

    post = get

    def hang_up(self) -> None:
        """End the connection without an answer."""
        if isinstance(self.request.connection, HTTP1Connection):
            self.request.connection.close()


class _Download(_Face):
    """Files, for the bot."""

    def get(self, token: str, path: str) -> None:
        if not self.allowed(token):
            return
        file = next((file for file in self.world.files.values() if file.path == path), None)
        if file is None:
            self.answer(404, Refusal(404).json())
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(file.data)


class _Picture(_Face):
    """Files, for the page: pictures and plain text are shown, anything else is downloaded and never run."""

    def get(self, number: str) -> None:
        file = self.world.files.get(number)
        if file is None:
            self.answer(404, Refusal(404).json())
            return
        shown = file.type in _SHOWN or "name" not in self.request.arguments
        kind = _kind(file.data, file.type)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind == "text/plain" else kind)
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        if not shown or kind == "application/octet-stream":
            self.set_header("Content-Disposition", "attachment")
        self.finish(file.data)


class _Sim(_Face):
    """The person's side. Only POST, so that no mere link can act."""

    def post(self, name: str) -> None:
        try:
            self.answer(200, perform(self.world, name, self.params()))
        except Refusal as refusal:
            self.answer(refusal.code, {"error": refusal.description})


class _Events(_Face):
    """What happens, as server-sent events."""

    async def get(self) -> None:
        self.lines = lines = Lines(BACKLOG)
        end = self.world.listen(lambda event, data: lines.tell(_line(event, data)))
        self.streams.add(lines)
        self.set_header("Content-Type", "text/event-stream")
        line: str | None = ": hello\n\n"
        try:
            while line is not None:
                self.write(line)
                await self.flush()
                line = await _next(lines)
        except StreamClosedError:
            return
        finally:
            end()
            self.streams.discard(lines)

    def on_connection_close(self) -> None:
        self.lines.tell(": is anybody there?\n\n")


class _Page(_Face):
    """The chat page and its parts."""

    def get(self, name: str) -> None:
        if name not in ASSETS:
            self.answer(404, Refusal(404).json())
            return
        file = ASSETS[name]
        self.set_header("Content-Type", f"{_TYPES[file.rsplit('.', 1)[-1]]}; charset=utf-8")
        self.finish(PAGE.joinpath(file).read_bytes())


async def _next(lines: Lines) -> str | None:
    try:
        return await asyncio.wait_for(lines.get(), KEEP_ALIVE)
    except TimeoutError:
        return ": still here\n\n"


def _line(event: str, data: Json) -> str:
    return f"data: {json.dumps({'event': event, 'data': data})}\n\n"


def _kind(data: bytes, told: str) -> str:
    """The media type a browser may be told: what the first bytes prove, plain text, or bytes."""
    for start, kind in ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif")):
        if data.startswith(start):
            return kind
    return told if told == "text/plain" else "application/octet-stream"


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad("can't parse the request's JSON") from None
    if not isinstance(value, dict):
        raise bad("expected a JSON object")
    return value
