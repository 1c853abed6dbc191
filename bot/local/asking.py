"""What a bot answers on the spot: button presses and inline queries. Signatures as in bot.local.sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.keyboards import keyboard
from bot.local.params import Params
from bot.local.refusal import TOO_OLD, Json, bad
from bot.local.sending import body

if TYPE_CHECKING:
    from bot.local.ground import Ground

PATIENCE = 15.0
"""Seconds that a pressed button waits for its answer. Telegram publishes no figure; clients give up about then."""
RESULTS = 50
DAY = 86400


def answer_callback_query(world: Ground, params: Params) -> bool:
    """AnswerCallbackQuery."""
    press = world.presses.pop(params.text("callback_query_id"), None)
    if press is None or world.clock() - press["at"] > PATIENCE:
        raise bad(TOO_OLD)
    text = params.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    shown = {"text": text, "alert": params.flag("show_alert"), "url": params.text("url")}
    world.emit("toast", shown | {"chat": press["chat"], "by": press["by"], "query": params.text("callback_query_id")})
    return True


def answer_inline_query(world: Ground, params: Params) -> bool:
    """AnswerInlineQuery: at most 50 results with ids of 1 to 64 bytes, each once."""
    number = params.text("inline_query_id")
    if world.inline.get(number, "") is not None:
        raise bad(TOO_OLD)
    results = params.items("results")
    if results is None:
        raise bad("can't parse inline query results: results are not specified")
    if len(results) > RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    if not 0 <= params.integer("cache_time", 300) <= DAY:
        raise bad("CACHE_TIME_INVALID")
    if len(params.text("next_offset").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    kept = [_result(result) for result in results]
    if len({str(result["id"]) for result in kept}) < len(kept):
        raise bad("RESULT_ID_DUPLICATE")
    world.inline[number] = {
        "results": kept,
        "button": params.object("button"),
        "next_offset": params.text("next_offset"),
        "cache_time": params.integer("cache_time", 300),
        "is_personal": params.flag("is_personal"),
    }
    world.emit("inline", {"query": number, **(world.inline[number] or {})})
    return True


def answer_guest_query(world: Ground, params: Params) -> Json:
    """AnswerGuestQuery: the bot's one message in a chat that it is no member of."""
    guest = world.guests.pop(params.text("guest_query_id"), None)
    if guest is None:
        raise bad(TOO_OLD)
    number, person = guest
    result, chat = _result(params.object("result")), world.chats[number]
    content = result.get("input_message_content") or {}
    message: Json = {"from": dict(world.bot), "guest_bot_caller_user": world.people[person].json()}
    message["text"] = content.get("message_text", result.get("title", ""))
    if content.get("entities"):
        message["entities"] = content["entities"]
    return {"inline_message_id": world.by_way(chat, world.post(chat, message, result.get("reply_markup")))}


def _result(result: object) -> Json:
    if not isinstance(result, dict):
        raise bad("can't parse inline query result: expected an Object")
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if not all(isinstance(result.get(name, ""), str) for name in ("id", "title", "description")):
        raise bad("can't parse inline query result: expected a String")
    if result.get("type") == "article" and not result.get("title"):
        raise bad("can't parse inline query result: title must be non-empty")
    content = result.get("input_message_content")
    if result.get("type") == "article" and not isinstance(content, dict):
        raise bad("can't parse inline query result: input_message_content is not specified")
    kept: Json = dict(result)
    if isinstance(content, dict) and "message_text" in content:
        text, entities = body(Params({**content, "text": content["message_text"]}))
        kept["input_message_content"] = content | {"message_text": text, "entities": entities}
    if markup := keyboard(Params(result)):
        kept["reply_markup"] = markup
    return kept
