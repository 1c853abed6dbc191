from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from news.quote import Quote
from news.reading import Reading
from store import open_store
from store.errors import NotFound
from store.subscriptions import Wish
from tests.store.telling import NOON, Teller, day, met, person

if TYPE_CHECKING:
    from news.facts import Name
    from store import Store


def _names(store: Store, typed: str) -> list[str]:
    return [found.name for found in store.people.find(typed)]


def test_one_person_has_all_spellings_of_the_name(teller: Teller, store: Store) -> None:
    for name in ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelensky"):
        teller.tell(names=(name,))
    (found,) = store.people.find("Zelensky")
    assert (found.name, found.articles) == ("Volodymyr Zelensky", 4)
    assert set(found.aliases) == {"Volodymyr Zelenskyy", "Volodymyr Zelenskiy"}
    for typed in ("zelenskyy", "VOLODYMYR ZELENSKIY", "Zelenskyy Volodymyr", "  zelensky "):
        assert [one.id for one in store.people.find(typed)] == [found.id], typed


def test_a_surname_alone_belongs_to_who_bears_it_whichever_came_first(teller: Teller, store: Store) -> None:
    teller.tell(names=("Novak",))
    teller.tell(names=("Ada Novak",))
    teller.tell(names=("Novak",))
    (found,) = store.people.find("Novak")
    assert (found.name, found.articles) == ("Ada Novak", 3)


def test_two_people_with_one_surname_are_kept_apart(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    teller.tell(names=("Ivo Novak",))
    assert sorted(_names(store, "Novak")) == ["Ada Novak", "Ivo Novak"]


def test_a_surname_that_several_bear_goes_to_the_one_of_the_article(teller: Teller, store: Store) -> None:
    for _ in range(3):
        teller.tell(names=("Ada Novak",))
    kept = teller.tell(names=("Ivo Novak", "Novak"))
    ids = store.people.ids(kept.id)
    assert ids["Novak"] == ids["Ivo Novak"]


def test_a_surname_that_several_bear_goes_by_role_and_by_company(teller: Teller, store: Store) -> None:
    teller.tell(names=(person("Ada Novak", "finance minister"), "Eva Stein", "Per Lund"))
    teller.tell(names=(person("Ivo Novak", "goalkeeper"), "Jan Vesely", "Karl Braun"))
    by_role = teller.tell(names=(person("Novak", "goalkeeper of Brno"),))
    by_company = teller.tell(names=("Novak", "Eva Stein", "Per Lund"))
    assert store.people.ids(by_role.id)["Novak"] == teller.id("Ivo Novak")
    assert store.people.ids(by_company.id)["Novak"] == teller.id("Ada Novak")


def test_a_surname_that_nothing_decides_stays_with_itself(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    teller.tell(names=("Ivo Novak",))
    kept = teller.tell(names=("Novak",))
    assert store.people.ids(kept.id)["Novak"] not in {teller.id("Ada Novak"), teller.id("Ivo Novak")}


def test_a_pope_is_called_by_his_name_without_the_number(teller: Teller, store: Store) -> None:
    teller.tell(names=("Leo XIV",))
    teller.tell(names=("Leo",))
    assert [(one.name, one.articles) for one in store.people.find("Leo")] == [("Leo XIV", 2)]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(["Ada Novak", "Novak", "A. Novak", "Ivo Maly", "Maly", "Ivo Malý"]), max_size=7))
def test_while_nobody_shares_a_surname_the_order_of_arrival_alters_nothing(names: list[str]) -> None:
    seen = set()
    for order in (names, names[::-1], sorted(names)):
        with open_store(":memory:") as store:
            teller = Teller(store)
            for name in order:
                teller.tell(names=(name,))
            full = {"Ada Novak", "Ivo Maly", "Ivo Malý"} & set(names)
            found = store.people.top(20)
            seen.add(tuple(sorted((one.articles, len(one.aliases)) for one in found)) if full else ())
    assert len(seen) == 1


