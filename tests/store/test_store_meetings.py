from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.reading import Reading
from store import evidence, open_store
from store.retelling import gathered
from tests.store.telling import NOON, Teller, day, met, own_words

if TYPE_CHECKING:
    from news.meeting import Meeting
    from store import Store
    from store.meetings import StoredMeeting

FRIDAY = day("2026-03-06")
MARCH = day("2026-03-01", "2026-03-31", "month")
WEEK = day("2026-03-02", "2026-03-08", "week")


def _told(meeting: StoredMeeting) -> tuple[object, ...]:
    return (meeting.people, meeting.day, meeting.status, meeting.place, meeting.sources)


def test_one_planned_one_held_and_one_with_the_month_are_one_meeting_with_three_sources(
    teller: Teller, store: Store
) -> None:
    tellings = (
        (
            met("Ada Novak", "Ivo Maly", on=FRIDAY, status="planned", sentence="They will meet."),
            NOON - timedelta(days=6),
        ),
        (met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Brno", sentence="They met in Brno."), NOON - timedelta(days=4)),
        (met("Ada Novak", "Ivo Maly", on=MARCH, sentence="They met in March."), NOON),
    )
    for meeting, published in tellings:
        teller.tell(meeting, published=published)
    (found,) = store.meetings.find([teller.id("Ada Novak")])
    assert _told(found) == (("Ada Novak", "Ivo Maly"), FRIDAY, "held", "Brno", 3)
    assert found.sentence == "They met in Brno."
    assert [one.status for one in found.evidence] == ["planned", "held", "held"]
    assert len(found.urls) == 3


def test_the_order_of_arrival_alters_nothing_but_the_number(store: Store) -> None:
    tellings: list[tuple[Meeting, int]] = [
        (met("Ada Novak", "Ivo Maly", on=FRIDAY, status="planned"), 6),
        (met("Ada Novak", "Ivo Maly", "Eva Stein", on=FRIDAY, place="Brno"), 4),
        (met("Ada Novak", "Ivo Maly", on=MARCH), 0),
        (met("Ada Novak", "Ivo Maly"), 3),
        (met("Ada Novak", "Eva Stein", on=day("2026-03-03")), 2),
    ]
    seen = set()
    for order in list(permutations(tellings))[::7]:
        with open_store(":memory:") as other:
            teller = Teller(other)
            for meeting, days in order:
                article = teller.article(
                    own_words(tellings.index((meeting, days))),
                    url=f"https://x.example/{tellings.index((meeting, days))}",
                    published=NOON - timedelta(days=days),
                )
                names = Reading(meetings=(meeting,))
                teller.keep(article, names)
            seen.add(tuple((*_told(one), one.urls) for one in other.meetings.find()))
    assert len(seen) == 1
    assert len(seen.pop()) == 2


def test_a_call_is_never_a_meeting(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, kind="call"))
    assert sorted(one.kind for one in store.meetings.find()) == ["call", "meeting"]


