"""Our parser of Telegram's HTML against TDLib's own (package tdjson), the one that Telegram's servers run."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import tdjson

from bot.local.address import address
from bot.local.html import MarkupError, parse_html, trim
from bot.local.spotting import spot

CASES = 20_000
FIELDS = ("url", "language", "unix_time", "custom_emoji_id")
NAMES = {
    "TextUrl": "text_link",
    "ExpandableBlockQuote": "expandable_blockquote",
    "BlockQuote": "blockquote",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "PreCode": "pre",
    "BotCommand": "bot_command",
    "EmailAddress": "email",
}
PIECES = (
    *(
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<u>",
        "</u>",
        "<s>",
        "</s>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<B>",
        "</B >",
    ),
    *('<a href="https://x.yz/?a=1&amp;b">', "<a>", "</a>", "<blockquote expandable>", "<blockquote>", "</blockquote>"),
    *(
        "<tg-spoiler>",
        "</tg-spoiler>",
        '<span class="tg-spoiler">',
        "<span>",
        "</span>",
        "<br>",
        "<p>",
        "</>",
        "<b",
        "é>",
    ),
    *(
        '<tg-time unix="5">',
        "<tg-time unix=7 format=wD>",
        "<tg-time format=q>",
        "</tg-time>",
        '<code class="language-py">',
    ),
    *('<tg-emoji emoji-id="12">', "<tg-emoji>", "</tg-emoji>", "=", '"', "'", "/", "href", "class='x'", "&", "<", ">"),
    *("&lt;", "&amp", "&gt;", "&quot;", "&#39;", "&nbsp;", "&#x1F600;", "&#0;", "&#xD800;", "&#1114111;"),
    *(" ", "\n", "text", "naïve", "😀", "العربية", "q.com"),
)
NESTED = (
    *("b", "i", "u", "s", "em", "strong", "code", "pre", "blockquote", "blockquote expandable", "tg-spoiler"),
    *('a href="https://n.ws/1"', 'code class="language-c"', 'tg-time unix="55"', "tg-emoji emoji-id=7"),
)
WORDS = ("text", "naïve ", "😀", "a &amp; b", "\n", " x ")


def tdlib(request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return found


def entity(found: dict[str, Any]) -> tuple[Any, ...]:
    kind = found["type"]
    name = kind["@type"].removeprefix("textEntityType")
    return (NAMES.get(name, name.lower()), found["offset"], found["length"], *(kind.get(field) for field in FIELDS))


def theirs(source: str) -> object:
    mode = {"@type": "textParseModeHTML"}
    found = tdlib({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
    if found["@type"] == "error":
        return str(found["message"])
    return (found["text"], [entity(one) for one in found["entities"]])


def ours(source: str) -> object:
    try:
        text, entities = parse_html(source)
    except MarkupError as error:
        return f"Can't parse entities: {error}"
    keys = ("type", "offset", "length", *FIELDS)
    return (text, [tuple(one.get(key) for key in keys) for one in entities])


def nested(chance: random.Random, depth: int) -> str:
    out = ""
    for _ in range(chance.randint(1, 3)):
        tag = chance.choice(NESTED)
        inner = depth > 0 and chance.random() < 0.6
        out += f"<{tag}>{nested(chance, depth - 1)}</{tag.split()[0]}>" if inner else chance.choice(WORDS)
    return out


@pytest.fixture(scope="module", autouse=True)
def quiet() -> None:
    tdlib({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def test_text_entities_and_errors_are_those_of_tdlib_on_20000_cases() -> None:
    chance = random.Random(7)
    differing = []
    for number in range(CASES):
        if number % 2:
            source = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 9)))
        else:
            source = nested(chance, 3)
        if theirs(source) != ours(source):
            differing.append((source, theirs(source), ours(source)))
    assert not differing, differing[:3]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://a.bc",
            "HTTP://A.bC/De",
            "a.bc?x",
            "a.bc#x",
            "https://a.bc/x y",
            "https://пример.рф/ы?q=ё",
            "a.bc:80",
        ),
        *(
            "http://a.bc:0",
            "http://a.bc:70000",
            "http://localhost",
            "javascript:1",
            "mailto:a@b.cd",
            "ftp://a.bc",
            "//a.bc",
        ),
        *(
            "http://[::1]/",
            "http://12345",
            "http://1.2",
            "tg://resolve?domain=x",
            "tg:resolve",
            "http://u:p@a.cd/",
            "",
            "x",
        ),
    ],
)
def test_an_address_is_kept_or_dropped_as_tdlib_does(url: str) -> None:
    parsed = theirs(f'<a href="{url}">words</a>')
    assert isinstance(parsed, tuple)
    assert address(url) == (parsed[1][0][3] if parsed[1] else None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "/start",
            "/start@some_bot now",
            "see /help, please",
            "path/to /x/y",
            "https://a.com/b?c=d.",
            "(see example.org)",
        ),
        *(
            "mail a.b@example.com or @someone_else",
            "#news and #2024 and #x2024",
            "😀 /met 😀 https://x.org/ü",
            "no entities",
        ),
        *("“https://x.org/a”", "one.two", "and/or", "https://en.wikipedia.org/wiki/A_(b)"),
    ],
)
def test_what_stands_out_in_plain_text_is_what_tdlib_finds(text: str) -> None:
    found = [entity(one)[:3] for one in tdlib({"@type": "getTextEntities", "text": text})["entities"]]
    assert [(one["type"], one["offset"], one["length"]) for one in spot(text, [])] == found


def test_white_space_at_the_ends_goes_and_entities_are_cut_to_what_stays() -> None:
    text, entities = parse_html("\n <b>bold \n</b> \n")
    assert trim(text, entities) == ("bold", [{"type": "bold", "offset": 0, "length": 4}])


def test_a_megabyte_of_markup_is_read_in_one_go() -> None:
    text, entities = parse_html("<b>x</b>&amp;" * 50_000)
    assert len(text) == 100_000
    assert len(entities) == 50_000
