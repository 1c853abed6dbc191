"""The wire: a method's name and parameters in, HTTP status and JSON out, as api.telegram.org answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.local import asking, editing, profile, sending
from bot.local.refusal import Json, NetworkDown, Refusal, ReplyLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.local.ground import Ground
    from bot.local.params import Params

    Method = Callable[[Ground, Params], Any]

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "sendmessage": sending.send_message,
    "sendmessagedraft": sending.send_message_draft,
    "sendrichmessage": sending.send_rich_message,
    "sendchataction": sending.send_chat_action,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": sending.send_media_group,
    "copymessage": sending.copy_message,
    "copymessages": sending.copy_messages,
    "forwardmessage": sending.forward_message,
    "forwardmessages": sending.forward_messages,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "setmessagereaction": editing.set_message_reaction,
    "pinchatmessage": editing.pin_chat_message,
    "unpinchatmessage": editing.pin_chat_message,
    "answercallbackquery": asking.answer_callback_query,
    "answerinlinequery": asking.answer_inline_query,
    "answerguestquery": asking.answer_guest_query,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_text,
    "getmyname": profile.get_name,
    "setmydescription": profile.set_text,
    "getmydescription": profile.get_description,
    "setmyshortdescription": profile.set_text,
    "getmyshortdescription": profile.get_short_description,
    "setchatmenubutton": profile.set_chat_menu_button,
    "getchatmenubutton": profile.get_chat_menu_button,
    "setmydefaultadministratorrights": profile.set_default_rights,
    "getchat": profile.get_chat,
    "getchatmember": profile.get_chat_member,
    "getchatadministrators": profile.get_chat_administrators,
    "getchatmembercount": profile.get_chat_member_count,
    "getfile": profile.get_file,
    "leavechat": profile.leave_chat,
    "createforumtopic": profile.create_forum_topic,
    "logout": profile.done,
    "close": profile.done,
}


async def call(world: Ground, method: str, params: Params) -> tuple[int, Json]:
    """HTTP status and answer of one call.

    Raises:
        NetworkDown: nothing arrived.
        ReplyLost: it was done, but the answer is lost.
    """
    name = method.lower()
    if world.down:
        raise NetworkDown(method)
    fault = next((f for f in world.faults if f.fits(name, {key: params.text(key) for key in f.match})), None)
    if fault is not None:
        fault.times -= 1
        await asyncio.sleep(fault.delay)
    try:
        if fault is not None and fault.down:
            raise NetworkDown(method)
        if fault is not None and fault.refusal is not None:
            raise fault.refusal
        status, answer = 200, {"ok": True, "result": await _perform(world, name, params)}
    except Refusal as refusal:
        status, answer = refusal.code, refusal.json()
    if name != "getupdates":
        error = answer.get("description")
        world.calls.append({"method": method, "params": params.shown(), "status": status, "error": error})
    if fault is not None and fault.lost:
        raise ReplyLost(method)
    return status, answer


async def _perform(world: Ground, name: str, params: Params) -> Any:  # noqa: ANN401 - each method has its own result
    if name == "getupdates":
        return await world.poll.get(params)
    if name in ("setwebhook", "deletewebhook", "getwebhookinfo"):
        return getattr(world.poll, name)(params)
    if name not in METHODS:
        raise Refusal(404, "method not found")
    return METHODS[name](world, params)
