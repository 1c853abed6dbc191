"""A Reply becomes messages that Telegram accepts, word for word."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import telegram
from handlers.reply import Anchor, Block, Button, Evidence, Gap, Moment, Paragraph, Reply, Text, bold, say

tdjson = pytest.importorskip("tdjson", reason="TDLib (tdjson) is a development dependency")


def tdlib(html: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Text and entities as TDLib reads them; an assertion error where it refuses."""
    query = {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(query).encode()))
    assert answer["@type"] == "formattedText", (answer, html)
    spans = [
        (e["type"]["@type"].removeprefix("textEntityType"), e["offset"], e["length"])
        for e in answer["entities"]
        if e["type"]["@type"] not in {"textEntityTypeUrl", "textEntityTypeMention", "textEntityTypeHashtag"}
    ]
    return answer["text"], spans


tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')

words = st.text(
    st.sampled_from("ab <>&\"'\n\t\r\0й😀العبرية中\u200b\u202e\u2028\ud800#@/.!?”é\u0301;xlt") | st.characters(),
    max_size=40,
)
faces = st.sampled_from(["", "bold", "italic", "code", "underline", "strike", "no such face"])
addresses = st.sampled_from(
    ["https://a.example/?x=1&y=\"'<>", "javascript:alert(1)", "http://", "https://[", "https://пример.рф/ü", ""]
)
moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
inline = st.builds(Text, words, faces) | st.builds(Anchor, words, addresses) | st.builds(Moment, words, moments)
pieces = st.lists(inline, max_size=5).map(tuple)
block = st.builds(Paragraph, pieces) | st.builds(Evidence, pieces, st.booleans()) | st.just(Gap())
trees = st.lists(block, max_size=8).map(tuple)


def told(blocks: tuple[Block, ...]) -> str:
    """The words of the blocks without any markup: the plain way to say what a message must hold."""
    lines = ["" if isinstance(b, Gap) else "".join(shown(p, len(b.pieces)) for p in b.pieces) for b in blocks]
    return "\n".join(lines).strip()


def shown(piece: Text | Anchor | Moment, beside: int) -> str:
    text = telegram.clean(piece.text)
    return telegram.apart(text) if beside > 1 else text


@given(trees)
def test_any_tree_is_accepted_by_tdlib_and_says_the_same_words(blocks: tuple[Block, ...]) -> None:
    made = telegram.parts(blocks)
    assert len(made) <= 1
    for part in made:
        text, _ = tdlib(part.html)
        assert text == part.text == told(blocks)


@settings(max_examples=60)
@given(st.lists(block, min_size=1, max_size=6), st.integers(5, 60), st.integers(60, 300))
def test_long_trees_are_cut_into_messages_within_every_limit(some: list[Block], times: int, limit: int) -> None:
    blocks = tuple(some * times)
    made = telegram.parts(blocks, limit)
    whole = ""
    for part in made:
        text, entities = tdlib(part.html)
        assert telegram.units(text) <= limit
        assert len(entities) <= telegram.ENTITIES
        assert text == part.text
        whole += re.sub(r"\n\n\(\d+/\d+\)$", "", text) if len(made) > 1 else text
    seen = [letter for letter in told(blocks) if telegram.visible(letter)]
    assert [letter for letter in whole if telegram.visible(letter)] == seen


def test_a_title_with_angle_brackets_is_shown_as_written() -> None:
    (part,) = telegram.parts((say(bold("Is 1 < 2 & 3 > 2? <b>yes</b> &nbsp;")),))
    assert tdlib(part.html)[0] == "Is 1 < 2 & 3 > 2? <b>yes</b> &nbsp;"
    assert part.html == "<b>Is 1 &lt; 2 &amp; 3 &gt; 2? &lt;b&gt;yes&lt;/b&gt; &amp;nbsp;</b>"


def test_an_address_that_is_no_web_page_is_plain_words() -> None:
    for url in ("javascript:alert(1)", "tg://user?id=1", "ftp://a.example/", "https://a b.example/", "http://"):
        assert telegram.parts((say(Anchor("read it", url)),)) == (telegram.Part("read it", "read it"),)


