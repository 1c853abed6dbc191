from __future__ import annotations

import re
from datetime import date

import pytest

from news.day import value
from news.day_grammar import days
from news.meeting import Meeting, meetings
from news.person import Name
from news.quote import Quote

FRIDAY = date(2025, 4, 25)
PEOPLE = {"Marta Lindqvist": "f", "Tomas Varga": "m", "Elena Costa": "f", "Jonas Berg": "m"}
PLACES = """Oslo Budapest Vienna Geneva Paris Lisbon Istanbul Cairo Prague Rome Madrid Kyiv Beijing Davos Baku Warsaw
Berlin Brussels Norway Hungary Russia Ukraine Moscow Porto New_York Hotel_Bristol"""
BODIES = ("Hamas", "Foreign Ministry", "Green Party")
ROLES = {"Marta Lindqvist": "Norwegian prime minister", "Tomas Varga": "Hungarian president"}


def name(text: str, full: str, kind: str, *forms: str) -> Name | None:
    pattern = "|".join(rf"\b{re.escape(form)}\b" for form in (full, *forms))
    spans = tuple(found.span() for found in re.finditer(pattern, text))
    if not spans:
        return None
    return Name(full, kind, spans, ROLES.get(full), PEOPLE.get(full))  # type: ignore[arg-type]


def read(text: str, quotes: tuple[Quote, ...] = ()) -> tuple[Meeting, ...]:
    """The meetings of a text whose names are known for certain, so that the grammar alone is on trial."""
    text = text.replace("{M}", "Marta Lindqvist").replace("{T}", "Tomas Varga").replace("{E}", "Elena Costa")
    found = [name(text, full, "person", full.split()[-1]) for full in PEOPLE]
    found += [name(text, place.replace("_", " "), "place") for place in PLACES.split()] + [
        name(text, body, "organisation") for body in BODIES
    ]
    return meetings(text, [one for one in found if one], quotes, days(text, FRIDAY), FRIDAY)


def told(meeting: Meeting) -> str:
    """A meeting in one line, its sides by their initials in alphabetical order."""
    sides = "+".join(sorted(one[0] for one in (*meeting.people, *meeting.organisations)))
    day = value(meeting.day) if meeting.day else "undated"
    return f"{sides} {meeting.status} {meeting.kind} {day} {meeting.place or 'nowhere'}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Norwegian Prime Minister {M} met Hungarian President {T} in Oslo on Thursday.",
            "M+T held meeting 2025-04-24 Oslo",
        ),
        ("{T} and {M} held talks in Geneva on Tuesday.", "M+T held meeting 2025-04-22 Geneva"),
        (
            "After meeting {M} in Oslo on Wednesday, {T} told reporters that he was hopeful.",
            "M+T held meeting 2025-04-23 Oslo",
        ),
        ("{T} said on Thursday that he had met {M} last week.", "M+T held meeting 2025-W16 nowhere"),
        ("{M}, who met {T} in Paris on Monday, flew home on Tuesday.", "M+T held meeting 2025-04-21 Paris"),
        ("{M} flew to Cairo to meet President {T}.", "M+T held meeting undated Cairo"),
        ("{M} travelled to Kyiv on Wednesday and met President {T}.", "M+T held meeting 2025-04-23 Kyiv"),
        (
            "The mayor of Porto, {E}, sat down with {T} on Friday to discuss the bridge.",
            "E+T held meeting 2025-04-25 nowhere",
        ),
        ("{T}'s meeting with {M} on Thursday lasted two hours.", "M+T held meeting 2025-04-24 nowhere"),
        (
            "The talks between {M} and {T}, held in Istanbul on Tuesday, ended without a deal.",
            "M+T held meeting 2025-04-22 Istanbul",
        ),
        (
            "{M} held a closed-door meeting on Tuesday with opposition leader {T} in Budapest.",
            "M+T held meeting 2025-04-22 Budapest",
        ),
        (
            "{M} had lunch with {T} at the Hotel Bristol in Vienna on Wednesday.",
            "M+T held meeting 2025-04-23 Hotel Bristol, Vienna",
        ),
        ("{M} paid a courtesy call on President {T} on Thursday.", "M+T held meeting 2025-04-24 nowhere"),
        ("{M} discussed trade with {T} during a meeting in Madrid on Wednesday.", "M+T held meeting 2025-04-23 Madrid"),
        (
            "{T} told {M} at a meeting in Warsaw on Tuesday that the pipeline would be built.",
            "M+T held meeting 2025-04-22 Warsaw",
        ),
        ("{M} met {T} via video link on Monday.", "M+T held meeting 2025-04-21 nowhere"),
        ("A Norwegian delegation led by {M} met {T} in Baku on Tuesday.", "M+T held meeting 2025-04-22 Baku"),
        (
            "President {T} visited Oslo on Monday, where he held talks with Prime Minister {M}.",
            "M+T held meeting 2025-04-21 Oslo",
        ),
    ],
)
def test_who_met_whom_is_read_however_it_is_told(text: str, wanted: str) -> None:
    assert [told(meeting) for meeting in read(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{T}, whom {M} met in Oslo on Monday, has resigned.", "M+T held meeting 2025-04-21 Oslo"),
        ("{M} succeeded {T}, with whom she had met in Oslo on Monday.", "M+T held meeting 2025-04-21 Oslo"),
        ("{M} accused {T} of meeting {E} in Rome.", "E+T held meeting undated Rome"),
        ("It was {M}, not {T}, who came to Rome last week and met {E}.", "E+M held meeting 2025-W16 Rome"),
        ("{M} asked {T} to meet {E} in Rome.", "E+T possible meeting undated Rome"),
        ("{M} sent her envoy {T} to Rome to meet {E}.", "E+T planned meeting undated Rome"),
        (
            "{M} welcomed an offer by her rivals. {T}'s offer to meet {E} stands.",
            "E+T possible meeting undated nowhere",
        ),
        (
            "President {T} listens as {M} speaks during a meeting in Oslo, March 4, 2025.",
            "M+T held meeting 2025-03-04 Oslo",
        ),
        (
            "From left, {M} and {T} pose for a photo before a meeting in Lisbon, March 3, 2025.",
            "M+T held meeting 2025-03-03 Lisbon",
        ),
        ("{T}, who arrived on Monday, met {M} in Oslo.", "M+T held meeting undated Oslo"),
        ("{T} arrived in Cairo on Friday and is scheduled to meet {M}.", "M+T planned meeting undated Cairo"),
    ],
)
def test_the_one_who_met_is_found_behind_other_verbs(text: str, wanted: str) -> None:
    assert [told(meeting) for meeting in read(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for {M} met {T} on Monday.",
        "Relatives of {T} met {M} on Monday.",
        "Aides to {M} held talks with {T}.",
        "{T}'s wife met {M} on Monday.",
        "{M} met {T}'s wife on Monday.",
        "{M} met the parents of {T}.",
        "{M} spoke at a rally with {T}.",
        "{M} could not have left had she not met {T}.",
    ],
)
def test_who_belongs_to_somebody_is_not_that_somebody(text: str) -> None:
    assert read(text) == ()


