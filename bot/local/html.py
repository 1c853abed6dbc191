"""Telegram's HTML: marked-up text in, plain text and entities out, or the very error that Telegram gives.

The rules are those of TDLib's parse_html (MessageEntity.cpp), proven against TDLib itself (package tdjson) by
tests/bot/local. Offsets in errors are bytes of the UTF-8 source; offsets of entities are UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.local.address import address

if TYPE_CHECKING:
    from bot.local.refusal import Json

_PLAIN = re.compile(rb"[^<&]+")
_SPACES = re.compile(rb"[ \t\r\n\0\x0b]*")
_TAG_NAME = re.compile(rb"[^ \t\r\n\0\x0b>]*")
_ATTRIBUTE = re.compile(rb"[^ \t\r\n\0\x0b=>/\"']*")
_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(rb"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*))")
_SPACE = b" \t\r\n\0\x0b"
_NAMED = {b"lt": 60, b"gt": 62, b"amp": 38, b"quot": 34}

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "date_time": 48,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
"""Which of two entities of one span comes first (TDLib, MessageEntity::get_type_priority)."""

_EMOJI = re.compile(r"-?[1-9][0-9]{0,18}")
_FORMAT = re.compile(r"r|[wdDtT]*")


class MarkupError(ValueError):
    """Markup that Telegram does not accept; the message is Telegram's."""


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, outermost first.

    Raises:
        MarkupError: with the text that follows "can't parse entities: ".
    """
    parser = _Parser(text.encode("utf-8", "surrogatepass"))
    parser.run()
    try:
        plain = parser.out.decode()
    except UnicodeDecodeError:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ) from None
    for entity in parser.found:
        if entity["type"] == "code":
            entity.pop("language", None)  # it was kept only in case a pre surrounds it
    entities = sorted(parser.found, key=lambda e: (e["offset"], -e["length"], _PRIORITY[e["type"]]))
    return plain, entities


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without white space at its ends, entities cut to what is left, as Telegram keeps a message."""
    kept = text.rstrip(" \n\t\r\0\x0b")
    end = units(kept)
    first = min((entity["offset"] for entity in entities), default=len(kept))
    lead = 0
    while lead < min(first, len(kept)) and kept[lead] in " \n":
        lead += 1
    cut = [
        {**entity, "offset": entity["offset"] - lead, "length": min(entity["length"], end - entity["offset"])}
        for entity in entities
        if entity["offset"] < end
    ]
    return kept[lead:], cut


@dataclass
class _Open:
    """A start tag that waits for its end tag."""

    name: str
    value: str | None  # the one attribute that matters for this tag
    format: str
    offset: int  # in UTF-16 units of the plain text
    begin: int  # in bytes of the plain text


