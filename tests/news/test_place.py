from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.place import COUNTRIES, PLACES, country_of, is_country, is_place, same_place


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Moscow", "Russia"),
        ("the Kremlin", "Russia"),
        ("Kremlin", "Russia"),
        ("Russian", "Russia"),
        ("White House", "United States"),
        ("U.S.", "United States"),
        ("US", "United States"),
        ("American", "United States"),
        ("Kyiv", "Ukraine"),
        ("Kiev", "Ukraine"),
        ("Donetsk", "Ukraine"),
        ("Downing Street", "United Kingdom"),
        ("Élysée", "France"),
        ("Elysee Palace", "France"),
        ("Burma", "Myanmar"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("South Korean", "South Korea"),
        ("Lyon, France", "France"),
        ("Springfield, Nowhere", None),
        ("State of Qatar", "Qatar"),
        ("the Islamic Republic of Iran", "Iran"),
        ("Republic of China", "Taiwan"),
        ("Bank of England", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_place_a_people_or_a_seat_stands_for_its_country(name: str, country: str | None) -> None:
    assert country_of(name) == country


def test_every_country_is_its_own_country() -> None:
    assert {country.name: country_of(country.name) for country in COUNTRIES} == {c.name: c.name for c in COUNTRIES}


def test_no_name_belongs_to_two_countries() -> None:
    names = [name for country in COUNTRIES for name in country.names]
    assert sorted(names) == sorted(set(names))


def test_a_capital_is_no_country() -> None:
    assert is_country("France")
    assert is_country("u.s.a.")
    assert not is_country("Paris")


@pytest.mark.parametrize("name", ["Paris", "Hyde Park", "Lake Malawi", "West Bank", "usa", "The Hague", "Oval Office"])
def test_places_are_places(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize("name", ["Vladimir Putin", "Ministry of Health", "Tuesday", "Park", ""])
def test_what_is_no_place_is_none(name: str) -> None:
    assert not is_place(name)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kyiv", "Kiev"),
        ("US", "United States"),
        ("America", "U.S."),
        ("the Netherlands", "Netherlands"),
        ("Moscow, Russia", "Moscow"),
        ("Washington, D.C.", "Washington"),
        ("Türkiye", "Turkey"),
        ("St Petersburg", "Saint Petersburg"),
        ("Élysée Palace", "Elysee"),
    ],
)
def test_one_place_under_two_names_is_the_same(a: str, b: str) -> None:
    assert same_place(a, b)
    assert same_place(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Moscow", "Russia"), ("Niger", "Nigeria"), ("Paris, Texas", "Paris, France"), ("North Korea", "South Korea")],
)
def test_two_places_are_not_the_same(a: str, b: str) -> None:
    assert not same_place(a, b)


@given(st.one_of(st.text(), st.sampled_from(sorted(PLACES))), st.one_of(st.text(), st.sampled_from(sorted(PLACES))))
def test_sameness_holds_for_itself_and_both_ways(a: str, b: str) -> None:
    assert same_place(a, a)
    assert same_place(a, b) == same_place(b, a)
    assert country_of(a) is None or is_country(country_of(a) or "")