def test_two_meetings_of_a_sentence_have_each_their_place() -> None:
    found = read("In Geneva, {M} met {T} and in Paris she met {E}.")
    assert [told(one) for one in found] == ["M+T held meeting undated Geneva", "E+M held meeting undated Paris"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Foreign Minister {T} received Ambassador {M} at the Foreign Ministry in Budapest on Tuesday.",
            "M+T held meeting 2025-04-22 Foreign Ministry, Budapest",
        ),
        ("{M} was received by President {T} in Budapest.", "M+T held meeting undated Budapest"),
        (
            "President {T} hosted his Norwegian counterpart {M} for dinner in Budapest on Saturday.",
            "M+T held meeting 2025-04-19 Budapest",
        ),
        ("{M} was met at the airport by Foreign Minister {T}.", "M+T held meeting undated nowhere"),
        (
            "{M} greeted {T} with a hug outside the chancellery in Berlin on Tuesday.",
            "M+T held encounter 2025-04-22 Berlin",
        ),
        ("The pope's envoy, {T}, granted an audience to {M} on Monday.", "M+T held meeting 2025-04-21 nowhere"),
    ],
)
def test_hosts_and_guests_have_met(text: str, wanted: str) -> None:
    assert [told(meeting) for meeting in read(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{M} spoke by phone with {T} on Sunday.", "M+T held call 2025-04-20 nowhere"),
        (
            "In a telephone call on Friday, {M} told {T} that Norway would not give in.",
            "M+T held call 2025-04-25 nowhere",
        ),
        ("{M} phoned {T} on Thursday to congratulate him on his victory.", "M+T held call 2025-04-24 nowhere"),
        ("{M} called {T} late on Wednesday.", "M+T held call 2025-04-23 nowhere"),
        (
            "Secretary of State {E} and Foreign Minister {T} spoke on Thursday, an aide said.",
            "E+T held call 2025-04-24 nowhere",
        ),
        ("{M} received a phone call from President {T} on Monday.", "M+T held call 2025-04-21 nowhere"),
    ],
)
def test_a_call_is_told_apart_from_a_meeting(text: str, wanted: str) -> None:
    assert [told(meeting) for meeting in read(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{M} will meet {T} in Vienna on Monday, her office said.", "planned"),
        ("{M} is due in Cairo on Sunday for talks with President {T}.", "planned"),
        ("{M} and her Hungarian counterpart {T} are expected to meet in Brussels next week.", "planned"),
        ("{M} is scheduled to open a school, speak to pupils and meet with President {T}.", "planned"),
        ("President {T} is meeting {M} in Budapest.", "ongoing"),
        ("{M} could meet {T} in May, diplomats said.", "possible"),
        ("{M} has invited {T} to meet her in Oslo.", "possible"),
        ("Talk of a summit between {M} and {T} is growing.", "possible"),
        ("{M} refused to meet {T}.", "denied"),
        ("{M} denied that she had met {T}.", "denied"),
        ("{M} has yet to meet {T}.", "denied"),
        ("{M} missed a meeting with {T}.", "denied"),
        ("No meeting between {M} and {T} is planned.", "denied"),
        ("The palace said there were no plans for {M} to meet {T}.", "denied"),
        ("It was not clear whether {M} would meet {T} during the visit.", "possible"),
        ("The plan would have to wait, aides said, until {M} meets {T}.", "possible"),
        ("{M} waited in the hall until she met {T}.", "held"),
        ("A meeting between {M} and {T} was cancelled on Friday.", "cancelled"),
        ("{M} postponed a meeting with {T} that had been planned for Friday.", "cancelled"),
        ("{M} suggested a truce after meeting with {T}.", "held"),
    ],
)
def test_it_is_said_whether_a_meeting_took_place(text: str, status: str) -> None:
    assert [meeting.status for meeting in read(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "{M} met the demands of the unions, {T} said.",
        "The plan by {M} was met with criticism from {T}.",
        "{M} said {T} had met every deadline.",
        "{M} will meet {T} in the semi-finals on Sunday.",
        "{M} and {T} meet for the second of three television debates on Monday.",
        "{M} welcomed the decision by {T}.",
        "{M} welcomed {T}'s decision.",
        "{M} received a letter from {T}.",
        "{M} received the support of {T}.",
        "{M} hosted a webinar with {T}.",
        "{M} told host {T} that the tax would fall.",
        "{M} called {T} a liar.",
        "{M} called {T}, her rival, a liar.",
        "{M} called on {T} to resign.",
        "{M} and {T} have met several times.",
        "{M} has already held three long meetings with {T}.",
        "{M} went to her weekly meeting with {T}.",
        "{M} first met {T} at university in 1998.",
        "{M} is in talks with {T} about a book.",
        "{M} and {T} attended the summit in Rome.",
        "{M} visited Rome on Monday.",
        "In an interview with {E}, {T} said that he would meet the voters.",
        "Russia and Ukraine were urged to resume talks.",
        "Meetings are taking place right now.",
    ],
)
def test_what_is_no_meeting_is_not_told_as_one(text: str) -> None:
    assert read(text) == ()


