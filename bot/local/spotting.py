"""What Telegram finds in plain text by itself: commands, mentions, hashtags, addresses.

A short version of TDLib's find_entities (MessageEntity.cpp) that agrees with it on what people write to a bot.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.local.html import units

if TYPE_CHECKING:
    from bot.local.refusal import Json

_COMMON = "com|org|net|edu|gov|int|info|news|media|press|name|online|site|world|today|live|agency|test|example|рф|укр"
_LABEL = r"[^\W_](?:[^\W_]|-)*"
_REST = r"(?::[0-9]{1,5})?(?:[/?#][^\s<>\"«»“”\[\]]*)?"
_URL = re.compile(
    rf"(?<![\w.@/:-])(?:https?://(?:{_LABEL}\.)+[^\W\d_]{{2,}}|(?:{_LABEL}\.)+(?:{_COMMON}|[a-z]{{2}}))(?![\w@-]|\.\w){_REST}",
    re.IGNORECASE,
)
_SPOTS = (
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("url", _URL),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w{1,256}")),
)
_SOLID = {"code", "pre", "text_link", "custom_emoji"}


def spot(text: str, given: list[Json]) -> list[Json]:
    """The given entities and those found in the text outside of code and links, in order."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given if entity["type"] in _SOLID]
    found: list[Json] = []
    for kind, pattern in _SPOTS:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".,:;!?'") if kind == "url" else match[0]
            words = words[:-1] if kind == "url" and words.endswith(")") and "(" not in words else words
            begin = units(text[: match.start()])
            end = begin + units(words)
            if words and all(end <= start or begin >= stop for start, stop in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted([*given, *found], key=lambda entity: (entity["offset"], -entity["length"])) if found else given