def test_two_days_are_two_meetings(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly", on=day("2026-03-07")))
    assert [one.day for one in store.meetings.find()] == [day("2026-03-07"), FRIDAY]


def test_a_plan_of_three_adds_nobody_to_what_two_of_them_held(teller: Teller, store: Store) -> None:
    teller.tell(
        met("Ada Novak", "Ivo Maly", "Eva Stein", on=FRIDAY, place="Paris", status="planned"),
        published=NOON - timedelta(days=6),
    )
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Paris"))
    teller.tell(met("Ada Novak", "Eva Stein", on=FRIDAY, place="Warsaw"))
    found = {frozenset(one.people): (one.place, one.status, one.sources) for one in store.meetings.find()}
    assert found == {
        frozenset({"Ada Novak", "Ivo Maly"}): ("Paris", "held", 2),
        frozenset({"Ada Novak", "Eva Stein"}): ("Warsaw", "held", 1),
    }


def test_a_plan_of_five_is_not_what_two_of_them_held_on_that_day(teller: Teller, store: Store) -> None:
    five = ("Ada Novak", "Ivo Maly", "Eva Stein", "Per Lund", "Jan Vesely")
    teller.tell(met(*five, on=FRIDAY, status="planned"), published=NOON - timedelta(days=6))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    assert sorted((len(one.people), one.status) for one in store.meetings.find()) == [(2, "held"), (5, "planned")]


def test_two_of_five_elsewhere_on_that_day_are_another_meeting(teller: Teller, store: Store) -> None:
    five = ("Ada Novak", "Ivo Maly", "Eva Stein", "Per Lund", "Jan Vesely")
    teller.tell(met(*five, on=FRIDAY, place="Vienna"))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Brno"))
    assert sorted((len(one.people), one.place) for one in store.meetings.find()) == [(2, "Brno"), (5, "Vienna")]


def test_what_was_held_is_known_from_those_who_say_so_and_a_plan_lends_what_fits(teller: Teller, store: Store) -> None:
    for _ in range(2):
        teller.tell(
            met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Vienna", status="planned"),
            published=NOON - timedelta(days=6),
        )
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Brno"))
    (found,) = store.meetings.find()
    assert (found.place, found.status, found.disputed) == ("Brno", "held", ())
    teller.tell(met("Per Lund", "Ivo Maly", on=FRIDAY, place="Kremlin", status="planned"), published=NOON)
    teller.tell(met("Per Lund", "Ivo Maly", on=WEEK, place="Moscow"))
    (found,) = store.meetings.find([teller.id("Per Lund")])
    assert (found.place, found.status, found.day) == ("Kremlin", "held", FRIDAY)


def test_one_participant_in_common_is_not_enough(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Eva Stein", on=FRIDAY))
    assert len(store.meetings.find()) == 2


def test_an_organisation_can_be_the_second_in_common(teller: Teller, store: Store) -> None:
    for _ in range(2):
        teller.tell(met("Ada Novak", organisations=("Hamas",), on=FRIDAY))
    (found,) = store.meetings.find()
    assert (found.people, found.organisations, found.sources) == (("Ada Novak",), ("Hamas",), 2)


def test_a_week_contains_its_days(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=WEEK, status="planned"), published=NOON - timedelta(days=9))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    (found,) = store.meetings.find()
    assert (found.day, found.status) == (FRIDAY, "held")


def test_an_undated_telling_joins_what_was_held_in_the_week_before_it(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly"), published=NOON)
    teller.tell(met("Ada Novak", "Ivo Maly"), published=teller.later(days=30))
    assert [(one.day, one.sources) for one in store.meetings.find()] == [(None, 1), (FRIDAY, 2)]


def test_an_undated_plan_does_not_join_what_was_held_before_it(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly", status="possible"), published=NOON)
    assert sorted(one.status for one in store.meetings.find()) == ["held", "possible"]


def test_a_denial_is_shown_beside_what_it_denies(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, status="denied", sentence="They never met."))
    (found,) = store.meetings.find()
    assert (found.status, found.disputed) == ("held", ("denied",))
    assert "They never met." in [one.sentence for one in found.evidence]


def test_two_places_of_one_day_are_one_disputed_meeting(teller: Teller, store: Store) -> None:
    for place in ("Brno", "Vienna", "Brno"):
        teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place=place))
    (found,) = store.meetings.find()
    assert (found.place, found.disputed) == ("Brno", ("place",))


def test_a_building_and_its_city_are_no_contradiction(teller: Teller, store: Store) -> None:
    for place in ("Washington", "White House"):
        teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place=place))
    (found,) = store.meetings.find(place="United States")
    assert (found.place, found.disputed) == ("White House", ())
    assert store.meetings.find(place="Washington") == (found,)
    assert store.meetings.find(place="Moscow") == ()


def test_two_alone_and_the_same_two_among_five_in_one_week_are_two_meetings(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    teller.tell(met("Ada Novak", "Ivo Maly", "Eva Stein", "Per Lund", "Jan Vesely"))
    assert sorted(len(one.people) for one in store.meetings.find()) == [2, 5]


def test_two_places_of_one_month_are_two_meetings(teller: Teller, store: Store) -> None:
    for place in ("Brno", "Vienna"):
        teller.tell(met("Ada Novak", "Ivo Maly", on=MARCH, place=place))
    assert len(store.meetings.find()) == 2


def test_cancelled_after_planned_is_cancelled_and_held_outweighs_both(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, status="planned"), published=NOON - timedelta(days=8))
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, status="cancelled"), published=NOON - timedelta(days=5))
    assert store.meetings.find()[0].status == "cancelled"
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY), published=NOON - timedelta(days=4))
    (found,) = store.meetings.find()
    assert (found.status, found.disputed) == ("held", ("cancelled",))


