"""The word lists that names are told by: read once from `news/data`, never at call time.

A list file holds entries parted by commas or line ends; `# ...` is a comment, `[section]` opens a section. An entry may
have spaces. `countries.txt` has fields of its own and is read by `news.place`.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Literal


def lines_of(file: str) -> list[str]:
    """The lines of a list file, without comments and blank ones."""
    text = (files("news") / "data" / file).read_text(encoding="utf-8")
    kept = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in kept if line]


def sections_of(file: str) -> dict[str, list[str]]:
    """Entries by section; those before the first section stand under the empty name."""
    found: dict[str, list[str]] = {"": []}
    section = ""
    for line in lines_of(file):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            found.setdefault(section, [])
        else:
            found[section] += [entry.strip() for entry in line.split(",") if entry.strip()]
    return found


def _words(sections: dict[str, list[str]], *wanted: str) -> frozenset[str]:
    return frozenset(entry for section in wanted for entry in sections.get(section, ()))


COMMON = frozenset(word for line in lines_of("common_words.txt") for word in line.split())
"""Common English words in lower case, about 13,000."""

_first = sections_of("first_names.txt")
FIRST_NAMES: dict[str, Literal["m", "f", "u"]] = {
    **dict.fromkeys(_first["men"], "m"),
    **dict.fromkeys(_first["women"], "f"),
    **dict.fromkeys(set(_first["men"]) & set(_first["women"]), "u"),
    **dict.fromkeys(_first["both"], "u"),
}
"""First names and whose they are as a rule; "u" where both bear them."""

LEANING: dict[str, Literal["m", "f"]] = {
    **dict.fromkeys(_first["mostly men"], "m"),
    **dict.fromkeys(_first["mostly women"], "f"),
}
"""First names that both bear, and whose they mostly are."""

FAMILY_FIRST = frozenset(entry for names in sections_of("family_first.txt").values() for entry in names)
"""Family names that go first: Chinese, Korean, Vietnamese."""

_surnames = sections_of("surnames.txt")
LEADERS = frozenset(_surnames["leaders and people often named"])
"""Family names that news names without a first one."""
SURNAMES = LEADERS | frozenset(_surnames["many bear"])
"""Family names that many bear or that are often in the news."""

_titles = sections_of("titles.txt")
MALE_TITLES = _words(_titles, "men")
FEMALE_TITLES = _words(_titles, "women")
TITLES = _words(_titles, "men", "women", "any")
"""Words before a name that are no part of it, in lower case without a full stop."""
PORTFOLIO = _words(_titles, "portfolio")
"""Capitalised words that complete a title: Minister of Foreign Affairs."""
ROLES = TITLES | _words(_titles, "roles")
"""Lower-case nouns that say what a person is: "spokesman", "adviser"."""
OPENERS = _words(_titles, "openers")
"""Common words that begin sentences before a name, in lower case: "former", "local"."""
NEVER_NAMES = _words(_titles, "never")
"""Capitalised words that begin sentences and are never the first word of a name, in lower case."""

_orgs = sections_of("organisations.txt")
ORGANISATIONS = frozenset(
    entry for section, names in _orgs.items() if not section.startswith("words") for entry in names
)
"""Organisations known by name: bodies, companies, parties, media, clubs."""
ORG_WORDS = _words(_orgs, "words strong")
ORG_WORDS_WEAK = _words(_orgs, "words weak")
ORG_NOUNS = _words(_orgs, "words nouns")
"""Lower-case nouns that follow an organisation's name: "party", "newspaper"."""

_places = sections_of("places.txt")
PLACE_WORDS = _words(_places, "words last")
PLACE_HEADS = _words(_places, "words first")
PLACE_NOUNS = _words(_places, "words nouns")
"""Lower-case nouns that follow a place's name: "province", "airport"."""

CALENDAR = _words(_titles, "calendar")
"""Days, months, feasts."""

CONTEXT = {section: frozenset(words) for section, words in sections_of("name_context.txt").items()}
"""Words around a name by what they say of it."""
