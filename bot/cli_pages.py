"""`read` and `add`: pages from files, addresses and lines of JSON."""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import archive, as_json, database, progress, settings, version
from bot.machine import (
    ACCEPTED_PAGE,
    BadLine,
    GivenPage,
    each_line,
    given,
    moment,
    number_of,
    page_of,
    put,
    read_out,
)
from news.errors import NewsError
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.fetching import Beside
    from bot.machine import Json
    from news.article import Article
    from store import Store

LARGEST = 50_000_000
"""Bytes of a file that is read as one page."""
LINES = (".jsonl", ".ndjson")
lines_option = click.option("--lines", is_flag=True, help="Pages from standard input, one JSON object a line.")
url_option = click.option("--url", help="The address of the page in the file.")
published_option = click.option("--published", metavar="ISO", help="When it was published, where the page is silent.")
sources = click.argument("sources", nargs=-1, metavar="[FILE|URL]...")


@dataclass
class Input:
    """Where pages come from, and what was said about them."""

    url: str | None = None
    published: str | None = None
    beside: Beside | None = None

    def pages(self, source: str) -> Iterator[tuple[object, Callable[[], Article]]]:
        """(id, what gives the article) of each page in a file, at an address, or on standard input ("-").

        What gives the article raises NewsError or BadLine, the web's errors among them.

        Raises:
            BadLine: the source cannot be read at all.
        """
        if source.startswith(("http://", "https://")):
            yield source, partial(self._fetched, source)
            return
        if source.endswith(LINES):
            yield from _lines(_opened(source), source)
            return
        data, name = _bytes(source)
        if _holds_lines(data):
            yield from _lines(data.splitlines(), source)
            return
        yield name, partial(self._page, data)

    def _page(self, data: bytes) -> Article:
        """The article of a file."""
        from news.page import read_page  # noqa: PLC0415

        published = moment(self.published)[0] if self.published else None
        return read_page(data, url=self.url, published=published)

    def _fetched(self, url: str) -> Article:
        """The article at an address."""
        if self.beside is None:
            from bot.fetching import Beside  # noqa: PLC0415 - the web is not needed for files

            self.beside = Beside(settings(), version())
        return self.beside.fetch(url)

    def close(self) -> None:
        """Nothing; connections are closed."""
        if self.beside is not None:
            self.beside.close()


def _lines(lines: Iterable[bytes], source: str) -> Iterator[tuple[object, Callable[[], Article]]]:
    """The pages of lines of JSON; those without an id are called by file and line."""
    for count, line in enumerate(lines, 1):
        if line.strip():
            number = number_of(line)
            yield f"{source}:{count}" if number is None else number, partial(_line_page, line)


def _line_page(line: bytes) -> Article:
    """The article of one line. Raises NewsError, BadLine."""
    return page_of(given(line, GivenPage, ACCEPTED_PAGE))


def _opened(source: str) -> Iterator[bytes]:
    """The lines of a file, one after another, however many. Raises BadLine."""
    try:
        with Path(source).open("rb") as file:
            yield from file
    except OSError as error:
        raise BadLine(f"{source} cannot be read: {error.strerror}. Accepted: a file or an http address") from error


