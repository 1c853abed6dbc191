"""What a bot sends: messages, pictures, documents, albums, drafts.

Each function takes the world and the parameters of one call and returns the result, or raises Refusal. Limits count
Unicode characters after parsing and trimming: 4096 for a text, 1024 for a caption (TDLib, MessageContent.cpp).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from bot.local.address import address
from bot.local.html import MarkupError, parse_html, trim, units
from bot.local.keyboards import keyboard
from bot.local.params import Params, Upload
from bot.local.refusal import Json, bad, forbidden, too_many
from bot.local.spotting import spot

if TYPE_CHECKING:
    from bot.local.chats import Chat, File
    from bot.local.ground import Ground

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
"""Entities of one message; Telegram drops those beyond without a word (core.telegram.org/api/entities)."""
SOURCE = 1 << 15
"""Bytes of a text argument with its markup (Client.cpp, get_formatted_text)."""
PHOTO = 10 << 20
DOCUMENT = 50 << 20


def place(world: Ground, params: Params) -> Chat:
    """The chat that a call names by id or @username."""
    given = params.text("chat_id")
    if not given:
        raise bad("chat_id is empty")
    if given.startswith("@"):
        named = given[1:].lower()
        return world.target(
            next((c.id for c in world.chats.values() if c.username.lower() == named and not c.private), 0)
        )
    if not given.lstrip("-").isdigit():
        raise bad("chat not found")
    return world.target(int(given))


def room(world: Ground, params: Params, count: int = 1) -> Chat:
    """The chat and topic that a call writes to, if the bot may and the flood limits let it."""
    chat = place(world, params)
    if chat.kind == "channel" and chat.bot != "administrator":
        raise (
            forbidden("bot is not an administrator of the channel chat")
            if chat.bot == "left"
            else bad("need administrator rights in the channel chat")
        )
    thread = params.integer("message_thread_id")
    if thread and not (chat.forum and (thread == 1 or thread in chat.topics)):
        raise bad("message thread not found")
    if thread in chat.topics and chat.topics[thread].closed and chat.bot != "administrator":
        raise bad("TOPIC_CLOSED")
    wait = 0
    for _ in range(count if world.strict else 0):
        wait = wait or world.limits.take(chat.id, chat.private, world.clock())
    if wait:
        raise too_many(wait)
    return chat


def body(params: Params, key: str = "text", limit: int = TEXT, *, empty: bool = False) -> tuple[str, list[Json]]:
    """The text of a call and its entities."""
    raw = params.text(key)
    if len(raw.encode("utf-8", "replace")) > SOURCE:
        raise bad("text is too long")
    mode = params.text("parse_mode").lower()
    given = params.items("entities" if key == "text" else "caption_entities")
    if mode in ("", "none"):
        text, entities = raw, [_entity(entity, raw) for entity in given or []]
    elif mode == "html":
        try:
            text, entities = parse_html(raw)
        except MarkupError as error:
            raise bad(f"can't parse entities: {error}") from None
    elif mode in ("markdown", "markdownv2"):
        raise bad("the local Telegram reads HTML only; send parse_mode=HTML")
    else:
        raise bad("unsupported parse_mode")
    text, entities = trim(text, entities)
    if not text and not empty:
        raise bad("message text is empty")
    if len(text) > limit:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    return text, spot(text, entities)[:ENTITIES]


def _entity(entity: object, text: str) -> Json:
    """An entity that came with a text, if it is one and lies in it."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad("can't parse entities: expected an Object with a type")
    offset, length = Params(entity).integer("offset"), Params(entity).integer("length")
    if offset < 0 or length <= 0 or offset + length > units(text):
        raise bad("entity beginning or length is out of the text")
    return entity | {"offset": offset, "length": length}


def put(world: Ground, chat: Chat, params: Params, content: Json) -> Json:
    """The message of this content, sent by the bot."""
    markup = keyboard(params)
    message: Json = {"sender_chat": chat.json()} if chat.kind == "channel" else {"from": dict(world.bot)}
    message |= content
    if thread := params.integer("message_thread_id"):
        message |= {"message_thread_id": thread} | ({"is_topic_message": True} if thread != 1 else {})
    if answered := _answered(chat, params):
        message["reply_to_message"] = answered
    if params.flag("protect_content"):
        message["has_protected_content"] = True
    return world.post(chat, message, markup, mine=True)


