"""Whether two names of places can be of one: a building stands in its city, a city lies in its country."""

from __future__ import annotations

from functools import lru_cache

from news.name_words import PLACE_WORDS
from news.place import COUNTRIES, country_of, is_country, same_place
from news.text import fold, words

_CAPITAL = {fold(seat): country.capitals[0] for country in COUNTRIES if country.capitals for seat in country.seats}
"""Folded seat of power -> the capital that it stands in: the Kremlin, the White House."""


def _folded(name: str) -> str:
    return f" {' '.join(words(name))} "


@lru_cache(maxsize=1 << 14)
def within(place: str, wanted: str) -> bool:
    """Whether what happened at a place happened at the wanted one: there, or in that city or country.

    Names are compared as whole words, so that "Brno" is found in "New Brno" and "Bonn" not in "Bonny".
    """
    if not words(wanted):
        return False
    if _folded(wanted) in _folded(place) or same_place(place, wanted):
        return True
    capital = _CAPITAL.get(fold(place))
    if capital is not None and same_place(capital, wanted):
        return True
    return is_country(wanted) and country_of(place) == country_of(wanted)


@lru_cache(maxsize=1 << 14)
def apart(one: str, two: str) -> bool:
    """Whether two names can only be of two places: two countries, two cities; a building may stand in either."""
    if within(one, two) or within(two, one):
        return False
    if _is_building(one) or _is_building(two):
        here, there = country_of(one), country_of(two)
        return here is not None and there is not None and here != there
    return True


def _is_building(name: str) -> bool:
    """Whether a name is of a seat of power, ends like a house, or says its city itself ("Villa Bonaparte, Rome")."""
    if fold(name) in _CAPITAL or "," in name:
        return True
    return country_of(name) is None and name.rpartition(" ")[2] in PLACE_WORDS
