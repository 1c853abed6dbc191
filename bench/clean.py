"""How well and how fast pages are cleaned, next to trafilatura, metadata on both sides.

    python -m bench.clean              the table, on the development pages where they lie beside the project
    python -m bench.clean --own        on pages of our own making, which need nothing else
    python -m bench.clean --worst 10   and the pages with the lowest F1

Body: shared runs of four words, a page weighs one; F1 of mean precision and mean recall, as in
scrapinghub/article-extraction-benchmark. Title: equal words. Authors and tags: F1 of the sets. Day: the day published.
Segments (adbar/trafilatura's evaluation): F1 over texts that must and must not be in the result.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from news.article import published_text
from news.errors import PageError
from news.lists import word_set
from news.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
WORD = re.compile(r"\w+")

Row = dict[str, Any]


def ours(page: Row) -> Row:
    try:
        found = read_page(page["html"], url=page["url"])
    except PageError:
        return {}
    return {
        "text": found.text,
        "title": found.title,
        "authors": list(found.byline),
        "published": published_text(found.published, found.precision),
        "tags": list(found.tags),
    }


def theirs(page: Row) -> Row:
    import trafilatura  # noqa: PLC0415 - a development dependency; without it ours is shown alone

    found: Any = trafilatura.bare_extraction(
        page["html"], url=page["url"], with_metadata=True, include_comments=False, include_tables=False
    )
    row = {} if found is None else found.as_dict()
    authors = (row.get("author") or "").split("; ")
    return {
        "text": row.get("text"),
        "title": row.get("title"),
        "authors": authors,
        "published": row.get("date"),
        "tags": row.get("tags"),
    }


def grams(text: str | None, size: int = 4) -> Counter[tuple[str, ...]]:
    """Runs of `size` words, counted; all words together where there are fewer."""
    words = WORD.findall(text or "")
    if 0 < len(words) < size:
        return Counter([tuple(words)])
    return Counter(zip(*(words[start:] for start in range(size)), strict=False))


def overlap(page: Row, text: str | None) -> tuple[int, int, int]:
    """Shared, surplus and missing runs; the standfirst may be in the text or not."""
    true, got, extra = grams(page["body"]), grams(text), grams(page.get("standfirst"))
    true, got = true - (extra - got), got - (extra - true)
    shared = (true & got).total()
    return shared, got.total() - shared, true.total() - shared


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain(text: object) -> str:
    return " ".join(WORD.findall(str(text or "").casefold()))


def set_f1(pairs: Iterable[tuple[Any, Any]]) -> float:
    hits = wrong = missed = 0
    for true, got in pairs:
        wanted, found = {plain(x) for x in true} - {""}, {plain(x) for x in got or ()} - {""}
        hits, wrong, missed = hits + len(wanted & found), wrong + len(found - wanted), missed + len(wanted - found)
    return 2 * hits / max(1, 2 * hits + wrong + missed)


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return statistics.fmean(found) if found else float("nan")


def days(stamp: object) -> set[str]:
    """The days that a moment falls on, where it was written and in UTC."""
    try:
        when = datetime.fromisoformat(str(stamp))
    except ValueError:
        return set()
    return {when.date().isoformat()} | ({when.astimezone(UTC).date().isoformat()} if when.tzinfo else set())


def same_day(first: object, second: object) -> bool:
    return bool(days(first) & days(second))


def score_pages(pages: list[Row], rows: list[Row]) -> dict[str, float]:
    counts = [overlap(page, row.get("text")) for page, row in zip(pages, rows, strict=True)]
    precision = mean(s / (s + x) for s, x, _ in counts if s + x)
    recall = mean(s / (s + m) for s, _, m in counts if s + m)
    both = list(zip(pages, rows, strict=True))
    return {
        "body": f1(precision, recall),
        "below 0.8": mean(float(2 * s < 0.8 * (2 * s + x + m)) for s, x, m in counts),
        "authors": set_f1((page["authors"], row.get("authors")) for page, row in both if page["authors"]),
        "title": mean(float(plain(page["title"]) == plain(row.get("title"))) for page, row in both if page["title"]),
        "day": mean(float(same_day(p["published"], r.get("published"))) for p, r in both if p["published"]),
        "tags": set_f1((page["tags"], row.get("tags")) for page, row in both if page["tags"]),
    }


def score_segments(pages: list[Row], rows: list[Row]) -> dict[str, float]:
    hits = wrong = missed = 0
    for page, row in zip(pages, rows, strict=True):
        text = " ".join((row.get("text") or "").split())
        found = sum(" ".join(piece.split()) in text for piece in page["with"])
        hits, missed = hits + found, missed + len(page["with"]) - found
        wrong += sum(" ".join(piece.split()) in text for piece in page["without"])
    return {"segments": f1(hits / max(1, hits + wrong), hits / max(1, hits + missed))}


def load(name: str) -> list[Row]:
    path = GOLD / f"{name}.dev.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


VERBS = sorted(word_set("met told asked visited warned called thanked joined left praised"))
NOUNS = sorted(word_set("minister envoy mayor union court harbour bank village council border treaty budget bridge"))
FURNITURE = (
    "<div class='share'><a href='#'>Share this story</a></div>",
    "<p><a href='/more'>Read more: A story about something else that happened last year</a></p>",
    "<aside><h3><a href='/x'>A teaser for a story that nobody asked for today</a></h3><p>It says little.</p></aside>",
    "<figure><img src='/a.jpg'><figcaption>A caption of the picture. Photo: Some Body</figcaption></figure>",
    "<div class='newsletter'><p>Sign up for our newsletter and never miss a word of what we write.</p></div>",
    "<div class='ad'>Advertisement</div>",
)
TEMPLATES = (
    "<main><article><h1>{title}</h1><p class='byline'>By {author}</p><i>{day}</i>{body}</article></main>",
    "<div id='a1'><div class='c2'><h1>{title}</h1><div class='x'>By {author}</div><div>{body}</div></div></div>",
    "<table><tr><td><a href='/'>Home</a></td><td><h1>{title}</h1><b>By {author}</b><br><br>{body}</td></tr></table>",
)


def own_pages(count: int = 60, seed: int = 1) -> list[Row]:
    """Pages of our own making in three templates, with furniture between their paragraphs."""
    dice = random.Random(seed)

    def sentence() -> str:
        three = [f"the {dice.choice(NOUNS)} {dice.choice(VERBS)} the {dice.choice(NOUNS)}" for _ in range(3)]
        return " and ".join(three[: dice.randint(1, 3)]).capitalize() + "."

    pages: list[Row] = []
    for number in range(count):
        paragraphs = [" ".join(sentence() for _ in range(dice.randint(2, 5))) for _ in range(dice.randint(4, 14))]
        title = f"How {sentence()[:-1].lower()} in week {number}"
        day = f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        author = f"Ann {dice.choice(NOUNS).capitalize()}"
        pieces = [f"<p>{text}</p>{dice.choice(FURNITURE) if dice.random() < 0.5 else ''}" for text in paragraphs]
        tag = dice.choice(NOUNS)
        meta = f"<meta name='date' content='{day}'><meta name='keywords' content='{tag}'>"
        inside = dice.choice(TEMPLATES).format(title=title, author=author, day=day, body="".join(pieces))
        head = f"<head><title>{title} | Paper</title>{meta}</head>"
        html = f"<html lang='en'>{head}<body>{inside}<footer>Imprint</footer></body></html>"
        pages.append(
            {
                "id": f"own/{number}", "url": f"https://paper.example/{number}", "html": html,
                "body": "\n".join(paragraphs), "title": title, "authors": [author], "published": day, "tags": [tag],
            },
        )  # fmt: skip
    return pages


def timed(clean: Callable[[Row], Row], pages: list[Row]) -> tuple[list[Row], float]:
    """The results, and processor seconds for all of them."""
    clean(pages[0])
    start = time.process_time()
    rows = [clean(page) for page in pages]
    return rows, time.process_time() - start


def show(name: str, pages: list[Row], score: Callable[[list[Row], list[Row]], dict[str, float]], worst: int) -> None:
    print(f"\n{name}: {len(pages)} pages")
    took: dict[str, float] = {}
    for who, clean in (("ours", ours), ("trafilatura", theirs)):
        if who == "trafilatura" and find_spec("trafilatura") is None:
            print("  trafilatura is not installed")
            continue
        rows, took[who] = timed(clean, pages)
        figures = "  ".join(f"{figure} {value:.3f}" for figure, value in score(pages, rows).items())
        print(f"  {who:12}{figures}  {len(pages) / took[who]:.0f} pages/s")
        if who == "ours" and score is score_pages:
            counts = [(overlap(page, row.get("text")), page["id"]) for page, row in zip(pages, rows, strict=True)]
            for (s, x, m), page_id in sorted(counts, key=lambda c: c[0][0] / max(1, sum(c[0])))[:worst]:
                print(f"      {page_id:44} shared {s} surplus {x} missing {m}")
    if len(took) == 2:
        print(f"  {took['trafilatura'] / took['ours']:.1f} times trafilatura's speed")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--own", action="store_true", help="pages of our own making only")
    options.add_argument("--worst", type=int, default=0, help="list the pages with the lowest F1")
    chosen = options.parse_args()
    pages, segments = ([], []) if chosen.own else (load("pages"), load("segments"))
    if not pages:
        print("On pages of our own making, which are easier than real ones.", file=sys.stderr)
        pages = own_pages()
    show("pages", pages, score_pages, chosen.worst)
    if segments:
        show("segments", segments, score_segments, 0)


if __name__ == "__main__":
    main()
