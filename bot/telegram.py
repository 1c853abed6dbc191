"""A Reply as Telegram takes it: HTML built from the tree, cut to length, with its keyboard. No I/O.

Facts from TDLib's source: a message holds 4096 characters after parsing (a caption 1024), of HTML's named entities only
`&lt; &gt; &amp; &quot;` are known, and at most 100 entities of a message are kept. Lengths are counted in UTF-16 units
here, which is never less than what TDLib counts, so both ways of counting are met.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category
from urllib.parse import urlsplit

from msgspec import Struct
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.reply import Anchor, Evidence, Gap, Moment, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.reply import Block, Button, Inline, Reply

MESSAGE, CAPTION = 4096, 1024
ENTITIES = 100
MARKUP = 10_000
"""Bytes of tags in a message: with 4096 escaped characters it stays below the 32,768 bytes that the Bot API takes."""
ROW, KEYS = 8, 100
LABEL, COPY = 64, 256
VERSION = "v1"
FACES = {"bold": "b", "italic": "i", "code": "code", "underline": "u", "strike": "s"}
FOOT = 16
"""Units kept free for the number of a part, "(12/34)" on a line of its own."""

INVISIBLE = re.compile("[\u2028-\u202e\u2066-\u2069\ufeff\u00ad\ud800-\udfff]")
"""TDLib takes U+2028 to U+202E out itself; the others would only hide what a text says."""
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\t]")
CUTS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s|(?<=[。！？])"),
    re.compile(r"\s"),
)


class Run(Struct, frozen=True):
    """Words with one markup: the tags around them, and the number of the quotation they stand in (0: none)."""

    text: str
    opened: str = ""
    closed: str = ""
    quotation: int = 0
    folded: bool = False


class Part(Struct, frozen=True):
    """One message: HTML, and the same as plain text for the day the HTML is refused."""

    html: str
    text: str


def clean(text: str) -> str:
    """The text as Telegram will keep it: no control characters, no invisible direction marks, no lone surrogates."""
    return CONTROL.sub(" ", INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def apart(text: str) -> str:
    """The text so that letters written from right to left do not change the order of what stands beside it (UAX #9)."""
    return f"\u2068{text}\u2069" if any(bidirectional(letter) in {"R", "AL"} for letter in text) else text


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def visible(text: str) -> bool:
    """Whether anything can be seen; a message of marks and spaces only is refused by Telegram."""
    return any(category(letter)[0] not in "ZCM" and letter not in "\u2800\u3164\u115f\u1160\uffa0" for letter in text)


def web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, a host, at most 2048 characters, no spaces or controls."""
    if len(url) > 2048:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s\0-\x1f\x7f]", url)


def parts(blocks: Iterable[Block], limit: int = MESSAGE) -> tuple[Part, ...]:
    """The messages that hold the blocks, none of more than `limit` units and 100 entities; none if nothing is seen."""
    runs = tuple(_runs(blocks))
    text = "".join(run.text for run in runs)
    spans = _spans(text, runs, limit)
    made = [_part(runs, start, end) for start, end in spans if visible(text[start:end])]
    if len(made) < 2:
        return tuple(made)
    return tuple(
        Part(f"{part.html}\n\n({number}/{len(made)})", f"{part.text}\n\n({number}/{len(made)})")
        for number, part in enumerate(made, 1)
    )


def keyboard(rows: Iterable[Iterable[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them, at most 8 a row and 100 in all; what Telegram would refuse is left out."""
    made: list[list[InlineKeyboardButton]] = []
    left = KEYS
    for row in rows:
        keys = [key for button in row if (key := _key(button)) is not None][:left]
        left -= len(keys)
        made += [keys[at : at + ROW] for at in range(0, len(keys), ROW)]
    return InlineKeyboardMarkup(made) if made else None


def pressed(data: str | None) -> str | None:
    """What `handlers` put into a button, None if the button is of another version or no button of ours."""
    version, sign, press = (data or "").partition("|")
    return press if version == VERSION and sign and press else None


def caption(reply: Reply) -> Part | None:
    """The blocks of a picture's or document's reply as one caption, None if they don't fit into one."""
    made = parts(reply.blocks, CAPTION)
    return made[0] if len(made) == 1 else None


def _key(button: Button) -> InlineKeyboardButton | None:
    """One button, None if its data, address or text is not acceptable."""
    label = " ".join(clean(button.label).split())
    label = label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
    if not visible(label):
        return None
    if button.press is not None:
        data = f"{VERSION}|{button.press}"
        return InlineKeyboardButton(label, callback_data=data) if len(data.encode()) <= 64 else None
    if button.url is not None:
        return InlineKeyboardButton(label, url=button.url) if web_address(button.url) else None
    if button.copy and len(button.copy) <= COPY:
        return InlineKeyboardButton(label, copy_text=CopyTextButton(button.copy))
    return None


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """The words of the blocks in order, with the line breaks between them."""
    for number, block in enumerate(blocks):
        if number:
            yield Run("\n")
        if isinstance(block, Gap):
            continue
        quoted, folded = (number + 1, block.folded) if isinstance(block, Evidence) else (0, False)
        alone = len(block.pieces) == 1
        for piece in block.pieces:
            text = clean(piece.text) if alone else apart(clean(piece.text))
            if text:
                opened, closed = _tags(piece) if visible(text) else ("", "")
                yield Run(text, opened, closed, quoted, folded)


def _tags(piece: Inline) -> tuple[str, str]:
    """The tags around a piece, empty where it has none."""
    if isinstance(piece, Text):
        tag = FACES.get(piece.face, "")
        return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
    if isinstance(piece, Anchor):
        opened, closed = _tags(Text(piece.text, piece.face))
        if not web_address(piece.url):
            return opened, closed
        return f'{opened}<a href="{escape(piece.url)}">', f"</a>{closed}"
    return _moment(piece)


def _moment(piece: Moment) -> tuple[str, str]:
    """Tags that show a moment in the reader's own zone; none for a bare day (midnight), which a zone might change."""
    at = piece.at
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return "", ""
    return f'<tg-time unix="{int(at.timestamp())}" format="Dt">', "</tg-time>"


def _spans(text: str, runs: tuple[Run, ...], limit: int) -> list[tuple[int, int]]:
    """The slices of the text that become messages, without white space at their ends."""
    spans: list[tuple[int, int]] = []
    at = len(text) - len(text.lstrip())
    room = limit if units(text) <= limit and _fits(runs, 0, len(text)) else limit - FOOT
    while at < len(text):
        end = _fitting(text, runs, at, room)
        cut = len(text) if end >= len(text) else _cut(text, at, end)
        spans.append((at, at + len(text[at:cut].rstrip())))
        at = cut + len(text[cut:]) - len(text[cut:].lstrip())
    return spans


def _fitting(text: str, runs: tuple[Run, ...], start: int, room: int) -> int:
    """The furthest end of a message that starts at `start`."""
    end = min(len(text), start + room)
    while units(text[start:end]) > room:
        end -= max(1, (units(text[start:end]) - room) // 2)
    if _fits(runs, start, end):
        return end
    low, high = start + 1, end
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(runs, start, middle) else (low, middle - 1)
    return low


def _fits(runs: tuple[Run, ...], start: int, end: int) -> bool:
    """Whether the markup of a slice is within Telegram's limits."""
    at, count, size, quotation = 0, 0, 0, 0
    for run in runs:
        if at < end and at + len(run.text) > start:
            count += run.opened.count("<") + (run.quotation not in {0, quotation})
            size += len(run.opened.encode()) + len(run.closed)
            quotation = run.quotation
        at += len(run.text)
    return count <= ENTITIES and size <= MARKUP


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut, at most `end`: after a paragraph, line, sentence or word in the last two thirds, if possible."""
    window = text[start : end + 1]
    for pattern in CUTS:
        places = [found.end() for found in pattern.finditer(window) if found.start() > len(window) // 3]
        if places:
            return min(start + places[-1], end) if places[-1] <= len(window) else end
    return end


def _part(runs: tuple[Run, ...], start: int, end: int) -> Part:
    """One slice as HTML, its tags closed, and as plain text."""
    html: list[str] = []
    text: list[str] = []
    at, quotation = 0, 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if not words:
            continue
        if run.quotation != quotation:
            html.append(_between(quotation, run))
            quotation = run.quotation
        html.append(f"{run.opened}{escape(words, quote=False)}{run.closed}")
        text.append(words)
    if quotation:
        html.append("</blockquote>")
    return Part("".join(html), "".join(text))


def _between(quotation: int, run: Run) -> str:
    """The tags that end the quotation before a run and open its own."""
    ended = "</blockquote>" if quotation else ""
    opened = "<blockquote expandable>" if run.folded else "<blockquote>"
    return ended + (opened if run.quotation else "")