def test_separate_meetings_are_two() -> None:
    found = read("Marta Lindqvist met separately with Tomas Varga and Elena Costa in New York on Monday.")
    assert [told(one) for one in found] == [
        "M+T held meeting 2025-04-21 New York",
        "E+M held meeting 2025-04-21 New York",
    ]


def test_one_verb_may_tell_of_two_days() -> None:
    found = read("{M} met President {T} on Monday and Prime Minister {E} on Tuesday.")
    assert [told(one) for one in found] == [
        "M+T held meeting 2025-04-21 nowhere",
        "E+M held meeting 2025-04-22 nowhere",
    ]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Officials from Russia and Ukraine met in Istanbul on Monday.", ("Russia", "Ukraine")),
        ("The foreign ministers of Norway and Hungary met in Vienna on Monday.", ("Norway", "Hungary")),
        ("Talks between Norway and Hungary ended in Brussels on Monday without progress.", ("Norway", "Hungary")),
    ],
)
def test_those_sent_by_countries_meet_for_them(text: str, sides: tuple[str, ...]) -> None:
    assert [meeting.organisations for meeting in read(text)] == [sides]


def test_three_may_meet_at_once() -> None:
    (found,) = read("{M}, the prime minister, met {T}, the president of Hungary, and {E} in Lisbon.")
    assert found.people == ("Marta Lindqvist", "Tomas Varga", "Elena Costa")


def test_countries_meet_when_they_sit_down() -> None:
    (found,) = read("Russia and Ukraine held talks in Istanbul on Thursday.")
    assert (found.people, found.organisations, found.place) == ((), ("Russia", "Ukraine"), "Istanbul")


def test_the_two_leaders_are_those_named_together() -> None:
    (found,) = read(
        "Hungarian President Tomas Varga and Norwegian Prime Minister Marta Lindqvist arrived in Geneva on Monday. "
        "The two leaders met on Tuesday."
    )
    assert told(found) == "M+T held meeting 2025-04-22 nowhere"


