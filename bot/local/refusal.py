"""What Telegram says no with: the error texts, worded as the Bot API server words them.

Wording: tdlib/telegram-bot-api, Client.cpp (fail_query_with_error), read at Bot API 10.0; TDLib's MessageEntity.cpp.

    Exception
    +-- Refusal            answered with ok=false
    +-- ConnectionError
        +-- NetworkDown    nothing arrived
        +-- ReplyLost      it was done, but the answer is lost
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""One JSON object of the Bot API."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

_PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Refusal(Exception):
    """A call that Telegram refuses.

    `code` is the HTTP status and error_code, `description` the text with its prefix, `parameters` the machine-readable
    part (retry_after in seconds, migrate_to_chat_id).
    """

    def __init__(self, code: int, text: str = "", **parameters: int) -> None:
        prefix = _PREFIX.get(code, "Error")
        self.code = code
        self.description = f"{prefix}: {text}" if text else prefix
        self.parameters = parameters
        super().__init__(self.description)

    def json(self) -> Json:
        """The answer as the Bot API gives it."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


class NetworkDown(ConnectionError):
    """Telegram can't be reached: nothing of the call arrived."""


class ReplyLost(ConnectionError):
    """The call was carried out, but its answer never came back."""


def bad(text: str) -> Refusal:
    """A 400."""
    return Refusal(400, text)


def forbidden(text: str) -> Refusal:
    """A 403."""
    return Refusal(403, text)


def too_many(seconds: int) -> Refusal:
    """A 429 that asks to wait `seconds`."""
    return Refusal(429, f"retry after {seconds}", retry_after=seconds)


def migrated(chat: int) -> Refusal:
    """The 400 of a group that became the supergroup `chat`."""
    return Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat)
