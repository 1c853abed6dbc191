"""Names of many regions, and sentences in which nearly every long word has a capital."""

from __future__ import annotations

import pytest

from news.person import names


def kinds(text: str) -> dict[str, str]:
    return {name.name: name.kind for name in names(text).names}


def test_a_lead_of_titles_and_names_is_no_headline() -> None:
    lead = (
        "QUITO, May 5 (Xinhua) -- Chinese Vice Premier Ding Weiguang on Monday met with Singaporean Deputy"
        " Prime Minister Gan Boon Yong at the Hall of Columns."
    )
    found = kinds(f"{lead}\n\nDing said the port was ready. Gan thanked him for a new plan.")
    assert found["Ding Weiguang"] == "person"
    assert found["Gan Boon Yong"] == "person"


def test_a_headline_with_a_full_stop_still_is_one() -> None:
    found = kinds("Tiny Village Bakery Wins Prize for Rye Bread.\n\nThe baker, Anna Lund, slept when the jury rang.")
    assert list(found) == ["Anna Lund"]


@pytest.mark.parametrize("seat", ["State House", "Jubilee House", "Government House"])
def test_a_house_that_someone_works_in_is_a_place(seat: str) -> None:
    assert kinds(f"The president spoke to farmers at {seat} on Monday.")[seat] == "place"


def test_a_chief_with_a_number_is_a_person() -> None:
    assert kinds("On Friday Kwasi Bonsu II paid the town a visit.")["Kwasi Bonsu II"] == "person"


def test_a_name_with_a_small_prefix_is_read_whole() -> None:
    assert kinds("King Bhekizwe kaSolomon addressed the crowd.")["Bhekizwe kaSolomon"] == "person"


def test_those_who_do_something_at_the_start_of_a_sentence_are_nobody_by_name() -> None:
    assert kinds("Rescuers met a wall of mud. Divers said they were tired.") == {}


def test_places_and_companies_are_known_by_their_spanish_heads() -> None:
    found = kinds("The bank was sold to Grupo Montaña, which owns the mine at Cerro Pelado and a hall on Calle Luna.")
    assert found == {"Grupo Montaña": "organisation", "Cerro Pelado": "place", "Calle Luna": "place"}


def test_a_king_is_not_the_one_who_bears_his_name_as_a_family_name() -> None:
    found = names("Saddam Hussein spoke first. The guests then met King Hussein of Jordan. King Hussein was tired.")
    spans = {name.name: len(name.spans) for name in found.names if name.kind == "person"}
    assert spans == {"Saddam Hussein": 1, "Hussein": 2}


def test_what_stands_before_a_title_and_its_bearer_is_nobody() -> None:
    assert kinds("She rang Mondavix CEO Irene Blum.") == {"Mondavix": "organisation", "Irene Blum": "person"}


def test_his_highness_is_no_part_of_a_name() -> None:
    assert "Shihab bin Omar" in kinds("His Highness Shihab bin Omar received the guests on Monday.")


def test_a_word_for_kin_before_a_name_tells_the_gender() -> None:
    found = names("His wife, Wang Fang, keeps the books, and her uncle Wei Tao helps.")
    assert {name.name: name.gender for name in found.names} == {"Wang Fang": "f", "Wei Tao": "m"}


def test_who_stands_in_a_list_behind_countries_is_no_place() -> None:
    found = kinds("Tuvalu's Feleti Toro, Fiji's Sitiveni Naiva and Tonga's Aisake Eko met in Suva.")
    assert {name for name, kind in found.items() if kind == "person"} == {"Feleti Toro", "Sitiveni Naiva", "Aisake Eko"}


def test_a_family_name_that_goes_first_stays_one_where_others_bear_it_as_a_given_name() -> None:
    found = names("Li Xiaoming sells dumplings. Li shrugged. Kim Clark waved, and Clark left.")
    assert {name.name: len(name.spans) for name in found.names} == {"Li Xiaoming": 2, "Kim Clark": 2}
