"""Meetings as news of many regions tells them, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from news.article import Article
from news.day import value
from news.reading import read

if TYPE_CHECKING:
    from news.meeting import Meeting

FRIDAY = datetime(2025, 4, 25, tzinfo=UTC)


def met(text: str) -> tuple[Meeting, ...]:
    article = Article(id=1, url="", title="", text=text, published=FRIDAY, language="en")
    return read(article).meetings


def sides(text: str) -> list[set[str]]:
    return [{*meeting.people, *meeting.organisations} for meeting in met(text)]


IDA_ABEL = [{"Ida Holm", "Abel Moyo"}]


@pytest.mark.parametrize(
    "text",
    [
        "Tanzanian mediator Ida Holm met Minister Abel Moyo in Dodoma on Monday for a fourth round of talks on water.",
        "Minister Ida Holm exchanged greetings with Minister Abel Moyo in Accra on Monday.",
        "Minister Ida Holm and her opposite number, Abel Moyo, agreed by telephone on Monday to open the border.",
        "Presidents Ida Holm and Abel Moyo were brought together in Doha on Monday by the emir.",
        "A delegation of the union, headed by its president Ida Holm, met Minister Abel Moyo here on Monday.",
        "During a visit to Astana on Monday, President Ida Holm discussed the pipeline with her host, Abel Moyo.",
        "Minister Ida Holm saw her Kenyan counterpart, Abel Moyo, in New York on Monday.",
        "At Monday's meeting in Windhoek, President Ida Holm told Minister Abel Moyo that fees would be scrapped.",
        "Over lunch in Lusaka on Monday, President Ida Holm pressed Minister Abel Moyo to back the fund.",
        "Minister Ida Holm received in turn on Monday the mayor of Beira, Abel Moyo.",
        "President Ida Holm poses with Minister Abel Moyo ahead of bilateral talks in Quito on Monday.",
        "A long session on Monday brought together union leader Ida Holm and Minister Abel Moyo.",
        "President Ida Holm met for two hours with the Malian foreign minister, Abel Moyo, in Bamako.",
        'President Ida Holm said she held "useful" talks with Minister Abel Moyo in Bamako.',
        "President Ida Holm called her defeated rival, Abel Moyo, on Sunday night.",
        "President Ida Holm and Minister Abel Moyo are due to meet this week.",
        "However, Ida Holm met with Minister Abel Moyo in May and declared in an interview that he was charming.",
        "King Ida Holm and Minister Abel Moyo discussed the dam at a meeting in Amman, the royal court said.",
    ],
)
def test_a_meeting_is_found_however_it_is_told(text: str) -> None:
    assert sides(text) == IDA_ABEL


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm and Abel Moyo have not met since 2022, and diplomats fear a new war.",
        'The author Ida Holm said she had never met the minister, Abel Moyo, and laughed. "Never," she said.',
        "Now Ida Holm leads a small program called Abel Moyo School Watch.",
        "Senator Ida Holm, who has also embraced Abel Moyo, acknowledged that the party was split.",
        "Ida Holm called on Democrats to back Abel Moyo. Nobody listened.",
        "Radio star Ida Holm told morning show host Abel Moyo that she was late.",
        "All Blacks coach Ida Holm will meet counterpart Abel Moyo in May, when the champions defend their title.",
        "Ida Holm was thrilled to receive the endorsement of the singer Abel Moyo.",
        "Ida Holm persuaded the ministry to open negotiations with Abel Moyo.",
        "The court asked whether Ida Holm had met Abel Moyo at a hotel.",
        "The swimmer Ida Holm meets Abel Moyo in the 200m final on Sunday.",
    ],
)
def test_what_is_no_meeting_is_none(text: str) -> None:
    assert sides(text) == []


def test_peoples_stand_for_their_countries() -> None:
    assert sides("Chinese and Indian officials met in Madrid on Sunday for talks on chips.") == [{"China", "India"}]
    assert sides("Talks resume on Saturday in Muscat between the Iranian and Omani delegations.") == [{"Iran", "Oman"}]


def test_each_of_those_met_one_after_the_other_is_met_apart() -> None:
    text = "President Ida Holm was welcomed by Minister Abel Moyo, and later by President Jon Berg, in Quito on Monday."
    assert sides(text) == [{"Ida Holm", "Abel Moyo"}, {"Ida Holm", "Jon Berg"}]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A call between President Ida Holm and Minister Abel Moyo could take place next week.", "possible"),
        ("Cardinal Ida Holm's meeting with Minister Abel Moyo, scheduled for Monday, comes amid new talks.", "planned"),
        ("No date has been set for a meeting between President Ida Holm and Minister Abel Moyo.", "possible"),
        ("President Ida Holm has invited Minister Abel Moyo to Berlin for talks.", "possible"),
        ("Ministers Ida Holm and Abel Moyo postponed a meeting in Singapore as the row deepened.", "cancelled"),
        ("Ministers Ida Holm and Abel Moyo walked a mile on Monday before holding talks in Lae.", "held"),
        ("Minister Ida Holm, right, and Minister Abel Moyo enter a hall prior to their talks in Oslo.", "held"),
    ],
)
def test_what_stands_around_a_meeting_tells_whether_it_was_held(text: str, status: str) -> None:
    assert [meeting.status for meeting in met(text)] == [status]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Minister Ida Holm did not meet Minister Abel Moyo during his stopover in Budapest on Monday.", "2025-04-21"),
        ("Minister Ida Holm on Thursday denied having met with Minister Abel Moyo in Madrid.", None),
        ("It was the first time Ida Holm and Minister Abel Moyo had met since a deal in March.", None),
        ("President Ida Holm has invited Minister Abel Moyo to Berlin for talks in December.", "2025-12"),
    ],
)
def test_the_day_is_that_of_the_meeting(text: str, day: str | None) -> None:
    assert [value(meeting.day) if meeting.day else None for meeting in met(text)] == [day]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("President Ida Holm met Minister Abel Moyo in St. Peter's Basilica on Monday.", "St. Peter's Basilica"),
        ("President Ida Holm welcomed Minister Abel Moyo to the White House on Monday.", "White House"),
        ("President Ida Holm received Minister Abel Moyo on Monday, ahead of her trip to Beirut.", None),
        ("President Ida Holm will visit Kazan on May 2 for a summit, where she will meet Minister Abel Moyo.", "Kazan"),
    ],
)
def test_the_place_is_that_of_the_meeting(text: str, place: str | None) -> None:
    assert [meeting.place for meeting in met(text)] == [place]


def test_those_whom_and_by_joins_came_along() -> None:
    text = "President Ida Holm met Minister Abel Moyo in Oslo. Holm was joined by her aide Jon Berg and by Sven Moen."
    assert met(text)[0].delegation == ("Jon Berg", "Sven Moen")


@pytest.mark.parametrize(
    "text",
    [
        "President Ida Holm got a visit from the Malian minister Abel Moyo on Sunday.",
        "President Ida Holm received the credentials of the new Malian ambassador, Abel Moyo.",
        "The talks, the first between Ida Holm and Abel Moyo since May, took place in Kingstown on Monday.",
        "Senator Ida Holm met executives of Volvo, including its founder Abel Moyo, in Oslo last week.",
        "A day after meeting the Malian president, Abel Moyo, in Bamako, Minister Ida Holm flew home.",
        "President Ida Holm has invited her Malian neighbour, Abel Moyo, to Libreville.",
        "Minister Abel Moyo urged President Ida Holm to resign. The two met at the House on Tuesday.",
        "President Ida Holm paid Minister Abel Moyo a visit on Thursday.",
        "President Ida Holm met on Monday evening, for the second time in a week, with the minister Abel Moyo.",
        "President Ida Holm will be in Nairobi on Monday, where talks with Minister Abel Moyo are planned.",
        "President Ida Holm and Minister Abel Moyo spoke by video link on Wednesday.",
        "President Ida Holm and Minister Abel Moyo gathered in Trieste on Monday to discuss the port.",
    ],
)
def test_a_rarer_telling_is_found_too(text: str) -> None:
    assert sides(text) == IDA_ABEL


def test_the_one_who_is_nearest_is_meant_by_who() -> None:
    text = "Envoy Ida Holm spoke to Abel Moyo, whom she saw in Baabda, and to Jon Berg, who received her in Tyre."
    assert {"Ida Holm", "Jon Berg"} in sides(text)


def test_the_day_before_an_agreement_is_not_that_of_the_meeting_agreed_on() -> None:
    text = "Ida Holm and Abel Moyo traded lists on Tuesday and agreed to meet again in Havana in May."
    assert [(value(one.day) if one.day else None, one.status) for one in met(text)] == [("2025-05", "planned")]


def test_talks_by_video_are_a_meeting_and_not_a_call() -> None:
    assert met("President Ida Holm and Minister Abel Moyo spoke by video link on Wednesday.")[0].kind == "meeting"


def test_those_called_with_and_with_were_called_apart() -> None:
    text = "Secretary Ida Holm spoke by phone with the Malian president, Abel Moyo, and with an envoy, Jon Berg."
    assert sides(text) == [{"Ida Holm", "Abel Moyo"}, {"Ida Holm", "Jon Berg"}]
