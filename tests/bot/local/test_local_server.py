"""The HTTP face: who may use it, what it serves, what it tells, how it delivers to a webhook."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.local import faults
from bot.local.server import ASSETS, Lines, serve
from bot.local.world import YOU, World
from tests.bot.local.calling import result, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.local.refusal import Json

    Story = Callable[[httpx.AsyncClient, World], Awaitable[None]]


@asynccontextmanager
async def visited(world: World) -> AsyncIterator[httpx.AsyncClient]:
    server = await serve(world)
    try:
        async with httpx.AsyncClient(base_url=server.address, timeout=10, trust_env=False) as client:
            yield client
    finally:
        await server.close()


def play(story: Story) -> None:
    async def played() -> None:
        world = World(strict=False)
        async with visited(world) as client:
            await story(client, world)

    asyncio.run(played())


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Host": "127.0.0.1"},
        {"Host": "rebound.example:80"},
        {"Origin": "http://example.com"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_is_turned_away_everywhere(headers: dict[str, str]) -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        for path in ("/", "/sim/state", f"/bot{world.token}/getMe", "/sim/events", f"/file/bot{world.token}/x"):
            assert (await client.post(path, headers=headers)).status_code in (403, 405)
            assert (await client.get(path, headers=headers)).status_code == 403

    play(story)


def test_the_page_itself_may_use_it_under_both_names_of_the_machine() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        port = client.base_url.port
        for name in ("127.0.0.1", "localhost"):
            origin = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}", "Sec-Fetch-Site": "same-origin"}
            assert (await client.post("/sim/state", headers=origin, json={})).json()["you"] == YOU
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert (await client.get("/", headers=link)).status_code == 200

    play(story)


def test_no_link_can_act_for_a_person() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        assert (await client.get("/sim/say", params={"chat": YOU, "text": "x"})).status_code == 405
        assert not world.chats[YOU].messages

    play(story)


def test_the_page_and_its_parts_load_nothing_from_elsewhere() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        for name in ASSETS:
            answer = await client.get("/" + name)
            assert answer.status_code == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Server" not in answer.headers
        assert (await client.get("/chat.py")).status_code == 404
        assert (await client.get("/../server.py")).status_code == 404

    play(story)


@pytest.mark.parametrize(
    ("token", "status", "words"), [("nonsense", 404, "Not Found"), ("1:wrong", 401, "Unauthorized")]
)
def test_a_wrong_token_opens_nothing(token: str, status: int, words: str) -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        answer = await client.get(f"/bot{token}/getMe")
        assert answer.status_code == status
        assert answer.json() == {"ok": False, "error_code": status, "description": words}
        assert (await client.get(f"/file/bot{token}/documents/file1/a")).status_code == status

    play(story)


def test_parameters_may_come_as_query_form_json_or_parts() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        path = f"/bot{world.token}/sendMessage"
        values: dict[str, Any] = {"chat_id": YOU, "text": " <i>so</i> "}
        marked = values | {"parse_mode": "HTML"}
        await client.get(path, params=marked)
        await client.post(path, data=marked)
        await client.post(path, json=marked)
        await client.post(path, data=marked, files={"unused": b"x"})
        assert [message["text"] for message in world.said(YOU)] == ["so"] * 4
        broken = await client.post(path, content=b"{", headers={"Content-Type": "application/json"})
        assert broken.json()["description"] == "Bad Request: can't parse the request's JSON"

    play(story)


def test_a_file_comes_back_byte_for_byte_and_is_never_run_as_a_page() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        page = b"<script>alert(1)</script>"
        sent = await client.post("/sim/upload", data={"chat": YOU}, files={"file": ("a.html", page, "text/html")})
        number = sent.json()[0]["document"]["file_id"]
        path = result_of(await client.get(f"/bot{world.token}/getFile", params={"file_id": number}))["file_path"]
        assert (await client.get(f"/file/bot{world.token}/{path}")).content == page
        shown = await client.get(f"/sim/file/{number}")
        assert shown.headers["Content-Type"] == "application/octet-stream"
        assert shown.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in shown.headers["Content-Security-Policy"]

    play(story)


def test_what_happens_is_told_as_it_happens() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        async with client.stream("GET", "/sim/events") as events:
            lines = events.aiter_lines()
            assert await anext(lines) == ": hello"
            world.say(YOU, "hello")
            async for line in lines:
                if line.startswith("data: "):
                    told = json.loads(line.removeprefix("data: "))
                    break
        assert told["event"] == "message"
        assert told["data"]["text"] == "hello"

    play(story)


def test_who_stops_listening_is_forgotten() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        async with client.stream("GET", "/sim/events") as events:
            await anext(events.aiter_lines())
            assert len(world.listeners) == 1
        await until(lambda: not world.listeners)

    play(story)


def test_a_page_that_does_not_read_is_let_go_to_look_anew() -> None:
    async def told() -> list[str | None]:
        lines = Lines(2)
        for line in "abc":
            lines.tell(line)
        return [lines.get_nowait() for _ in range(lines.qsize())]

    assert asyncio.run(told()) == [None]


def test_a_poller_that_hangs_up_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        path = f"/bot{world.token}/getUpdates"
        with pytest.raises(httpx.ReadTimeout):
            await client.post(path, data={"timeout": 30}, timeout=0.2)
        waiting = asyncio.create_task(client.post(path, data={"timeout": 30}))
        await until(lambda: len(world.queue.called) >= 2)
        world.say(YOU, "hello")
        assert (await waiting).json()["result"][0]["message"]["text"] == "hello"

    play(story)
    gc.collect()
    assert caplog.records == []


def test_it_can_be_started_on_its_own() -> None:
    command = [sys.executable, "-u", "-m", "bot.local", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        page = running.stdout.readline().split()[-1]
        answer = httpx.get(page, trust_env=False)
        running.terminate()
        running.communicate()
    assert "Dateline" in answer.text


@pytest.mark.parametrize("fault", [faults.lost(), faults.down()])
def test_a_lost_answer_or_a_dead_line_ends_the_connection(fault: faults.Fault) -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        world.faults.append(fault)
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post(f"/bot{world.token}/sendMessage", data={"chat_id": YOU, "text": "x"})
        assert bool(world.said(YOU)) is fault.lost

    play(story)


@pytest.mark.parametrize(
    ("operation", "values", "words"),
    [
        ("fly", {}, "no operation fly"),
        ("say", {"chat": 5, "text": "x"}, "no such chat"),
        ("say", {"chat": YOU, "text": " "}, "nothing to say"),
        ("press", {"chat": YOU, "message": 77, "data": "x"}, "no such message"),
        ("bot", {"chat": YOU, "status": "king"}, "one of kicked, member, administrator"),
        ("topic", {"chat": YOU, "act": "close", "thread": 2}, "act is one of"),
        ("say", {"chat": "x", "text": "x"}, "invalid chat"),
        ("say", {"chat": YOU, "text": "x", "by": 5}, "nobody is number 5"),
        ("choose", {"chat": YOU, "query": "5", "result": "1"}, "no answer"),
        ("inline", {"query": "x", "by": -1}, "nobody"),
        ("commands", {"chat": YOU, "by": 9}, "nobody"),
        ("press", {"chat": YOU, "message": 77, "data": "x", "by": 5}, "no such message"),
    ],
)
def test_a_wrong_act_says_what_is_wrong(operation: str, values: dict[str, Any], words: str) -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        answer = await client.post(f"/sim/{operation}", json=values)
        assert answer.status_code in (400, 404)
        assert words in answer.json()["error"]

    play(story)


def test_a_disturbance_can_be_ordered_from_outside() -> None:
    async def story(client: httpx.AsyncClient, world: World) -> None:
        order = {"method": "sendMessage", "code": 429, "description": "retry after 2", "parameters": {"retry_after": 2}}
        await client.post("/sim/fault", json=order)
        answer = await client.post(f"/bot{world.token}/sendMessage", data={"chat_id": YOU, "text": "x"})
        assert answer.status_code == 429
        assert answer.json()["parameters"] == {"retry_after": 2}

    play(story)


def result_of(answer: httpx.Response) -> Json:
    body: Json = answer.json()
    assert body["ok"], body
    found: Json = body["result"]
    return found


class Receiver(RequestHandler):
    """A bot's webhook: fails as often as ordered, then answers by sending a message."""

    def initialize(self, seen: list[Json], failures: list[int]) -> None:
        self.seen = seen
        self.failures = failures

    def post(self) -> None:
        if self.failures:
            self.set_status(self.failures.pop())
            self.set_header("Retry-After", "0")
            return
        update = json.loads(self.request.body)
        self.seen.append(update | {"secret": self.request.headers.get("X-Telegram-Bot-Api-Secret-Token")})
        self.write({"method": "sendMessage", "chat_id": YOU, "text": f"heard {update['message']['text']}"})


def test_a_webhook_gets_updates_with_its_secret_and_may_answer_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.local.hook.FIRST_PAUSE", 0.01)

    async def story(_: httpx.AsyncClient, world: World) -> None:
        seen: list[Json] = []
        sockets = bind_sockets(0, "127.0.0.1")
        target = HTTPServer(Application([("/hook", Receiver, {"seen": seen, "failures": [500, 502]})]))
        target.add_sockets(sockets)
        world.say(YOU, "before")
        address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"
        await asyncio.to_thread(result, world, "setWebhook", url=address, secret_token="s3cret")
        world.say(YOU, "after")
        await until(lambda: len(world.said(YOU)) == 2)
        assert [update["message"]["text"] for update in seen] == ["before", "after"]
        assert {update["secret"] for update in seen} == {"s3cret"}
        assert [message["text"] for message in world.said(YOU)] == ["heard before", "heard after"]
        assert "500" in result_info(world)["last_error_message"]
        target.stop()
        await target.close_all_connections()

    play(story)


def result_info(world: World) -> Json:
    from bot.local.params import Params  # noqa: PLC0415

    return world.poll.getwebhookinfo(Params({}))
