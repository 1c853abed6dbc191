"""Addresses of pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.address import absolute, canonical, day_in, host_of


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Paper.Example:443/World/A?utm_source=x&id=7#top", "https://paper.example/World/A?id=7"),
        ("http://paper.example:80", "http://paper.example/"),
        ("https://paper.example/a?fbclid=1&gclid=2&utm_medium=feed", "https://paper.example/a"),
        ("https://paper.example/%7Eann/caf%c3%a9", "https://paper.example/~ann/caf%C3%A9"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("https://paper.example:8443/a", "https://paper.example:8443/a"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_one_page_has_one_address(url: str, same: str) -> None:
    assert canonical(url) == same
    assert canonical(same) == same


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "ftp://paper.example/a",
        "https://",
        "//paper.example/a",
        "http://[::1",
        "nonsense",
    ],
)
def test_what_is_no_web_address_has_none(url: str) -> None:
    assert canonical(url) == ""


def test_an_address_longer_than_browsers_take_is_none() -> None:
    assert canonical("https://paper.example/" + "a" * 3000) == ""


def test_a_link_is_made_whole_and_other_kinds_are_left_out() -> None:
    assert absolute("https://paper.example/a/b", "../c?d=1") == "https://paper.example/c?d=1"
    assert absolute("https://paper.example/a", "//other.example/x") == "https://other.example/x"
    assert absolute("https://paper.example/a", "mailto:a@b.example") is None
    assert absolute(None, "/a") is None
    assert absolute("https://paper.example/", "http://[::1") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://paper.example/2025/04/25/story", date(2025, 4, 25)),
        ("https://paper.example/world/2025/apr/25/story", date(2025, 4, 25)),
        ("https://paper.example/story-2025-04-25", date(2025, 4, 25)),
        ("https://paper.example/20250425/story", date(2025, 4, 25)),
        ("https://paper.example/2025/13/45/story", None),
        ("https://paper.example/story-120250425999", None),
        ("https://paper.example/2025/04/story", None),
        (None, None),
    ],
)
def test_the_day_in_an_address_is_read_where_it_is_one(url: str | None, day: date | None) -> None:
    assert day_in(url) == day


def test_a_host_is_given_without_www() -> None:
    assert host_of("https://www.paper.example/a") == "paper.example"
    assert host_of(None) == host_of("http://[::1") == ""


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_address_is_too_strange(first: str, second: str) -> None:
    for url in (first, f"https://{first}", f"https://paper.example/{first}?{second}"):
        once = canonical(url)
        assert canonical(once) == once
        absolute(first, second)
        host_of(url)
        day_in(url)
