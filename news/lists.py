"""The word lists that stand beside this package in `data/`, as sections of plain lines.

A list is text for people to extend: `#` opens a comment, `[name]` opens a section, every other line is one entry.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of data/NAME.txt by section, in order; those before any `[section]` stand under "".

    Raises:
        FileNotFoundError: there is no such list.
    """
    found: dict[str, list[str]] = {}
    section = ""
    for line in files("news").joinpath("data", f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("[") and entry.endswith("]"):
            section = entry[1:-1].strip()
            found.setdefault(section, [])
        elif entry:
            found.setdefault(section, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def section(name: str, key: str) -> frozenset[str]:
    """The words of one section of data/NAME.txt, its lines split at spaces; empty where there is no such section."""
    return frozenset(word for entry in sections(name).get(key, ()) for word in entry.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted at white space."""
    return frozenset(text.split())


def entries(name: str, key: str) -> tuple[str, ...]:
    """The lines of one section of data/NAME.txt, in order; empty where there is no such section."""
    return sections(name).get(key, ())
