"""What was asked and answered: so that a reply, an edit, "more" and "why?" are understood, also after a restart."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from store.moments import moment, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.sqlite import Engine


class Asked(Struct, frozen=True):
    """A question that was asked; `body` is JSON of whoever remembered it."""

    id: int
    chat: int
    thread: int
    user: int
    at: datetime
    body: str


class Exchange:
    """Questions and answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def remember(self, chat: int, thread: int, body: str, now: datetime, user: int = 0) -> int:
        """Id of the question, which is the context of its answers."""
        row = self._engine.returning(
            "insert into questions (chat, thread, user_id, at, body) values (?, ?, ?, ?, ?) returning id",
            (chat, thread, user, ticks(now), body),
        )
        assert row is not None
        return int(row[0])

    def recall(self, context: int, chat: int | None = None) -> str | None:
        """The question with this id, None if it is forgotten or was not asked in this chat."""
        found = self._engine.row("select body, chat from questions where id = ?", (context,))
        return found[0] if found is not None and chat in (None, found[1]) else None

    def replace(self, context: int, body: str) -> bool:
        """Whether the question was there to be replaced, after it was edited or went on to its next page."""
        return self._engine.write("update questions set body = ? where id = ?", (body, context)) == 1

    def history(self, chat: int, limit: int = 20, user: int | None = None) -> tuple[Asked, ...]:
        """The last questions of a chat (of one person in it), newest first."""
        condition, values = ("and user_id = ?", (chat, user)) if user is not None else ("", (chat,))
        rows = self._engine.rows(
            "select id, chat, thread, user_id, at, body from questions"
            f" where chat = ? {condition} order by id desc limit ?",
            (*values, limit),
        )
        return tuple(Asked(id_, chat_, thread, by, moment(at), body) for id_, chat_, thread, by, at, body in rows)

    def sent(self, chat: int, message: int, context: int | None, now: datetime, *, asked: int | None = None) -> None:
        """Nothing; this message of ours answers that question, which their message `asked`."""
        self._engine.write(
            "insert into answers (chat, message, context, asked, at) values (?, ?, ?, ?, ?)"
            " on conflict (chat, message) do update set context = excluded.context,"
            " asked = coalesce(excluded.asked, answers.asked), at = excluded.at",
            (chat, message, context, asked, ticks(now)),
        )

    def context_of(self, chat: int, message: int) -> int | None:
        """The question that a message of ours answers."""
        found: int | None = self._engine.value(
            "select context from answers where chat = ? and message = ?", (chat, message)
        )
        return found

    def answered(self, chat: int, asked: int) -> int | None:
        """The message of ours that answers theirs, the last one: so that an edited question edits its answer."""
        found: int | None = self._engine.value(
            "select message from answers where chat = ? and asked = ? order by message desc limit 1", (chat, asked)
        )
        return found

    def show(self, chat: int, stories: Sequence[int], now: datetime, thread: int = 0) -> None:
        """Nothing; the chat knows these stories now."""
        self._engine.write_many(
            "insert into shown (chat, thread, story, at) values (?, ?, ?, ?)"
            " on conflict (chat, thread, story) do update set at = excluded.at",
            [(chat, thread, story, ticks(now)) for story in stories],
        )

    def shown(self, chat: int, stories: Sequence[int], thread: int = 0) -> dict[int, datetime]:
        """When the chat was last shown each of these stories; those that it was not are left out."""
        if not stories:
            return {}
        rows = self._engine.rows(
            f"select story, at from shown where chat = ? and thread = ? and story in ({', '.join('?' * len(stories))})",
            (chat, thread, *stories),
        )
        return {story: moment(at) for story, at in rows}

    def save(self, chat: int, article: int, now: datetime) -> bool:
        """Whether the article is newly among what the chat has saved."""
        return (
            self._engine.write(
                "insert into saved (chat, article, at) values (?, ?, ?) on conflict do nothing",
                (chat, article, ticks(now)),
            )
            == 1
        )

    def unsave(self, chat: int, article: int) -> bool:
        """Whether the article was among what the chat had saved."""
        return self._engine.write("delete from saved where chat = ? and article = ?", (chat, article)) == 1

    def saved(self, chat: int, limit: int = 50) -> tuple[int, ...]:
        """Ids of the articles that a chat has saved, the last one first."""
        rows = self._engine.rows(
            "select article from saved where chat = ? order by at desc, article limit ?", (chat, limit)
        )
        return tuple(row[0] for row in rows)

    def complain(self, chat: int, body: str, now: datetime) -> int:
        """Id of a piece of feedback, for the owner."""
        row = self._engine.returning(
            "insert into feedback (chat, at, body) values (?, ?, ?) returning id", (chat, ticks(now), body)
        )
        assert row is not None
        return int(row[0])

    def feedback(self, limit: int = 20, after: int = 0) -> tuple[tuple[int, int, datetime, str], ...]:
        """Id, chat, moment and words of the feedback after this id, the oldest first."""
        rows = self._engine.rows(
            "select id, chat, at, body from feedback where id > ? order by id limit ?", (after, limit)
        )
        return tuple((id_, chat, moment(at), body) for id_, chat, at, body in rows)

    def sweep(self, before: datetime) -> int:
        """Number of questions and answers from before then that are forgotten."""
        with self._engine.transaction() as connection:
            return sum(
                connection.execute(f"delete from {table} where at < ?", (ticks(before),)).rowcount
                for table in ("questions", "answers")
            )
