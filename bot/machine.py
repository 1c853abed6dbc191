"""The machine-readable face of the command line: one JSON object a line, in and out. Fields may only be added."""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, structs

from news.article import published_text
from news.errors import NewsError
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from news.article import Article
    from news.meeting import Meeting
    from news.reading import Reading

Json = dict[str, Any]

ACCEPTED_PAGE = 'Accepted: {"id": 1, "html": "<p>…"} or {"id": 1, "text": "…"}, and url, title, published, clean'
ACCEPTED_QUESTION = 'Accepted: {"id": 1, "question": "who met Putin?"}, and now, chat'
BROKEN = "Something went wrong here, not with the input; the reason stands on standard error"


class BadLine(ValueError):
    """A line that can't be used; the message says what is accepted."""


class GivenPage(Struct, frozen=True):
    """A page as a line gives it."""

    id: Any = None
    html: str | None = None
    text: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    clean: bool = False


class GivenQuestion(Struct, frozen=True):
    """A question as a line gives it."""

    question: str
    id: Any = None
    now: str | None = None
    chat: int = 0


def moment(written: str) -> tuple[datetime, bool]:
    """The moment (aware UTC) of an ISO 8601 text, and whether it names a day only.

    Raises:
        BadLine: it is neither moment nor day.
    """
    text = written.strip()
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(
            f"{text[:40]!r} is no moment. Accepted: 2025-04-25 or 2025-04-25T10:30:00+02:00, UTC without zone"
        ) from error
    return found, len(text) <= 10 and "T" not in text and ":" not in text


def page_of(given: GivenPage) -> Article:
    """The article that a line gives.

    Raises:
        NewsError, BadLine: each with a sentence.
    """
    from news.lines import read_text  # noqa: PLC0415 - a question does not need the cleaner
    from news.page import read_page  # noqa: PLC0415

    if (given.html is None) == (given.text is None):
        raise BadLine(f"A line needs html or text, one of them. {ACCEPTED_PAGE}")
    published, day_only = moment(given.published) if given.published else (None, False)
    about: Json = {"url": given.url, "title": given.title, "published": published}
    if given.html is not None:
        article = read_page(given.html, **about)
    else:
        article = read_text(given.text or "", clean=given.clean, **about)
    if day_only and article.published == published:
        return structs.replace(article, precision="day")
    return article


def read_out(number: object, article: Article, reading: Reading) -> Json:
    """What `read` tells of an article."""
    return {
        "id": number,
        "url": article.url or None,
        "title": article.title,
        "text": article.text,
        "byline": article.byline,
        "published": published_text(article.published, article.precision),
        "precision": article.precision,
        "site": article.site,
        "image": article.image.url if article.image else None,
        "language": article.language,
        "tags": article.tags,
        "related": [{"title": link.title, "url": link.url} for link in article.related],
        "agencies": article.agencies,
        "captions": article.captions,
        "names": [{"name": n.name, "kind": n.kind, "role": n.role, "spans": n.spans} for n in reading.names],
        "quotes": [structs.asdict(quote) for quote in reading.quotes],
        "meetings": [meeting_out(meeting) for meeting in reading.meetings],
        "days": [{"start": d.start, "end": d.end, "value": _value(d.day)} for d in reading.days],
        "brief": [article.text[start:end] for start, end in reading.brief],
    }


def meeting_out(meeting: Meeting) -> Json:
    """What is told of a meeting."""
    told = structs.asdict(meeting)
    told["day"] = _value(meeting.day) if meeting.day else None
    return told


def _value(day: Any) -> str:  # noqa: ANN401 - news.day.Day, imported where it is needed
    """The day for machines."""
    from news.day import value  # noqa: PLC0415

    return value(day)


def given(line: bytes | str, kind: type[Struct], accepted: str) -> Any:  # noqa: ANN401
    """The line as what it has to be.

    Raises:
        BadLine: it is no JSON object of that kind.
    """
    try:
        return msgspec.convert(_object(line, accepted), kind)
    except msgspec.ValidationError as error:
        raise BadLine(f"A field does not fit: {error}. {accepted}") from error


def _object(line: bytes | str, accepted: str) -> Json:
    """The JSON object of a line. Raises BadLine."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadLine(f"This is no line of JSON: {error}. {accepted}") from error
    if not isinstance(found, dict):
        raise BadLine(f"This is no JSON object. {accepted}")
    return found


def number_of(line: bytes | str) -> object:
    """The id of a line, None if it has none that can be read."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found.get("id") if isinstance(found, dict) else None


def each_line(lines: Iterable[bytes], answer: Callable[[bytes], Json]) -> bool:
    """Whether every line could be used. Each is answered, and its answer flushed, before the next one is waited for."""
    fine = True
    count = counter()
    for line in lines:
        try:
            told = answer(line)
        except (BadLine, NewsError, StoreError) as error:
            told, fine = {"id": number_of(line), "error": str(error)}, False
        except Exception as error:  # noqa: BLE001 - whatever it is, the next line must be answered
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            told, fine = {"id": number_of(line), "error": BROKEN}, False
        put(told)
        count()
    return fine


def counter() -> Callable[[], None]:
    """A function to call for each line; it shows the count to a person who watches while the output goes elsewhere."""
    if sys.stdout.isatty() or not sys.stderr.isatty():
        return lambda: None
    numbers = itertools.count(1)

    def show() -> None:
        number = next(numbers)
        if number % 20 == 0:
            print(f"\r{number:,} lines", end="", file=sys.stderr, flush=True)

    return show


def none(sentence: str, *, as_json: bool) -> None:
    """Nothing; says to a person that there is nothing to list, apart from what a program would read."""
    if not as_json:
        print(sentence, file=sys.stderr)


def put(told: Json) -> None:
    """Nothing; one object on one line of standard output, flushed."""
    out = sys.stdout.buffer
    out.write(encoded(told) + b"\n")
    out.flush()


def encoded(told: Json) -> bytes:
    """The object as UTF-8; characters that UTF-8 cannot hold are replaced."""
    try:
        return msgspec.json.encode(told)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(told))


def _whole(value: Any) -> Any:  # noqa: ANN401
    """The value without lone surrogates."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list | tuple) else value