def test_one_text_on_several_sites_is_one_source(teller: Teller, store: Store) -> None:
    text = (
        "Ada Novak met Ivo Maly in Brno on Friday to speak of the dam above the town. Both called the talks useful. "
        "The mayor of the town had asked for them since the flood of last summer, which took two bridges and a mill."
    )
    for _ in range(3):
        teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY), text=text)
    (found,) = store.meetings.find()
    assert (found.sources, len(found.evidence)) == (1, 3)


def test_a_removed_article_takes_its_evidence_away(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, status="planned"))
    held = teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Brno"))
    store.articles.remove(held.id)
    (found,) = store.meetings.find()
    assert (found.status, found.place, found.sources) == ("planned", None, 1)


def test_a_meeting_that_held_two_together_falls_apart_without_it(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    bridge = teller.tell(met("Ada Novak", "Ivo Maly", "Eva Stein", "Per Lund", on=FRIDAY))
    teller.tell(met("Eva Stein", "Per Lund", on=FRIDAY))
    assert len(store.meetings.find()) == 1
    store.articles.remove(bridge.id)
    assert len(store.meetings.find()) == 2


def test_a_meeting_keeps_its_number_when_told_of_again_and_read_again(teller: Teller, store: Store) -> None:
    first = teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, status="planned"))
    (before,) = store.meetings.find()
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY))
    reading = store.articles.reading(first.id)
    assert reading is not None
    store.articles.reread(first.id, msgspec.structs.replace(reading, meetings=(met("Ada Novak", "Ivo Maly", on=WEEK),)))
    (after,) = store.meetings.find()
    assert after.id == before.id
    assert store.meetings.get(before.id) == after


