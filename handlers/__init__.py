"""What a person can ask for, and the answer: `answer(request, desk)` is the one way in, from wherever it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from handlers import help, managing, picks  # noqa: A004
from handlers.ask import ask, going_on_by_a_word
from handlers.collect import add, links_of, pasted
from handlers.commands import BY_NAME, COMMANDS, ELSEWHERE, OWNER_PRESSES, PRESSES
from handlers.reply import Reply, say
from handlers.start import nothing_to_read
from news.errors import NewsError
from news.question import MAX_QUESTION, asks
from news.question_orders import way, wish
from store.errors import StoreError

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

__all__ = ["BY_NAME", "COMMANDS", "answer"]

ALONE = {
    **{
        word: word
        for word in ("settings", "topics", "subscriptions", "sources", "status", "saved", "history", "export")
    },
    **{
        word: word for word in ("privacy", "pause", "resume", "digest", "timezone", "start", "subscribe", "unsubscribe")
    },
    "stop": "topics",
}
"""Commands that are known without their slash where they are all that is said."""
WITH_WORDS = frozenset({"subscribe", "unsubscribe", "follow", "unfollow", "timezone", "search", "met", "said"})
"""Commands that are known without their slash before other words."""
WITH_TIMES = frozenset({"digest", "quiet", "pause"})
"""Those that are known without it before a time, or a word for one."""

A_POST = 8
"""Words from which a forwarded text is looked for as a story, not understood as a question."""

_TIME = re.compile(r"(?:until\s+)?\d|(?:off|now|preview|until\s+\w+)$", re.IGNORECASE)
_TO = re.compile(r"(?:me\s+)?(?:for|to|from)\s+", re.IGNORECASE)
"""What stands between such a command and what it is about: "subscribe to Ukraine", "search for pope"."""


def answer(request: Request, desk: Desk) -> Reply:
    """The answer to whatever a person sent; never silent, and never an error for what a person can send."""
    try:
        if request.press is not None:
            return _pressed(request, desk)
        if request.command is not None:
            return _commanded(request, desk)
        return _plain(request, desk)
    except (NewsError, StoreError) as error:
        return Reply(blocks=(say(str(error)),), kind="error", facts={"error": str(error)})


def _plain(request: Request, desk: Desk) -> Reply:
    """Text without a command: a link or file is kept, a long text finds its story, the rest is a question."""
    if request.located:
        return BY_NAME["timezone"].run(request, desk)
    links = links_of(request)
    words = request.text
    for link in links:
        words = words.replace(link, " ")
    if request.attachment or (links and (request.forwarded or not asks(words))):
        return add(request, desk)
    if not any(ch.isalnum() for ch in request.text):
        return nothing_to_read(request, desk)
    if len(request.text) > MAX_QUESTION or (request.forwarded and len(request.text.split()) >= A_POST):
        return pasted(request, desk)
    chosen = picks.chosen(request, desk)
    if chosen:
        return chosen
    request = going_on_by_a_word(request, desk)
    return _worded(request, desk) or ask(structs.replace(request, text=words) if links else request, desk)


def _worded(request: Request, desk: Desk) -> Reply | None:
    """The answer to what is wanted done in words: "settings", "notify me about Merz", "how do I unsubscribe"."""
    wanted = wish(request.text)
    if wanted:
        return _commanded(structs.replace(request, command="subscribe", text=wanted), desk)
    told = help.way(COMMANDS, way(request.text), request)
    return told or _slashless(request, desk)


def _slashless(request: Request, desk: Desk) -> Reply | None:
    """The answer to a command written without its slash, None for other words."""
    first, _, rest = request.text.strip().rstrip("?!.").partition(" ")
    word = first.lower()
    alone = word in ALONE and not rest.strip() and request.context is None
    timed = word in WITH_TIMES and _TIME.match(rest.strip())
    known = BY_NAME.get(ALONE.get(word, word))
    if known is None or known not in help.visible(COMMANDS, request):
        return None
    if not alone and not timed and not (word in WITH_WORDS and rest.strip()):
        return None
    rest = _TO.sub("", rest.strip(), count=1)
    return _commanded(structs.replace(request, command=ALONE.get(word, word), text=rest), desk)


def _commanded(request: Request, desk: Desk) -> Reply:
    command = BY_NAME.get((request.command or "").lower())
    if command is None or command not in help.visible(COMMANDS, request):
        return help.unknown(COMMANDS, request)
    if command.settles and not request.admin:
        return Reply(blocks=(say("Only admins change how I behave in this chat."),), kind=command.name)
    if not command.elsewhere:
        return command.run(request, desk)
    aimed = managing.aimed(request, desk)
    return aimed if isinstance(aimed, Reply) else managing.signed(command.run(aimed, desk), aimed)


def _pressed(request: Request, desk: Desk) -> Reply:
    action, *arguments = (request.press or "").split("|")
    if action == "run" and arguments:
        return _commanded(structs.replace(request, press=None, command=arguments[0], text=""), desk)
    press = PRESSES.get(action)
    if press is None and request.owner and request.place in {"private", "terminal"}:
        press = OWNER_PRESSES.get(action)
    if press is None:
        return Reply(toast="This button is from an older version. Ask again and there will be a fresh one.")
    if action not in ELSEWHERE:
        return press(request, desk, tuple(arguments))
    aimed = managing.aimed(request, desk)
    return aimed if isinstance(aimed, Reply) else managing.signed(press(aimed, desk, tuple(arguments)), aimed)