def _answered(chat: Chat, params: Params) -> Json | None:
    """The message that this one replies to."""
    reply = params.object("reply_parameters") or {}
    number = Params(reply).integer("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    old = chat.messages.get(number)
    if old is None:
        if Params(reply).flag("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    return {key: value for key, value in old.items() if key != "reply_to_message"}


def send_message(world: Ground, params: Params) -> Json:
    """SendMessage."""
    chat = room(world, params)
    text, entities = body(params)
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    if options := preview(params, text, entities):
        content["link_preview_options"] = options
    return put(world, chat, params, content)


def preview(params: Params, text: str, entities: list[Json]) -> Json:
    """How the message's link is previewed, with the address it is of, as Telegram tells it back; empty if it is not."""
    options = params.object("link_preview_options") or {}
    if options.get("is_disabled") or params.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    units16 = text.encode("utf-16-le", "replace")
    for entity in () if options.get("url") else entities:
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        words = units16[begin:end].decode("utf-16-le", "replace") if entity["type"] == "url" else entity.get("url")
        if isinstance(words, str) and (url := address(words)):
            return options | {"url": url if entity["type"] == "text_link" else words}
    return options


def send_message_draft(world: Ground, params: Params) -> bool:
    """SendMessageDraft: a preview of an answer that is still being written, in private chats."""
    chat = place(world, params)
    if not chat.private:
        raise bad("drafts can be sent only to private chats")
    if not params.integer("draft_id"):
        raise bad("draft_id must be non-zero")
    text, entities = body(params, empty=True)
    draft = {"chat": chat.json(), "draft_id": params.integer("draft_id"), "text": text, "entities": entities}
    world.emit("draft", draft)
    return True


def send_rich_message(world: Ground, params: Params) -> Json:
    """SendRichMessage (Bot API 10.1); blocks are kept as they are, markup can't be read here."""
    chat = room(world, params)
    rich = params.object("rich_message") or {}
    if sum(key in rich for key in ("html", "markdown", "blocks")) != 1:
        raise bad("exactly one of html, markdown, blocks must be specified")
    return put(world, chat, params, {"rich_message": {"blocks": rich.get("blocks", [])}})


def send_chat_action(world: Ground, params: Params) -> bool:
    """SendChatAction."""
    chat = place(world, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    world.emit("action", {"chat": chat.json(), "action": action, "thread": params.integer("message_thread_id")})
    return True


_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_photo(world: Ground, params: Params) -> Json:
    """SendPhoto."""
    return _send_media(world, params, "photo")


def send_document(world: Ground, params: Params) -> Json:
    """SendDocument."""
    return _send_media(world, params, "document")


def _send_media(world: Ground, params: Params, kind: str) -> Json:
    chat = room(world, params)
    text, entities = body(params, "caption", CAPTION, empty=True)
    content = _media(world, kind, params.upload(kind))
    return put(world, chat, params, content | _caption(text, entities))


def send_media_group(world: Ground, params: Params) -> list[Json]:
    """SendMediaGroup: an album of 2 to 10 pictures or documents."""
    items = [Params(item, params.files) for item in params.items("media") or [] if isinstance(item, dict)]
    if not 2 <= len(items) <= 10:
        raise bad("wrong number of media in the album: 2-10 expected" if items else "there are no media to send")
    chat = room(world, params, len(items))
    contents = []
    for item in items:
        text, entities = body(item, "caption", CAPTION, empty=True)
        content = _media(world, item.text("type"), params.attached(item.text("media")))
        contents.append(content | _caption(text, entities))
    group = str(world.next("query"))
    return [put(world, chat, params, content | {"media_group_id": group}) for content in contents]


def _caption(text: str, entities: list[Json]) -> Json:
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _media(world: Ground, kind: str, given: Upload | str | None) -> Json:
    """The content fields for a picture or document, new or known by its file_id."""
    if kind not in ("photo", "document"):
        raise bad(f"type of file to send, {kind!r}, is none of photo, document")
    file = _file(world, given, kind)
    if kind == "document":
        return {"document": file.json() | {"file_name": file.name, "mime_type": file.type}}
    width, height = measured(file.data)
    if width + height > 10000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [file.json() | {"width": width, "height": height}]}


def _file(world: Ground, given: Upload | str | None, kind: str) -> File:
    if given is None:
        raise bad(f"there is no {kind} in the request")
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        if len(given.data) > (PHOTO if kind == "photo" else DOCUMENT):
            raise bad(f"file of size {len(given.data)} bytes is too big for a {kind}")
        return world.keep(given.name, given.data, given.type)
    if given in world.files:
        return world.files[given]
    if given.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    raise bad("wrong remote file identifier specified: Wrong string length")


def measured(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG in pixels.

    Raises:
        Refusal: it is none of these.
    """
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    at = 2 if data[:2] == b"\xff\xd8" else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise bad("IMAGE_PROCESS_FAILED")


def _source(world: Ground, params: Params, act: str, number: int) -> Json:
    """The message that is copied or forwarded."""
    source = world.chats.get(params.integer("from_chat_id"))
    message = source.messages.get(number) if source else None
    if message is None:
        raise bad(f"message to {act} not found")
    if message.get("has_protected_content"):
        raise bad(f"the message can't be {'copied' if act == 'copy' else 'forwarded'}")
    return message


def copy_message(world: Ground, params: Params) -> Json:
    """CopyMessage: the new message's id."""
    return _copy(world, params, params.integer("message_id"))


def copy_messages(world: Ground, params: Params) -> list[Json]:
    """CopyMessages: the new messages' ids."""
    return [_copy(world, params, number) for number in numbered(params)]


def _copy(world: Ground, params: Params, number: int) -> Json:
    message = _source(world, params, "copy", number)
    content: Json = {key: message[key] for key in _CONTENT if key in message}
    return {"message_id": put(world, room(world, params), params, content)["message_id"]}


def forward_message(world: Ground, params: Params) -> Json:
    """ForwardMessage."""
    return _forward(world, params, params.integer("message_id"))


def forward_messages(world: Ground, params: Params) -> list[Json]:
    """ForwardMessages: the new messages' ids."""
    return [{"message_id": _forward(world, params, number)["message_id"]} for number in numbered(params)]


def numbered(params: Params) -> list[int]:
    """The 1 to 100 messages that a call names."""
    numbers = [number for number in params.items("message_ids") or [] if isinstance(number, int)]
    if not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified" if not numbers else "too many message identifiers specified")
    return numbers


def _forward(world: Ground, params: Params, number: int) -> Json:
    message = _source(world, params, "forward", number)
    chat = room(world, params)
    origin: Json = {"type": "user", "sender_user": message.get("from", dict(world.bot)), "date": message["date"]}
    content = {key: message[key] for key in _CONTENT if key in message}
    return put(world, chat, params, content | {"forward_origin": origin})


_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "location", "rich_message")
