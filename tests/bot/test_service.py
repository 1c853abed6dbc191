"""The whole program as a person starts it: without a token, with its own Telegram; and how it stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program and the address of its page; ended at the end."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE", "TELEGRAM_TOKEN"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--port", "0", *options], cwd=folder, text=True,
        env=own | {"PYTHONPATH": str(ROOT)} | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = next((line.strip() for line in process.stdout if "http://" in line), "")
        if not address:
            raise AssertionError(process.communicate()[1])
        yield process, address
    finally:
        process.kill()
        process.communicate()


def post(address: str, name: str, **body: object) -> Any:  # noqa: ANN401
    request = Request(f"{address}sim/{name}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


def answers(address: str, count: int, seconds: float = 10.0) -> list[str]:
    """Texts of what the bot has sent, once there are so many."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        calls = [call for call in post(address, "calls") if call["method"].lower() == "sendmessage"]
        if len(calls) >= count:
            return [call["params"]["text"] for call in calls]
        time.sleep(0.05)
    raise AssertionError("no answer")


def test_without_a_token_it_answers_from_the_samples_and_stops_when_told(tmp_path: Path) -> None:
    with running(tmp_path) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        post(address, "say", chat=1001, text="who met Putin?")
        (answer,) = answers(address, 1)
        assert "Witkoff" in answer
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "stopping" in log
    assert "Traceback" not in log
    assert (tmp_path / "data" / "samples.sqlite").exists()
    assert not (tmp_path / "data" / "dateline.sqlite").exists()


def test_a_second_start_goes_on_with_new_numbers(tmp_path: Path) -> None:
    for _ in range(2):
        with running(tmp_path, "--database", "a.sqlite") as (process, address):
            post(address, "say", chat=1001, text="/help")
            assert answers(address, 1)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=10)


def test_a_lost_index_is_made_again_while_it_runs(tmp_path: Path) -> None:
    with running(tmp_path) as (process, address):
        post(address, "say", chat=1001, text="/help")
        assert answers(address, 1)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    for file in (tmp_path / "data").glob("*.index*"):
        file.unlink()
    with running(tmp_path) as (_, address):
        for count in range(1, 21):
            post(address, "say", chat=1001, text="lithium graphite titanium")
            answer = answers(address, count)[-1]
            if "minerals" in answer:
                break
            assert "is catching up" in answer
        assert "minerals" in answer


def test_health_is_told_on_loopback(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    with running(tmp_path, "--database", "a.sqlite", STATUS_PORT=port, HEARTBEAT="beat") as (_, address):
        post(address, "say", chat=1001, text="/help")
        assert answers(address, 1)
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            health = json.load(answer)
        assert health["ok"]
        assert set(health) >= {"inbox", "outbox", "articles", "newest_article", "polled_seconds_ago"}
        assert (tmp_path / "beat").exists()


def test_a_taken_port_is_told_with_what_helps(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        second = subprocess.run(
            [sys.executable, "-m", "bot", "run", "--port", port, "--database", "b.sqlite"], cwd=tmp_path, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=20, check=False,
        )  # fmt: skip
    assert second.returncode == 1
    assert f"port {port} is taken" in second.stderr
    assert "--port" in second.stderr


class Refusing(BaseHTTPRequestHandler):
    """A Telegram that knows no token."""

    def do_POST(self) -> None:
        """Says so."""
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.mark.parametrize("token", ["110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"])
def test_a_token_that_telegram_refuses_is_told_without_showing_it(tmp_path: Path, token: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as telegram:
        thread = Thread(target=telegram.serve_forever, args=(0.01,))
        thread.start()
        address = f"http://127.0.0.1:{telegram.server_port}"
        bot = subprocess.run(
            [sys.executable, "-m", "bot", "run", "--database", "b.sqlite"], cwd=tmp_path, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT), "TELEGRAM_TOKEN": token, "TELEGRAM_API": address},
            capture_output=True, timeout=20, check=False,
        )  # fmt: skip
        telegram.shutdown()
        thread.join()
    assert bot.returncode == 1
    assert "BotFather" in bot.stderr
    assert token not in bot.stderr + bot.stdout
    assert "Traceback" not in bot.stderr


def test_with_a_token_it_talks_to_the_bot_api_over_http(tmp_path: Path) -> None:
    telegram = subprocess.Popen(
        [sys.executable, "-m", "bot.local", "0"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert telegram.stdout is not None
    page, _, token = (telegram.stdout.readline().split()[-1] for _ in range(3))
    given = {"TELEGRAM_TOKEN": token, "TELEGRAM_API": page.rstrip("/"), "ADMIN_IDS": "1001", "PYTHONPATH": str(ROOT)}
    bot = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--database", "samples"], cwd=tmp_path, text=True, env=os.environ | given,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        post(page, "say", chat=1001, text="who met Putin?")
        (answer,) = answers(page, 1, 30)
        assert "Witkoff" in answer
        calls: set[str] = set()
        for _ in range(100):
            calls = {call["method"] for call in post(page, "calls")}
            if "setMyDescription" in calls:
                break
            time.sleep(0.05)
        assert calls >= {"setMyCommands", "setMyDescription", "setMyShortDescription", "sendMessage"}
        bot.send_signal(signal.SIGTERM)
        out, log = bot.communicate(timeout=10)
        assert bot.returncode == 0
        assert token not in out + log
    finally:
        for process in (bot, telegram):
            process.kill()
            process.communicate()
