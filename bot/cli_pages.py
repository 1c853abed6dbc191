"""`read` and `add`: pages from files, addresses and lines of JSON."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
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
    nothing_to_read,
    page_of,
    put,
    read_out,
)
from news.errors import NewsError
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

    def articles(self, source: str) -> Iterator[tuple[object, Article]]:
        """(id, article) of each page in a file, at an address, or on standard input ("-").

        Raises:
            NewsError, BadLine: with a sentence. The web's errors among them.
        """
        if source.startswith(("http://", "https://")):
            yield source, self._fetched(source)
            return
        data, name = _bytes(source)
        if _holds_lines(name, data):
            for number, line in enumerate(data.splitlines(), 1):
                if line.strip():
                    found = given(line, GivenPage, ACCEPTED_PAGE)
                    yield found.id if found.id is not None else number, page_of(found)
            return
        from news.page import read_page  # noqa: PLC0415

        published = moment(self.published)[0] if self.published else None
        yield name, read_page(data, url=self.url, published=published)

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


def _bytes(source: str) -> tuple[bytes, str]:
    """The content of a file or of standard input, and its name. Raises BadLine."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST), "standard input"
    path = Path(source)
    try:
        if path.is_dir():
            raise BadLine(f"{source} is a folder. Accepted: files, e.g. {source.rstrip('/')}/*.html")
        if path.suffix not in LINES and path.stat().st_size > LARGEST:
            raise BadLine(
                f"{source} has more than {LARGEST // 1_000_000} MB. Accepted: one page, or lines of JSON (.jsonl)"
            )
        data = path.read_bytes()
    except OSError as error:
        raise BadLine(f"{source} cannot be read: {error.strerror}. Accepted: a file or an http address") from error
    if not data.strip():
        raise nothing_to_read(source)
    return data, source


def _holds_lines(name: str, data: bytes) -> bool:
    """Whether a file holds lines of JSON rather than one page."""
    if name.endswith(LINES):
        return True
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
        sys.exit(
            not each_line(sys.stdin.buffer, _line(lambda number, page: read_out(number, page, read_article(page))))
        )

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
            sys.exit(not each_line(sys.stdin.buffer, _line(lambda number, page: _keep(store, number, page))))

        def show(number: object, article: Article) -> None:
            told = _keep(store, number, article)
            put(told) if as_json else click.echo(_kept_words(told, article))

        fine = _each_source(sources, url, published, show, as_json=as_json)
    sys.exit(not fine)


def _keep(store: Store, number: object, article: Article) -> Json:
    """What became of an article."""
    from handlers.collect import keep  # noqa: PLC0415

    kept = keep(store, article, datetime.now(UTC))
    told: Json = {"id": number, "article": kept.id, "story": kept.story, "url": kept.url or None, "state": kept.state}
    return told | ({"reason": kept.reason} if kept.reason else {})


def _line(tell: Callable[[object, Article], Json]) -> Callable[[bytes], Json]:
    """A function from a line to its answer."""

    def answer(line: bytes) -> Json:
        found: GivenPage = given(line, GivenPage, ACCEPTED_PAGE)
        return tell(found.id, page_of(found))

    return answer


def _each_source(
    sources: tuple[str, ...],
    url: str | None,
    published: str | None,
    show: Callable[[object, Article], None],
    *,
    as_json: bool,
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
            error = _shown(given_in, source, show)
            if error is not None:
                fine = False
                put({"id": source, "error": error}) if as_json else click.echo(f"{source}: {error}", err=True)
    return fine


def _shown(given_in: Input, source: str, show: Callable[[object, Article], None]) -> str | None:
    """What was wrong with a source, None if all of it was shown."""
    try:
        for number, article in given_in.articles(source):
            show(number, article)
    except (NewsError, BadLine, StoreError) as error:
        return str(error)
    return None


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
