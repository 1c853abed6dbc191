"""Countries that are told by their people: "Iranian and American negotiators", "the U.S. and Chinese delegations"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.meeting_roles import countries
from news.meeting_scene import L, O, last_word
from news.meeting_words import DELEGATES, last_words
from news.place import is_country

if TYPE_CHECKING:
    from news.meeting_scene import Scene

_PEOPLE = rf"(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|[{L}{O}](?:['’]s)?)"
_PEOPLES = (
    rf"(?:the\s+)?(?:\w+\s+)?(?P<one>{_PEOPLE})(?:,\s+(?P<two>{_PEOPLE}))?,?\s+and\s+(?:the\s+)?(?P<last>{_PEOPLE})\s+"
    rf"(?:(?!and\b)[a-z-]+\s+){{0,3}}?(?i:{DELEGATES})\b"
)
_DELEGATES = last_words("delegates")
_HERE = re.compile(_PEOPLES)
_END = re.compile(rf"(?<![\w’'-]){_PEOPLES}$")


def lands_at(scene: Scene, at: int, high: int) -> tuple[list[str], int]:
    """The countries whose delegates are named together at the masked offset, and where their words end."""
    found = _HERE.match(scene.masked, at, high)
    return (_named(scene, found), found.end()) if found else ([], at)


def lands_before(scene: Scene, low: int, end: int) -> list[str]:
    """The countries whose delegates are named together right before the masked offset."""
    if last_word(scene.masked, low, end) not in _DELEGATES:
        return []
    found = _END.search(scene.masked, max(low, end - 110), end)
    return _named(scene, found) if found else []


def _named(scene: Scene, found: re.Match[str]) -> list[str]:
    """The countries as the article names them elsewhere, else by their usual name; none where one is not known."""
    lands = [_land(scene, found, key) for key in ("one", "two", "last") if found[key]]
    return [land for land in lands if land] if all(lands) and len(set(lands)) > 1 else []


def _land(scene: Scene, found: re.Match[str], key: str) -> str | None:
    mention = scene.by_at.get(found.start(key))
    if mention is not None:
        return mention.name.name
    known = countries().get(found[key])
    written = (name.name for name in scene.names if name.kind == "place" and known)
    return next((name for name in written if countries().get(name) == known and is_country(name)), known)
