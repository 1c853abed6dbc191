"""Places: which names are places, and which country a city, a people or a leader's house stands for.

The tables are `data/countries.txt` (names | capitals | demonyms | seats), `data/cities.txt`, `data/places.txt`, and
`data/buildings.txt` for what stands in a city.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from news.name_words import PLACE_WORDS, lines_of, sections_of


class Country(Struct, frozen=True):
    """One country or territory as the tables have it; `name` is the one to print."""

    name: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[str, ...]


def _fields(line: str) -> Country:
    names, capitals, demonyms, seats = (
        tuple(entry.strip() for entry in field.split(",") if entry.strip()) for field in (line + "|||").split("|")[:4]
    )
    return Country(names[0], names, capitals, demonyms, seats)


@lru_cache(maxsize=1 << 15)
def _fold(name: str) -> str:
    letters = name
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name.replace("\u2019", "'"))
        letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace(".", "").lower().removeprefix("the ").split())


COUNTRIES = tuple(_fields(line) for line in lines_of("countries.txt"))


def _cities() -> dict[str, list[str]]:
    """Country -> its cities and landmarks."""
    found: dict[str, list[str]] = {}
    for line in lines_of("cities.txt"):
        country, _, cities = line.partition(":")
        found.setdefault(country.strip(), []).extend(city.strip() for city in cities.split(",") if city.strip())
    return found


_CITIES = _cities()


def _buildings() -> list[tuple[str, str, str]]:
    """Building, its city and its country."""
    found = []
    for line in lines_of("buildings.txt"):
        where, _, names = line.partition(": ")
        city, _, country = where.partition(", ")
        found += [(name.strip(), city, country) for name in names.split(",") if name.strip()]
    return found


_BUILDINGS = _buildings()

DEMONYMS = frozenset(demonym for country in COUNTRIES for demonym in country.demonyms) | frozenset(
    sections_of("demonyms.txt")[""]
)
"""Words for a people, and adjectives of places, that are no names of their own: "Russian", "Kurds"."""

_standing = [
    entry for section, names in sections_of("places.txt").items() if not section.startswith("words") for entry in names
]
PLACES = frozenset(
    [name for country in COUNTRIES for name in (*country.names, *country.capitals, *country.seats)]
    + [city for cities in _CITIES.values() for city in cities]
    + [building for building, _, _ in _BUILDINGS]
    + _standing
) - {"Fiji Islands", "Male"}
"""Names that are places wherever they stand."""
_FOLDED_PLACES = tuple(sorted(PLACES))
_FOLDED = tuple(map(_fold, _FOLDED_PLACES))


def _country_table() -> dict[str, str]:
    """Folded name -> country; a country's own names win over cities, capitals over other cities."""
    table: dict[str, str] = {}
    for country in COUNTRIES:
        for name in country.names:
            table.setdefault(_fold(name), country.name)
    for country in COUNTRIES:
        for name in (*country.capitals, *country.demonyms, *country.seats):
            table.setdefault(_fold(name), country.name)
    for name, cities in _CITIES.items():
        for city in cities:
            table.setdefault(_fold(city), name)
    for building, city, name in _BUILDINGS:
        table.setdefault(_fold(city), name)
        table.setdefault(_fold(building), name)
    return table


_COUNTRY_OF = _country_table()
_COUNTRY_NAMES = {_fold(name): country.name for country in COUNTRIES for name in country.names}
_ALIASES = {
    _fold(alias): _fold(name)
    for name, *aliases in (line.split(" = ") for line in lines_of("place_aliases.txt"))
    for alias in aliases
}


_CITY_OF = {_fold(building): city for building, city, _ in _BUILDINGS}
for _country in COUNTRIES:
    for _seat in _country.seats if _country.capitals else ():
        _CITY_OF.setdefault(_fold(_seat), _country.capitals[0])
_CAPITAL_OF = {country.name: country.capitals[0] for country in COUNTRIES if country.capitals}
_CAPITAL = re.compile(
    r"(?:the )?(?:capital (?:city )?of (?:the )?(?P<of>.+)|(?P<whose>.+?)(?:['’]s?)? capital(?: city)?)"
)


_FORMAL = re.compile(
    r"(?:[a-z']+ )?(?:state|republic|kingdom|sultanate|emirate|commonwealth|principality|federation|union) of (?:the )?"
)


@lru_cache(maxsize=1 << 15)
def _plain(name: str) -> str:
    """The folded name without what states put before it: "State of Qatar" gives "qatar"."""
    folded = _fold(name)
    if folded in _COUNTRY_OF:
        return folded
    formal = _FORMAL.match(folded)
    return folded[formal.end() :] if formal else folded


def country_of(name: str) -> str | None:
    """The country that a place, a people or a seat of power stands for ("Kremlin", "Kyiv", "Chinese"), or None."""
    parts = name.split(", ")
    return _COUNTRY_OF.get(_plain(name)) or (_COUNTRY_OF.get(_fold(parts[-1])) if len(parts) > 1 else None)


def city_of(name: str) -> str | None:
    """The city or town that a building stands in ("Kremlin": Moscow; "St. Peter's Basilica": Vatican), or None."""
    return _CITY_OF.get(_fold(name))


def capital(described: str) -> str | None:
    """The city that "the Polish capital", "Poland's capital" or "the capital of Poland" is; None for other words."""
    found = _CAPITAL.fullmatch(described.strip())
    if found is None:
        return None
    whose = found["of"] or found["whose"]
    return _CAPITAL_OF.get(country_of(whose) or "") if is_country(whose) or whose in DEMONYMS else None


def is_country(name: str) -> bool:
    """Whether the name is one of a country or territory of the table, in any of its forms ("U.S.", "Burma")."""
    return _plain(name) in _COUNTRY_NAMES


def is_place(name: str) -> bool:
    """Whether the tables know the name as a place, or its last word says so ("Hyde Park")."""
    words = name.split()
    return name in PLACES or _plain(name) in _COUNTRY_NAMES or (len(words) > 1 and words[-1] in PLACE_WORDS)


def near_places(name: str) -> tuple[str, ...]:
    """Places that the tables know and that a slip of the pen makes of the name, the nearest first; at most three.

    A slip is one letter, in names of eight letters and more two; a name that is a place itself is none.
    """
    written = _plain(name)
    if len(written) < 4 or is_place(name.title()) or written in _ALIASES:
        return ()
    slips = 1 + (len(written) > 7)
    near = process.extract(written, _FOLDED, scorer=OSA.distance, score_cutoff=slips, limit=9)
    return tuple(_FOLDED_PLACES[index] for folded, _, index in near if folded[:1] == written[:1])[:3]


def _key(name: str) -> str:
    folded = _plain(name)
    return _fold(_COUNTRY_NAMES.get(folded, _ALIASES.get(folded, folded)))


def same_place(a: str, b: str) -> bool:
    """Whether two names are one place: spellings, aliases, a city with and without its country."""
    key_a, key_b = _key(a), _key(b)
    if key_a == key_b:
        return True
    head_a, head_b = _key(a.split(", ", maxsplit=1)[0]), _key(b.split(", ", maxsplit=1)[0])
    if head_a != head_b:
        return False
    tails = {_COUNTRY_OF.get(_fold(part), _fold(part)) for name in (a, b) for part in name.split(", ")[1:]}
    return len(tails) <= 1 or not (", " in a and ", " in b)