def test_the_gender_keeps_a_surname_from_the_wrong_person(teller: Teller, store: Store) -> None:
    teller.tell(names=(person("Ada Novak", gender="f"),))
    kept = teller.tell(names=(person("Novak", gender="m"),))
    assert store.people.ids(kept.id)["Novak"] != teller.id("Ada Novak")


def test_roles_are_kept_as_printed_with_their_count_and_the_last_time(teller: Teller, store: Store) -> None:
    for days, role in enumerate(("mayor", "mayor", "former mayor", None)):
        teller.now = NOON + timedelta(days=days)
        teller.tell(names=(person("Ada Novak", role),))
    (found,) = store.people.find("Ada Novak")
    assert [(role.role, role.articles, role.last) for role in found.roles] == [
        ("mayor", 2, NOON + timedelta(days=1)),
        ("former mayor", 1, NOON + timedelta(days=2)),
    ]
    assert (found.first, found.last) == (NOON, NOON + timedelta(days=3))


def test_whoever_is_told_of_most_comes_first(teller: Teller, store: Store) -> None:
    for name in ("Ada Novak", "Ivo Novak", "Ivo Novak"):
        teller.tell(names=(name,))
    assert _names(store, "novak") == ["Ivo Novak", "Ada Novak"]
    assert [one.name for one in store.people.top(1)] == ["Ivo Novak"]


