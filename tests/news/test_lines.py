"""Pages given as plain text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import NotAnArticle, NotAPage, PageError
from news.lines import read_text
from news.page import read_page

LEAD = "The prime minister of the island met fishermen in the old harbour on Monday to talk about the price of fuel."
STORY = (
    LEAD,
    "The boats have stayed in port for nine days, and the market halls of the capital are empty.",
    "“We cannot sail for nothing,” said Marta Lund, who speaks for forty families on the eastern coast.",
    "The government offered to pay a third of the fuel until summer, but the fishermen want half of it.",
    "Both sides are to meet again on Thursday in the town hall, a spokesman for the prime minister said.",
)
CAPTION = "Fishermen wait in the old harbour of the capital, March 3, 2025. Lantern/Jo Sand"
PAGE = f"""Skip to main content

Prime minister meets fishermen over price of fuel

2 min Island Herald

{LEAD}

{CAPTION}

{CAPTION}

{chr(10).join(line + chr(10) for line in STORY)}
Writing by Ida Holm and Jon Aas

Tags

Fishing

Harbours

Related

Economy

Bakers ask for cheaper flour before the holidays

The guild of bakers has asked the government for cheaper flour, as it does in every year before the holidays.

Economy

Will the ferry to the mainland sail again this year?

The ferry has been out of service since a storm in autumn, and nobody wants to say when it will be repaired.

Subscribe to our newsletter

