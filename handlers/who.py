"""Whom a typed name means: the person, what was corrected, or the several it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from handlers.coverage import covered
from handlers.reply import Paragraph, Reply, Text, bold, say
from handlers.turn import number
from handlers.wording import count
from news.search_query import SearchQuery
from news.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.turn import Turn
    from store import Store
    from store.people import Person

CLEARLY = 3
"""Times as many articles as the next one that make a surname mean one person without asking."""
WELL_KNOWN = 300
"""People, the most told of, among whom the nearest names are looked for."""
ALIKE = 60
"""Least likeness, 0 to 100, of a name that is offered for one that nobody has."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a name means. `person` is None where nobody fits; `choices` are the several it may be, else empty."""

    written: str
    person: Person | None = None
    corrected: str = ""
    choices: tuple[Person, ...] = ()


def find(turn: Turn, written: str) -> Found:
    """Whom `written` means: as spelt, else as it was probably meant."""
    store = turn.store
    people = store.people.find(written, limit=6)
    corrected = ""
    if not people:
        corrected = _mended(turn, written)
        people = store.people.find(corrected, limit=6) if corrected else ()
    if not people:
        return Found(written)
    otherwise = bool(corrected) or not is_called(people[0], written)
    if len(people) == 1 or _is_clear(people, corrected or written):
        return Found(written, people[0], corrected=people[0].name if otherwise else "")
    return Found(written, people[0], corrected, choices=people)


def is_called(person: Person, words: str) -> bool:
    """Whether the words are some form of the person's name, in full or in part."""
    written = set(fold(words).split())
    return any(written <= set(fold(form).split()) for form in (person.name, *person.aliases))


def _is_clear(people: Sequence[Person], written: str) -> bool:
    folded = fold(written)
    first, second = people[:2]
    exact = [person for person in people if folded in {fold(person.name), *map(fold, person.aliases)}]
    return (len(exact) == 1 and " " in folded) or first.articles >= CLEARLY * second.articles


def _mended(turn: Turn, written: str) -> str:
    """The name with its misspelt words as the archive spells them; "" where none is."""
    understood = turn.store.index.search(SearchQuery(text=written), turn.request.now, limit=1).understood
    mended = written
    for word, taken in understood.words:
        mended = mended.replace(word, taken)
    return mended if mended != written else ""


def nearest(store: Store, written: str, limit: int = 4) -> tuple[Person, ...]:
    """Well-known people whose names look most like `written`."""
    people = store.people.top(WELL_KNOWN)
    scored = [
        (max(fuzz.ratio(fold(written), fold(part)) for part in (person.name, *person.name.split())), person)
        for person in people
    ]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(person for score, person in scored[:limit] if score >= ALIKE)


def note(found: Sequence[Found]) -> tuple[Paragraph, ...]:
    """What was taken for what was written, where they differ: "Showing Steve Witkoff (you wrote wittkof)"."""
    mended = [one for one in found if one.corrected and one.person]
    if not mended:
        return ()
    pieces: list[str | Text] = ["Showing "]
    for i, one in enumerate(mended):
        assert one.person is not None
        pieces += [", " if i else "", bold(one.person.name), f" (you wrote {one.written})"]
    return (say(*pieces),)


def corrections(found: Sequence[Found]) -> list[list[str]]:
    """Pairs of what was written and what was taken, for the machine-readable face."""
    return [[one.written, one.corrected] for one in found if one.corrected]


def ask_which(turn: Turn, found: Found, place: int) -> Reply:
    """The question back: which of the several people is meant, a button each."""
    buttons = tuple(
        (turn.press(f"{person.name} · {count(person.articles, 'article')}", "who", place, number(person.id)),)
        for person in found.choices
    )
    return Reply(
        blocks=(say("Several people are called ", bold(found.written), ". Whom do you mean?"),),
        buttons=buttons,
        kind=turn.question.kind,
        context=turn.context,
        facts={"choices": [person.name for person in found.choices]},
    )


def unknown(turn: Turn, found: Sequence[Found]) -> Reply:
    """That nobody of this name is in the archive, with the nearest names as buttons."""
    missing = next(one for one in found if one.person is None)
    place = [one is missing for one in found].index(True)
    rows = [
        (turn.press(person.name, "who", place, number(person.id)),) for person in nearest(turn.store, missing.written)
    ]
    return Reply(
        blocks=(
            say("I keep nothing about anybody called ", bold(missing.written), "."),
            covered(turn),
            *((say("Did you mean:"),) if rows else ()),
        ),
        buttons=tuple(rows),
        kind=turn.question.kind,
        context=turn.context,
        facts={"meetings": [], "quotes": []},
    )
