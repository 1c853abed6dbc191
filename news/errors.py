"""What can be wrong with what comes in.

    NewsError
    ├── PageError            the bytes of a page
    │   ├── NotAPage         no text at all: an image, noise, an empty file
    │   └── NotAnArticle     a page, but none that tells a story: a front page, a login, a notice
    ├── FeedError            the bytes of a feed
    │   └── NotAFeed
    └── DayError             a value that is no day

Every message is a sentence for a person: what was wrong, what is accepted.
"""


class NewsError(ValueError):
    """Input that cannot be read as what it was given for."""


class PageError(NewsError):
    """A page that gives no article."""


class NotAPage(PageError):
    """Bytes with no readable text."""


class NotAnArticle(PageError):
    """A page without a story of its own."""


class FeedError(NewsError):
    """A feed that gives no entries."""


class NotAFeed(FeedError):
    """Bytes that are no RSS, RDF, Atom or JSON Feed."""


class DayError(NewsError):
    """A value that names no day, week, month, quarter, year or interval."""
