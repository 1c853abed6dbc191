"""Where a name begins and ends, and what it is, in news of many countries."""

from __future__ import annotations

import pytest

from news.person import names


def kinds(text: str) -> dict[str, str]:
    return {name.name: name.kind for name in names(text).names}


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Bolivia went to the International Court of Justice in May.", "International Court of Justice"),
        ("Lawyers wrote to the Attorney General's Office about it.", "Attorney General's Office"),
        ("A search was led by the Public Prosecutor’s Office there.", "Public Prosecutor’s Office"),
        ("The case was won by the Public Servants’ Association last year.", "Public Servants’ Association"),
        ("Buses are run by the Roads and Transport Authority of the city.", "Roads and Transport Authority"),
        ("She works for the Czech Economic and Cultural Office now.", "Czech Economic and Cultural Office"),
        ("He spoke to Kuwait TV about the match.", "Kuwait TV"),
        ("A prize of the American Art Association was kept.", "American Art Association"),
        ("He teaches at the Mongolian University of Science and Technology.", "University of Science and Technology"),
        ("Flights are watched by the Transport General Authority.", "Transport General Authority"),
    ],
)
def test_an_organisation_keeps_the_titles_and_owners_in_its_name(text: str, organisation: str) -> None:
    found = [name for name, kind in kinds(text).items() if kind == "organisation"]
    assert len(found) == 1
    assert found[0].endswith(organisation)


@pytest.mark.parametrize(
    ("text", "organisation", "person"),
    [
        ("Ana Ros, chairman of the Capital Market Authority, left.", "Capital Market Authority", "Ana Ros"),
        ("The Chairman of the Capital Market Authority, Ana Ros, left.", "Capital Market Authority", "Ana Ros"),
        ("He met Director of Sharjah Health Authority Ana Ros.", "Sharjah Health Authority", "Ana Ros"),
        ("They met Jewish Agency Chairman Natan Sharansky.", "Jewish Agency", "Natan Sharansky"),
    ],
)
def test_who_leads_an_organisation_is_no_part_of_its_name(text: str, organisation: str, person: str) -> None:
    assert kinds(text) == {organisation: "organisation", person: "person"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("June Sculthorpe says the school will open.", "June Sculthorpe"),
        ("The film is by June Squibb.", "June Squibb"),
        ("Per Lundqvist spoke for the union.", "Per Lundqvist"),
        ("He was thanked by R Ashoka.", "R Ashoka"),
        ("It was written by MS Golwalkar.", "MS Golwalkar"),
        ("The runs came from KL Rahul.", "KL Rahul"),
        ("Brigadiers Joyce Sitienei and Peter Muteti took part.", "Joyce Sitienei"),
    ],
)
def test_first_names_that_look_like_other_words_and_bare_initials_belong_to_people(text: str, person: str) -> None:
    assert kinds(text).get(person) == "person"


@pytest.mark.parametrize("text", ["In June Biden flew to Rome.", "By June Paris will have a new mayor."])
def test_a_month_before_a_name_stays_a_month(text: str) -> None:
    assert not any(name.startswith("June") for name in kinds(text))


def test_people_with_their_countries_are_people_and_countries() -> None:
    text = (
        "Shehbaz Sharif of Pakistan met Gabriel Boric of Chile, Gustavo Petro of Colombia and Yamandu Orsi of Uruguay."
    )
    assert kinds(text) == {
        "Shehbaz Sharif": "person",
        "Pakistan": "place",
        "Gabriel Boric": "person",
        "Chile": "place",
        "Gustavo Petro": "person",
        "Colombia": "place",
        "Yamandu Orsi": "person",
        "Uruguay": "place",
    }


@pytest.mark.parametrize("place", ["Ciudad del Este", "Dar es Salaam"])
def test_small_words_inside_a_place_are_no_titles(place: str) -> None:
    assert kinds(f"The plane landed in {place} at noon.") == {place: "place"}


def test_abbreviations_of_roles_and_things_are_no_organisations() -> None:
    assert kinds("The CM said that SEZs and EEZs had brought FDI.") == {}


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Education, Science and Technology",
        "Ministry of Sport, Youth and Culture",
        "Department of Health, Safety and Environment",
    ],
)
def test_a_ministry_of_several_things_is_one(name: str) -> None:
    assert kinds(f"She works for the {name} in Accra.") == {name: "organisation", "Accra": "place"}


def test_a_ministry_ends_before_the_next_of_a_list() -> None:
    text = "The Ministry of Health, Ghana and Kenya signed it."
    assert "Ministry of Health" in kinds(text)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Foreign Minister Wang Yi met Wang Huning in Beijing. Wang Yi left.", ["Wang Yi", "Wang Huning"]),
        ("Marine Le Pen and Jordan Bardella spoke. Le Pen left.", ["Marine Le Pen", "Jordan Bardella"]),
        ("J.D. Vance spoke. JD Vance said so. J. D. Vance left.", ["J. D. Vance"]),
        ("Dick Schoof and Jan Peter Balkenende spoke.", ["Dick Schoof", "Jan Peter Balkenende"]),
        ("Patriarch Bartholomew of Constantinople prayed.", ["Bartholomew"]),
        ("Then-President Barack Obama signed it.", ["Barack Obama"]),
        ("The USS Abraham Lincoln and the HMS Queen Elizabeth sailed.", []),
    ],
)
def test_people_are_told_apart_and_together(text: str, people: list[str]) -> None:
    assert [name for name, kind in kinds(text).items() if kind == "person"] == people


def test_two_known_houses_with_an_and_between_them_are_two() -> None:
    assert set(kinds("He wrote for The Washington Post and Al Jazeera.")) == {"The Washington Post", "Al Jazeera"}


@pytest.mark.parametrize(
    ("text", "names_"),
    [
        ("Captain Virgil van Dijk scored. Van Dijk said so.", {"Virgil van Dijk": "person"}),
        ("Hurricane Katrina and Typhoon Haiyan hit.", {}),
        ("The Dalai Lama spoke to them.", {"Dalai Lama": "person"}),
        ("Boats sailed on the River Nile.", {"River Nile": "place"}),
        ("Democrats and Republicans in the Senate agreed.", {"Senate": "organisation"}),
    ],
)
def test_storms_rivers_parties_and_family_names_of_two_words(text: str, names_: dict[str, str]) -> None:
    assert kinds(text) == names_
