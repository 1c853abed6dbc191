"""Scores the reader on articles of this project's own writing: exact words, names, days, nothing forgiven."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Json = dict[str, Any]


def said(answer: Json, words_of: Callable[[Json], str]) -> Counter[tuple[str, ...]]:
    """The quotations: words and speaker."""
    return Counter((words_of(quote), str(quote.get("speaker"))) for quote in answer["quotes"])


def met(answer: Json) -> Counter[tuple[str, ...]]:
    """The meetings: sides, day, place, kind (an encounter is a meeting) and status."""
    return Counter(
        (
            *sorted([*meeting["people"], *meeting.get("organisations", [])]),
            str(meeting.get("day")),
            str(meeting.get("place")),
            "call" if meeting["kind"] == "call" else "meeting",
            meeting["status"],
        )
        for meeting in answer["meetings"]
    )


def named_days(days: Iterable[Json], words_of: Callable[[Json], str]) -> Counter[tuple[str, ...]]:
    """The days: their words and value."""
    return Counter((words_of(day), day["value"]) for day in days)


def f1(right: int, found: int, wanted: int) -> float:
    """F1, 0 to 1; 1 where nothing is wanted and nothing found."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def score_own(path: Path, read: Callable[[Json], Json]) -> dict[str, float]:
    """F1 of quotations with their speakers, of meetings with all that is told of them, and of days."""
    totals = {"quotes": [0, 0, 0], "meetings": [0, 0, 0], "days": [0, 0, 0]}
    for article in json.loads(path.read_text(encoding="utf-8")):
        text = "\n\n".join(article["paragraphs"])
        line = {
            "id": article["id"],
            "text": text,
            "title": article["title"],
            "published": article["published"],
            "clean": True,
        }
        answer = read(line)

        def cut(span: Json, text: str = text) -> str:
            return text[span["start"] : span["end"]]

        pairs = {
            "quotes": (said(answer, cut), said(article, lambda quote: quote["words"])),
            "meetings": (met(answer), met(article)),
            "days": (named_days(answer["days"], cut), named_days(article["days"], lambda day: day["words"])),
        }
        for kind, (found, wanted) in pairs.items():
            for at, number in enumerate(((found & wanted).total(), found.total(), wanted.total())):
                totals[kind][at] += number
    return {f"{kind}_f1": f1(*counts) for kind, counts in totals.items()}
