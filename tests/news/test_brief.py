from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.brief import brief
from news.person import names


def told(text: str, title: str = "") -> list[str]:
    return [text[start:end] for start, end in brief(text, title, names(text))]


LEAD = "The city council of Rillton voted on Tuesday to close the old harbour bridge for two years of repairs."
CENTRAL = "Repairs of the harbour bridge will cost the city about nine million crowns, engineers said."
FERRY = "A ferry has carried ninety people in an hour since the spring."
OTHER = "A bakery next door sells cinnamon buns to people who wait for the ferry in the morning."


def test_a_brief_is_the_lead_and_one_central_sentence_in_order() -> None:
    text = f"{LEAD}\n\n{OTHER}\n\n{CENTRAL}"
    assert told(text, "Council closes harbour bridge for repairs") == [LEAD, CENTRAL]


def test_a_second_sentence_that_only_repeats_the_lead_is_passed_over() -> None:
    again = "The city council of Rillton voted to close the old harbour bridge for two years."
    assert told(f"{LEAD}\n\n{again}\n\n{CENTRAL}", "Council closes harbour bridge") == [LEAD, CENTRAL]


def test_a_date_line_and_a_caption_are_no_lead() -> None:
    text = f"Friday, July 21, 2017\n\nImage: Harbour Office.\n\nThe bridge in 2009.\n\n{LEAD}"
    assert told(text) == [LEAD]


def test_the_lead_begins_after_its_dateline() -> None:
    assert told(f"RILLTON, July 4 (Reuters) - {LEAD}") == [LEAD]
    assert told(f"RILLTON (AP) — {LEAD}") == [LEAD]


def test_half_a_quotation_is_never_told() -> None:
    text = f'{LEAD}\n\n"We waited for the bridge repairs for years. The harbour bridge was not safe," the mayor said.'
    assert told(text) == [LEAD]


def test_the_headline_is_not_told_again() -> None:
    assert told(
        f"Council closes the old harbour bridge for good.\n\n{LEAD}", "Council closes the old harbour bridge for good."
    ) == [LEAD]


@pytest.mark.parametrize(
    "dateline",
    [
        "RILLTON, July 4 (Reuters) - ",
        "RILLTON — ",
        "Rillton, Norway, Jul 4 2022 (AP) -- ",
        "Oslo: ",
        "OSLO, Jul 04: ",
        "4 July 2022: ",
        "OSLO, Norway _ ",
        "- ",
    ],
)
def test_a_dateline_of_any_house_is_taken_off(dateline: str) -> None:
    assert told(dateline + LEAD) == [LEAD]


@pytest.mark.parametrize(
    "opening",
    [
        "But the deal did not please the ferrymen who had asked the council for a second bridge.",
        "He added that the harbour bridge would be repaired by the winter after next.",
        "The Kremlin called it useful, the White House said little of the harbour bridge.",
        "Until December there was a reward of ten million crowns for help in finding him.",
        "As a result, the ferry will run twice as often between the harbour and the old town.",
        "His sons said the harbour bridge had been their playground for many years.",
        "All three were charged with taking money from the repairs of the harbour bridge.",
        "Editor's note: The harbour bridge is owned by the company that prints this newspaper.",
        "At the same time, repairs of the harbour bridge will cost the city nine million crowns.",
        "I walked over the harbour bridge every morning when the city council still met there.",
        "In the old days the city council met in our kitchen by the harbour bridge.",
        "The mayor made the remarks at a meeting of the city council on the harbour bridge.",
    ],
)
def test_what_leans_on_something_untold_is_neither_the_lead_nor_the_second_sentence(opening: str) -> None:
    assert told(f"{opening}\n\n{LEAD}\n\n{FERRY}") == [LEAD, FERRY]
    assert told(f"{LEAD}\n\n{FERRY}\n\n{opening}", "Council closes harbour bridge") == [LEAD, FERRY]


@pytest.mark.parametrize(
    "following",
    ["It will be the longest closure since the harbour bridge was built.", "But the ferry will run twice as often."],
)
def test_a_sentence_that_leans_on_the_lead_may_follow_it(following: str) -> None:
    assert told(f"{LEAD} {following}") == [LEAD, following]


@pytest.mark.parametrize(
    "opening",
    [
        "This week the city council of Rillton voted to close the old harbour bridge for repairs.",
        "There are 90 bridges in Rillton, and the city council wants to repair every one of them.",
        "Both Ana Ros and Per Lund voted on Tuesday to close the old harbour bridge for repairs.",
        "After his return from Oslo, Mayor Per Lund closed the old harbour bridge for two years.",
        "A man of 40 died on Tuesday when he fell from the old harbour bridge in Rillton.",
    ],
)
def test_what_only_looks_as_if_it_leaned_may_be_the_lead(opening: str) -> None:
    assert told(f"{opening}\n\n{LEAD}")[0] == opening


def test_a_sentence_behind_a_dateline_leads_before_a_line_above_it() -> None:
    above = "Old bridges need repairs, and repairs need money that nobody wants to pay."
    assert told(f"{above}\n\nRILLTON, July 4 (AP) - {LEAD}")[0] == LEAD


def test_a_politician_with_a_party_in_brackets_stands_in_no_caption() -> None:
    sentence = "Senator Ana Ros (R-Ohio) voted on Tuesday to close the old harbour bridge for two years."
    assert told(sentence) == [sentence]


def test_a_picture_with_its_date_is_a_caption() -> None:
    caption = "Mayor Ana Ros speaks to people who had gathered at the harbour bridge in Rillton, July 4, 2022."
    assert told(f"{caption}\n\n{LEAD}") == [LEAD]


def test_nobody_is_called_by_a_family_name_that_the_lead_does_not_tell() -> None:
    engineer = "Engineer Olav Lundqvist has looked after the harbour bridge."
    strange = "Lundqvist warned that repairs of the harbour bridge would cost the city nine million crowns."
    assert strange not in told(f"{LEAD}\n\n{FERRY}\n\n{engineer}\n\n{strange}", "Repairs of harbour bridge")


@pytest.mark.parametrize(
    "text", ["", "   ", "Rillton", "Photo: A. Stone", "No end mark here at all in this line of words"]
)
def test_what_tells_nothing_gives_no_brief(text: str) -> None:
    assert told(text) == []


@given(st.text(), st.text(max_size=40))
def test_spans_are_inside_the_text_and_in_order(text: str, title: str) -> None:
    spans = brief(text, title, names(text))
    assert len(spans) <= 2
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)


@given(st.lists(st.sampled_from([LEAD, CENTRAL, OTHER, '"', "“", "”", "\n\n", "MOSCOW (AP) - "])).map(" ".join))
def test_what_is_told_holds_whole_quotations(text: str) -> None:
    for sentence in told(text):
        assert sentence.count('"') % 2 == 0
        assert sentence.count("“") == sentence.count("”")
