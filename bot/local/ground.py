"""The ground of a local Telegram: its people, chats, files and numbers, and what keeps a bot from writing."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from bot.local.chats import Chat, File, Person, Topic
from bot.local.flood import Limits
from bot.local.refusal import Json, bad, forbidden, migrated
from bot.local.updates import Poll, Queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.faults import Fault

TOKEN = "100200300:telegram-on-your-own-machine"  # noqa: S105 - opens nothing but this stand-in
YOU = 1001
ROBIN = 1002
GROUP = -2001
FORUM = -1002000000001
CHANNEL = -1002000000002

CALLS = 5000
MESSAGES = 5000
FILES = 200
STORED = 64 << 20
"""What is kept in memory: calls, messages a chat, files and their bytes. The oldest go first."""


class Ground:
    """One bot's Telegram.

    `token` is what the bot must show. `clock` gives Unix seconds; it dates messages and drives flood limits and expiry.
    `strict` turns the flood limits on and slows down pollers that ask twice for the same. `furnished` starts with the
    cast of the chat page: you and Robin, a group (you its creator, Robin a plain member), a forum with two topics, a
    channel; the bot is in all of them. `faults` are disturbances waiting for a call; `down` cuts the line altogether.
    """

    def __init__(
        self,
        token: str = TOKEN,
        clock: Callable[[], float] = time.time,
        *,
        strict: bool = True,
        furnished: bool = True,
        name: str = "Dateline",
        username: str = "dateline_local_bot",
    ) -> None:
        self.token = token
        self.clock = clock
        self.strict = strict
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queue = Queue()
        self.poll = Poll(self.queue, strict, clock)
        self.limits = Limits()
        self.faults: list[Fault] = []
        self.down = False
        self.files: dict[str, File] = {}
        self.presses: dict[str, Json] = {}
        self.guests: dict[str, tuple[int, int]] = {}  # a guest query's chat and the person who asks
        self.inline_messages: dict[str, tuple[int, int]] = {}  # chat and message of what was sent by way of the bot
        self.inline: dict[str, Json | None] = {}  # what answered an inline query, None while it waits
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.about: dict[str, Any] = {}
        self.menu: Json = {"type": "commands"}
        self.calls: deque[Json] = deque(maxlen=CALLS)
        self.listeners: list[Callable[[str, Json], None]] = []
        self._numbers = {"message": 0, "query": 1000, "file": 0}
        if furnished:
            self.furnish()

    def furnish(self) -> None:
        """Set up the cast of the chat page."""
        self.person(YOU, "Ada", "ada")
        self.person(ROBIN, "Robin", "robin")
        self.add(Chat(GROUP, "group", "Newsroom", members={YOU: "creator", ROBIN: "member"}))
        forum = Chat(FORUM, "supergroup", "World desk", forum=True, members={YOU: "creator", ROBIN: "member"})
        forum.topics = {2: Topic(2, "Diplomacy"), 3: Topic(3, "Economy")}
        forum.bot = "administrator"
        self.add(forum)
        self.add(Chat(CHANNEL, "channel", "The Wire", "the_wire", "administrator", members={YOU: "creator"}))
        self._numbers["message"] = 10

    def person(self, number: int, name: str = "", username: str = "", language: str = "en") -> Person:
        """The person with this id, and a private chat with the bot, made if they are new."""
        if number not in self.people:
            self.people[number] = Person(number, name or f"Person {number}", username, language)
            self.add(Chat(number, "private", self.people[number].name, username, members={number: "member"}))
        return self.people[number]

    def add(self, chat: Chat) -> Chat:
        """The chat, now part of this world."""
        self.chats[chat.id] = chat
        return chat

    def next(self, what: str) -> int:
        """The next number for a message, query or file."""
        self._numbers[what] += 1
        return self._numbers[what]

    @property
    def numbers(self) -> dict[str, int]:
        """The last number given to a message, a query and a file."""
        return self._numbers

    def number_on(self) -> None:
        """Go on with numbers that no earlier start can have given, for a bot that remembers updates and messages."""
        now = self.clock()
        self.queue.next = max(self.queue.next, int(now * 10))
        self._numbers["message"] = max(self._numbers["message"], int(now) - 1_700_000_000)

    def keep(self, name: str, data: bytes, kind: str) -> File:
        """A file, kept for download."""
        number = f"file{self.next('file')}"
        self.files[number] = File(number, name, kind, data)
        while len(self.files) > FILES or sum(len(file.data) for file in self.files.values()) > STORED > len(data):
            del self.files[next(iter(self.files))]
        return self.files[number]

    def emit(self, event: str, data: Json) -> None:
        """Tell whoever listens what happened: message, edit, delete, toast, action, draft, reaction, commands, chat."""
        for listener in tuple(self.listeners):
            listener(event, data)

    def listen(self, listener: Callable[[str, Json], None]) -> Callable[[], None]:
        """Call `listener(event, data)` for all that happens from now on; returns what ends that."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def post(self, chat: Chat, message: Json, markup: Json | None = None, *, mine: bool = False) -> Json:
        """The message, numbered, dated and kept in its chat; `mine` if the bot wrote it."""
        message = {"message_id": self.next("message"), "date": int(self.clock()), "chat": chat.json(), **message}
        if markup is not None and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        elif markup is not None:
            chat.keyboards[message["message_id"]] = markup
        chat.messages[message["message_id"]] = message
        if len(chat.messages) > MESSAGES:
            chat.forget(next(iter(chat.messages)))
        if mine:
            chat.mine.add(message["message_id"])
        self.emit("message", self.view(chat, message))
        return message

    def by_way(self, chat: Chat, message: Json) -> str:
        """The inline_message_id of a message that came into a chat by way of the bot."""
        number = f"inline{self.next('query')}"
        self.inline_messages[number] = (chat.id, message["message_id"])
        return number

    def view(self, chat: Chat, message: Json) -> Json:
        """The message as a person's client shows it: with its keyboard, which is no part of a Message."""
        keyboard = chat.keyboards.get(message["message_id"])
        return message if keyboard is None else message | {"reply_markup": keyboard}

    def target(self, number: int) -> Chat:
        """The chat that a bot may write to.

        Raises:
            Refusal: with what keeps the bot from it.
        """
        chat = self.chats.get(number)
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.private and chat.bot == "kicked":
            raise forbidden("bot was blocked by the user")
        if chat.bot in ("kicked", "left"):
            kind = f"{chat.kind} chat"
            raise forbidden(
                f"bot was kicked from the {kind}" if chat.bot == "kicked" else f"bot is not a member of the {kind}"
            )
        return chat

    def said(self, chat: int) -> list[Json]:
        """What the bot has standing in this chat, oldest first."""
        place = self.chats[chat]
        return [message for number, message in place.messages.items() if number in place.mine]

    def push(self, kind: str, body: Json) -> int:
        """The id of the new update, 0 if the bot does not take that kind."""
        return self.queue.push(kind, body, self.clock())
