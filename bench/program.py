"""The program as a person meets it: how soon the page is there, how long an answer takes, how much memory it needs.

./run bench program [ROUNDS]

Starts `python -m bot run` on the sample archive in a folder of its own and talks to it over HTTP as the chat page does.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    "who met Putin?", "wittkof putin moscow", "what did Trump say about tariffs?", "brief me on Ukraine", "/latest",
    "did Trump meet Putin?", "who is Merz?", "Vatican",
)  # fmt: skip
PERSON = 1001


def post(address: str, name: str, **body: object) -> Any:  # noqa: ANN401
    """What the local Telegram answers to something a person does."""
    data = json.dumps(body).encode()
    request = Request(f"{address}sim/{name}", data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


def listening(address: str) -> Any:  # noqa: ANN401
    """The stream of what happens in the chats."""
    return urlopen(f"{address}sim/events", timeout=30)


def start(folder: str) -> tuple[subprocess.Popen[str], str, float]:
    """The program, its address, and the seconds until its page answered."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--port", "0"], cwd=folder, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    address = next(line.strip() for line in process.stdout if "http://" in line)
    while True:
        try:
            with urlopen(address, timeout=5):
                return process, address, time.perf_counter() - began
        except URLError:
            time.sleep(0.01)


def memory(process: subprocess.Popen[str]) -> float:
    """Resident megabytes, not a number where the system does not tell."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def ask(address: str, stream: Any, question: str) -> float:  # noqa: ANN401
    """Milliseconds from the question to the answer in the chat."""
    began = time.perf_counter()
    post(address, "say", chat=PERSON, text=question)
    for line in stream:
        if line.startswith(b"data:"):
            event = json.loads(line[5:])
            if event["event"] == "message" and event["data"].get("from", {}).get("is_bot"):
                break
    return (time.perf_counter() - began) * 1000


def session(name: str, folder: str, rounds: int) -> None:
    """Prints how one run of the program fared."""
    process, address, seconds = start(folder)
    try:
        time.sleep(2)
        idle = memory(process)
        times = sorted(asked(address, rounds))
        p95 = times[int(len(times) * 0.95)]
        middle, after = statistics.median(times), memory(process)
        print(f"{name:<34} page after {seconds:.1f} s, idle {idle:.0f} MB, later {after:.0f} MB")
        print(f"{'':<34} question to answer p50 {middle:.0f} ms, p95 {p95:.0f} ms (n={len(times)})")
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        print(f"{'':<34} stopped after {time.perf_counter() - began:.1f} s")
    finally:
        process.kill()
        process.communicate()


def asked(address: str, rounds: int) -> list[float]:
    """Milliseconds of each answer, at the pace of one chat."""
    times = []
    with listening(address) as stream:
        for question in QUESTIONS * rounds:
            times.append(ask(address, stream, question))
            time.sleep(1.05)
    return times


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        session("first start, reading the samples", folder, rounds)
        session("later start", folder, rounds)


if __name__ == "__main__":
    main()
