"""One question on its way to an answer: what is asked, by whom, of which desk, and which page is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from handlers.reply import Button
from news.question import Question
from news.search_query import parse_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk, Request
    from news.search_query import SearchQuery
    from store import Store
    from store.index_search import Hits

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question being answered. `context` is the id under which it is remembered for buttons and replies."""

    question: Question
    request: Request
    desk: Desk
    context: int
    page: int = 0
    zone: str = "UTC"

    @property
    def store(self) -> Store:
        """The archive."""
        return self.desk.store

    def asking(self, question: Question) -> Turn:
        """This turn with another question in it."""
        return replace(self, question=question)

    def query(self) -> SearchQuery:
        """The search for the topic asked about, in the days asked about.

        Raises:
            DayError: a from: or to: in the topic that names no day.
        """
        question = self.question
        query = parse_search(question.topic, self.request.now.astimezone(ZoneInfo(self.zone)).date())
        return structs.replace(query, first=query.first or question.first, last=query.last or question.last)

    def search(self, limit: int = 20) -> Hits:
        """What the index finds for the topic asked about, in the days asked about.

        Raises:
            DayError: a from: or to: in the topic that names no day.
        """
        return self.store.index.search(self.query(), self.request.now, limit=limit)

    def press(self, label: str, action: str, *arguments: object) -> Button:
        """A button that does something with this question: "more|<context>|2"."""
        return Button(label, press="|".join((action, number(self.context), *map(str, arguments))))

    def offer(self, label: str, question: Question) -> Button:
        """A button that asks another question."""
        offered = structs.replace(question, offered=True)
        return Button(label, press=f"open|{number(remember(self.request, self.desk, offered))}")

    def pager(self, more: bool) -> tuple[Button, ...]:
        """Buttons to the page before and after, where there are any."""
        back = (self.press("‹ Back", "page", number(self.page - 1)),) if self.page else ()
        forth = (self.press("More ›", "page", number(self.page + 1)),) if more else ()
        return back + forth

    def lists(self, stories: Sequence[int]) -> None:
        """Nothing; what the answer lists by number is kept with its question, for a reply that names one."""
        question = structs.replace(self.question, page=self.page, picks=tuple(stories))
        self.store.exchange.replace(self.context, msgspec.json.encode(question).decode())

    def window(self) -> tuple[datetime | None, datetime | None]:
        """The first moment of the days asked about and the first moment after them, in the chat's own zone."""
        zone = ZoneInfo(self.zone)
        first, last = self.question.first, self.question.last
        since = datetime.combine(first, time(), zone).astimezone(UTC) if first and first.year > 1 else None
        until = None
        if last and last < date.max - timedelta(days=1):
            until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
        return since, until


def number(value: int) -> str:
    """A number in base 36, so that it takes few bytes of a button."""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def remember(request: Request, desk: Desk, question: Question) -> int:
    """The id under which the question is kept, for buttons and replies to its answer."""
    text = msgspec.json.encode(question).decode()
    return desk.store.exchange.remember(request.chat, request.thread, text, request.now, request.user)


def turned(desk: Desk, context: int, question: Question, page: int) -> None:
    """Nothing; the page of the answer that is shown now is kept, so that "more" goes on from there."""
    desk.store.exchange.replace(context, msgspec.json.encode(structs.replace(question, page=page)).decode())


def id_of(written: str) -> int:
    """The number that `number` wrote, -1 for anything else."""
    digits = written.lower()
    if not (digits.isascii() and digits.isalnum() and len(digits) <= 13):
        return -1
    value = int(digits, 36)
    return value if value < 1 << 63 else -1


def asked_last(request: Request, desk: Desk) -> int:
    """The id of the last question that was asked in this chat and thread, by this person in a group; 0 where none."""
    user = request.user if request.place == "group" else None
    for one in desk.store.exchange.history(request.chat, 20, user):
        question = recall(request, desk, one.id)
        if question and not question.offered and one.thread == request.thread:
            return one.id
    return 0


def recall(request: Request, desk: Desk, context: int) -> Question | None:
    """The question kept under an id, None where it is gone, was asked in another chat or is no question."""
    return recall_as(request, desk, context, Question)


def recall_as(request: Request, desk: Desk, context: int, kind: type[Kept]) -> Kept | None:
    """What is kept under an id, None where it is gone, another chat's, or of another kind."""
    text = desk.store.exchange.recall(context, request.chat)
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return None
