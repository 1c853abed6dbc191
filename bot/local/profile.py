"""What a bot says about itself, and what it asks about chats and files. Signatures as in bot.local.sending."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bot.local.chats import ADMINS, Topic
from bot.local.refusal import Json, bad
from bot.local.sending import place
from bot.local.world import standing

if TYPE_CHECKING:
    from bot.local.ground import Ground
    from bot.local.params import Params

_BOT = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_TEXTS = {
    "description": ("setmydescription", 512),
    "short_description": ("setmyshortdescription", 120),
    "name": ("", 64),
}


def get_me(world: Ground, params: Params) -> Json:  # noqa: ARG001 - every method is called alike
    """GetMe."""
    return dict(world.bot) | _BOT


def set_my_commands(world: Ground, params: Params) -> bool:
    """SetMyCommands."""
    commands = params.items("commands") or []
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(params)] = commands
    world.emit("commands", {})
    return True


def get_my_commands(world: Ground, params: Params) -> list[Json]:
    """GetMyCommands."""
    return world.commands.get(_scope(params), [])


def delete_my_commands(world: Ground, params: Params) -> bool:
    """DeleteMyCommands."""
    world.commands.pop(_scope(params), None)
    world.emit("commands", {})
    return True


def _scope(params: Params) -> tuple[str, str]:
    return json.dumps(params.object("scope") or {"type": "default"}, sort_keys=True), params.text("language_code")


def commands_for(world: Ground, chat: int, person: int) -> list[Json]:
    """The commands that this person is shown in this chat (core.telegram.org/bots/api#determining-list-of-commands)."""
    place = world.chats[chat]
    scopes: list[Json] = [{"type": "chat", "chat_id": chat}]
    if place.private:
        scopes.append({"type": "all_private_chats"})
    else:
        scopes.insert(0, {"type": "chat_member", "chat_id": chat, "user_id": person})
        if place.admin(person):
            scopes.insert(1, {"type": "chat_administrators", "chat_id": chat})
            scopes.append({"type": "all_chat_administrators"})
        scopes.append({"type": "all_group_chats"})
    language = world.people[person].language.split("-")[0]
    for scope in [*scopes, {"type": "default"}]:
        for spoken in (language, ""):
            if found := world.commands.get((json.dumps(scope, sort_keys=True), spoken)):
                return found
    return []


def set_text(world: Ground, params: Params) -> bool:
    """SetMyName, setMyDescription, setMyShortDescription: whichever is given, within its length."""
    for name, (_, longest) in _TEXTS.items():
        if name in params.values:
            if len(params.text(name)) > longest:
                raise bad(f"{name.replace('_', ' ')} is too long")
            world.about[name] = params.text(name)
    return True


def get_name(world: Ground, params: Params) -> Json:  # noqa: ARG001
    """GetMyName."""
    return {"name": world.about.get("name", world.bot["first_name"])}


def get_description(world: Ground, params: Params) -> Json:  # noqa: ARG001
    """GetMyDescription."""
    return {"description": world.about.get("description", "")}


def get_short_description(world: Ground, params: Params) -> Json:  # noqa: ARG001
    """GetMyShortDescription."""
    return {"short_description": world.about.get("short_description", "")}


def set_chat_menu_button(world: Ground, params: Params) -> bool:
    """SetChatMenuButton."""
    button = params.object("menu_button") or {"type": "default"}
    if chat := params.integer("chat_id"):
        world.about[f"menu {chat}"] = button
    else:
        world.menu = button
    return True


def get_chat_menu_button(world: Ground, params: Params) -> Json:
    """GetChatMenuButton."""
    button: Json = world.about.get(f"menu {params.integer('chat_id')}", world.menu)
    return button


def set_default_rights(world: Ground, params: Params) -> bool:
    """SetMyDefaultAdministratorRights."""
    world.about["rights"] = params.object("rights")
    return True


def get_chat(world: Ground, params: Params) -> Json:
    """GetChat."""
    chat = place(world, params)
    return chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        "permissions": {"can_send_messages": True},
    }


def get_chat_member(world: Ground, params: Params) -> Json:
    """GetChatMember."""
    chat = place(world, params)
    number = params.integer("user_id")
    if number == world.bot["id"]:
        return standing(chat.bot, dict(world.bot))
    person = world.people.get(number)
    if person is None:
        raise bad("user not found")
    return standing(chat.members.get(number, "left"), person.json())


def get_chat_administrators(world: Ground, params: Params) -> list[Json]:
    """GetChatAdministrators."""
    chat = place(world, params)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    people = [(world.people[number], status) for number, status in chat.members.items() if status in ADMINS]
    bots = [standing(chat.bot, dict(world.bot))] if chat.bot == "administrator" else []
    return [standing(status, person.json()) for person, status in people] + bots


def get_chat_member_count(world: Ground, params: Params) -> int:
    """GetChatMemberCount."""
    return len(place(world, params).members) + 1


def get_file(world: Ground, params: Params) -> Json:
    """GetFile: at most 20 MB can be downloaded by a bot."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.data) > 20 << 20:
        raise bad("file is too big")
    return file.json() | {"file_path": file.path}


def leave_chat(world: Ground, params: Params) -> bool:
    """LeaveChat."""
    chat = place(world, params)
    if chat.private:
        raise bad("chat_id must be a group or channel")
    chat.bot = "left"
    world.emit("chat", {"new": chat.json(), "bot": "left"})
    return True


def create_forum_topic(world: Ground, params: Params) -> Json:
    """CreateForumTopic."""
    chat = place(world, params)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if chat.bot != "administrator":
        raise bad("not enough rights to create a topic")
    if not 1 <= len(params.text("name")) <= 128:
        raise bad("topic name must be 1-128 characters long")
    thread = world.next("message")
    chat.topics[thread] = Topic(thread, params.text("name"))
    world.emit("chat", {"new": chat.json()})
    return {"message_thread_id": thread, "name": params.text("name"), "icon_color": 7322096}


def done(world: Ground, params: Params) -> bool:  # noqa: ARG001
    """Methods that change nothing here: logOut, close."""
    return True
