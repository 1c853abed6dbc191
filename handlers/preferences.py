"""What a chat may choose for itself: its time zone, how long answers are, whether links are previewed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from handlers.reply import Block, Button, Gap, Reply, bold, say
from handlers.until import next_due
from handlers.zones import nearest_zones
from news.lists import sections
from news.text import fold

if TYPE_CHECKING:
    from handlers.desk import Desk, Request
    from store.chats import Settings

LENGTHS = ("short", "normal", "long")
"""How long a briefing is: 2, 3 or 5 sentences."""

_CLOCK = re.compile(r"(?:it\s+is|it's|its|now|time)?\s*(\d{1,2})[:.h](\d{2})\s*(am|pm)?\s*(?:here)?$", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)


def settings(request: Request, desk: Desk) -> Reply:
    """All settings of this chat in one message, a button each."""
    return _panel(request, desk, edit=False)


def _panel(request: Request, desk: Desk, *, edit: bool, toast: str | None = None) -> Reply:
    chosen = desk.store.chats.settings(request.subject)
    blocks: list[Block] = [
        say(bold("Settings")),
        say("Time zone: ", bold(chosen.zone or "UTC (not set)"), f", it is {_clock(request.now, chosen)} there"),
        say("Language: ", bold("English"), " (/lang)"),
        say("Answers: ", bold(chosen.length)),
        say("Previews of links: ", bold("on" if chosen.previews else "off")),
        say("Quotes in briefings: ", bold("on" if chosen.quotes else "off")),
        say("Alerts make a sound: ", bold("no" if chosen.silent else "yes")),
        say("News of the bot itself: ", bold("yes" if chosen.announcements else "no")),
        Gap(),
        say("Set the zone by name or city: /timezone Rome"),
    ]
    buttons = (
        tuple(
            Button(f"{'✓ ' if length == chosen.length else ''}{length}", press=f"set|length|{length}")
            for length in LENGTHS
        ),
        (
            Button("Previews " + ("off" if chosen.previews else "on"), press="set|previews"),
            Button("Quotes " + ("off" if chosen.quotes else "on"), press="set|quotes"),
        ),
        (
            Button("Sound " + ("on" if chosen.silent else "off"), press="set|silent"),
            Button("Bot news " + ("off" if chosen.announcements else "on"), press="set|announcements"),
        ),
        (Button("Time zone", press="set|zone"),),
    )
    return Reply(blocks=tuple(blocks), buttons=buttons, edit=edit, toast=toast, kind="settings")


def press(request: Request, desk: Desk, arguments: tuple[str, ...]) -> Reply:
    """The settings after one was tapped."""
    if not request.admin:
        return Reply(toast="Only admins change the settings of this chat.")
    match arguments:
        case ("length", length) if length in LENGTHS:
            desk.store.chats.change(request.subject, request.now, length=length)
        case ("previews" | "quotes" | "silent" | "announcements" as field,):
            value = getattr(desk.store.chats.settings(request.subject), field)
            desk.store.chats.change(request.subject, request.now, **{field: not value})
        case ("zone",):
            return Reply(
                blocks=(say("Where are you? Answer with a city, as in: /timezone Rome"),), ask=True, kind="settings"
            )
        case ("zone", name) if name in _zones().values():
            _moved(request, desk, name)
            return _panel(request, desk, edit=True, toast=f"Time zone: {name}")
        case _:
            return _panel(request, desk, edit=True, toast="This list was old; here is the current one.")
    return _panel(request, desk, edit=True, toast="Done")


def timezone(request: Request, desk: Desk) -> Reply:
    """The zone that is set now, by name, city, shared place or the time it is; or the nearest there are."""
    if request.located:
        return _choose("Which of these keeps your time? The nearest comes first:", nearest_zones(*request.located))
    wanted = " ".join(request.text.split())[:80]
    if not wanted:
        chosen = desk.store.chats.settings(request.subject)
        said = f"The zone of this chat is {chosen.zone or 'UTC (not set)'}; it is {_clock(request.now, chosen)} there."
        return Reply(
            blocks=(say(said), say("To change it: /timezone Rome, or /timezone it is 14:30 here")), kind="settings"
        )
    offset = _offset_of(wanted, request.now)
    if offset is not None:
        return _by_offset(request, desk, offset, wanted)
    zone = zone_named(wanted)
    if zone is None:
        cities = [name for name, zone in _zones().items() if "/" in zone]
        near = process.extract(fold(wanted), cities, scorer=fuzz.ratio, limit=6)
        names = tuple(dict.fromkeys(_zones()[name] for name, _, _ in near))[:3]
        return _choose(f"I know no zone or city “{wanted}”. The nearest are:", names)
    return _chosen(request, desk, zone)


def zone_named(name: str) -> str | None:
    """The IANA zone of a zone's or city's name, None where no such is known."""
    return _zones().get(fold(name)) or _zones().get(fold(name.replace("_", " ").split("/")[-1]))


def _chosen(request: Request, desk: Desk, zone: str) -> Reply:
    chosen = _moved(request, desk, zone)
    return Reply(
        blocks=(say("Time zone: ", bold(zone), f". It is {_clock(request.now, chosen)} there; is that right?"),),
        kind="settings",
    )


def _moved(request: Request, desk: Desk, zone: str) -> Settings:
    """The settings with the zone; the digests are due at their hours there from now on."""
    with desk.store.transaction():
        chosen = desk.store.chats.change(request.subject, request.now, zone=zone)
        for one in desk.store.digests.of(request.subject):
            due = next_due(one.times, one.days, request.now, zone)
            desk.store.digests.reschedule(request.subject, due, one.thread)
    return chosen


def _by_offset(request: Request, desk: Desk, minutes: int, said: str) -> Reply:
    """The cities whose clocks show that time now; an offset alone knows no summer time, so a city is asked for."""
    shown = desk.store.chats.settings(request.subject).zone
    fitting = [
        zone
        for zone in sections("zones")
        if request.now.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(minutes=minutes)
    ]
    if shown in fitting:
        return _chosen(request, desk, shown)
    if not fitting:
        return _choose(f"Nowhere do the clocks show {said} now. Name a city, as in: /timezone Rome", ())
    return _choose(
        f"These places have the time you said ({said}). Choose one, so that summer time is right:", tuple(fitting[:6])
    )


def _choose(words: str, zones: tuple[str, ...]) -> Reply:
    return Reply(
        blocks=(say(words),),
        buttons=tuple((Button(zone, press=f"set|zone|{zone}"),) for zone in zones),
        kind="settings",
    )


def _offset_of(wanted: str, now: datetime) -> int | None:
    """Minutes east of UTC that "UTC+2" or "it is 14:30 here" mean; None for anything else."""
    m = _OFFSET.match(wanted)
    if m:
        return (int(m[2]) * 60 + int(m[3] or 0)) * (-1 if m[1] == "-" else 1)
    m = _CLOCK.match(wanted)
    if not m:
        return None
    hour = int(m[1]) % 12 + (12 if m[3].lower() == "pm" else 0) if m[3] else int(m[1])
    if hour > 23 or int(m[2]) > 59:
        return None
    minutes = hour * 60 + int(m[2]) - (now.hour * 60 + now.minute)
    return round((minutes + 720) % 1440 / 15) * 15 - 720


def _clock(now: datetime, chosen: Settings) -> str:
    return now.astimezone(ZoneInfo(chosen.zone or "UTC")).strftime("%H:%M")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """IANA zones by folded name, by their city, and by the cities and countries of news/data/zones.txt."""
    zones = {fold(name.split("/")[-1].replace("_", " ")): name for name in sorted(available_timezones()) if "/" in name}
    zones |= {fold(name): name for name in available_timezones()}
    return zones | {fold(city): zone for zone, cities in sections("zones").items() for city in cities}
