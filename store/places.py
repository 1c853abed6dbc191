"""Whether two names of places can be of one: a building stands in its city, a city lies in its country."""

from __future__ import annotations

from functools import lru_cache

from news.name_words import PLACE_WORDS
from news.place import capital, city_of, country_of, is_country, same_place
from news.text import words

_DEEPEST = 4
"""Places around a place, itself among them; more than any has."""


def _folded(name: str) -> str:
    return f" {' '.join(words(name))} "


@lru_cache(maxsize=1 << 14)
def within(place: str, wanted: str) -> bool:
    """Whether what happened at a place happened at the wanted one: there, or in that city or country.

    Names are compared as whole words, so that "Brno" is found in "New Brno" and "Bonn" not in "Bonny".
    """
    wanted = capital(wanted) or wanted
    if not words(wanted):
        return False
    around = _around(place)
    if any(_folded(wanted) in _folded(outer) or same_place(outer, wanted) for outer in around):
        return True
    return is_country(wanted) and country_of(around[0]) == country_of(wanted)


def _around(place: str) -> list[str]:
    """A place, the city that it stands in, and what that stands in: "St. Peter's Basilica", "Vatican", "Rome"."""
    found = [capital(place) or place]
    while len(found) < _DEEPEST and (city := city_of(found[-1])):
        found.append(city)
    return found


@lru_cache(maxsize=1 << 14)
def apart(one: str, two: str) -> bool:
    """Whether two names can only be of two places: two countries, two cities; a building may stand in either."""
    if within(one, two) or within(two, one):
        return False
    one, two = _town(one), _town(two)
    if _is_building(one) or _is_building(two):
        here, there = country_of(one), country_of(two)
        return here is not None and there is not None and here != there
    return not (within(one, two) or within(two, one))


def _town(place: str) -> str:
    """The city that a place stands in, itself if it is none of the buildings known."""
    place = capital(place) or place
    return city_of(place) or place


def _is_building(name: str) -> bool:
    """Whether a name ends like a house, or says its city itself ("Villa Bonaparte, Rome")."""
    if "," in name:
        return True
    return country_of(name) is None and name.rpartition(" ")[2] in PLACE_WORDS