def test_an_address_cannot_leave_its_attribute() -> None:
    (part,) = telegram.parts((say(Anchor("read", 'https://a.example/"><b>')),))
    assert part.html == '<a href="https://a.example/&quot;&gt;&lt;b&gt;">read</a>'


def test_messages_are_cut_after_a_paragraph_rather_than_in_one() -> None:
    blocks: list[Block] = []
    for number in range(40):
        blocks += [say(f"Paragraph {number}. " + "It goes on for a while. " * 8), Gap()]
    made = telegram.parts(blocks)
    assert len(made) > 1
    assert all(part.text.startswith("Paragraph") for part in made)
    assert [part.text.rsplit("\n", 1)[1] for part in made] == [f"({n}/{len(made)})" for n in range(1, len(made) + 1)]


def test_a_quotation_over_two_messages_is_closed_and_opened_again() -> None:
    made = telegram.parts((Evidence((Text("One sentence here. " * 400),), folded=True),))
    assert len(made) == 2
    assert all(part.html.count("<blockquote expandable>") == part.html.count("</blockquote>") == 1 for part in made)


def test_a_moment_is_shown_in_the_readers_zone_and_a_bare_day_is_not_moved() -> None:
    noon = Moment("25 April 2025, 12:00", datetime(2025, 4, 25, 12, tzinfo=UTC))
    day = Moment("25 April 2025", datetime(2025, 4, 25, tzinfo=UTC))
    (part,) = telegram.parts((say(noon, " ", day),))
    assert part.html == '<tg-time unix="1745582400" format="Dt">25 April 2025, 12:00</tg-time> 25 April 2025'
    assert tdlib(part.html)[0] == "25 April 2025, 12:00 25 April 2025"


def test_nothing_to_be_seen_is_no_message() -> None:
    assert telegram.parts(()) == ()
    assert telegram.parts((Gap(), say(" \n\u200b\u2800"), Evidence((Text("\u202e"),)))) == ()


def test_buttons_that_telegram_would_refuse_are_left_out() -> None:
    rows = (
        (Button("More", press="more|7"), Button("x" * 90, press="a|1"), Button("\u200b", press="a|1")),
        (Button("Too long", press="a|" + "й" * 40), Button("Bad link", url="ftp://x"), Button("Nothing")),
        tuple(Button(f"{n}", press=f"n|{n}") for n in range(20)),
        tuple(Button(f"{n}", press=f"n|{n}") for n in range(200)),
    )
    made = telegram.keyboard(rows)
    assert made is not None
    keys = made.inline_keyboard
    assert [key.text for key in keys[0]] == ["More", "x" * 63 + "…"]
    assert keys[0][0].callback_data == "v1|more|7"
    assert max(len(row) for row in keys) == 8
    assert sum(len(row) for row in keys) == 100


def test_only_buttons_of_this_version_are_understood() -> None:
    assert telegram.pressed("v1|more|7|2") == "more|7|2"
    for stale in ("v0|more|7", "more|7", "", None, "v1|", "v1"):
        assert telegram.pressed(stale) is None


def test_a_caption_is_one_message_of_at_most_1024_units_or_none() -> None:
    assert telegram.caption(Reply(blocks=(say("😀" * 512),))) is not None
    assert telegram.caption(Reply(blocks=(say("😀" * 513),))) is None
    assert telegram.caption(Reply()) is None


def test_many_long_addresses_stay_below_what_the_bot_api_takes() -> None:
    blocks = tuple(say(Anchor("&" * 40, "https://a.example/" + "й" * 900 + str(n))) for n in range(60))
    made = telegram.parts(blocks)
    assert all(len(part.html.encode()) <= 32_768 for part in made)
    assert sum(part.html.count("<a ") for part in made) == 60


def test_words_from_right_to_left_do_not_turn_the_line_around() -> None:
    title = Anchor("אבג דהו", "https://a.example/1")
    (part,) = telegram.parts((say("1. ", title, " · 25 Apr 2025"), say("אבג דהו")))
    assert part.text == "1. \u2068אבג דהו\u2069 · 25 Apr 2025\nאבג דהו"