def test_he_is_the_man_the_sentence_before_is_about() -> None:
    (found,) = read(
        "President Tomas Varga arrived in Oslo on Monday. On Tuesday he met Prime Minister Marta Lindqvist."
    )
    assert told(found) == "M+T held meeting 2025-04-22 nowhere"


def test_a_role_alone_stands_for_whom_the_article_gives_it_to() -> None:
    (found,) = read(
        "Hungarian President Tomas Varga came to Oslo. Marta Lindqvist met the Hungarian president on Monday."
    )
    assert found.people == ("Marta Lindqvist", "Tomas Varga")
    assert read("Marta Lindqvist met the French president on Monday.") == ()


def test_a_role_as_a_subject_varies_the_one_whom_the_sentence_before_is_about() -> None:
    (found,) = read("Jonas Berg opened the fair. The Portuguese president then met {E} in Lisbon.")
    assert found.people == ("Jonas Berg", "Elena Costa")
    assert read("{T} opened the fair. The Portuguese president then met {E} in Lisbon.") == ()


def test_i_is_the_one_who_is_quoted() -> None:
    text = '"I met with Tomas Varga on Tuesday in Rome," Marta Lindqvist said.'
    words = text[1:43]
    (found,) = read(text, (Quote(words, 1, 43, "Marta Lindqvist", "named", (45, 60)),))
    assert told(found) == "M+T held meeting 2025-04-22 Rome"
    assert read(text, (Quote(words, 1, 43),)) == ()


def test_retellings_are_one_meeting_with_the_more_precise_day() -> None:
    (found,) = read(
        "{M} met {T} in Oslo this week. Lindqvist's meeting with Varga on Thursday lasted two hours. "
        "Varga told Lindqvist at their meeting that he would return."
    )
    assert told(found) == "M+T held meeting 2025-04-24 Oslo"


def test_a_meeting_and_a_call_stay_two() -> None:
    found = read("{M} met {T} on Thursday. Lindqvist spoke by phone with Varga on Monday.")
    assert [(one.kind, value(one.day)) for one in found if one.day] == [
        ("meeting", "2025-04-24"),
        ("call", "2025-04-21"),
    ]


def test_meetings_on_different_days_stay_two() -> None:
    found = read("Marta Lindqvist met Tomas Varga on Thursday. She will meet Varga in Vienna on Monday.")
    assert [one.status for one in found] == ["held", "planned"]


def test_who_came_along_is_the_delegation_not_a_side() -> None:
    (found,) = read("Marta Lindqvist met Tomas Varga in Moscow. Varga was accompanied by his adviser Jonas Berg.")
    assert (found.people, found.delegation) == (("Marta Lindqvist", "Tomas Varga"), ("Jonas Berg",))


def test_two_days_together_are_a_stretch() -> None:
    (found,) = read("Marta Lindqvist met Tomas Varga in Oslo on Wednesday and Thursday.")
    assert found.day is not None
    assert value(found.day) == "2025-04-23/2025-04-24"


def test_a_day_is_never_made_up_from_the_publication() -> None:
    (found,) = read("Marta Lindqvist met Tomas Varga.")
    assert (found.day, found.place) == (None, None)


def test_the_proving_sentence_is_verbatim() -> None:
    text = "It rained.\n\nMarta Lindqvist met Tomas Varga in Oslo. It went on raining."
    (found,) = read(text)
    assert text[found.start : found.end] == found.sentence == "Marta Lindqvist met Tomas Varga in Oslo."


@pytest.mark.parametrize(
    "text",
    [
        "{M} announced a truce on Friday. Foreign Secretary {T} said the army heads of both sides had spoken by phone.",
        "{M} announced a truce on Friday. Foreign Secretary {T} said the two sides had met in Geneva.",
        "{M} announced a truce on Friday. {T} said that envoys from the two sides had met in Geneva.",
    ],
)
def test_two_sides_and_those_who_act_for_them_are_not_the_people_who_tell_of_them(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Aides to {M} and {T} met in Geneva on Thursday.",
        "On Thursday lawyers for {M} and {T} held talks in Geneva.",
        "Teams led by deputies of {M} and {T} met in Geneva.",
        "Supporters of Prime Minister {M} and President {T} met in Oslo.",
    ],
)
def test_who_stands_for_two_people_is_not_the_two(text: str) -> None:
    assert read(text) == ()


def test_a_list_after_those_who_stand_for_others_is_still_read() -> None:
    (meeting,) = read("After their envoys had left, {M} and {T} met in Oslo on Thursday.")
    assert told(meeting) == "M+T held meeting 2025-04-24 Oslo"


def test_two_sides_are_the_people_who_were_told_to_meet() -> None:
    (meeting,) = read("{M} received {T} in Oslo on Thursday. The two sides met again for dinner, {M} said.")
    assert told(meeting) == "M+T held meeting 2025-04-24 Oslo"
