"""Links that lead into the chat, t.me/bot?start=s_…: to a story, a person, a quotation, a meeting, a topic to follow.

An id is written in base 36 with two more digits that prove it, so that a link that lost or changed a letter is told
apart from one to something else. Telegram takes 64 of the characters A-Z, a-z, 0-9, _ and -.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from handlers.reply import Button
from handlers.turn import id_of, number

if TYPE_CHECKING:
    from handlers.desk import Desk

Kind = Literal["s", "p", "q", "m"]
"""Story, person, quotation, meeting."""

LONGEST = 64
TOPIC = 45
"""Bytes of a topic's words that fit into a link."""


def code(kind: Kind, id_: int) -> str:
    """What stands behind "start=" for something kept."""
    written = f"{kind}_{number(id_)}"
    return written + _proof(written)


def code_of_topic(topic: str) -> str:
    """What stands behind "start=" for words to follow, cut at a word where they are too long."""
    words = topic
    while len(words.encode()) > TOPIC:
        words = words.rpartition(" ")[0] or words.encode()[:TOPIC].decode(errors="ignore")
    return "w_" + urlsafe_b64encode(words.encode()).decode().rstrip("=")


def button(desk: Desk, payload: str) -> tuple[Button, ...]:
    """The button that copies the link; none where the bot has no name on Telegram."""
    bot = desk.settings.get("bot")
    return (Button("🔗 Copy link", copy=f"https://t.me/{bot}?start={payload}"),) if bot else ()


def read(payload: str) -> tuple[str, int] | None:
    """The kind and id that a link names, None where it is no such link or not as it was written."""
    written, proof = payload[:LONGEST][:-2], payload[:LONGEST][-2:]
    kind, sign, digits = written.partition("_")
    id_ = id_of(digits)
    return (kind, id_) if sign and id_ >= 0 and proof == _proof(written) else None


def topic_of(payload: str) -> str:
    """The words to follow that a link holds, "" where it holds none."""
    written = payload[:LONGEST].removeprefix("w_")
    if written == payload[:LONGEST]:
        return ""
    try:
        topic = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except (ValueError, UnicodeDecodeError):
        return ""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in topic).split())


def _proof(written: str) -> str:
    value = int.from_bytes(blake2b(written.encode(), digest_size=4).digest(), "big") % 36**2
    return number(value).rjust(2, "0")
