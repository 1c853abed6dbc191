"""Whom a typed name means: the person, what was corrected, or the several it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from handlers.coverage import covered
from handlers.reply import Paragraph, Reply, Text, bold, say
from handlers.turn import number
from handlers.wording import count, shortened
from news.name_words import COMMON, FAMILY_FIRST, ROLES
from news.place import country_of, is_place
from news.question import PRONOUNS, Question
from news.search_query import SearchQuery
from news.spelling import key
from news.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.turn import Turn
    from store import Store
    from store.people import Person

CLEARLY = 3
"""Times as many articles as the next one that make a surname mean one person without asking."""
WELL_KNOWN = 300
"""People, the most told of, among whom the nearest names are looked for."""
KNOWN_WORD = 5
"""Articles from which somebody whose name is a common word is meant by that word alone."""
ALIKE = 60
"""Least likeness, 0 to 100, of a name that is offered for one that nobody has."""

_HEADS = tuple(
    frozenset(words.split())
    for words in ("leader", "president", "prime minister", "chancellor", "premier", "king", "queen", "emir", "sultan")
)
"""Whom "the leader of" a country may mean, by the words of the role."""
_LESSER = frozenset({"former", "ex", "late", "vice", "deputy", "assistant", "candidate", "nominee"})
"""Words that make another role of one: a vice president is not the president."""
_LEADING = frozenset({"leader", "chief", "boss", "head", "ruler", "strongman"})
"""Words that beside a country, or its seat of power, mean whoever leads it: "Kremlin chief"."""
_NOW = frozenset({"new", "current", "present", "incumbent", "sitting"})
"""Words before a role that say no more than the role."""
_PAST = frozenset({"late", "former", "previous", "last", "old", "ex"})
"""Words before a role that mean whoever had it before."""
_SUCCEEDED = timedelta(days=7)
"""Since when nobody must have had an office any more in print for another to be the one who holds it now."""
_LONGEST_COUNTRY = 4
"""Words of the longest name of a country that a role is looked through for."""
_SMALL = frozenset({"of", "the", "a", "an", "s", "for", "in"})
_ABOUT = re.compile(r"\s+(?:about|on|regarding)\s+", re.IGNORECASE)
_GAP = re.compile(r"[\s\u2010-\u2015-]+")


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
    written = written.strip(' "“”„«»')
    if written.lower() in PRONOUNS:
        return Found(written)
    corrected = ""
    people = _called(store, written) or (with_role(store, written) if role_words(written) & ROLES else ())
    if not people:
        corrected = _mended(turn, written)
        people = (_called(store, corrected) if corrected else ()) or with_role(store, corrected or written)
    if not people:
        return Found(written)
    otherwise = bool(corrected) or not is_called(people[0], written)
    if len(people) == 1 or _is_clear(people, corrected or written):
        return Found(written, people[0], corrected=people[0].name if otherwise else "")
    return Found(written, people[0], corrected, choices=people)


def _called(store: Store, written: str) -> tuple[Person, ...]:
    return tuple(person for person in store.people.find(written, limit=6) if _fits(person, written))


def _fits(person: Person, written: str) -> bool:
    """Whether nothing in the words is another's name: "Chancellor Merz" can be Friedrich Merz, "Klara Merz" cannot."""
    own = {part for form in (person.name, *person.aliases) for part in words(form)}
    others = [word for word in words(written) if word not in own]
    if len(others) == len(words(written)) or " " not in person.name:
        return True
    if set(key(written).split()) <= {part for form in (person.name, *person.aliases) for part in key(form).split()}:
        return True
    return all(
        word in COMMON or country_of(word) or max(fuzz.ratio(word, part) for part in own) >= ALIKE for word in others
    )


def with_role(store: Store, written: str) -> tuple[Person, ...]:
    """Well-known people whose role is the one written, however it was put: "German chancellor", "president of France".

    Those who had it in most articles come first.
    """
    wanted = role_words(written) - _NOW
    found = _holders(store, wanted)
    if found or not wanted & _PAST:
        return tuple(person for _, _, person in (_holding(found) if _is_office(wanted) else found)[:4])
    had = _holders(store, wanted - _PAST)
    now = _holding(had)
    return tuple(person for _, _, person in [one for one in had if one not in now][:4])


def _is_office(wanted: frozenset[str]) -> bool:
    """Whether one person alone has a role at a time: one of a state, or the pope."""
    return "pope" in wanted or any(map(country_of, wanted))


def _holders(store: Store, wanted: frozenset[str]) -> list[tuple[int, datetime, Person]]:
    """Who has or had a role of these words, in how many articles and when last; who had it in most of them first."""
    states = frozenset(word for word in wanted if country_of(word))
    if states == wanted:
        return []
    leads = states and wanted - states <= _LEADING
    ways = [states | head for head in _HEADS] if leads else [wanted]
    found: list[tuple[int, datetime, Person]] = []
    for person in store.people.top(WELL_KNOWN):
        had = [
            role
            for role in person.roles
            if any(way <= role_words(role.role) for way in ways) and not (role_words(role.role) & _LESSER) - wanted
        ]
        if had:
            found.append((sum(role.articles for role in had), max(role.last for role in had), person))
    found.sort(key=lambda one: -one[0])
    return found


def _holding(found: list[tuple[int, datetime, Person]]) -> list[tuple[int, datetime, Person]]:
    """Those of the holders of one office that may hold it still: the last one where the others are past."""
    if not found:
        return found
    newest = max(last for _, last, _ in found)
    still = [one for one in found if newest - one[1] < _SUCCEEDED]
    return still if CLEARLY * sum(times for times, _, _ in still) >= found[0][0] else found