def test_an_exact_name_comes_before_whoever_is_told_of_more(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    for _ in range(3):
        teller.tell(names=("Ada Maria Novakova",))
    assert _names(store, "Ada Novak")[0] == "Ada Novak"


@pytest.mark.parametrize("typed", ["", "   ", "…", '"*', "nobody of that name", "x" * 5000, "%", "' or 1=1 --"])
def test_what_names_nobody_finds_nobody(teller: Teller, store: Store, typed: str) -> None:
    teller.tell(names=("Ada Novak",))
    assert store.people.find(typed) == ()


def test_a_first_name_and_any_order_find_a_person(teller: Teller, store: Store) -> None:
    teller.tell(names=("Mohammed bin Salman",))
    for typed in ("mohammed", "bin salman", "Salman Mohammed", "Mohamed bin Salman"):
        assert _names(store, typed) == ["Mohammed bin Salman"], typed


def test_top_can_be_of_a_stretch_of_time(teller: Teller, store: Store) -> None:
    for _ in range(2):
        teller.tell(names=("Ada Novak",), published=NOON - timedelta(days=9))
    teller.tell(names=("Ivo Maly",))
    assert [one.name for one in store.people.top(since=NOON - timedelta(days=1))] == ["Ivo Maly"]
    assert [one.name for one in store.people.top()] == ["Ada Novak", "Ivo Maly"]


def test_companions_are_counted_by_article(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak", "Ivo Maly", "Eva Stein"))
    teller.tell(names=("Ada Novak", "Ivo Maly", "Maly"))
    teller.tell(names=("Per Lund", "Eva Stein"))
    found = store.people.seen_with(teller.id("Ada Novak"))
    assert [(one.name, one.articles) for one in found] == [("Ivo Maly", 2), ("Eva Stein", 1)]


def test_the_articles_of_people_are_those_that_tell_of_all_of_them(teller: Teller, store: Store) -> None:
    first = teller.tell(names=("Ada Novak", "Ivo Maly"), published=NOON - timedelta(days=2)).id
    second = teller.tell(names=("Ada Novak",), published=NOON - timedelta(days=1)).id
    third = teller.tell(names=("Ivo Maly", "Ada Novak")).id
    ada, ivo = teller.id("Ada Novak"), teller.id("Ivo Maly")
    assert store.people.articles_with([ada]) == (third, second, first)
    assert store.people.articles_with([ada, ivo]) == (third, first)
    assert store.people.articles_with([ada], before=third) == (second, first)
    assert store.people.articles_with([]) == ()


def test_who_is_only_in_a_meeting_or_a_quotation_is_a_person_too(teller: Teller, store: Store) -> None:
    reading = Reading(meetings=(met("Ada Novak", "Ivo Maly"),), quotes=(Quote("yes", 0, 3, "Eva Stein", "named"),))
    teller.keep(teller.article(), reading)
    assert all(_names(store, name) for name in ("Ada Novak", "Ivo Maly", "Eva Stein"))
    assert store.quotes.said([teller.id("Eva Stein")])[0].words == "yes"


def test_who_is_described_is_nobody_by_name(teller: Teller, store: Store) -> None:
    teller.keep(teller.article(), Reading(quotes=(Quote("yes", 0, 3, "a spokesman", "described"),)))
    assert store.people.find("spokesman") == ()


def test_what_the_owner_united_stays_united_when_read_again(teller: Teller, store: Store) -> None:
    first = teller.tell(met("Ada Novak", "Per Lund", on=day("2026-03-06")))
    second = teller.tell(
        met("Ada Vesela", "Per Lund", on=day("2026-03-06")), quotes=(Quote("yes", 0, 3, "Ada Vesela", "named"),)
    )
    old, new = teller.id("Ada Vesela"), teller.id("Ada Novak")
    merged = store.people.merge(new, old)
    assert (merged.id, merged.articles, set(merged.aliases) | {merged.name}) == (new, 2, {"Ada Novak", "Ada Vesela"})
    assert store.people.get(old) == merged
    assert len(store.meetings.find([old])) == 1
    for kept in (first, second):
        reading = store.articles.reading(kept.id)
        assert reading is not None
        store.articles.reread(kept.id, reading)
    teller.tell(names=("Ada Vesela",))
    assert [one.id for one in store.people.find("Ada Vesela")] == [new]
    assert store.people.find("Ada Vesela")[0].articles == 3
    assert store.quotes.said([new])[0].words == "yes"
    assert store.quotes.said([old]) == store.quotes.said([new])
    (meeting,) = store.meetings.find([new])
    assert meeting.sources == 2


def test_whoever_follows_a_person_follows_the_one_it_was_found_to_be(teller: Teller, store: Store) -> None:
    for name in ("Ada Novak", "Ada Vesela", "Ivo Maly"):
        teller.tell(names=(name,))
    ada, vesela, ivo = (teller.id(name) for name in ("Ada Novak", "Ada Vesela", "Ivo Maly"))
    one, _ = store.subscriptions.add(1, Wish(kind="met", topic="Ada Vesela and Ivo Maly", people=(vesela, ivo)), NOON)
    two, _ = store.subscriptions.add(1, Wish(kind="met", topic="both", people=(vesela, ada)), NOON)
    store.subscriptions.add(2, Wish(kind="person", topic="Ivo Maly", people=(ivo,)), NOON)
    mark = store.subscriptions.last_change()
    store.people.merge(ada, vesela)
    altered = {id_: found.wish.people for _, id_, found in store.subscriptions.changes(mark) if found}
    assert altered == {one.id: (ada, ivo), two.id: (ada,)}
    again, new = store.subscriptions.add(1, Wish(kind="met", topic="the same", people=(ivo, ada)), NOON)
    assert (again.id, new) == (one.id, False)


def test_a_form_that_means_somebody_else_is_parted_and_stays_so(teller: Teller, store: Store) -> None:
    friday = day("2026-03-06")
    for name in ("Ada Novak", "Ada Novakova"):
        teller.tell(met(name, "Per Lund", on=friday), quotes=(Quote("yes", 0, 3, name, "named"),))
    one, two = teller.id("Ada Novak"), teller.id("Ada Novakova")
    store.people.merge(one, two)
    assert len(store.meetings.find()) == 1
    parted = store.people.part(one, "Ada Novakova")
    assert (parted.id, parted.name, parted.articles, parted.aliases) == (two, "Ada Novakova", 1, ())
    assert store.people.get(two) == parted
    left = store.people.get(one)
    assert left is not None
    assert (left.name, left.articles, left.aliases) == ("Ada Novak", 1, ())
    assert [len(store.quotes.said([id_])) for id_ in (one, two)] == [1, 1]
    assert [set(found.people) for found in store.meetings.find([two])] == [{"Ada Novakova", "Per Lund"}]
    assert [set(found.people) for found in store.meetings.find([one])] == [{"Ada Novak", "Per Lund"}]
    for listed in store.articles.latest():
        reading = store.articles.reading(listed.id)
        assert reading is not None
        store.articles.reread(listed.id, reading)
    assert store.people.get(two) == parted
    assert _names(store, "Novakova") == ["Ada Novakova"]


def _taken(name: str, other: str) -> Name:
    return structs.replace(person(name), same=other)


def test_whom_an_article_says_to_be_one_is_one_in_all_articles(teller: Teller, store: Store) -> None:
    before = teller.tell(names=(person("Robert Prevost", "Cardinal"), "Per Lund"))
    elected = teller.tell(names=(_taken("Robert Prevost", "Leo XIV"), "Leo XIV"))
    teller.tell(names=("Leo XIV",))
    (found,) = store.people.find("Prevost")
    assert (found.name, found.articles, found.aliases) == ("Leo XIV", 3, ("Robert Prevost",))
    assert store.people.ids(before.id)["Robert Prevost"] == found.id
    assert set(store.people.ids(elected.id).values()) == {found.id}
    assert [one.id for one in store.people.find("Leo")] == [found.id]


def test_whom_the_owner_parted_no_article_makes_one_again(teller: Teller, store: Store) -> None:
    told = teller.tell(names=(_taken("Ana Lund", "Sofia Ros"), "Sofia Ros"))
    parted = store.people.part(teller.id("Sofia Ros"), "Ana Lund")
    reading = store.articles.reading(told.id)
    assert reading is not None
    store.articles.reread(told.id, reading)
    assert store.people.ids(told.id) == {"Ana Lund": parted.id, "Sofia Ros": teller.id("Sofia Ros")}
    assert parted.id != teller.id("Sofia Ros")


def test_only_one_of_several_forms_can_be_parted(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    for form in ("Ada Novak", "Ivo Maly"):
        with pytest.raises(NotFound, match="not one of several names"):
            store.people.part(teller.id("Ada Novak"), form)


def test_uniting_a_person_with_itself_alters_nothing_and_with_nobody_is_refused(teller: Teller, store: Store) -> None:
    teller.tell(names=("Ada Novak",))
    ada = teller.id("Ada Novak")
    assert store.people.merge(ada, ada).articles == 1
    with pytest.raises(NotFound, match="no person with the number 5"):
        store.people.merge(ada, 5)


def test_a_chain_of_unions_leads_to_the_last(teller: Teller, store: Store) -> None:
    for name in ("Ada Novak", "Ada Vesela", "Eva Braun"):
        teller.tell(names=(name,))
    one, two, three = (teller.id(name) for name in ("Ada Novak", "Ada Vesela", "Eva Braun"))
    store.people.merge(two, one)
    store.people.merge(three, two)
    found = store.people.get(one)
    assert found is not None
    assert (found.id, found.articles) == (three, 3)


def test_a_person_has_the_same_number_in_every_archive(teller: Teller, store: Store) -> None:
    teller.tell(names=("Eva Stein",))
    teller.tell(names=("Ada Novak",))
    before = teller.id("Ada Novak")
    for article in store.articles.latest():
        store.articles.remove(article.id)
    assert store.people.find("Ada Novak") == ()
    teller.tell(names=("Ada Novak",))
    assert teller.id("Ada Novak") == before


def test_the_name_shown_is_the_one_printed_most(teller: Teller, store: Store) -> None:
    teller.tell(names=(person("Donald J. Trump"),))
    teller.tell(names=(person("Donald Trump", times=5),))
    teller.tell(names=(person("Trump", times=9),))
    assert _names(store, "trump") == ["Donald Trump"]
