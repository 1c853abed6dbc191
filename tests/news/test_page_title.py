"""Headlines, from the many places where pages write them."""

from __future__ import annotations

import pytest

from news.page import read_page

T = "Port Alder reopens its eastern quay after eighteen months"
Z = "临江重建东码头，市长称每年将迎九万游客"
BODY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The harbour council voted on Tuesday to open the old wall again, which a storm had torn away in the winter.",
        "“We were told it would take five years,” said Maren Holt, who runs the fish market beside the customs house.",
        "Owners of pleasure boats say that they were promised thirty berths and got twelve, the rest went to a ferry.",
    )
)
PAGES = {
    "a title alone": (T, "", T),
    "the house behind it": (f"{T} - The Alder Post", "", T),
    "the house before it": (f"The Alder Post: {T}", f"<h1>{T}</h1>", T),
    "section and house behind it": (f"{T} | Local | The Alder Post", f"<h1>{T}</h1>", T),
    "a dash inside": (
        "Port Alder - a quay opens again - The Alder Post",
        "<h1>Port Alder - a quay opens again</h1>",
        "Port Alder - a quay opens again",
    ),
    "a logo as heading": (f"{T} - The Alder Post", f"<h1><a href='/'>The Alder Post</a></h1><h2>{T}</h2>", T),
    "an empty heading": (f"{T} - The Alder Post", "<h1></h1>", T),
    "a section as heading": (f"{T} - The Alder Post", f"<h1>Local</h1><h1>{T}</h1>", T),
    "cut by length": (f"{T[:35]}... | The Alder Post", f"<h1>{T}</h1>", T),
    "the house alone": ("The Alder Post", f"<h2>{T}</h2>", T),
    "nothing": ("Untitled Document", f"<h2>{T}</h2>", T),
    "capitals": (f"{T} | The Alder Post", f"<h1>{T.upper()}</h1>", T),
    "a label": (f"LIVE: {T} | The Alder Post", f"<h1>LIVE: {T}</h1>", T),
    "escaped twice": ("Fish &amp;amp; chips again", "<h1>Fish &amp; chips again</h1>", "Fish & chips again"),
    "a print view": (f"Print - {T}", f"<h2>{T}</h2>", T),
    "Chinese sections behind it": (f"{Z}_新闻中心_临江网", "", Z),
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_headline_is_found_without_house_section_and_shouting(kind: str) -> None:
    title, heading, wanted = PAGES[kind]
    html = f"<html><head><title>{title}</title></head><body><article>{heading}{BODY}</article></body></html>"
    found = read_page(html, url="https://www.alderpost.example/local/quay")
    assert found.title == wanted
    assert wanted not in found.text


def test_another_wording_in_the_page_s_data_is_taken_whole_where_it_is_cut() -> None:
    head = f"<title>{T}</title><meta property='og:title' content='{T[:35]}…'>"
    assert read_page(f"<head>{head}</head><h1>{T}</h1>{BODY}", url="https://www.alderpost.example/x").title == T
