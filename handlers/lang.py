"""The language of what the bot says: English alone, said plainly; and which languages the kept articles are in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers.reply import Block, Reply, bold, say
from handlers.wording import listing
from news.lists import entries
from news.text import fold

if TYPE_CHECKING:
    from handlers.desk import Desk, Request

LOOKED_AT = 300
"""Newest articles whose languages are counted."""
MOST = 5
"""Languages that are named."""


def lang(request: Request, desk: Desk) -> Reply:
    """What language the bot writes; that another one asked for is not there yet, and how it could be."""
    wanted = fold(request.text.strip()[:40]).strip(" .!?")
    names = {code: name for code, _, name in (line.partition("=") for line in entries("language_names", "names"))}
    asked = next((name for code, name in names.items() if wanted in {code, fold(name), fold(name)[:3]}), None)
    blocks: list[Block] = []
    if wanted and asked is None:
        blocks.append(say(f"I know no language “{request.text.strip()[:40]}”. What I say is in English."))
    elif asked and asked != "English":
        blocks.append(say("I do not write ", bold(asked), " yet; what I say stays English."))
        blocks.append(say("Who wants to help finds the words I say in the folder handlers of this program."))
    else:
        blocks.append(say("What I say is in ", bold("English"), "."))
    counted = Counter(one.language for one in desk.store.articles.latest(LOOKED_AT) if one.language)
    kept = [f"{names.get(code, code)} ({number})" for code, number in counted.most_common(MOST)]
    blocks.append(say("Articles are shown in their own language", f": {listing(kept)}." if kept else "."))
    blocks.append(say("Names and words of any language can be asked for; whole questions are understood in English."))
    return Reply(blocks=tuple(blocks), kind="settings")
