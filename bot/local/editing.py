"""What a bot changes: edits, deletions, reactions. Signatures as in bot.local.sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.keyboards import keyboard
from bot.local.refusal import NOT_MODIFIED, Json, bad
from bot.local.sending import CAPTION, body, numbered, place, preview

if TYPE_CHECKING:
    from bot.local.chats import Chat
    from bot.local.ground import Ground
    from bot.local.params import Params

_PARTS = ("text", "entities", "caption", "caption_entities", "reply_markup", "link_preview_options")


def edit_message_text(world: Ground, params: Params) -> Json | bool:
    """EditMessageText."""
    chat, old = _mine(world, params)
    if "text" not in old:
        raise bad("there is no text in the message to edit")
    text, entities = body(params)
    new = {"text": text, "entities": entities, "reply_markup": keyboard(params)}
    new["link_preview_options"] = preview(params, text, entities)
    return _edited(params, _replace(world, chat, old, new))


def edit_message_caption(world: Ground, params: Params) -> Json | bool:
    """EditMessageCaption."""
    chat, old = _mine(world, params)
    if "photo" not in old and "document" not in old:
        raise bad("there is no caption in the message to edit")
    text, entities = body(params, "caption", CAPTION, empty=True)
    new = {"caption": text, "caption_entities": entities, "reply_markup": keyboard(params)}
    return _edited(params, _replace(world, chat, old, new))


def edit_message_reply_markup(world: Ground, params: Params) -> Json | bool:
    """EditMessageReplyMarkup."""
    chat, old = _mine(world, params)
    kept = {part: old.get(part) for part in _PARTS if part in old}
    return _edited(params, _replace(world, chat, old, kept | {"reply_markup": keyboard(params)}))


def _edited(params: Params, message: Json) -> Json | bool:
    """What an edit answers: the message, or for one sent by way of the bot just that it was done."""
    return True if params.text("inline_message_id") else message


def _mine(world: Ground, params: Params) -> tuple[Chat, Json]:
    """The chat and the bot's own message that a call edits."""
    if inline := params.text("inline_message_id"):
        if inline not in world.inline_messages:
            raise bad("MESSAGE_ID_INVALID")
        where, message = world.inline_messages[inline]
        return world.chats[where], world.chats[where].messages[message]
    chat = place(world, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to edit not found" if number else "message identifier is not specified")
    if number not in chat.mine:
        raise bad("message can't be edited")
    return chat, chat.messages[number]


def _replace(world: Ground, chat: Chat, old: Json, parts: Json) -> Json:
    """The message with these parts instead of its own, kept and shown."""
    if all((old.get(part) or None) == (parts.get(part) or None) for part in _PARTS if part in parts or part in old):
        raise bad(NOT_MODIFIED)
    new = {key: value for key, value in old.items() if key not in _PARTS}
    new |= {key: value for key, value in parts.items() if value} | {"edit_date": int(world.clock())}
    chat.messages[old["message_id"]] = new
    world.emit("edit", new)
    return new


def delete_message(world: Ground, params: Params) -> bool:
    """DeleteMessage."""
    chat = place(world, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to delete not found")
    if number not in chat.mine and not chat.private and chat.bot != "administrator":
        raise bad("message can't be deleted")
    _delete(world, chat, number)
    return True


def delete_messages(world: Ground, params: Params) -> bool:
    """DeleteMessages: up to 100; those not found are passed over."""
    chat = place(world, params)
    for number in numbered(params):
        if number in chat.messages:
            _delete(world, chat, number)
    return True


def _delete(world: Ground, chat: Chat, number: int) -> None:
    chat.forget(number)
    world.emit("delete", {"chat": chat.json(), "message_id": number})


def set_message_reaction(world: Ground, params: Params) -> bool:
    """SetMessageReaction."""
    chat = place(world, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to react not found")
    shown = {"chat": chat.json(), "message_id": number, "reaction": params.items("reaction") or []}
    world.emit("reaction", shown)
    return True


def pin_chat_message(world: Ground, params: Params) -> bool:
    """PinChatMessage, and unpinning."""
    chat = place(world, params)
    if params.integer("message_id") and params.integer("message_id") not in chat.messages:
        raise bad("message to pin not found")
    return True
