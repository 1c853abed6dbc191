"""The person's side of the HTTP face: /sim/<op>, one JSON object in, one out.

Each operation takes the world and what was sent and returns what the page (or a test) gets back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.local.faults import Fault
from bot.local.params import Params
from bot.local.profile import commands_for
from bot.local.refusal import Json, Refusal, bad
from bot.local.world import YOU, How

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.chats import Chat, Status
    from bot.local.world import World

    Operation = Callable[[World, Params], Any]

HISTORY = 300
"""Messages of a chat that the page is given."""


def perform(world: World, name: str, params: Params) -> Any:  # noqa: ANN401 - each operation has its own result
    """What the operation answers.

    Raises:
        Refusal: there is no such operation, chat or message, or a value is of the wrong kind.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise Refusal(404, f"no operation {name}; there are {', '.join(sorted(OPERATIONS))}")
    return operation(world, params)


def _state(world: World, _: Params) -> Json:
    chats = [_card(world, chat) for chat in world.chats.values() if chat.migrated_to is None]
    about = {key: world.about.get(key, "") for key in ("description", "short_description")}
    return {
        "bot": world.bot | about | {"first_name": world.about.get("name") or world.bot["first_name"]},
        "you": YOU,
        "people": [person.json() for person in world.people.values()],
        "chats": chats,
        "menu": world.menu,
        "down": world.down,
    }


def _card(world: World, chat: Chat) -> Json:
    last = next(reversed(chat.messages.values()), None)
    return chat.json() | {
        "bot": chat.bot,
        "members": {str(number): status for number, status in chat.members.items()},
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()],
        "last": None if last is None else world.view(chat, last),
        "mine": last is not None and last["message_id"] in chat.mine,
    }


def _history(world: World, params: Params) -> list[Json]:
    chat = _chat(world, params)
    shown = [world.view(chat, message) for message in chat.messages.values()]
    return shown[-HISTORY:]


def _say(world: World, params: Params) -> Json:
    text = params.text("text").strip()
    if not text:
        raise bad("there is nothing to say")
    if params.text("language"):
        world.people[_by(world, params) or YOU].language = params.text("language")[:35]
    out: list[Json] = [
        world.say(_chat(world, params).id, text[begin : begin + 4096], **_how(world, params))
        for begin in range(0, len(text), 4096)
    ]  # a client splits what is longer than a message may be
    return out[-1]


def _edit(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    return world.edit(chat.id, _message(chat, params), params.text("text"))


def _press(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    try:
        return {"query": world.press(chat.id, _message(chat, params), params.text("data"), by=_by(world, params))}
    except KeyError as error:
        raise bad(str(error.args[0])) from None


def _inline(world: World, params: Params) -> Json:
    return {"query": world.ask_inline(params.text("query"), by=_by(world, params) or YOU, offset=params.text("offset"))}


def _choose(world: World, params: Params) -> Json:
    if not world.inline.get(params.text("query")):
        raise bad("that query has no answer")
    chat, by = _chat(world, params), _by(world, params) or YOU
    try:
        return world.choose(params.text("query"), params.text("result"), chat.id, by=by, text=params.text("text"))
    except StopIteration:
        raise bad("that query has no such result") from None


def _forward(world: World, params: Params) -> Json:
    origin = params.text("origin", "The Wire")
    return world.forward(_chat(world, params).id, params.text("text"), origin=origin, **_how(world, params))


def _locate(world: World, params: Params) -> Json:
    return world.locate(
        _chat(world, params).id, params.real("latitude"), params.real("longitude"), **_how(world, params)
    )


def _upload(world: World, params: Params) -> list[Json]:
    chat, how, caption = _chat(world, params), _how(world, params), params.text("caption")
    files = params.files.values()
    return [world.send_file(chat.id, file.name, file.data, file.type, caption=caption, **how) for file in files]


def _react(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    world.react(chat.id, _message(chat, params), params.text("emoji"), by=_by(world, params))
    return {}


def _commands(world: World, params: Params) -> list[Json]:
    return commands_for(world, _chat(world, params).id, _by(world, params) or YOU)


def _bot(world: World, params: Params) -> Json:
    """The bot's standing in a chat: blocked or kicked, or back in, or an admin."""
    chat, status = _chat(world, params), params.text("status")
    allowed: dict[str, Status] = {"kicked": "kicked", "member": "member", "administrator": "administrator"}
    if status not in allowed:
        raise bad("status is one of kicked, member, administrator")
    if chat.private and status == "administrator":
        raise bad("a private chat has no administrators")
    by = chat.id if chat.private else YOU
    world.bot_becomes(chat.id, allowed[status], by=by)
    return {}


def _upgrade(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    if chat.kind != "group":
        raise bad("only a group can become a supergroup")
    return {"chat": world.upgrade(chat.id)}


def _topic(world: World, params: Params) -> Json:
    """A topic closed, reopened, deleted, or a new one opened."""
    chat, act, thread = _chat(world, params), params.text("act"), params.integer("thread")
    if act == "new":
        return {"thread": world.new_topic(chat.id, params.text("name", "New topic"))}
    acts = {"close": world.close_topic, "reopen": world.reopen_topic, "delete": world.delete_topic}
    if act not in acts or thread not in chat.topics:
        raise bad("act is one of new, close, reopen, delete; the last three need the thread of a topic")
    acts[act](chat.id, thread)
    return {}


def _fault(world: World, params: Params) -> Json:
    """A disturbance: code and description (and parameters), or lost, or down, and a delay in seconds."""
    refusal = None
    if code := params.integer("code"):
        given = Params(params.object("parameters") or {})
        numbers = {key: given.integer(key) for key in given.values}
        refusal = Refusal(code, params.text("description"), **numbers)
    match = {key: str(value) for key, value in (params.object("match") or {}).items()}
    fault = Fault(
        params.text("method", "*"),
        match,
        params.integer("times", 1),
        min(600.0, params.real("delay")),
        refusal,
        params.flag("down"),
        params.flag("lost"),
    )
    world.faults.append(fault)
    return {"faults": len(world.faults)}


def _line(world: World, params: Params) -> Json:
    world.down = params.flag("down")
    return {"down": world.down}


def _calls(world: World, _: Params) -> list[Json]:
    return list(world.calls)


OPERATIONS: dict[str, Operation] = {
    "state": _state,
    "history": _history,
    "say": _say,
    "edit": _edit,
    "press": _press,
    "inline": _inline,
    "choose": _choose,
    "forward": _forward,
    "locate": _locate,
    "upload": _upload,
    "react": _react,
    "commands": _commands,
    "bot": _bot,
    "upgrade": _upgrade,
    "topic": _topic,
    "fault": _fault,
    "line": _line,
    "calls": _calls,
}


def _chat(world: World, params: Params) -> Chat:
    chat = world.chats.get(params.integer("chat"))
    if chat is None:
        raise bad("no such chat")
    return chat


def _message(chat: Chat, params: Params) -> int:
    if params.integer("message") not in chat.messages:
        raise bad("no such message")
    return params.integer("message")


def _by(world: World, params: Params) -> int | None:
    number = params.integer("by")
    if number and number not in world.people:
        raise bad(f"nobody is number {number}")
    return number or None


def _how(world: World, params: Params) -> How:
    return {
        "by": _by(world, params),
        "reply_to": params.integer("reply_to") or None,
        "thread": params.integer("thread") or None,
        "anonymous": params.flag("anonymous"),
    }