def role_words(role: str) -> frozenset[str]:
    """The words of a role, with the country for its people and its capital: "French" and "of France" are one."""
    written = words(" ".join("prime minister" if word in {"pm", "premier"} else word for word in role.lower().split()))
    found: set[str] = set()
    at = 0
    while at < len(written):
        # The longest first: "South Korea" is a country, "Korea" is one as well.
        lengths = range(min(_LONGEST_COUNTRY, len(written) - at), 0, -1)
        length = next((n for n in lengths if _country(written[at : at + n])), 1)
        country = _country(written[at : at + length])
        if country or written[at] not in _SMALL:
            found.add(country or written[at])
        at += length
    return frozenset(found)


def _country(written: Sequence[str]) -> str | None:
    """The country that these words in small letters name, in any form: "south korean", "us"."""
    return None if written[0] in _SMALL else country_of(" ".join(written))


def two(store: Store, written: str) -> tuple[str, ...]:
    """The one to four names in words without a comma between them, by what the archive knows."""
    for mark in (",", " and ", " with ", " & "):
        one, found, other = written.partition(mark)
        if found and one.strip() and other.strip():
            return one.strip(), other.strip()
    parts = [part for part in _GAP.split(written.strip()) if part]
    if len(parts) == 2 and fold(parts[0]) == fold(parts[1]):
        return parts[0], parts[1]
    whole = [person for person in store.people.find(written, limit=1) if _fits(person, written)]
    if whole and is_called(whole[0], written):
        return (written.strip(),)
    cuts = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts))]
    each = [store.people.find(part, limit=1) for part in parts] if 2 < len(parts) < 5 else [()]
    if all(each) and len({people[0].id for people in each}) == len(parts):
        return tuple(parts)
    for one, other in cuts:
        first, second = store.people.find(one, limit=1), store.people.find(other, limit=1)
        if first and second and first != second:
            return one, other
    return cuts[0] if len(parts) == 2 and not whole and "-" not in written else (written.strip(),)


def and_subject(store: Store, written: str) -> tuple[str, str]:
    """A name and what stands behind it: parted by "about" or "on", else where the longest known name ends."""
    m = _ABOUT.search(written)
    if m:
        return written[: m.start()].strip(), written[m.end() :].strip()
    parts = written.split()
    for cut in range(len(parts), 0, -1):
        name = " ".join(parts[:cut])
        people = store.people.find(name, limit=1)
        if people and is_called(people[0], name):
            return name, " ".join(parts[cut:])
    return written.strip(), ""


def named(turn: Turn, topic: str) -> bool:
    """Whether a topic is somebody's name and nothing else: a full form of it, or the surname."""
    parts = words(topic)
    if not 1 <= len(parts) <= 5 or any(ch in topic for ch in ':"-/') or is_place(topic.title()):
        return False
    people = turn.store.people.find(topic, limit=2)
    if not people:
        return False
    first = people[0]
    if len(parts) == 1 and topic.lower() in COMMON and first.articles < KNOWN_WORD:
        return False
    spelt = key(topic).split()
    forms = (first.name, *first.aliases)
    if parts[0].title() in FAMILY_FIRST and any(words(form)[: len(parts)] == parts for form in forms):
        return True
    return any(words(form)[-len(parts) :] == parts or key(form).split()[-len(spelt) :] == spelt for form in forms)


def is_called(person: Person, name: str) -> bool:
    """Whether the words are some form of the person's name, in full or in part."""
    lettered = " ".join(word for word in name.split() if any(ch.isalnum() for ch in word))
    written = {part for part in _GAP.split(fold(lettered)) if part}
    return any(written <= set(_GAP.split(fold(form))) for form in (person.name, *person.aliases))


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


def settled(turn: Turn, names: Sequence[str]) -> tuple[list[Found], Reply | None]:
    """Whom the names mean, and what to answer instead where one of them fits nobody or several."""
    found = [find(turn, name) for name in names]
    for place, one in enumerate(found):
        if one.choices:
            return found, ask_which(turn, one, place)
    return found, unknown(turn, found) if any(one.person is None for one in found) else None


def ask_which(turn: Turn, found: Found, place: int) -> Reply:
    """The question back: which of the several people is meant, a button each."""
    buttons = tuple(
        (turn.press(f"{person.name} · {count(person.articles, 'article')}", "who", number(place), number(person.id)),)
        for person in found.choices
    )
    return Reply(
        blocks=(say("Several people may be meant by ", bold(found.written), ". Whom do you mean?"),),
        buttons=buttons,
        kind=turn.question.kind,
        context=turn.context,
        facts={"choices": [person.name for person in found.choices]},
    )


def unknown(turn: Turn, found: Sequence[Found]) -> Reply:
    """That nobody of this name is in the archive, with the nearest names and a search for it as buttons."""
    missing = next(one for one in found if one.person is None)
    place = [one is missing for one in found].index(True)
    pronoun = missing.written.lower() in PRONOUNS
    people = turn.store.people.top(3) if pronoun else nearest(turn.store, missing.written)
    rows = [(turn.press(person.name, "who", number(place), number(person.id)),) for person in people]
    if pronoun:
        blocks = (say("Whom do you mean by ", bold(missing.written), "? Reply to the message that named them, or:"),)
    else:
        name = shortened(missing.written, 60)
        blocks = (
            say("I keep nothing about anybody called ", bold(name), "."),
            covered(turn),
            *((say("Did you mean:"),) if rows else ()),
        )
        rows.append((turn.offer(f"Search “{shortened(name, 40)}”", Question(kind="search", topic=name, text=name)),))
    return Reply(
        blocks=blocks,
        buttons=tuple(rows),
        kind=turn.question.kind,
        context=turn.context,
        facts={"meetings": [], "quotes": []},
    )
