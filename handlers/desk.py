"""What a handler is given: the request of a person, and the desk with the tools to answer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from news.article import Article
    from news.feed import Feed
    from store import Store

Place = Literal["private", "group", "channel", "terminal"]


class Attachment(Struct, frozen=True):
    """A file that came with a message: its name, declared type and bytes."""

    name: str
    type: str
    data: bytes


class Elsewhere(Struct, frozen=True):
    """A group or channel that is to be managed from private: may the bot write there, is the person an admin there."""

    id: int
    place: Place
    title: str
    bot: bool
    person: bool


class Request(Struct, frozen=True, kw_only=True):
    """One thing a person sent, whichever way it came.

    `command` is set for "/name …" (lower case, without slash and "@bot"), `press` for a button's data, neither for
    plain text; `text` is what stands behind the command, or the whole text. `context` is the id of the question that
    the message replied to was an answer to. `links` are the addresses in the message's entities, hidden ones included.
    """

    now: datetime
    chat: int
    user: int = 0
    thread: int = 0
    place: Place = "private"
    text: str = ""
    command: str | None = None
    press: str | None = None
    context: int | None = None
    replied: str | None = None  # text of the message replied to
    links: tuple[str, ...] = ()
    attachment: Attachment | None = None
    forwarded: bool = False
    message: int = 0
    language: str | None = None  # of the person's client, IETF tag
    name: str = ""  # what to call the person
    owner: bool = False
    admin: bool = True  # may change settings here: always in private, admins in groups
    located: tuple[float, float] | None = None  # latitude, longitude of a shared place
    managed: Elsewhere | None = None  # the group or channel that this is for, where it is asked in private

    @property
    def subject(self) -> int:
        """The chat whose topics and settings this is about."""
        return self.managed.id if self.managed else self.chat

    @property
    def topic(self) -> int:
        """The forum topic of that chat."""
        return 0 if self.managed else self.thread


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools a handler works with.

    `fetch` brings a page from the web, cleaned, `look` a feed with the address it was found at; both go through the
    guard of bot.web and raise a NewsError whose text is a sentence for a person. None where there is no web.
    `chat_of` looks at a group or channel ("@name" or its number) for a person; None where the bot cannot see it.
    """

    store: Store
    fetch: Callable[[str], Article] | None = None
    look: Callable[[str], tuple[Feed, str]] | None = None
    settings: dict[str, object] = field(default_factory=dict)
    chat_of: Callable[[str, int], Elsewhere | None] | None = None