To make this website run properly and to improve your experience, we use cookies. See our Cookie Policy.

  • Necessary cookies enable core functionality. The website cannot function properly without these cookies."""


def test_a_page_s_text_gives_the_story_free_of_every_other_line() -> None:
    assert read_text(PAGE).text == "\n\n".join(STORY)


def test_a_page_s_text_gives_all_that_its_lines_say_of_the_story() -> None:
    found = read_text(PAGE)
    assert found.title == "Prime minister meets fishermen over price of fuel"
    assert found.byline == ("Ida Holm", "Jon Aas")
    assert found.site == "Island Herald"
    assert found.captions == (CAPTION,)
    assert (found.published, found.precision) == (datetime(2025, 3, 3, tzinfo=UTC), "day")
    assert found.tags == ("Fishing", "Harbours")
    assert [link.title for link in found.related] == [
        "Bakers ask for cheaper flour before the holidays",
        "Will the ferry to the mainland sail again this year?",
    ]
    assert found.language == "en"


def test_bytes_without_tags_are_read_as_text() -> None:
    assert read_page(PAGE.encode("utf-8")).text == read_text(PAGE).text
    assert read_page(PAGE.replace("\n", "\r\n").encode("cp1252", "replace")).title == read_text(PAGE).title


def test_a_clean_text_stays_as_it_is_to_the_character() -> None:
    text = "  Read more: the story \r\nof the day.\n\n\n\nTags \u00a0and\x0bothers.\u200b\n"
    found = read_text(text, clean=True, title="The day")
    assert found.text == text
    assert found.title == "The day"


def test_a_clean_text_without_title_is_called_by_its_first_words() -> None:
    assert read_text(f"{LEAD} {LEAD}", clean=True).title.startswith("The prime minister of the island met fishermen")


def test_a_short_message_is_a_story_of_one_paragraph() -> None:
    found = read_text(
        "Minister resigns\n\nThe minister of works has resigned after a week of protests, her office said."
    )
    assert found.title == "Minister resigns"
    assert found.text == "The minister of works has resigned after a week of protests, her office said."


def test_the_title_given_is_not_repeated_in_the_text() -> None:
    found = read_text(f"Fuel\n\n{LEAD}\n\n{STORY[1]}", title="Fuel")
    assert (found.title, found.text) == ("Fuel", f"{LEAD}\n\n{STORY[1]}")


def test_a_text_whose_lines_are_wrapped_is_unwrapped() -> None:
    wrapped = "\n\n".join(line.replace(" the ", "\nthe ").replace(" of ", "\nof ") for line in STORY)
    assert read_text(wrapped).text == "\n\n".join(STORY)


@pytest.mark.parametrize("line", ["March 3, 2025", "Published: 3 March 2025 10:15 GMT", "03.03.2025, 10:15 Uhr"])
def test_a_line_with_the_date_gives_the_day_and_is_no_text(line: str) -> None:
    found = read_text(f"Prime minister meets fishermen over fuel\n\n{line}\n\n" + "\n\n".join(STORY))
    assert (found.published, found.precision) == (datetime(2025, 3, 3, tzinfo=UTC), "day")
    assert found.text == "\n\n".join(STORY)


@pytest.mark.parametrize("text", ["", " \n ", b"", "\x00\x01\x02" * 50])
def test_what_is_no_text_is_refused(text: str | bytes) -> None:
    with pytest.raises(NotAPage):
        read_text(text)


def test_a_few_words_are_no_story() -> None:
    with pytest.raises(NotAnArticle, match="Give the whole article"):
        read_text("Hello there")


def test_the_page_this_project_began_with_reads_well() -> None:
    seed = Path(__file__).parents[3] / "shared" / "seed"
    if not seed.is_dir():
        pytest.skip("the page this project began with is kept beside the repository, and is absent here")
    (path,) = seed.glob("*.txt")
    found = read_page(path.read_bytes())
    assert (found.published, found.precision) == (datetime(2025, 4, 25, tzinfo=UTC), "day")
    assert found.byline == ("Anastasia Teterevleva", "Mark Trevelyan")
    assert len(found.related) == 2
    assert len(found.captions) == 1
    assert found.site == "Mena Today"
    assert len(found.text.split("\n\n")) == 8


LINES = st.sampled_from(
    [
        LEAD,
        CAPTION,
        *STORY,
        "Tags",
        "Related",
        "Read more",
        "By Ida Holm",
        "March 3, 2025",
        "• An entry of a list",
        "\x00",
        "\ud800",
        "   ",
        "1 min",
        "ﬁ",
        "北京会谈结束了。",
        "<p>",
        "</div>",
        "<script>",
        "<a href='",
    ],
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.text(max_size=60), max_size=25).map("\n".join), st.booleans())
def test_any_text_gives_an_article_or_a_refusal(text: str, clean: bool) -> None:
    try:
        found = read_text(text, clean=clean)
    except PageError:
        return
    assert found.title
    assert found.text.strip()
    assert found.text == text if clean else found.text == found.text.strip()


PIECES = (
    "<p>|</p>|<div class='related'>|</div>|<article>|</article>|<h1>|</h1>|<a href='/x'>|</a>|<li>|<ul>|<table>|"
    '<script>|</script>|<script type=\'application/ld+json\'>|{"@type": "NewsArticle", |"author": |[|]|}|'
    "<!--|-->|<meta name='author' content='|'>|<time datetime='2025-|<title>|</title>|<body>|<html lang='|&amp;|&#0;|"
    "&#xD800;|<template>|<svg>|</svg>|<noscript>|<![CDATA[|<figure><figcaption>|By Ida Holm|March 3, 2025"
)
MARKUP = st.sampled_from([*PIECES.split("|"), *STORY])


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP | st.text(max_size=20), max_size=60).map("".join))
def test_any_markup_gives_an_article_or_a_refusal(markup: str) -> None:
    for given_page in (markup, markup.encode("utf-8", "replace"), markup.encode("utf-16", "replace")):
        try:
            found = read_page(given_page, url="https://paper.example/a")
        except PageError:
            continue
        assert found.title
        assert found.text.strip()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    try:
        assert read_page(data).title
    except PageError:
        return


COPIED = """Home
News
Sport
Minister resigns after week of protests over fuel prices
3 hours ago
Share
Ida Holm
Reporting from Harbour Town
Image source, Getty Images
The minister of works has resigned after a week of protests against the price of fuel, her office has said.
In a short letter Ms Brandt wrote that she had "lost the trust of the people" and would not stand again.
The protests began when the price of fuel was raised by a third, the largest rise in ten years.
'Nobody listens'
"Nobody has listened to us," said Marta Lund, a fisherwoman who had come to the capital with her boat.
The government is to meet on Thursday.
More on this story
The island that stopped sailing for a whole summer
Most read
Storm closes ferry line for the third day"""


def test_a_text_copied_from_a_browser_is_read_between_its_menus_and_its_lists() -> None:
    found = read_text(COPIED)
    assert found.title == "Minister resigns after week of protests over fuel prices"
    assert found.byline == ("Ida Holm",)
    assert found.text.startswith("The minister of works has resigned")
    assert found.text.endswith("The government is to meet on Thursday.")
    assert "'Nobody listens'" in found.text


def test_a_message_without_headline_is_called_by_its_first_sentence() -> None:
    found = read_text(
        "Breaking: the talks in the old town are over. Both delegations left the building at 6 p.m. on Friday."
    )
    assert found.title == "The talks in the old town are over"
