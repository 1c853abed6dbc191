"""The words around what the archive says: days, counts, lists. Nothing here states a fact of the news."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.reply import Anchor, Inline, Moment, Text
from news.day import Day, in_words, month_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from news.question import Question

MAX_TITLE = 140
"""Characters of a title in a list; the longest that stays within three lines on a phone."""


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun: "1 source", "2 sources", "1,200 stories" with the plural given or made with an s."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listing(names: Sequence[str], last: str = "and") -> str:
    """Names in a row: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def at_place(place: str) -> str:
    """A place as words behind a verb: " in Moscow", " at the White House", " in the Vatican"."""
    name = (
        place
        if place != place.lower()
        else " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in place.split())
    )
    bare = name.removeprefix("the ").removeprefix("The ")
    words = bare.replace(",", " ").split()
    if bare in _WITH_THE:
        return f" in the {bare}"
    if words[0] in _HOUSE_FIRST or name == "Mar-a-Lago" or (words[-1] in _HOUSE_LAST and bare[:3] == "St."):
        return f" at {bare}"
    if words[-1] in _HOUSE_LAST or any(f"{word}," in bare for word in _HOUSE_LAST):
        owned = "’s " in bare or "'s " in bare
        return f" at {bare}" if owned else f" at the {bare}"
    return f" in {bare}"


_SMALL = frozenset({"the", "of", "and", "de", "la", "al"})
_WITH_THE = frozenset(
    {"Vatican", "Hague", "Netherlands", "Philippines", "United States", "U.S.", "UK", "U.K.", "US", "USA", "UAE"}
    | {"United Kingdom", "United Arab Emirates", "Gulf", "Middle East", "Maldives", "Bahamas", "Gambia", "Congo"}
    | {"Czech Republic", "Dominican Republic", "Democratic Republic of Congo"}
)
_HOUSE_FIRST = frozenset({"Villa", "Camp", "Schloss", "Palazzo", "Château", "Castle", "Number", "No"})
_HOUSE_LAST = frozenset(
    {"House", "Palace", "Office", "Kremlin", "Basilica", "Hall", "Hotel", "Embassy", "Ministry", "Airport", "Academy"}
    | {"Center", "Centre", "Museum", "Club", "Residence", "Capitol", "Pentagon", "Cathedral", "Summit", "Parliament"}
    | {"Mansion", "Headquarters", "Base", "Castle", "Chancellery", "Monastery", "Mosque", "Stadium", "Université"}
    | {"University", "Institute", "Lodge", "Resort", "Court", "Conference", "Forum", "Elysee", "Élysée", "Bundestag"}
)


def day_words(day: Day | None) -> str:
    """The day as people say it, "undated" where the articles do not say."""
    return in_words(day) if day else "undated"


def date_words(day: date) -> str:
    """The date as people say it: "Fri 25 Apr 2025"."""
    return in_words(Day(day, day))


def moment_words(moment: datetime, zone: str = "UTC") -> str:
    """The day of a moment in a zone, as people say it."""
    return date_words(moment.astimezone(ZoneInfo(zone)).date())


def on_day(moment: datetime, zone: str = "UTC") -> Moment:
    """The day of a moment, shown in the reader's own zone where the client can."""
    return Moment(moment_words(moment, zone), moment)


def shortened(words: str, most: int = MAX_TITLE) -> str:
    """The words, cut at a blank with an ellipsis where they are longer than `most` characters."""
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def link(title: str, url: str, face: str = "") -> Inline:
    """A title that leads to its article; mere words where the article has no address."""
    words = shortened(title)
    return Anchor(words, url, face) if url.startswith(("http://", "https://")) else Text(words, face)


def spread(pieces: Iterable[Inline | str], between: str = " · ") -> tuple[Inline, ...]:
    """Pieces on one line, with a mark between them."""
    out: list[Inline] = []
    for piece in pieces:
        if out:
            out.append(Text(between))
        out.append(Text(piece) if isinstance(piece, str) else piece)
    return tuple(out)


def period_words(question: Question) -> str:
    """The days a question is about, as words behind a verb: " in Apr 2025", " since Sat 3 May 2025"; "" for any."""
    first, last = question.first, question.last
    if first and last:
        if first == last:
            return f" on {date_words(first)}"
        for whole in (month_of(first.year, first.month), year_of(first.year)):
            if (whole.first, whole.last) == (first, last):
                return f" in {in_words(whole)}"
        return f" from {date_words(first)} to {date_words(last)}"
    if first:
        return f" since {date_words(first)}"
    return f" until {date_words(last)}" if last else ""
