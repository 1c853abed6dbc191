"""Pictures as text: a timeline of meetings and a network of who met whom, as SVG, and as PNG for a chat.

One font is shipped, DejaVu Sans (Latin, Cyrillic, Greek, Arabic; free licence beside it). Sizes are for a phone: a
picture 1,080 wide is shown about 360 wide there, so that 36 here reads as 12. The same input gives the same picture
everywhere.
"""

from __future__ import annotations

import math
from html import escape
from importlib.resources import files
from itertools import combinations
from typing import Literal

import resvg_py
from msgspec import Struct

Status = Literal["held", "ongoing", "planned", "cancelled", "denied", "possible"]

WIDTH = 1080
FONT = str(files("news").joinpath("data", "fonts", "DejaVuSans.ttf"))
ROW = 132
TOP = 190
"""Height of a title and one line below it."""
LINE = 46
"""Height of each further line."""
FOOT = 90
STEPS = 400
"""Rounds of the force layout; positions move less than a pixel after about 300 with 24 people."""


GRAVITY = 1.5
"""Pull to the middle, so that people who met nobody else stay in sight."""
LABEL = 32
MAX_LABEL = 430
HIGH = 118
"""Pixels that a dot with its name is high."""

Point = tuple[float, float]
Box = tuple[int, int, int, int]


class Look(Struct, frozen=True):
    """Colours of a picture."""

    ground: str
    ink: str
    faint: str
    line: str
    accent: str
    no: str


LIGHT = Look("#ffffff", "#1c2730", "#5f6f7b", "#c9d3da", "#2476a8", "#c0392b")
DARK = Look("#17212b", "#f2f5f7", "#9fb0bd", "#3a4a58", "#64b5ef", "#ff7b6b")


class Row(Struct, frozen=True):
    """One line of a timeline: the day in words, who, the rest (place, kind, sources), and how sure it is."""

    day: str
    who: str
    rest: str
    status: Status = "held"


class Tie(Struct, frozen=True):
    """Two people who met, and how often."""

    one: str
    other: str
    times: int = 1


