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
