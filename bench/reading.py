"""How fast the reader is: articles of 650 words a second on one core, and whether a megabyte costs but its share.

    ./run bench reading

The articles are put together from the sample archive, so that anyone can run it; processor time, best of some rounds.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import cycle

from bot.samples import pages
from news.article import Article
from news.page import read_page
from news.reading import read

WORDS, ARTICLES, ROUNDS = 650, 24, 5


def texts(words: int, count: int) -> list[str]:
    """Texts of about so many words each, of the paragraphs of the sample archive in turn."""
    archive = [read_page(data, url=url).text for url, data in pages()]
    paragraphs = cycle([paragraph for text in archive for paragraph in text.split("\n\n")])
    found = []
    for _ in range(count):
        text: list[str] = []
        while sum(len(paragraph.split()) for paragraph in text) < words:
            text.append(next(paragraphs))
        found.append("\n\n".join(text))
    return found


def seconds(articles: list[Article]) -> float:
    """Processor seconds to read the articles once, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for article in articles:
            read(article)
        best = min(best, time.process_time() - begun)
    return best


def article_of(text: str) -> Article:
    return Article(id=1, title="", text=text, published=datetime(2025, 4, 25, tzinfo=UTC), language="en")


def main() -> None:
    articles = [article_of(text) for text in texts(WORDS, ARTICLES)]
    spent = seconds(articles)
    print(f"{ARTICLES / spent:6.0f} articles of {WORDS} words a second, {1000 * spent / ARTICLES:.1f} ms each")
    paragraphs = texts(WORDS, ARTICLES)
    for size in (125_000, 250_000, 500_000, 1_000_000):
        text = "\n\n".join(paragraphs * (size // sum(map(len, paragraphs)) + 1))[:size]
        print(f"{size:9,d} characters {seconds([article_of(text)]):6.2f} s")


if __name__ == "__main__":
    main()