@dataclass
class _Parser:
    source: bytes
    at: int = 0
    offset: int = 0
    out: bytearray = field(default_factory=bytearray)
    open: list[_Open] = field(default_factory=list)
    found: list[Json] = field(default_factory=list)

    def run(self) -> None:
        """Read all of the source."""
        while self.at < len(self.source):
            if plain := _PLAIN.match(self.source, self.at):
                self.put(plain[0])
                self.at = plain.end()
            elif self.source[self.at] == 0x26:
                self.put(self.reference() or self.take(1))
            elif self.source[self.at + 1 : self.at + 2] == b"/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def put(self, data: bytes) -> None:
        """Add plain text (whole characters), counting its UTF-16 units."""
        self.out += data
        self.offset += len(data) if data.isascii() else units(data.decode("utf-8", "surrogatepass"))

    def take(self, count: int) -> bytes:
        """The next bytes, stepped over."""
        data = self.source[self.at : self.at + count]
        self.at += count
        return data

    def skip(self, pattern: re.Pattern[bytes]) -> bytes:
        """What the pattern matches here (it always does), stepped over."""
        match = pattern.match(self.source, self.at)
        assert match
        self.at = match.end()
        return match[0]

    def here(self, unclosed: str) -> int:
        """The byte at this place; an error that the tag is unclosed if the source has ended."""
        if self.at >= len(self.source):
            raise MarkupError(unclosed)
        return self.source[self.at]

    def reference(self) -> bytes | None:
        """The character that a reference at this place stands for, stepped over; None if it is no reference."""
        match = _REFERENCE.match(self.source, self.at)
        if match is None:
            return None
        sixteen, ten, name = match.groups()
        if name is not None:
            code = _NAMED.get(name, 0)
        else:
            code = (int(sixteen, 16) if sixteen else int(ten) if ten else 0) & 0xFFFFFFFF
            if code >= 0x10FFFF or match.end() - self.at >= 10:
                return None
        if code == 0:
            return None
        self.at = match.end() + (self.source[match.end() : match.end() + 1] == b";")
        return chr(code).encode("utf-8", "surrogatepass")

    def start_tag(self) -> None:
        """Read "<name attribute=value …>"."""
        begin = self.at
        unclosed = f"Unclosed start tag at byte offset {begin}"
        self.at += 1
        name = self.skip(_TAG_NAME).lower().decode("utf-8", "replace")
        self.here(unclosed)
        if name not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        tag = _Open(name, None, "", self.offset, len(self.out))
        while not self.closing():
            self.attribute(tag, begin)
        if name == "span" and tag.value != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.at += 1
        self.open.append(tag)

    def closing(self) -> bool:
        """Whether ">" comes next, white space stepped over."""
        self.skip(_SPACES)
        return self.source[self.at : self.at + 1] == b">"

    def attribute(self, tag: _Open, begin: int) -> None:
        """Read one attribute into the tag, if it matters there."""
        unclosed = f'Unclosed start tag "{tag.name}" at byte offset {begin}'
        name = self.skip(_ATTRIBUTE).lower()
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag.name}" at byte offset {begin}')
        self.here(unclosed)
        self.skip(_SPACES)
        value = b""
        if self.here(unclosed) == 0x3D:
            self.at += 1
            self.skip(_SPACES)
            value = self.quoted() if self.here(unclosed) in b"'\"" else self.token()
            self.here(f"Unclosed start tag at byte offset {begin}")
        text = value.decode("utf-8", "replace")
        match (tag.name, name):
            case ("a", b"href") | ("tg-emoji", b"emoji-id") | ("tg-time", b"unix"):
                tag.value = text
            case ("tg-time", b"format"):
                tag.format = text
            case ("blockquote", b"expandable"):
                tag.value = "1"
            case ("span", b"class") if text.startswith("tg-"):
                tag.value = text.removeprefix("tg-")
            case ("code", b"class") if text.startswith("language-"):
                tag.value = text.removeprefix("language-")
            case _:
                pass

    def token(self) -> bytes:
        """A value without quotation marks."""
        begin = self.at
        value = self.skip(_TOKEN).lower()
        if self.at < len(self.source) and self.source[self.at] not in _SPACE + b">":
            raise MarkupError(f"Unexpected end of name token at byte offset {begin}")
        return value

    def quoted(self) -> bytes:
        """A value in quotation marks, its references resolved."""
        mark = self.take(1)
        value = bytearray()
        while self.at < len(self.source) and self.source[self.at : self.at + 1] != mark:
            value += self.reference() or self.take(1)
        self.at += 1
        return bytes(value)

    def end_tag(self) -> None:
        """Read "</name>" and close the tag it belongs to."""
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self.skip(_TAG_NAME).lower().decode("utf-8", "replace")
        self.skip(_SPACES)
        if self.at >= len(self.source) or self.source[self.at] != 0x3E:
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise MarkupError(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset:
            self.close(tag)

    def close(self, tag: _Open) -> None:
        """Keep the entity that a tag makes of the text since it was opened."""
        entity: Json = {"type": "", "offset": tag.offset, "length": self.offset - tag.offset}
        match tag.name:
            case "a":
                url = address(tag.value or self.out[tag.begin :].decode("utf-8", "replace"))
                if url is None:
                    return
                entity |= {"type": "text_link", "url": url}
            case "blockquote":
                entity["type"] = "expandable_blockquote" if tag.value else "blockquote"
            case "tg-emoji":
                if not _EMOJI.fullmatch(tag.value or "") or int(tag.value or 0) >= 1 << 63:
                    raise MarkupError("Invalid custom emoji identifier specified")
                entity |= {"type": "custom_emoji", "custom_emoji_id": tag.value}
            case "tg-time":
                moment = _moment(tag)
                if moment is None:
                    return
                entity |= moment
            case "pre" | "code":
                self.code(tag, entity)
                return
            case name:
                entity["type"] = _SIMPLE[name]
        self.found.append(entity)

    def code(self, tag: _Open, entity: Json) -> None:
        """Keep a code or pre entity; one right inside the other is a pre with the code's language."""
        last = self.found[-1] if self.found else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if same and tag.name == "pre" and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
        elif same and tag.name == "code" and last["type"] == "pre" and tag.value:
            last["language"] = tag.value
        else:
            self.found.append(entity | {"type": tag.name} | ({"language": tag.value} if tag.value else {}))


def _moment(tag: _Open) -> Json | None:
    """The entity of a moment in time, None if there is none: TDLib keeps the low 32 bits and drops 0 or less."""
    if not _FORMAT.fullmatch(tag.format):
        raise MarkupError("Invalid date format used")
    digits = re.match(r"-?[0-9]+", tag.value or "")
    seconds = int(digits[0]) & 0xFFFFFFFF if digits else 0
    if not 0 < seconds < 1 << 31:
        return None
    entity: Json = {"type": "date_time", "unix_time": seconds}
    return entity | ({"date_time_format": tag.format} if tag.format else {})