def _bytes(source: str) -> tuple[bytes, str]:
    """The content of a file or of standard input, and its name. Raises BadLine."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST), "standard input"
    path = Path(source)
    try:
        if path.is_dir():
            raise BadLine(f"{source} is a folder. Accepted: files, e.g. {source.rstrip('/')}/*.html")
        if path.stat().st_size > LARGEST:
            most = LARGEST // 1_000_000
            raise BadLine(f"{source} has more than {most} MB. Accepted: one page, or lines of JSON (.jsonl)")
        data = path.read_bytes()
    except OSError as error:
        raise BadLine(f"{source} cannot be read: {error.strerror}. Accepted: a file or an http address") from error
    if not data.strip():
        raise BadLine(f"{source} is empty. Accepted: a page as HTML, an article as text, or lines of JSON")
    return data, source


def _holds_lines(data: bytes) -> bool:
    """Whether a file holds lines of JSON rather than one page."""
    head = data[:200].lstrip()
    return head.startswith(b"{") and any(field in head for field in (b'"text"', b'"html"', b'"id"'))


@click.command()
@sources
@url_option
@published_option
@lines_option
@as_json
def read(sources: tuple[str, ...], url: str | None, published: str | None, *, lines: bool, as_json: bool) -> None:
    """Read pages and show what is in them: text, names, quotes, meetings, days. Nothing is kept."""
    from news.reading import read as read_article  # noqa: PLC0415

    if lines:
        gc.set_threshold(100_000, 20, 50)  # pages are many small objects without cycles: 3 % of the time
        sys.exit(not each_line(sys.stdin.buffer, _read_line))

    def show(number: object, article: Article) -> None:
        told = read_out(number, article, read_article(article))
        put(told) if as_json else click.echo(_for_people(told))

    sys.exit(not _each_source(sources, url, published, show, as_json=as_json))


@click.command()
@sources
@url_option
@published_option
@lines_option
@as_json
@database
def add(
    sources: tuple[str, ...],
    url: str | None,
    published: str | None,
    database: str | None,
    *,
    lines: bool,
    as_json: bool,
) -> None:
    """Read pages and keep them: files (HTML, text, lines of JSON) and addresses."""
    now = datetime.now(UTC)
    with archive(settings(database=database), now) as store:
        if lines:
            sys.exit(not each_line(sys.stdin.buffer, partial(_keep_line, store)))

        def show(number: object, article: Article) -> None:
            told = _keep(store, number, article)
            put(told) if as_json else click.echo(_kept_words(told, article))

        fine = _each_source(sources, url, published, show, as_json=as_json, failure=_not_kept)
    sys.exit(not fine)


def _keep(store: Store, number: object, article: Article) -> Json:
    """What became of an article."""
    from handlers.collect import keep  # noqa: PLC0415

    kept = keep(store, article, datetime.now(UTC))
    told: Json = {"id": number, "article": kept.id, "story": kept.story, "url": kept.url or None, "state": kept.state}
    return told | ({"reason": kept.reason} if kept.reason else {})


def _keep_line(store: Store, line: bytes) -> Json:
    """What became of the page of a line; one that tells no story is refused, which is an answer and no error."""
    found: GivenPage = given(line, GivenPage, ACCEPTED_PAGE)
    try:
        return _keep(store, found.id, page_of(found))
    except NewsError as error:
        return _refused(found.id, found.url, error)


def _refused(number: object, url: str | None, error: NewsError) -> Json:
    """What is told of a page that is not kept, and why."""
    told: Json = {"id": number, "article": None, "story": None, "url": url, "state": "refused"}
    return told | {"reason": str(error)}


def _read_line(line: bytes) -> Json:
    """What is in the page of a line."""
    from news.reading import read as read_article  # noqa: PLC0415

    found: GivenPage = given(line, GivenPage, ACCEPTED_PAGE)
    article = page_of(found)
    return read_out(found.id, article, read_article(article))


def _unusable(number: object, error: Exception) -> Json:
    """What is told of a source that can't be read."""
    return {"id": number, "error": str(error)}


def _each_source(
    sources: tuple[str, ...],
    url: str | None,
    published: str | None,
    show: Callable[[object, Article], None],
    *,
    as_json: bool,
    failure: Callable[[object, Exception], Json] = _unusable,
) -> bool:
    """Whether every source could be used; what can't be is told and passed over."""
    if not sources and sys.stdin.isatty():
        raise click.UsageError("Which page? A file, an address, or a page on standard input, e.g. ./run read page.html")
    given_in = Input(url, published)
    fine = True
    with ExitStack() as stack:
        stack.callback(given_in.close)
        shown = sources or ("-",)
        watched = (
            stack.enter_context(progress(shown, "reading")) if len(shown) > 3 and not sys.stdout.isatty() else shown
        )
        for source in watched:
            for number, error in _shown(given_in, source, show):
                fine = False
                words = str(error) if str(error).startswith(str(number)) else f"{number}: {error}"
                put(failure(number, error)) if as_json else click.echo(words, err=True)
    return fine


def _not_kept(number: object, error: Exception) -> Json:
    """What is told of a source that can't be kept: refused if it is a page, an error if it is none at all."""
    return _refused(number, None, error) if isinstance(error, NewsError) else _unusable(number, error)


def _shown(given_in: Input, source: str, show: Callable[[object, Article], None]) -> Iterator[tuple[object, Exception]]:
    """(id, what was wrong) of the pages of a source that could not be used; the others are shown."""
    number: object = source
    pages = given_in.pages(source)
    while True:
        try:
            number, give = next(pages)
            show(number, give())
        except StopIteration:
            return
        except (NewsError, BadLine, StoreError) as error:
            yield number, error


def _kept_words(told: Json, article: Article) -> str:
    """One line about an article that was kept or not."""
    reason = f" ({told['reason']})" if told.get("reason") else ""
    return f"{told['state']:<8} {article.title}{reason}"


def _for_people(told: Json) -> str:
    """What was read, laid out for a person."""
    about = [
        told["published"] or "undated",
        *([", ".join(told["byline"])] if told["byline"] else []),
        told["site"] or "",
    ]
    blocks = [f"{told['title']}\n{' · '.join(part for part in about if part)}", told["text"]]
    blocks += [f"“{quote['words']}” ({quote['speaker'] or 'unknown'})" for quote in told["quotes"]]
    for meeting in told["meetings"]:
        who = ", ".join((*meeting["people"], *meeting["organisations"]))
        blocks.append(
            f"{meeting['kind']}: {who} · {meeting['day'] or 'undated'} · {meeting['place'] or 'place not said'} · "
            f"{meeting['status']}"
        )
    people = [
        name["name"] + (f" ({name['role']})" if name["role"] else "")
        for name in told["names"]
        if name["kind"] == "person"
    ]
    if people:
        blocks.append(f"People: {', '.join(people)}")
    return "\n\n".join(blocks) + "\n"
