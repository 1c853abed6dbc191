"""What a handler answers: a tree of blocks without markup. bot/telegram.py renders it as HTML, `plain` as text.

Values are put in as they are; escaping is the renderer's business, so no markup can leak in from an article.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

MAX_PRESS = 60
"""Bytes of a button's data, leaving room for the version that bot/telegram.py puts before it (Telegram allows 64)."""


class Text(Struct, frozen=True, tag=True):
    """Words as they are, or in one face."""

    text: str
    face: str = ""  # "", "bold", "italic", "code", "underline", "strike"


class Anchor(Struct, frozen=True, tag=True):
    """Words that lead to an address (http or https; anything else is shown as plain words), in one face."""

    text: str
    url: str
    face: str = ""


class Moment(Struct, frozen=True, tag=True):
    """A moment shown in the reader's own zone where the client can; `text` is what others see."""

    text: str
    at: datetime


Inline = Text | Anchor | Moment


class Paragraph(Struct, frozen=True, tag=True):
    """One line of inline pieces."""

    pieces: tuple[Inline, ...]


class Evidence(Struct, frozen=True, tag=True):
    """Words of an article, shown as a block quotation; `folded` ones open on a tap."""

    pieces: tuple[Inline, ...]
    folded: bool = False


class Gap(Struct, frozen=True, tag=True):
    """An empty line."""


Block = Paragraph | Evidence | Gap


class Button(Struct, frozen=True):
    """One thing to tap. Exactly one of `press` (data handed back to `handlers`), `url`, `copy` is set.

    `press` is "action|argument|…" of at most MAX_PRESS bytes: ids, never names.
    """

    label: str
    press: str | None = None
    url: str | None = None
    copy: str | None = None


class Picture(Struct, frozen=True):
    """A PNG to send, with the words that stand for it."""

    png: bytes
    caption: str


class Document(Struct, frozen=True):
    """A file to send."""

    name: str
    data: bytes
    caption: str = ""


class Reply(Struct, frozen=True, kw_only=True):
    """One answer.

    `edit` replaces the message whose button was pressed instead of sending another. `toast` is the short notice of a
    button press. `preview` is the one address whose preview may be shown. `context` is the id of the question this
    answers (store.exchange), kept with the sent message so that a reply to it is understood. `ask` makes the client
    open an answer field addressed to the asker. `kind` and `facts` are the machine-readable side of the answer.
    """

    blocks: tuple[Block, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    edit: bool = False
    toast: str | None = None
    preview: str | None = None
    context: int | None = None
    ask: bool = False
    kind: str = "help"
    facts: dict[str, object] = {}


def say(*pieces: str | Inline) -> Paragraph:
    """A paragraph of pieces; plain strings become Text."""
    return Paragraph(tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces))


def bold(text: str) -> Text:
    """Words in bold."""
    return Text(text, "bold")


def italic(text: str) -> Text:
    """Words in italics."""
    return Text(text, "italic")


def plain(reply: Reply) -> str:
    """The reply as plain text, a line a block, addresses in brackets after their words."""
    lines = []
    for block in reply.blocks:
        if isinstance(block, Gap):
            lines.append("")
            continue
        words = "".join(
            f"{piece.text} ({piece.url})" if isinstance(piece, Anchor) else piece.text for piece in block.pieces
        )
        lines.append(f"  | {words}" if isinstance(block, Evidence) else words)
    return "\n".join(lines).strip("\n")