def png(svg: str) -> bytes:
    """The picture as PNG."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[FONT], font_family="DejaVu Sans")
    )


def timeline(title: str, subtitle: str, rows: tuple[Row, ...], *, dark: bool = False) -> str:
    """SVG of meetings one below the other, the newest first; `subtitle` may have several lines."""
    look = DARK if dark else LIGHT
    top = TOP + LINE * subtitle.count("\n")
    height = top + ROW * len(rows) + FOOT
    parts = [_title(title, subtitle, look)]
    if rows:
        bottom = top + ROW * (len(rows) - 1) + 30
        parts.append(f'<path d="M300 {top + 30}V{bottom}" stroke="{look.line}" stroke-width="6"/>')
    for place, row in enumerate(rows):
        y = top + ROW * place + 30
        parts.append(_dot(300, y, row.status, look))
        parts.append(_text(270, y + 13, row.day, 34, look.ink, anchor="end", room=250))
        parts.append(_text(344, y + 6, row.who, 38, look.ink, bold=True, room=WIDTH - 344 - 40))
        parts.append(_text(344, y + 54, row.rest, 32, look.faint, room=WIDTH - 344 - 40))
    parts.append(_legend(rows, height - 40, look))
    return _whole(height, parts, look)


def network(title: str, subtitle: str, ties: tuple[Tie, ...], *, dark: bool = False) -> str:
    """SVG of people as dots, those who met joined by lines, thicker the more often."""
    look = DARK if dark else LIGHT
    height = 1280
    weights: dict[str, int] = {}
    for tie in ties:
        for name in (tie.one, tie.other):
            weights[name] = weights.get(name, 0) + tie.times
    places = _layout(tuple(weights), ties, (60, TOP + 50, WIDTH - 60, height - 60))
    parts = [_title(title, subtitle, look)]
    for tie in ties:
        (x, y), (u, v) = places[tie.one], places[tie.other]
        width = 3 + 3 * min(tie.times, 6)
        parts.append(f'<path d="M{x:.0f} {y:.0f}L{u:.0f} {v:.0f}" stroke="{look.line}" stroke-width="{width}"/>')
    for name, (x, y) in places.items():
        size = min(14 + 4 * math.sqrt(weights[name]), 30)
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size:.0f}" fill="{look.accent}"/>')
    for name, (x, y) in places.items():
        parts.append(_text(x, y + 62, name, LABEL, look.ink, anchor="middle", room=MAX_LABEL, halo=look.ground))
    return _whole(height, parts, look)


def _whole(height: int, parts: list[str], look: Look) -> str:
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="DejaVu Sans"><rect width="{WIDTH}" height="{height}" fill="{look.ground}"/>{body}</svg>'
    )


def _title(title: str, subtitle: str, look: Look) -> str:
    below = (
        _text(50, 138 + LINE * place, line, 32, look.faint, room=WIDTH - 100)
        for place, line in enumerate(subtitle.split("\n"))
    )
    return _text(50, 84, title, 50, look.ink, bold=True, room=WIDTH - 100) + "".join(below)


def _dot(x: int, y: int, status: Status, look: Look) -> str:
    """What is sure is a full dot, what is to come or may be an open one, what was denied or called off a cross."""
    if status in {"held", "ongoing"}:
        return f'<circle cx="{x}" cy="{y}" r="15" fill="{look.accent}"/>'
    if status in {"planned", "possible"}:
        return f'<circle cx="{x}" cy="{y}" r="13" fill="{look.ground}" stroke="{look.accent}" stroke-width="5"/>'
    cross = f"M{x - 12} {y - 12}l24 24M{x + 12} {y - 12}l-24 24"
    ground = f'<circle cx="{x}" cy="{y}" r="17" fill="{look.ground}"/>'
    return f'{ground}<path d="{cross}" stroke="{look.no}" stroke-width="6"/>'


def _legend(rows: tuple[Row, ...], y: int, look: Look) -> str:
    """What the marks mean, where there is more than the full dot."""
    kinds: list[tuple[Status, str]] = [
        ("held", "held"),
        ("planned", "planned or possible"),
        ("denied", "denied or off"),
    ]
    groups = {"ongoing": "held", "possible": "planned", "cancelled": "denied"}
    there = {groups.get(row.status, row.status) for row in rows}
    if there <= {"held"}:
        return ""
    parts, x = [], 70
    for status, words in kinds:
        if status in there:
            parts.append(_dot(x, y - 10, status, look) + _text(x + 34, y, words, 28, look.faint))
            x += 70 + int(_width(words, 28)) + 40
    return "".join(parts)


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    room: float = WIDTH,
    halo: str = "",
) -> str:
    """Words at a place, cut with an ellipsis to fit the room. Bold is the one font with a stroke of its own colour."""
    shown = _fitted(_clean(words), size, room)
    stroke = f' stroke="{colour}" stroke-width="{size / 26:.1f}"' if bold else ""
    place = f'x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}"'
    under = ""
    if halo:
        wide = f'stroke="{halo}" stroke-width="10" stroke-linejoin="round"'
        under = f'<text {place} fill="{halo}" {wide}>{escape(shown)}</text>'
    return f'{under}<text {place} fill="{colour}"{stroke}>{escape(shown)}</text>'


def _clean(words: str) -> str:
    """The words without what XML cannot hold: control characters and lone surrogates."""
    return "".join(ch for ch in words if ch.isprintable())


def _fitted(words: str, size: int, room: float) -> str:
    if _width(words, size) <= room:
        return words
    while words and _width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip(" ,·") + "…"


def _width(words: str, size: int) -> float:
    """Pixels that words take, nearly: the advance widths of DejaVu Sans, grouped."""
    total = 0.0
    for ch in words:
        if ch in "iljtfr.,:;'’|!()[] ":
            total += 0.36
        elif ch in "mwMW@%&—…":
            total += 0.95
        else:
            total += 0.72 if ch.isupper() else 1.0 if ch >= "\u2e80" else 0.62
    return total * size


def _layout(names: tuple[str, ...], ties: tuple[Tie, ...], box: Box) -> dict[str, Point]:
    """Places of the names in a box: those who met draw together, all push apart (Fruchterman and Reingold, 1991).

    It begins on a circle in the order of the names, without chance. Names that cover each other are then moved apart.
    """
    count = max(1, len(names))
    at = {
        name: (
            math.cos(2 * math.pi * i / count) * (1 + i % 3 / 10),
            math.sin(2 * math.pi * i / count) * (1 + i % 3 / 10),
        )
        for i, name in enumerate(names)
    }
    ideal = 2.2 / math.sqrt(count)
    for step in range(STEPS):
        heat = 0.2 * (1 - step / STEPS)
        force = _forces(names, ties, at, ideal)
        for name in names:
            x, y = force[name]
            length = math.hypot(x, y) or 1.0
            move = min(length, heat) / length
            at[name] = (at[name][0] + x * move, at[name][1] + y * move)
    return _apart(_scaled(at, box), box)


def _apart(at: dict[str, Point], box: Box) -> dict[str, Point]:
    """The places with names that cover each other moved apart inside the box: the shorter way, then up and down."""
    left, top, right, bottom = box
    half = {name: min(_width(name, LABEL), MAX_LABEL) / 2 + 12 for name in at}
    for step in range(STEPS):
        for one, other in combinations(at, 2):
            (x, y), (u, v) = at[one], at[other]
            across = half[one] + half[other] - abs(x - u)
            down = HIGH - abs(y - v)
            if across <= 0 or down <= 0:
                continue
            if across / 3 < down and step < STEPS // 2:
                push = across / 2 * (1 if x >= u else -1)
                at[one], at[other] = (x + push, y), (u - push, v)
            else:
                push = down / 2 * (1 if y >= v else -1)
                at[one], at[other] = (x, y + push), (u, v - push)
        for name, (x, y) in at.items():
            inside = min(max(x, left + half[name]), right - half[name])
            at[name] = (inside, min(max(y, top), bottom - 40))
    return at


def _forces(names: tuple[str, ...], ties: tuple[Tie, ...], at: dict[str, Point], ideal: float) -> dict[str, Point]:
    force = {name: (-GRAVITY * at[name][0], -GRAVITY * at[name][1]) for name in names}
    for one, other in combinations(names, 2):
        x, y = at[one][0] - at[other][0], at[one][1] - at[other][1]
        push = ideal * ideal / max(x * x + y * y, 1e-4)
        _add(force, one, x * push, y * push)
        _add(force, other, -x * push, -y * push)
    for tie in ties:
        x, y = at[tie.one][0] - at[tie.other][0], at[tie.one][1] - at[tie.other][1]
        pull = math.hypot(x, y) / ideal * (0.6 + 0.2 * min(tie.times, 4))
        _add(force, tie.one, -x * pull, -y * pull)
        _add(force, tie.other, x * pull, y * pull)
    return force


def _add(force: dict[str, Point], name: str, x: float, y: float) -> None:
    force[name] = (force[name][0] + x, force[name][1] + y)


def _scaled(at: dict[str, Point], box: Box) -> dict[str, Point]:
    """The places stretched to fill the box."""
    left, top, right, bottom = box
    if not at:
        return {}
    xs, ys = [x for x, _ in at.values()], [y for _, y in at.values()]
    wide, high = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    return {
        name: (left + (x - min(xs)) / wide * (right - left), top + (y - min(ys)) / high * (bottom - top))
        for name, (x, y) in at.items()
    }
