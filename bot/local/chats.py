"""Who and what there is in a local Telegram: people, chats, topics, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.local.refusal import Json  # noqa: TC001 - bot.local.memory reads these classes' types at run time

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
ADMINS = ("creator", "administrator")
ANONYMOUS = 1087968824
"""User id of "Group", in whose name Telegram shows what anonymous admins write (@GroupAnonymousBot)."""


@dataclass
class Person:
    """A user. `language` is an IETF tag, as a client reports it."""

    id: int
    name: str
    username: str = ""
    language: str = "en"

    def json(self) -> Json:
        """The User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        return user | {"language_code": self.language}


@dataclass
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass
class Chat:
    """One chat. `members` holds the status of people, `bot` that of the bot ("kicked" in a private chat: blocked).

    `messages` are the Message objects by id; `keyboards` the markup that is shown but not part of a Message,
    `mine` the ids of what the bot wrote.
    """

    id: int
    kind: Kind
    name: str
    username: str = ""
    bot: Status = "member"
    forum: bool = False
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    keyboards: dict[int, Json] = field(default_factory=dict)
    mine: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    deactivated: bool = False

    @property
    def private(self) -> bool:
        """Whether this is a person's own chat with the bot."""
        return self.kind == "private"

    def json(self) -> Json:
        """The Chat object as it stands in messages."""
        chat: Json = {"id": self.id, "type": self.kind, "first_name" if self.private else "title": self.name}
        if self.username:
            chat["username"] = self.username
        if self.forum:
            chat["is_forum"] = True
        return chat

    def forget(self, message: int) -> None:
        """Drop a message and what belongs to it."""
        del self.messages[message]
        self.keyboards.pop(message, None)
        self.mine.discard(message)

    def admin(self, person: int) -> bool:
        """Whether this person may change things here."""
        return self.private or self.members.get(person) in ADMINS


@dataclass(frozen=True)
class File:
    """A file that Telegram keeps."""

    id: str
    name: str
    type: str
    data: bytes

    @property
    def path(self) -> str:
        """Where it can be downloaded, below /file/bot<token>/."""
        return f"documents/{self.id}/{self.name}"

    def json(self) -> Json:
        """What File, PhotoSize and Document objects have in common."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.data)}
