from __future__ import annotations

import pytest

from store.places import apart, within


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        *(
            ("Moscow", "Moscow"),
            ("Moscow", "moscow"),
            ("Kremlin", "Moscow"),
            ("Moscow", "Russia"),
            ("Kremlin", "Russia"),
        ),
        *(("St. Peter's Basilica", "Vatican"), ("St Peter's Square", "Rome"), ("Casa Santa Marta", "Holy See")),
        *(("Oval Office", "White House"), ("Oval Office", "Washington"), ("Oval Office", "United States")),
        *(("Mariinskyi Palace", "Mariinsky Palace"), ("Schloss Bellevue", "Bellevue Palace")),
        *(("Mar-a-Lago", "Palm Beach"), ("Bürgenstock", "Switzerland"), ("Great Hall of the People", "Beijing")),
        *(("Warsaw", "the Polish capital"), ("Polish capital", "Warsaw"), ("Poland's capital", "Poland")),
        *(("Elysee Palace", "France's capital"), ("Kremlin", "the capital of Russia")),
        *(("White House", "Washington"), ("Kiev", "Kyiv"), ("Villa Bonaparte, Rome", "Rome"), ("New Brno", "Brno")),
    ],
)
def test_a_place_lies_in_its_city_and_country(place: str, wanted: str) -> None:
    assert within(place, wanted)
    assert not apart(place, wanted)
    assert not apart(wanted, place)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("Moscow", "Kremlin"),
        ("Russia", "Moscow"),
        ("Bonny", "Bonn"),
        ("Moscow", "Kyiv"),
        ("Moscow", ""),
        ("", "Moscow"),
        ("Camp David", "Washington"),
        ("Rome", "Vatican"),
        ("capital", "Moscow"),
    ],
)
def test_a_city_does_not_lie_in_its_house_nor_in_another(place: str, wanted: str) -> None:
    assert not within(place, wanted)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Moscow", "Kyiv"),
        ("Brno", "Vienna"),
        ("Nancy", "Tirana"),
        ("Russia", "Ukraine"),
        ("Kremlin", "Kyiv"),
        ("Polish capital", "Paris"),
        ("Camp David", "White House"),
    ],
)
def test_two_cities_are_two_places(one: str, two: str) -> None:
    assert apart(one, two)
    assert apart(two, one)


@pytest.mark.parametrize(("one", "two"), [("Hotel Grand Palace", "Kyiv"), ("Rose Garden", "White House")])
def test_a_house_that_no_table_knows_may_stand_anywhere(one: str, two: str) -> None:
    assert not apart(one, two)