def test_meetings_are_found_by_people_place_day_and_status(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly", on=FRIDAY, place="Brno", delegation=("Per Lund",)))
    teller.tell(met("Ada Novak", "Eva Stein", on=day("2026-02-03"), place="Brno", status="planned"))
    teller.tell(met("Ada Novak", "Ivo Maly", "Eva Stein", on=day("2025-12-24"), place="New Brno"))
    ada, ivo, eva, per = (teller.id(name) for name in ("Ada Novak", "Ivo Maly", "Eva Stein", "Per Lund"))
    find = store.meetings.find

    def days(found: tuple[StoredMeeting, ...]) -> list[str]:
        return [one.day.first.isoformat() for one in found if one.day]

    assert days(find([ada])) == ["2026-03-06", "2026-02-03", "2025-12-24"]
    assert days(find([ada, ivo])) == ["2026-03-06", "2025-12-24"]
    assert days(find([ada, ivo], without=[eva])) == ["2026-03-06"]
    assert days(find([per])) == ["2026-03-06"]
    assert days(find([ada], first=date(2026, 2, 3), last=date(2026, 2, 28))) == ["2026-02-03"]
    assert days(find([ada], first=date(2026, 3, 7))) == []
    assert days(find([ada], last=date(2025, 12, 24))) == ["2025-12-24"]
    assert days(find([ada], status=("planned", "cancelled"))) == ["2026-02-03"]
    assert days(find(place="brno")) == ["2026-03-06", "2026-02-03", "2025-12-24"]
    assert days(find(place="new brno")) == ["2025-12-24"]
    assert days(find(place="br")) == []
    assert days(find(place="%")) == []
    assert days(find(place="")) == []
    assert days(find(place="Czech Republic")) == ["2026-03-06", "2026-02-03"]
    assert days(find(place="Austria")) == []
    assert days(find(kinds=("call",))) == []
    first = find([ada], limit=2)
    assert days(find([ada], before=first[-1].id)) == ["2025-12-24"]


def test_an_undated_meeting_counts_by_the_day_it_was_told_of(teller: Teller, store: Store) -> None:
    teller.tell(met("Ada Novak", "Ivo Maly"), published=NOON)
    (found,) = store.meetings.find(first=NOON.date(), last=NOON.date())
    assert found.day is None
    assert store.meetings.find(first=NOON.date() + timedelta(days=1)) == ()
    assert store.meetings.find(last=NOON.date() - timedelta(days=1)) == ()


def test_the_meetings_of_an_article_come_in_its_order(teller: Teller, store: Store) -> None:
    kept = teller.tell(
        met("Ada Novak", "Ivo Maly", on=FRIDAY), met("Eva Stein", "Ivo Maly", on=FRIDAY), met("Per Lund", "Ada Novak")
    )
    assert [set(one.people) for one in store.meetings.of_article(kept.id)] == [
        {"Ada Novak", "Ivo Maly"},
        {"Eva Stein", "Ivo Maly"},
        {"Per Lund", "Ada Novak"},
    ]


@pytest.mark.parametrize("people", [(), ("Ada Novak",)])
def test_a_meeting_of_nobody_or_of_one_is_kept_and_joins_nothing(
    teller: Teller, store: Store, people: tuple[str, ...]
) -> None:
    for _ in range(2):
        teller.tell(met(*people, on=FRIDAY))
    assert len(store.meetings.find()) == 2


_DAYS = st.sampled_from([None, FRIDAY, day("2026-03-07"), WEEK, MARCH, day("2026-01-01", "2026-12-31", "year")])
_STATUS = st.sampled_from(["held", "planned", "cancelled", "denied", "possible", "ongoing"])
_PEOPLE = st.sets(st.sampled_from(["Ada Novak", "Ivo Maly", "Eva Stein"]), min_size=2)
_TELLINGS = st.lists(
    st.tuples(_PEOPLE, _DAYS, _STATUS, st.sampled_from([None, "Brno", "Vienna"]), st.integers(0, 20)), max_size=7
)


@settings(max_examples=15, deadline=None)
@given(_TELLINGS, st.data())
def test_whatever_comes_goes_and_is_read_again_the_meetings_are_those_of_what_is_left(
    tellings: list[tuple[set[str], object, object, str | None, int]], data: st.DataObject
) -> None:
    def fill(teller: Teller, order: list[int]) -> dict[int, int]:
        ids = {}
        for n in order:
            people, when, status, place, days = tellings[n]
            meeting = met(*sorted(people), on=when, status=status, place=place)  # type: ignore[arg-type]
            article = teller.article(
                own_words(n),
                url=f"https://x.example/{n}",
                published=NOON - timedelta(days=days),
            )
            ids[n] = teller.keep(article, Reading(meetings=(meeting,))).id
        return ids

    everything = list(range(len(tellings)))
    order = data.draw(st.permutations(everything))
    gone = data.draw(st.sets(st.sampled_from(everything))) if everything else set()
    with open_store(":memory:") as one, open_store(":memory:") as two:
        ids = fill(Teller(one), list(order))
        for n in sorted(gone):
            one.articles.remove(ids[n])
        fill(Teller(two), [n for n in everything if n not in gone])
        assert _shown(one) == _shown(two)
        _is_whole(one)
        _is_whole(two)


def _is_whole(store: Store) -> None:
    """What is stored of each meeting is what its tellings say, and no telling is without its meeting."""
    found = store.meetings.find(limit=1000)
    for one in found:
        told = gathered(evidence._tellings(store.engine.connection, [one.id]))
        assert (told.day, told.place, told.status, told.disputed) == (one.day, one.place, one.status, one.disputed)
        assert told.sentence == one.sentence
        names = {side.name for side, _ in told.sides}
        assert names == {*one.people, *one.organisations, *one.delegation}
    assert {row[0] for row in store.engine.rows("select meeting from evidence")} == {one.id for one in found}
    assert {row[0] for row in store.engine.rows("select meeting from meeting_people")} <= {one.id for one in found}


def _shown(store: Store) -> list[tuple[object, ...]]:
    found = [(*_told(one), one.disputed, one.sentence, one.urls) for one in store.meetings.find(limit=100)]
    return sorted(found, key=repr)


@settings(max_examples=12, deadline=None)
@given(_TELLINGS, st.permutations(range(12)))
def test_the_short_way_for_one_more_of_the_same_leads_to_the_same_meetings(
    tellings: list[tuple[set[str], object, object, str | None, int]], order: list[int]
) -> None:
    def fill(few: int) -> set[tuple[object, ...]]:
        with pytest.MonkeyPatch.context() as patch, open_store(":memory:") as store:
            patch.setattr(evidence, "FEW", few)
            teller = Teller(store)
            for n in order:
                if n // 2 < len(tellings):
                    people, when, status, place, days = tellings[n // 2]
                    meeting = met(*sorted(people), on=when, status=status, place=place)  # type: ignore[arg-type]
                    article = teller.article(
                        own_words(n), url=f"https://x.example/{n}", published=NOON - timedelta(days=days)
                    )
                    teller.keep(article, Reading(meetings=(meeting,)))
            return {
                (frozenset(one.people), one.day, one.status, one.place, frozenset(one.urls))
                for one in store.meetings.find(limit=100)
            }

    assert fill(1) == fill(1000)
