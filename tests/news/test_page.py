"""Web pages to articles, on pages of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.article import article_id
from news.errors import NotAnArticle, NotAPage
from news.page import read_page

URL = "https://www.lantern.example/world/2025/04/25/envoys-meet-in-harbour-town"
STORY = (
    "Envoys of the two countries met in the harbour town on Friday for the first time since the border was closed.",
    "The talks, held behind the doors of the old customs house, lasted for almost three hours, officials said.",
    "“We have agreed to go on talking,” the foreign minister, Ada Brandt, told reporters on the steps of the house.",
    "Her counterpart left without a word, but an aide said later that a second meeting would be held within two weeks.",
    "The border has been closed since January, when guards on both sides exchanged shots near the northern bridge.",
    "Traders on both sides say that they have lost most of their business since then and call for a quick opening.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
TEXT = "\n\n".join(STORY)
HEADLINE = "Envoys meet in harbour town for first talks since winter"


def page(body: str, head: str = "") -> str:
    title = f"<title>{HEADLINE} | The Lantern</title>"
    return f"<!doctype html><html lang='en'><head>{title}{head}</head><body>{body}</body></html>"


def article(inside: str = BODY, before: str = "", after: str = "", head: str = "") -> str:
    return page(
        "<header><nav><a href='/'>Home</a> <a href='/world'>World</a></nav></header>"
        "<a class='skip' href='#m'>Skip to main content</a>"
        f"<main id='m'><article><h1>{HEADLINE}</h1>{before}<div class='text'>{inside}</div>{after}</article></main>"
        "<footer><p>The Lantern is published by nobody in particular and is printed on no paper at all.</p></footer>",
        head,
    )


def data(**fields: str) -> str:
    inside = ",".join(f'"{key}": {value}' for key, value in fields.items())
    thing = f'{{"@context": "https://schema.org", "@type": "NewsArticle", {inside}}}'
    return f'<script type="application/ld+json">{thing}</script>'


def test_a_page_gives_its_headline_and_its_paragraphs_and_nothing_else() -> None:
    found = read_page(article(), url=URL)
    assert found.title == HEADLINE
    assert found.text == TEXT
    assert found.language == "en"
    assert found.site == "lantern.example"


FURNITURE = {
    "share bar": "<div class='share-bar'><a href='#'>Share on Facebook</a> <a href='#'>Tweet</a></div>",
    "read more": "<p><a href='/other'>Read more: The long winter at the border in ten pictures</a></p>",
    "newsletter": "<div class='newsletter'><h3>Our newsletter</h3>"
    "<p>Sign up to get the best of our reporting every morning.</p></div>",
    "cookies": "<div id='cookie-banner'>"
    "<p>We use cookies to make this website better and to show you what you like.</p></div>",
    "advertisement": "<div class='ad'>Advertisement</div>",
    "teaser": "<div class='card'><h3><a href='/bridge'>What the bridge means to the people who lived beside it</a></h3>"
    "<p>A story from the north.</p></div>",
    "caption": "<figure><img src='/a.jpg'>"
    "<figcaption>Ada Brandt at the customs house, April 25, 2025. Photo: Jo Lund</figcaption></figure>",
    "offer": "<aside class='promo'><p>Subscribe to read all our stories from the north without limits.</p></aside>",
    "hidden words": "<p hidden>Words that no reader sees but that a machine would take for a part of the story.</p>",
    "script": "<script>var a = '<p>The script says that it is a paragraph of the story.</p>';</script>",
    "button": "<button>Listen to this story in full length and in good quality</button>",
}


@pytest.mark.parametrize("where", ["before", "between", "after"])
@pytest.mark.parametrize("kind", FURNITURE)
def test_furniture_is_left_out_wherever_it_stands(kind: str, where: str) -> None:
    thing = FURNITURE[kind]
    parts = {"before": article(before=thing), "after": article(after=thing)}
    middle = BODY.replace("</p><p>The border", f"</p>{thing}<p>The border")
    assert read_page(parts.get(where) or article(middle), url=URL).text == TEXT


def test_names_of_boxes_do_not_decide_what_is_the_story() -> None:
    html = article().replace("class='text'", "class='sidebar newsletter related comments promo'")
    assert read_page(html, url=URL).text == TEXT


def test_a_story_cut_in_sections_by_advertisements_stays_whole() -> None:
    cut = BODY.index("<p>Her counterpart")
    parts = (f"<section class='part'>{half}</section>" for half in (BODY[:cut], BODY[cut:]))
    assert read_page(article("<div class='ad'>Advertisement</div>".join(parts)), url=URL).text == TEXT


def test_a_story_without_paragraph_marks_is_cut_at_double_breaks() -> None:
    assert read_page(article("<br><br>".join(STORY)), url=URL).text == TEXT


def test_lists_subheadings_and_quotations_of_a_story_stay() -> None:
    inside = BODY.replace(
        "<p>Traders",
        "<h2>What comes next</h2>"
        "<ul><li>A second meeting in two weeks.</li><li>A list of prisoners on both sides.</li></ul>"
        "<blockquote>“Nobody wants another winter like this one,” says a trader.</blockquote><p>Traders",
    )
    text = read_page(article(inside), url=URL).text
    for kept in ("What comes next", "A second meeting in two weeks.", "“Nobody wants another winter"):
        assert kept in text


def test_a_lead_that_is_shown_twice_is_kept_once() -> None:
    text = read_page(article(before=f"<p class='lead'>{STORY[0]}</p>"), url=URL).text
    assert text == TEXT


def test_what_is_left_out_is_kept_apart() -> None:
    before = (
        FURNITURE["caption"] + "<h2 class='standfirst'>Three hours behind closed doors end with a promise to go on</h2>"
    )
    found = read_page(article(before=before, after=FURNITURE["teaser"]), url=URL)
    assert found.captions == ("Ada Brandt at the customs house, April 25, 2025. Photo: Jo Lund",)
    assert found.standfirst == "Three hours behind closed doors end with a promise to go on"
    assert [(link.title, link.url) for link in found.related] == [
        ("What the bridge means to the people who lived beside it", "https://www.lantern.example/bridge"),
    ]


def test_a_page_of_boxes_without_any_name_or_headline_gives_its_story() -> None:
    assert read_page(page(f"<div><div><div>{BODY}</div></div></div>"), url=URL).text == TEXT


def test_a_story_that_only_the_page_s_data_hold_is_found() -> None:
    body = TEXT.replace("\n\n", "\\n\\n")
    found = read_page(page("<div id='app'></div>", data(headline=f'"{HEADLINE}"', articleBody=f'"{body}"')), url=URL)
    assert STORY[3] in found.text


def test_a_story_that_only_a_script_holds_is_found() -> None:
    body = BODY.replace("<", "\\u003c")
    found = read_page(page(f'<div id="app"></div><script>state = {{"x": "y", "html": "{body}"}}</script>'), url=URL)
    assert found.text == TEXT


def test_who_wrote_a_story_is_read_from_its_data() -> None:
    head = data(author='[{"@type": "Person", "name": "Ida Holm"}, {"name": "Reuters"}]')
    found = read_page(article(head=head), url=URL)
    assert found.byline == ("Ida Holm",)
    assert found.agencies == ("Reuters",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Holm and Jon Aas", ("Ida Holm", "Jon Aas")),
        ("By Ida Holm, political editor, in Harbour Town", ("Ida Holm",)),
        ("Von Ida Holm und Jon Aas", ("Ida Holm", "Jon Aas")),
        ("Por Ida Holm | Lantern", ("Ida Holm",)),
        ("Ida Holm @idaholm", ("Ida Holm",)),
        ("By Ida Holm in Oslo and Jon Aas in Bergen", ("Ida Holm", "Jon Aas")),
        ("By Ida Holm BBC News", ("Ida Holm",)),
        ("By Ida Holm Senior Political Editor", ("Ida Holm",)),
        ("IDA HOLM", ("Ida Holm",)),
        ("By IDA HOLM and JON AAS Associated Press", ("Ida Holm", "Jon Aas")),
        ("Words by Ida Holm. Photography by Jon Aas.", ("Ida Holm", "Jon Aas")),
        ("Submitted by Ida Holm on Tue, 04/22/2025 - 18:05", ("Ida Holm",)),
    ],
)
def test_who_wrote_a_story_is_read_from_the_line_under_its_headline(line: str, names: tuple[str, ...]) -> None:
    found = read_page(article(before=f"<p class='byline'>{line}</p>"), url=URL)
    assert found.byline == names
    assert found.text == TEXT


def test_a_line_of_credits_at_the_end_is_the_byline_and_not_the_text() -> None:
    found = read_page(article(BODY + "<p>Writing by Ida Holm; Editing by Jon Aas</p>"), url=URL)
    assert set(found.byline) == {"Ida Holm", "Jon Aas"}
    assert found.text == TEXT


def test_an_agency_alone_is_the_byline_too() -> None:
    found = read_page(article(head=data(author='"AFP"')), url=URL)
    assert found.byline == found.agencies == ("AFP",)


def test_people_named_on_the_page_are_believed_before_data_that_name_the_house() -> None:
    html = article(before="<p class='byline'>By Ida Holm</p>", head=data(author='"Lantern"'))
    assert read_page(html, url=URL).byline == ("Ida Holm",)


@pytest.mark.parametrize(
    ("head", "before", "when", "precision"),
    [
        (data(datePublished='"2025-04-24T22:15:00-05:00"'), "", datetime(2025, 4, 25, 3, 15, tzinfo=UTC), "minute"),
        ("<meta name='dc.date' content='2025-04-24T10:00Z'>", "", datetime(2025, 4, 24, 10, tzinfo=UTC), "minute"),
        ("<meta name='pubdate' content='2025-04-24'>", "", datetime(2025, 4, 24, tzinfo=UTC), "day"),
        ("", "<time datetime='2025-04-24T10:00+02:00'>Thursday</time>", datetime(2025, 4, 24, 8, tzinfo=UTC), "minute"),
        ("", "", datetime(2025, 4, 25, tzinfo=UTC), "day"),
    ],
)  # fmt: skip
def test_when_a_story_was_published_is_read_from_data_metas_times_and_the_address(
    head: str, before: str, when: datetime, precision: str
) -> None:
    found = read_page(article(head=head, before=before), url=URL)
    assert (found.published, found.precision) == (when, precision)


@pytest.mark.parametrize(
    "line", ["April 24, 2025", "24 April 2025", "24. April 2025", "24.04.2025, 10 Uhr", "24 de abril de 2025"]
)
def test_a_date_in_words_near_the_headline_gives_the_day(line: str) -> None:
    found = read_page(article(before=f"<p class='date'>{line}</p>"), url="https://www.lantern.example/story")
    assert (found.published, found.precision) == (datetime(2025, 4, 24, tzinfo=UTC), "day")
    assert found.text == TEXT


def test_a_caption_gives_the_day_where_nothing_else_does() -> None:
    found = read_page(article(before=FURNITURE["caption"]), url="https://www.lantern.example/story")
    assert (found.published, found.precision) == (datetime(2025, 4, 25, tzinfo=UTC), "day")


def test_what_a_feed_said_fills_what_the_page_leaves_open() -> None:
    when = datetime(2025, 4, 26, 7, tzinfo=UTC)
    found = read_page(
        f"<html><body>{BODY}</body></html>", url="https://www.lantern.example/a", title="A title", published=when
    )
    assert (found.title, found.published) == ("A title", when)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Envoys meet in harbour town | The Lantern", "Envoys meet in harbour town"),
        ("Envoys meet in harbour town - Lantern", "Envoys meet in harbour town"),
        ("LIVE: Envoys meet in harbour town", "Envoys meet in harbour town"),
        ("ENVOYS OF THE EU MEET IN HARBOUR TOWN", "Envoys of the EU Meet in Harbour Town"),
        ("Envoys &amp; ministers &lt;b&gt; meet", "Envoys & ministers <b> meet"),
    ],
)
def test_a_title_is_shown_without_the_house_its_labels_and_shouting(written: str, title: str) -> None:
    head = f"<title>{written}</title><meta property='og:site_name' content='The Lantern'>"
    html = f"<html><head>{head}</head><body>{BODY}</body></html>"
    assert read_page(html, url=URL).title == title


def test_broken_data_are_read_as_far_as_they_go() -> None:
    thing = '{"@type": "NewsArticle", "author": {"name": "Ida\n Holm"},}'
    broken = f"<script type='application/ld+json'>//<![CDATA[\n{thing}\n//]]></script>"
    assert read_page(article(head=broken), url=URL).byline == ("Ida Holm",)


def test_tags_are_read_from_metas_or_from_the_links_to_topics() -> None:
    metas = "<meta name='keywords' content='border, Border, talks'><meta property='article:tag' content='harbour'>"
    assert read_page(article(head=metas), url=URL).tags == ("harbour", "border", "talks")
    links = (
        "<ul class='topics'><li><a href='/topics/border'>Border</a></li><li><a href='/topics/talks'>Talks</a></li></ul>"
    )
    assert read_page(article(after=links), url=URL).tags == ("Border", "Talks")


def test_the_lead_picture_comes_with_its_caption_and_its_credit_apart() -> None:
    html = article(before=FURNITURE["caption"], head="<meta property='og:image' content='/big.jpg'>")
    image = read_page(html, url=URL).image
    assert image is not None
    assert image.url == "https://www.lantern.example/big.jpg"
    assert (image.caption, image.credit) == ("Ada Brandt at the customs house, April 25, 2025.", "Jo Lund")


def test_a_page_is_known_by_the_address_it_gives_itself() -> None:
    head = "<link rel='canonical' href='/world/envoys?utm_source=x'>"
    found = read_page(article(head=head), url=URL)
    assert found.url == "https://www.lantern.example/world/envoys"
    assert found.id == article_id(found.url, found.text)


def test_a_page_cannot_take_the_address_of_another_host() -> None:
    head = "<link rel='canonical' href='https://other.example/envoys'>"
    assert read_page(article(head=head), url=URL).url == URL


@pytest.mark.parametrize("said", ["/", "/world", "/world/2025/"])
def test_a_page_that_gives_the_address_of_its_section_is_known_by_its_own(said: str) -> None:
    assert read_page(article(head=f"<link rel='canonical' href='{said}'>"), url=URL).url == URL


def test_another_view_of_a_page_is_known_by_the_address_of_the_first() -> None:
    head = f"<link rel='canonical' href='{URL}'>"
    assert read_page(article(head=head), url=f"{URL}/amp/").url == URL


def test_a_page_without_address_is_known_by_its_text() -> None:
    assert read_page(article()).id == article_id("", TEXT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso-8859-1"])
def test_a_page_is_read_in_any_usual_encoding(encoding: str) -> None:
    html = article().replace("harbour", "harboür").replace("“", '"').replace("”", '"').encode(encoding)
    assert "harboür town on Friday" in read_page(html, url=URL).text


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    html = (
        article(head="<meta charset='windows-1251'>")
        .replace("Envoys of", "Послы of")
        .replace("“", '"')
        .replace("”", '"')
    )
    assert "Послы of the two" in read_page(html.encode("cp1251"), url=URL).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (bytes(range(256)) * 40, "no text"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(given: bytes, said: str) -> None:
    with pytest.raises(NotAPage, match=said):
        read_page(given)


def test_a_front_page_a_login_and_a_notice_are_no_articles() -> None:
    links = "".join(
        f"<li><a href='/{n}'>A headline of some length that leads elsewhere, number {n}</a></li>" for n in range(40)
    )
    for body in (
        f"<ul>{links}</ul>",
        "<form><input name='user'><button>Log in</button></form>",
        "<p>Page not found.</p>",
    ):
        with pytest.raises(NotAnArticle, match="Give the address of one article"):
            read_page(page(body), url="https://www.lantern.example/")


def test_an_article_never_holds_markup_or_unseen_signs() -> None:
    inside = BODY.replace("Envoys of", "<b>Env\u00adoys</b>\u200b of<!-- no -->").replace(
        "The talks", "The\u202e talks"
    )
    found = read_page(article(inside), url=URL)
    assert found.text == TEXT


@pytest.mark.parametrize("title", ["404 - Page not found", "Log in | The Lantern", "Before you continue"])
def test_a_notice_is_no_article_however_much_it_says(title: str) -> None:
    words = "<p>Sorry, the page that you have asked for is not here, or you may not see it before you have agreed.</p>"
    with pytest.raises(NotAnArticle):
        read_page(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{words}</body></html>", url=URL)


def test_an_article_about_a_notice_is_one() -> None:
    title = "Why nobody reads the page that says not found"
    html = article().replace(HEADLINE, title)
    assert read_page(html, url=URL).title == title


def test_a_page_of_teasers_is_no_article() -> None:
    cards = "".join(
        f"<div class='card'><h3><a href='/w/{n}'>A headline of some words, number {n}</a></h3>"
        f"<p>The minister of works said on day {n} that the harbour would stay open, come what may.</p></div>"
        for n in range(30)
    )
    with pytest.raises(NotAnArticle):
        read_page(page(f"<h1>World</h1>{cards}"), url="https://www.lantern.example/world/")


def test_a_page_of_components_gives_its_paragraphs_names_and_topics() -> None:
    paragraphs = "".join(
        f"<div data-component='text-block' class='sc-18f-0'><p class='sc-eb7-0'>{s}</p></div>" for s in STORY
    )
    html = page(
        f"<main><article><div data-component='headline-block'><h1 class='sc-1'>{HEADLINE}</h1></div>"
        "<div data-component='byline-block'><time datetime='2025-04-25T10:00:00Z'>3 hours ago</time>"
        "<div><span class='sc-n'>Ida Holm</span></div></div>"
        f"{paragraphs}<div data-component='links-block'><h2>More on this story</h2><ul><li>"
        "<a href='/a'>The long winter at the border in ten pictures</a></li></ul></div>"
        "<ul><li><a href='/news/topics/c1'>Harbour Town</a></li><li><a href='/news/topics/c2'>Diplomacy</a></li></ul>"
        "</article></main>",
    )
    found = read_page(html, url=URL)
    assert (found.text, found.byline, found.tags) == (TEXT, ("Ida Holm",), ("Harbour Town", "Diplomacy"))
    assert [link.title for link in found.related] == ["The long winter at the border in ten pictures"]


def test_a_blog_s_page_is_read_without_its_comments() -> None:
    comment = "<p>I think that nothing will come of it, as always, and I have seen many such talks in my life.</p>"
    html = page(
        "<header><h1 class='site-title'><a href='/'>The Lantern</a></h1></header>"
        f"<article class='post tag-related category-comments'><header><h1 class='entry-title'>{HEADLINE}</h1>"
        "<div class='entry-meta'>Posted on <a href='/'>April 25, 2025</a> by <a href='/ida'>Ida Holm</a></div></header>"
        f"<div class='entry-content'>{BODY}<div class='sharedaddy'><h3>Share this:</h3></div></div>"
        "<footer class='entry-footer'>Tagged <a href='/tag/border' rel='tag'>Border</a></footer></article>"
        f"<div id='comments'><h2>Three thoughts on this</h2><ol>{'<li>' + comment + '</li>'}</ol></div>",
    )
    found = read_page(html, url="https://www.lantern.example/envoys")
    assert (found.title, found.text, found.byline, found.tags) == (HEADLINE, TEXT, ("Ida Holm",), ("Border",))
    assert (found.published, found.precision) == (datetime(2025, 4, 25, tzinfo=UTC), "day")


def test_authors_of_data_are_put_together_from_their_parts_and_from_the_fullest_object() -> None:
    parts = '[{"@type": "Person", "familyName": "Holm", "givenName": "Ida"}]'
    assert read_page(article(head=data(headline=f'"{HEADLINE}"', author=parts)), url=URL).byline == ("Ida Holm",)
    one = data(headline=f'"{HEADLINE}"', author='{"name": "Ida Holm"}', datePublished='"2025-04-25"', keywords='"a"')
    two = data(headline=f'"{HEADLINE}"', author='[{"name": "Ida Holm"}, {"name": "Jon Aas"}]')
    assert read_page(article(head=one + two), url=URL).byline == ("Ida Holm", "Jon Aas")


def test_tags_never_name_the_house_and_lose_the_place_they_are_filed_in() -> None:
    head = "<meta name='keywords' content='topic/border, The Lantern, sport/ice hockey'>"
    head += "<meta property='og:site_name' content='The Lantern'>"
    assert read_page(article(head=head), url=URL).tags == ("border", "ice hockey")


@pytest.mark.parametrize("heading", ["Comments on the plan", "Diskussion um den Haushalt", "Tags on every door"])
def test_a_part_of_a_story_may_open_with_a_word_that_stands_over_other_things(heading: str) -> None:
    last = "Nobody in the town knew of it until the day on which it was made."
    inside = f"<section><h2>The talks</h2>{BODY}</section><section><h2>{heading}</h2><p>{last}</p></section>"
    assert read_page(article(inside), url=URL).text.endswith(last)


def test_a_script_of_marks_that_never_close_is_no_story() -> None:
    with pytest.raises(NotAnArticle):
        read_page("<script>" + '"<p>a</p><p>b\\' * 50_000 + "</script><p>x</p>")


@pytest.mark.parametrize(
    ("said", "publisher", "site"),
    [
        ("lantern.example", "The Lantern", "The Lantern"),
        ("The Lantern", "Lantern Media", "The Lantern"),
        ("https://www.lantern.example", "lantern.example", "lantern.example"),
    ],
)
def test_a_house_is_called_by_its_name_where_the_page_tells_it(said: str, publisher: str, site: str) -> None:
    head = f"<meta property='og:site_name' content='{said}'>"
    head += data(headline=f'"{HEADLINE}"', publisher=f'{{"name": "{publisher}"}}')
    assert read_page(article(head=head), url=URL).site == site


@pytest.mark.parametrize(
    "line",
    ["Apr. 22, 2025 6:05 p.m. ET", "Tuesday 22nd April 2025", "04/22/2025", "Published 4/22/25", "22-Apr-2025",
     "22.4.25", "Updated on April 23, 2025. Published on April 22, 2025", "22 de abril de 2025",
     "2025. április 22. 10:05",
     "2025 m. balandžio 22 d.", "22 Απριλίου 2025", "22 أبريل 2025", "22 tháng 4, 2025", "22. dubna 2025",
     "2025년 4월 22일", "22 апреля 2025 г.", "22 เมษายน 2025", "22 Nisan 2025 18:05"],
)  # fmt: skip
def test_the_day_of_publication_is_read_in_the_languages_of_papers(line: str) -> None:
    found = read_page(article(before=f"<div class='x'>{line}</div>"), url="https://www.lantern.example/x").published
    assert found is not None
    assert found.date().isoformat() == "2025-04-22"


@pytest.mark.parametrize("attribute", [" a{0}", " a{0}=x", ' a{0}="x y"', "/a{0}"])
def test_a_tag_of_thousands_of_attributes_is_passed_over(attribute: str) -> None:
    tag = "<div" + "".join(map(attribute.format, range(5_000)))
    assert read_page(article(BODY + f"{tag}><p>Inside.</p></div>" * 20), url=URL).text.startswith(STORY[0])


@pytest.mark.parametrize(
    "lines",
    ["<p>Lena Kemp</p><p>April 22, 2025</p>", "<p>Lena Kemp, 22 April 2025</p>", "<i>Lena Kemp</i><i>22.4.2025</i>"],
)
def test_a_name_beside_the_day_of_publication_is_the_author_s(lines: str) -> None:
    assert read_page(article(before=f"<div>{lines}</div>"), url=URL).byline == ("Lena Kemp",)
    other = lines.replace("Lena Kemp", "Port Alder")
    assert read_page(article(before=f"<div>{other}</div>"), url=URL).byline == ()
