"""Keyboards under messages, checked as Telegram checks them (Client.cpp, get_inline_keyboard_button; server errors)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local.address import address
from bot.local.refusal import Json, bad

if TYPE_CHECKING:
    from bot.local.params import Params

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "callback_game",
    "pay",
)
_OTHERS = ("keyboard", "remove_keyboard", "force_reply")
MOST_BUTTONS = 100
"""Buttons under one message; more are refused."""


def keyboard(params: Params) -> Json | None:
    """The markup of a call, None if it has none or an empty one.

    Raises:
        Refusal: Telegram would not take it.
    """
    markup = params.object("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        if not any(key in markup for key in _OTHERS):
            raise bad("object expected as reply markup")
        return markup
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be of type Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    if not isinstance(button.get("text", ""), str):
        raise bad('can\'t parse inline keyboard button: field "text" must be of type String')
    if not button.get("text"):
        raise bad("can't parse inline keyboard button: text must be non-empty")
    actions = [key for key in _ACTIONS if key in button]
    if not actions:
        raise bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        url = address(str(button["url"]))
        if url is None:
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        return button | {"url": url}
    copied = button.get("copy_text")
    if "copy_text" in button and not (isinstance(copied, dict) and 1 <= len(str(copied.get("text", ""))) <= 256):
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return button
