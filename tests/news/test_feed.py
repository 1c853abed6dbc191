"""Feeds of all kinds, sound and broken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import NotAFeed
from news.feed import Feed, feeds_in, read_feed

URL = "https://paper.example/feeds/world.xml"


def read(text: str, url: str = URL) -> Feed:
    return read_feed(text.encode("utf-8"), url)


def rss(items: str, head: str = "<title>World</title><link>https://paper.example/world</link>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def test_an_rss_feed_gives_title_link_and_entries_in_its_order() -> None:
    feed = read(
        rss(
            "<item><title>First</title><link>https://paper.example/1</link><guid>a1</guid>"
            "<pubDate>Fri, 25 Apr 2025 12:30:00 +0200</pubDate>"
            "<description>&lt;p&gt;A &lt;b&gt;bold&lt;/b&gt; word&lt;/p&gt;</description></item><item><title>Second</title><link>https://paper.example/2</link></item>",
        ),
    )
    assert (feed.title, feed.link) == ("World", "https://paper.example/world")
    first, second = feed.entries
    assert (first.title, first.link, first.key, first.summary) == (
        "First",
        "https://paper.example/1",
        "a1",
        "A bold word",
    )
    assert first.published == datetime(2025, 4, 25, 10, 30, tzinfo=UTC)
    assert (second.title, second.published, second.summary) == ("Second", None, None)


def test_an_atom_feed_with_relative_links_leads_to_whole_addresses() -> None:
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>World</title><link href="/world"/>'
        '<entry><id>tag:paper.example,2025:7</id><title type="html">One &amp;amp; two</title><link href="../7.html"/>'
        "<updated>2025-04-25T10:00:00Z</updated></entry></feed>",
    )
    (entry,) = feed.entries
    assert feed.link == "https://paper.example/world"
    assert (entry.link, entry.title, entry.key) == (
        "https://paper.example/7.html",
        "One & two",
        "tag:paper.example,2025:7",
    )
    assert entry.published == datetime(2025, 4, 25, 10, tzinfo=UTC)


def test_an_rdf_feed_is_read() -> None:
    feed = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>World</title></channel>'
        "<item><title>First</title><link>https://paper.example/1</link><dc:date>2025-04-25</dc:date></item></rdf:RDF>",
    )
    assert [(entry.title, entry.link) for entry in feed.entries] == [("First", "https://paper.example/1")]
    assert feed.entries[0].published == datetime(2025, 4, 25, tzinfo=UTC)


def test_a_json_feed_is_read() -> None:
    feed = read(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "World", "home_page_url": "/", "items": ['
        '{"id": 7, "url": "/7", "title": "First", "content_html": "<p>Words</p>", "date_published": "2025-04-25"},'
        '{"content_text": "Only words"}, "nonsense"]}',
    )
    first, second = feed.entries
    assert (first.key, first.link, first.summary) == ("7", "https://paper.example/7", "Words")
    assert (second.title, second.link) == ("Only words", None)


def test_a_bare_ampersand_costs_neither_itself_nor_the_link() -> None:
    feed = read(rss("<item><title>Fish & Chips</title><link>https://paper.example/a?b=1&c=2</link></item>"))
    assert (feed.entries[0].title, feed.entries[0].link) == ("Fish & Chips", "https://paper.example/a?b=1&c=2")


def test_names_of_html_signs_are_known_in_a_feed_too() -> None:
    assert read(rss("<item><title>Caf&eacute;&nbsp;&mdash; closed</title></item>")).entries[0].title == "Café — closed"


def test_markup_in_a_cdata_section_is_taken_out_and_its_ampersand_kept() -> None:
    feed = read(rss("<item><title><![CDATA[<b>R&D</b> & more]]></title></item>"))
    assert feed.entries[0].title == "R&D & more"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_feed_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    text = rss("<item><title>Größe</title></item>").replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert read_feed(text.encode(encoding), URL).entries[0].title == "Größe"


def test_a_feed_that_declares_the_wrong_encoding_is_read_all_the_same() -> None:
    text = rss("<item><title>Größe</title></item>").replace('"1.0"', '"1.0" encoding="us-ascii"')
    assert read_feed(text.encode("utf-8"), URL).entries[0].title == "Größe"
    assert read_feed(text.replace("us-ascii", "utf-8").encode("cp1252"), URL).entries[0].title == "Größe"


def test_a_feed_cut_off_in_the_middle_gives_the_entries_before() -> None:
    whole = rss("".join(f"<item><title>Entry {n}</title><guid>{n}</guid></item>" for n in range(9)))
    assert len(read(whole[: whole.index("Entry 6")]).entries) >= 6


def test_an_entry_without_id_has_the_same_key_each_time_it_is_listed() -> None:
    item = "<item><title>First</title><link>https://paper.example/1?utm_source=rss#top</link></item>"
    again = item.replace("?utm_source=rss#top", "")
    assert read(rss(item)).entries[0].key == read(rss(again)).entries[0].key == "https://paper.example/1"
    bare = rss("<item><title>Only a title</title></item>")
    assert read(bare).entries[0].key == read(bare).entries[0].key != ""


def test_an_entry_listed_twice_is_given_once() -> None:
    item = "<item><title>First</title><guid>1</guid></item>"
    assert len(read(rss(item + item)).entries) == 1


def test_a_guid_that_is_an_address_serves_as_the_link() -> None:
    feed = read(rss("<item><title>First</title><guid>https://paper.example/9</guid></item>"))
    assert feed.entries[0].link == "https://paper.example/9"


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    assert read(rss("<item><title>First</title><link>javascript:alert(1)</link></item>")).entries[0].link is None


def test_a_sound_feed_without_entries_is_an_empty_feed() -> None:
    assert read(rss("")).entries == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"\x89PNG\r\n\x1a\n", "no feed"),
        (b"<!doctype html><html><body><p>Hello</p></body></html>", "web page"),
        (b"just words", "something else"),
        (b'{"a": 1}', "no JSON Feed"),
        (b"[1, 2", "cannot be read"),
        (b"{" * 100_000, "cannot be read"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence_that_helps(data: bytes, said: str) -> None:
    with pytest.raises(NotAFeed) as error:
        read_feed(data, URL)
    assert said in str(error.value)
    assert "https://example.org/rss.xml" in str(error.value)


def test_entities_of_a_document_type_are_not_expanded_nor_files_read() -> None:
    kinds = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">'
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [{kinds}]>'
    text = rss("<item><title>x &b; &f;</title></item>").replace('<?xml version="1.0"?>', bomb)
    titles = [entry.title for entry in read(text).entries]
    assert all("root:" not in title and "aaaaaaaaaa" not in title for title in titles)


def test_a_page_names_its_feeds() -> None:
    page = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="alternate" type="application/atom+xml" href="https://paper.example/atom">'
        '<link rel="alternate" hreflang="de" href="/de"></head><body><a href="/feed/">Feed</a></body></html>'
    )
    assert feeds_in(page, "https://paper.example/world/") == (
        "https://paper.example/rss.xml",
        "https://paper.example/atom",
    )


def test_a_page_that_declares_no_feed_is_searched_for_links_to_one() -> None:
    page = '<html><body><a href="/news/">News</a> <a href="feeds/rss.xml">RSS</a></body></html>'
    assert feeds_in(page, "https://paper.example/") == ("https://paper.example/feeds/rss.xml",)
    assert feeds_in(b"\x89PNG", "https://paper.example/") == ()


MARKUP = (
    "<rss>|<channel>|<item>|</item>|<title>|</title>|<link>|</link>|<![CDATA[|]]>|&|&amp;|&nbsp;|<entry>|</entry>|<guid>|"
    "<feed xmlns='http://www.w3.org/2005/Atom'>|<pubDate>|2025-04-25|<|>|http://x.example/|\x00|ü|<!DOCTYPE x>|{|}|"
    '"items":[|]|<?xml version="1.0"?>'
)
PIECES = st.sampled_from(MARKUP.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_bytes_give_a_feed_or_a_refusal(text: str, encoding: str) -> None:
    try:
        feed = read_feed(text.encode(encoding, "replace"), URL)
    except NotAFeed:
        return
    keys = [entry.key for entry in feed.entries]
    assert len(keys) == len(set(keys))


OLD = "http://my.netscape.com/rdf/simple/0.9/"
MEDIA = "http://search.yahoo.com/mrss/"
ENTRY = "<item><title>First</title><link>https://paper.example/1</link></item>"
BENT = {
    "rss 0.90": f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{OLD}">{ENTRY}</rdf:RDF>',
    "a warning before it": "Warning: cannot connect in /feed.php on line 3\n" + rss(ENTRY),
    "a warning with markup before it": "<br />\n<b>Warning</b>: cannot connect\n" + rss(ENTRY),
    "a comment before it": "<!-- cached -->" + rss(ENTRY),
    "entries behind the channel": f"<rss version='2.0'><channel><title>World</title></channel>{ENTRY}</rss>",
    "capitals": "<RSS><CHANNEL><ITEM><TITLE>First</TITLE><LINK>https://paper.example/1</LINK></ITEM></CHANNEL></RSS>",
    "a picture's title": rss(ENTRY.replace("<item>", "<item><media:title>A picture</media:title>")).replace(
        'version="2.0"', f'version="2.0" xmlns:media="{MEDIA}"'
    ),
    "a prefix that nothing declares": rss(ENTRY.replace("</item>", "<dc:creator>Ida Holm</dc:creator></item>")),
    "markup in a title": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml">'
    '<div xmlns="http://www.w3.org/1999/xhtml"><b>Fir</b>st</div></title><link href="https://paper.example/1"/>'
    "<id>x</id></entry></feed>",
    "a base for its links": '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/a/"><entry>'
    '<title>First</title><link href="../1"/><id>x</id></entry></feed>',
    "cut off": rss(ENTRY) + "<item><title>Sec",
    "marks of control": rss(ENTRY.replace("First", "First\x0b\x00")),
}


@pytest.mark.parametrize("kind", BENT)
def test_a_feed_bent_by_the_program_that_wrote_it_is_read(kind: str) -> None:
    entry = read(BENT[kind]).entries[0]
    assert (entry.title, entry.link) == ("First", "https://paper.example/1")


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/1</loc></url></urlset>",
        "<opml version='2.0'><body><outline xmlUrl='https://paper.example/rss'/></body></opml>",
        "<!doctype html><title>No feed</title><p>Words</p>",
        "[" * 100_000,
    ],
)
def test_what_is_no_feed_is_told_plainly(text: str) -> None:
    with pytest.raises(NotAFeed, match="Accepted are RSS"):
        read(text)


def test_one_id_for_several_addresses_is_no_id() -> None:
    items = "".join(
        f"<item><title>Story {n}</title><link>https://paper.example/{n}</link><guid>x</guid></item>" for n in (1, 2, 2)
    )
    assert [entry.key for entry in read(rss(items)).entries] == ["https://paper.example/1", "https://paper.example/2"]


@pytest.mark.parametrize(
    "stamp", ["Tue, 22 Apr 2025 18:05:00 +0200", "Tues, 22 April 2025 16:05:00 GMT", "2025-04-22T18:05:00.12+0200",
              "20250422T160500Z", "1745337900", "Tue Apr 22 16:05:00 UTC 2025", "Tue, 22 Apr 25 16:05:00 GMT"]
)  # fmt: skip
def test_dates_are_read_as_feeds_write_them(stamp: str) -> None:
    (entry,) = read(rss(ENTRY.replace("</item>", f"<pubDate>{stamp}</pubDate></item>"))).entries
    assert entry.published is not None
    assert entry.published.replace(second=0, microsecond=0) == datetime(2025, 4, 22, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize("stamp", ["garbage", "0000-00-00", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31T23:59:59Z"])
def test_a_day_on_which_nothing_was_published_is_none(stamp: str) -> None:
    assert read(rss(ENTRY.replace("</item>", f"<pubDate>{stamp}</pubDate></item>"))).entries[0].published is None
