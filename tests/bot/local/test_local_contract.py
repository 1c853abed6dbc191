"""The check that other tests make on a bot's calls finds what is wrong with them."""

from __future__ import annotations

import json

import pytest

from tests.bot.local.contract import mistakes


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": "1", "text": "x", "parse_mode": "HTML"}),
        ("sendPhoto", {"chat_id": "1", "photo": "<file a.png 12 bytes>", "caption": "x"}),
        ("getMe", {}),
        (
            "editMessageText",
            {
                "chat_id": "1",
                "message_id": "2",
                "text": "x",
                "link_preview_options": '{"is_disabled": true}',
                "reply_markup": json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "x"}]]}),
            },
        ),
    ],
)
def test_a_right_call_has_no_mistakes(method: str, params: dict[str, str]) -> None:
    assert mistakes(method, params) == []


@pytest.mark.parametrize(
    ("method", "params", "mistake"),
    [
        ("sendMesage", {}, "no such method"),
        ("sendMessage", {"chat_id": "1"}, "sendMessage.text: Field required"),
        ("sendMessage", {"chat_id": "1", "text": "x", "silent": "1"}, "unknown parameter silent"),
        (
            "sendMessage",
            {"chat_id": "1", "text": "x", "reply_markup": '{"inline_keyboard": [[{"url": "x"}]]}'},
            "reply_markup",
        ),
        (
            "sendMessage",
            {
                "chat_id": "1",
                "text": "x",
                "reply_markup": '{"inline_keyboard": [[{"text": "a", "callbackdata": "x"}]]}',
            },
            "unknown field callbackdata",
        ),
    ],
)
def test_a_wrong_call_is_found_out(method: str, params: dict[str, str], mistake: str) -> None:
    assert any(mistake in found for found in mistakes(method, params))
