"""What a person keeps for later: saved stories, the last questions, and word of what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import latest, story
from handlers.ask import answer, zone_of
from handlers.reply import Button, Gap, Reply, Text, bold, say
from handlers.turn import Turn, id_of, number, recall_as, remember
from handlers.wording import shortened
from news.question import Question
from store.errors import NotFound

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

SHOWN = 20
"""Questions or stories in a list."""
OLD = "This list is old. Ask again and there will be a fresh one."


def save(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The story of the button is saved, or saved no more when it was."""
    try:
        lead = desk.store.stories.get(id_of(arguments[-1] if arguments else "")).lead
    except NotFound:
        return Reply(toast=OLD)
    if desk.store.exchange.save(request.chat, lead, request.now):
        return Reply(toast="Saved. /saved shows it.")
    desk.store.exchange.unsave(request.chat, lead)
    return Reply(toast="No longer saved.")


def saved(request: Request, desk: Desk) -> Reply:
    """The saved stories, the last one first."""
    listed = desk.store.articles.listed(desk.store.exchange.saved(request.chat, SHOWN))
    if not listed:
        return Reply(blocks=(say("Nothing is saved. Tap 💾 under a story to save it."),), kind="saved")
    lines = [latest.line(one, zone_of(request, desk)) for one in listed]
    return Reply(blocks=(say(bold("Saved")), Gap(), *lines), kind="saved")


def history(request: Request, desk: Desk) -> Reply:
    """The last questions of this chat, each to tap."""
    rows: list[tuple[Button, ...]] = []
    seen: set[str] = set()
    for asked in desk.store.exchange.history(request.chat, SHOWN * 3, request.user or None):
        question = recall_as(request, desk, asked.id, Question)
        if (
            question
            and not question.offered
            and question.text
            and question.text.casefold() not in seen
            and len(rows) < SHOWN
        ):
            seen.add(question.text.casefold())
            rows.append((Button(shortened(question.text, 60), press=f"open|{number(asked.id)}"),))
    words = say("Your last questions:") if rows else say("No question yet. As in: who met Putin in April?")
    return Reply(blocks=(words,), buttons=tuple(rows[:SHOWN]), kind="history")


def related(request: Request, desk: Desk) -> Reply:
    """What stands near the story of the message replied to, or near the one that the words name."""
    question = recall_as(request, desk, request.context, Question) if request.context else None
    turn = Turn(question or Question(kind="help"), request, desk, request.context or 0, zone=zone_of(request, desk))
    wanted = question.story if question else 0
    words = request.text.strip() or (question.topic or " ".join(question.people) if question else "")
    if not wanted and words:
        topic = Question(kind="search", topic=words, text=words)
        turn = Turn(topic, request, desk, remember(request, desk, topic), zone=turn.zone)
        hits = turn.search(1).hits
        found = desk.store.stories.of(hits[0].article) if hits else None
        wanted = found.id if found else 0
    if not wanted:
        return Reply(
            blocks=(say("Near what? Reply to a story, or name one: ", Text("/related minerals deal", "code")),),
            kind="related",
        )
    try:
        return story.related(turn, desk.store.stories.get(wanted))
    except NotFound:
        return Reply(blocks=(say("That story is no longer kept."),), kind="related")


def tell(request: Request, desk: Desk) -> Reply:
    """The story that the words name, in full."""
    words = request.text.strip()
    if not words:
        return Reply(blocks=(say("Which story? As in: ", Text("/story minerals deal", "code")),), kind="brief")
    return answer(request, desk, Question(kind="search", topic=words, text=words))


def feedback(request: Request, desk: Desk) -> Reply:
    """What was wrong is kept for the owner, with the question it was about."""
    words = request.text.strip()[:1000]
    if not words:
        return Reply(
            blocks=(say("What was wrong? As in: ", Text("/feedback that quote is not hers", "code")),), ask=True
        )
    about = recall_as(request, desk, request.context, Question) if request.context else None
    asked = f" (asked: {about.text})" if about else ""
    desk.store.exchange.complain(request.chat, f"{words}{asked}", request.now)
    return Reply(blocks=(say("Thank you; whoever runs this bot can read it."),), kind="feedback")


def complaints(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """What people said was wrong, for the owner."""
    found = desk.store.exchange.feedback(SHOWN)
    lines = [say(f"• chat {chat}, {at:%d %b %H:%M}: {shortened(body, 300)}") for _, chat, at, body in found]
    return Reply(blocks=(say(bold("Feedback" if found else "No feedback yet")), *lines), kind="feedback")


def cancel(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """Nothing waits for an answer here, so there is nothing to stop; it is said."""
    return Reply(blocks=(say("Nothing is under way. Ask, or see /help."),), kind="help")


def ping(request: Request, desk: Desk) -> Reply:  # noqa: ARG001
    """That the desk is there, and how much it keeps."""
    return Reply(blocks=(say(f"Here. {desk.store.articles.coverage().count:,} articles are kept."),), kind="help")
