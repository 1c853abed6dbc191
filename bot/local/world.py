"""A whole Telegram in memory: people, chats, one bot, and what went between them.

The world knows no network and no clock of its own, so a test can own both. People act through the methods here
(`say`, `press`, `block`, …); the bot acts through bot.local.wire, which every face (in process, HTTP) calls.

    world = World(clock=clock)
    builder = ApplicationBuilder().token(world.token)
    app = builder.request(LocalRequest(world)).get_updates_request(LocalRequest(world)).build()
    world.say(YOU, "who met Putin?")              # a person writes to the bot
    …                                             # the bot polls, and answers
    world.said(YOU)[-1]["text"]                   # what it answered
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from bot.local.chats import ANONYMOUS, Chat, Status, Topic
from bot.local.ground import CHANNEL, FORUM, GROUP, ROBIN, TOKEN, YOU, Ground
from bot.local.spotting import spot

if TYPE_CHECKING:
    from bot.local.refusal import Json

__all__ = ["CHANNEL", "FORUM", "GROUP", "ROBIN", "TOKEN", "YOU", "How", "World"]


class How(TypedDict, total=False):
    """How something is said: by whom, in reply to which message, in which topic, as an anonymous admin."""

    by: int | None
    reply_to: int | None
    thread: int | None
    anonymous: bool


class World(Ground):
    """One bot's Telegram and what people do in it; see Ground for how it is made."""

    def say(self, chat: int, text: str, **how: Unpack[How]) -> Json:
        """A person writes; returns the Message. By default the chat's own person does, you elsewhere."""
        body: Json = {"text": text}
        if entities := spot(text, []):
            body["entities"] = entities
        return self.write(chat, body, **how)

    def write(
        self,
        chat: int,
        body: Json,
        *,
        by: int | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Json:
        """Any message of a person (the content fields of a Message), delivered to the bot if it may see it."""
        place = self.chats[chat] if chat in self.chats else self.chats[self.person(chat).id]
        author = self._author(place, by, anonymous)
        if place.private and place.bot == "kicked":
            self.unblock(place.id)
        message = author | body
        if thread is not None and place.forum:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to in place.messages:
            message["reply_to_message"] = _bare(place.messages[reply_to])
        message = self.post(place, message)
        if place.kind == "channel":
            self.push("channel_post", message)
        elif self.hears(place, message):
            self.push("message", message)
        elif place.bot in ("kicked", "left") and self.named(body.get("text", "")):
            self._invite(place, message)
        return message

    def _invite(self, place: Chat, message: Json) -> None:
        """A bot that is no member is named: it may answer once, as a guest (Bot API 10.0)."""
        number = str(self.next("query"))
        self.guests[number] = (place.id, message["from"]["id"])
        self.push("guest_message", message | {"guest_query_id": number})

    def edit(self, chat: int, message: int, text: str) -> Json:
        """A person changes what they wrote; returns the Message."""
        place = self.chats[chat]
        old = {key: value for key, value in place.messages[message].items() if key != "entities"}
        entities = spot(text, [])
        new = old | {"text": text, "edit_date": int(self.clock())} | ({"entities": entities} if entities else {})
        place.messages[message] = new
        self.emit("edit", self.view(place, new))
        if place.kind == "channel":
            self.push("edited_channel_post", new)
        elif self.hears(place, new):
            self.push("edited_message", new)
        return new

    def send_file(
        self,
        chat: int,
        name: str,
        data: bytes,
        kind: str = "application/octet-stream",
        *,
        caption: str = "",
        **how: Unpack[How],
    ) -> Json:
        """A person sends a file as a document; `how` as for `say`."""
        file = self.keep(name, data, kind)
        body: Json = {"document": file.json() | {"file_name": name, "mime_type": kind}}
        return self.write(chat, body | ({"caption": caption} if caption else {}), **how)

    def forward(
        self, chat: int, text: str, *, origin: str = "The Wire", username: str = "the_wire", **how: Unpack[How]
    ) -> Json:
        """A person forwards a post of the channel `origin`; `how` as for `say`."""
        channel = {"id": CHANNEL, "type": "channel", "title": origin, "username": username}
        source = {"type": "channel", "date": int(self.clock()), "chat": channel, "message_id": 1}
        body: Json = {"text": text, "forward_origin": source}
        return self.write(chat, body | ({"entities": found} if (found := spot(text, [])) else {}), **how)

    def locate(self, chat: int, latitude: float, longitude: float, **how: Unpack[How]) -> Json:
        """A person shares where they are; `how` as for `say`."""
        return self.write(chat, {"location": {"latitude": latitude, "longitude": longitude}}, **how)

    def press(self, chat: int, message: int, data: str, *, by: int | None = None) -> str:
        """A person presses a button of that data; returns the query's id.

        Raises:
            KeyError: the message has no such button.
        """
        place = self.chats[chat]
        shown = place.messages[message]
        rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise KeyError(f"no such button: {data}")
        return self.press_anything(chat, message, data, by=by)

    def press_anything(self, chat: int, message: int, data: str, *, by: int | None = None) -> str:
        """As `press`, but with any data, as a forged client may send."""
        place = self.chats[chat]
        number = str(self.next("query"))
        person = self.people[by or (place.id if place.private else YOU)]
        self.presses[number] = {"at": self.clock(), "chat": chat, "by": person.id}
        query = {"id": number, "from": person.json(), "chat_instance": str(chat), "data": data}
        inline = next((name for name, where in self.inline_messages.items() if where == (chat, message)), None)
        pressed = {"inline_message_id": inline} if inline else {"message": place.messages[message]}
        self.push("callback_query", query | pressed)
        return number

    def hears(self, chat: Chat, message: Json) -> bool:
        """Whether a bot in privacy mode is given this message (core.telegram.org/bots/features#privacy-mode)."""
        if chat.bot in ("kicked", "left"):
            return False
        if chat.private or chat.bot == "administrator" or any(key.startswith(_SERVICE) for key in message):
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]:
            return True
        text = message.get("text", "")
        commands = [word for word in text.split() if word.startswith("/")]
        return self.named(text) or any("@" not in command for command in commands)

    def named(self, text: str) -> bool:
        """Whether the bot's @username is in a text."""
        return f"@{self.bot['username']}".lower() in text.lower()

    def _author(self, chat: Chat, by: int | None, anonymous: bool) -> Json:
        if chat.kind == "channel":
            return {"sender_chat": chat.json()}
        if anonymous:
            group = {"id": ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            return {"from": group, "sender_chat": chat.json()}
        return {"from": self.person(by or (chat.id if chat.private else YOU)).json()}

    def react(self, chat: int, message: int, emoji: str, *, by: int | None = None) -> None:
        """A person puts a reaction under a message ("" takes it away)."""
        place = self.chats[chat]
        person = self.people[by or (place.id if place.private else YOU)]
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        body: Json = {"chat": place.json(), "message_id": message, "user": person.json(), "date": int(self.clock())}
        self.push("message_reaction", body | {"old_reaction": [], "new_reaction": new})
        self.emit("reaction", {"chat": place.json(), "message_id": message, "reaction": new})

    def ask_inline(self, query: str, *, by: int = YOU, offset: str = "") -> str:
        """A person types "@bot query" in any chat; the query's id. The answer stands in `inline` once it is there."""
        number = str(self.next("query"))
        self.inline[number] = None
        self.push("inline_query", {"id": number, "from": self.people[by].json(), "query": query, "offset": offset})
        return number

    def choose(self, query: str, result: str, chat: int, *, by: int = YOU, text: str = "") -> Json:
        """A person sends one of the results into a chat; returns the Message."""
        answer = self.inline[query]
        assert answer is not None, "the query was not answered"
        offer = next(offer for offer in answer["results"] if offer["id"] == result)
        content = offer.get("input_message_content") or {}
        body: Json = {"text": content.get("message_text", offer.get("title", "")), "via_bot": dict(self.bot)}
        if content.get("entities"):
            body["entities"] = content["entities"]
        chosen = {"result_id": result, "from": self.people[by].json(), "query": text}
        message = self.write(chat, body, by=by)
        if "reply_markup" in offer:
            message["reply_markup"] = offer["reply_markup"]
            chosen["inline_message_id"] = self.by_way(self.chats[chat], message)
            self.emit("edit", message)
        self.push("chosen_inline_result", chosen)
        return message

    def block(self, person: int) -> None:
        """A person blocks the bot: my_chat_member, and 403 to what the bot sends."""
        self.bot_becomes(person, "kicked", by=person)

    def unblock(self, person: int) -> None:
        """A person starts the bot again."""
        self.bot_becomes(person, "member", by=person)

    def deactivate(self, person: int) -> None:
        """A person's account is gone."""
        self.chats[person].deactivated = True

    def kick_bot(self, chat: int, *, by: int = YOU) -> None:
        """An admin throws the bot out of a group or channel."""
        self.bot_becomes(chat, "kicked", by=by)

    def add_bot(self, chat: int, *, by: int = YOU, admin: bool = False) -> None:
        """An admin takes the bot into a group or channel, or changes whether it is an admin there."""
        self.bot_becomes(chat, "administrator" if admin else "member", by=by)

    def promote(self, chat: int, person: int, status: Status, *, by: int = YOU) -> None:
        """A person's standing in a chat changes."""
        place = self.chats[chat]
        old, place.members[person] = place.members.get(person, "left"), status
        user = self.people[person].json()
        self.push("chat_member", self._change(place, user, (old, status), by))

    def upgrade(self, chat: int) -> int:
        """A group becomes a supergroup: the new chat's id. Both service messages come, the old chat answers 400."""
        old = self.chats[chat]
        new = Chat(-1000000000000 - abs(chat), "supergroup", old.name, bot=old.bot, members=dict(old.members))
        self.add(new)
        old.migrated_to = new.id
        author = {"from": self.people[YOU].json()}
        self.push("message", self.post(old, author | {"migrate_to_chat_id": new.id}))
        self.push("message", self.post(new, author | {"migrate_from_chat_id": old.id}))
        self.emit("chat", {"old": old.json(), "new": new.json()})
        return new.id

    def close_topic(self, chat: int, thread: int) -> None:
        """An admin closes a topic of a forum: the service message comes, and 400 to what the bot sends there."""
        self.chats[chat].topics[thread].closed = True
        self.write(chat, {"forum_topic_closed": {}}, thread=thread)

    def reopen_topic(self, chat: int, thread: int) -> None:
        """An admin opens a closed topic again."""
        self.chats[chat].topics[thread].closed = False
        self.write(chat, {"forum_topic_reopened": {}}, thread=thread)

    def delete_topic(self, chat: int, thread: int) -> None:
        """An admin deletes a topic with all that was said in it. Telegram tells the bot nothing."""
        place = self.chats[chat]
        del place.topics[thread]
        for number in [n for n, message in place.messages.items() if message.get("message_thread_id") == thread]:
            place.forget(number)
            self.emit("delete", {"chat": place.json(), "message_id": number})

    def new_topic(self, chat: int, name: str, *, by: int = YOU) -> int:
        """Someone opens a topic in a forum: its thread id."""
        place = self.chats[chat]
        thread = self._numbers["message"] + 1
        place.topics[thread] = Topic(thread, name)
        body = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self.write(chat, body, by=by, thread=thread)
        return thread

    def bot_becomes(self, chat: int, status: Status, *, by: int = YOU) -> None:
        """The bot's standing in a chat changes: my_chat_member."""
        place = self.chats[chat]
        old, place.bot = place.bot, status
        self.push("my_chat_member", self._change(place, dict(self.bot), (old, status), by))
        self.emit("chat", {"new": place.json(), "bot": status})

    def _change(self, chat: Chat, user: Json, change: tuple[Status, Status], by: int) -> Json:
        body: Json = {"chat": chat.json(), "from": self.people[by].json(), "date": int(self.clock())}
        old, new = (standing(status, user) for status in change)
        return body | {"old_chat_member": old, "new_chat_member": new}


def standing(status: Status, user: Json) -> Json:
    """The ChatMember object."""
    member: Json = {"status": status, "user": user}
    if status == "kicked":
        member["until_date"] = 0
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member |= dict.fromkeys(_RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    return member


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
    "can_send_welcome_messages",
)


_SERVICE = ("forum_topic_", "migrate_", "new_chat_", "left_chat_", "pinned_message")
"""Beginnings of the fields of service messages, which every bot is given."""


def _bare(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message"}
