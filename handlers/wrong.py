"""What was wrong with an answer, by two taps; kept for the owner with the question and the story it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reply import Button, Reply, Text, say
from handlers.turn import id_of, number, recall
from handlers.wording import shortened
from store.errors import NotFound

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from handlers.turn import Turn

WHAT = {
    "quote": "Wrong quote",
    "person": "Wrong person",
    "story": "Not one story",
    "meeting": "Wrong meeting",
    "old": "Old news",
    "off": "Not what I asked",
}
"""What may be wrong, as its button says it."""
OLD = "This answer is too old to say what is wrong with it. In words: /feedback"


def button(turn: Turn, story: int = 0) -> Button:
    """The button that asks what is wrong."""
    return turn.press("👎", "wrong", number(story))


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """What may be wrong, a button each; or the thanks for having said it."""
    context, story, *what = arguments if 2 <= len(arguments) <= 3 else ("", "")
    question = recall(request, desk, id_of(context))
    if question is None:
        return Reply(toast=OLD)
    if not what:
        rows = [Button(label, press=f"wrong|{context}|{story}|{key}"[:60]) for key, label in WHAT.items()]
        pairs = tuple(tuple(rows[at : at + 2]) for at in range(0, len(rows), 2))
        how = say("What is wrong with it? In words: ", Text("/feedback that quote is not hers", "code"))
        return Reply(blocks=(how,), buttons=pairs, kind="feedback", context=id_of(context))
    if what[0] not in WHAT:
        return Reply(toast=OLD)
    told = f"{WHAT[what[0]]} (asked: {shortened(question.text or question.kind, 120)}{_story(desk, story)})"
    desk.store.exchange.complain(request.chat, told, request.now)
    return Reply(
        blocks=(say("Thank you; whoever runs this bot can read it."),), edit=True, kind="feedback", toast="Noted"
    )


def _story(desk: Desk, written: str) -> str:
    """The story that the complaint is about, as words that follow; "" for none."""
    try:
        one = desk.store.stories.get(id_of(written))
    except NotFound:
        return ""
    return f"; story {one.id}: {shortened(one.title, 80)}"
