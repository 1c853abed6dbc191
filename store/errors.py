"""What can go wrong with what is kept, each a sentence that helps.

    StoreError
    ├── Unavailable        try again later; nothing was lost
    │   ├── Locked         another program holds the file
    │   ├── Full           the disk is full
    │   └── Interrupted    a query was stopped because it took too long
    ├── Unusable           somebody has to do something first
    │   ├── BadAddress     what was given names no database that can be opened
    │   ├── ReadOnly       the file or its folder may not be written
    │   ├── Corrupt        the file is damaged, or no database
    │   ├── NotOurs        a database of another program
    │   ├── TooNew         written by a newer Dateline
    │   ├── TooOld         this machine's SQLite lacks what is needed
    │   └── Broken         the disk answered with an error
    ├── Closed             used after it was closed
    ├── BadValue           a value that cannot be kept: a number over 63 bits, broken characters
    └── NotFound           what was asked for is not (or no longer) there

Errors of the driver are mapped in `translated`, and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreError(Exception):
    """Something that is kept could not be read or written; what was committed before is safe."""


class Unavailable(StoreError):
    """It may work in a moment."""


class Locked(Unavailable):
    """Another program holds the file."""


class Full(Unavailable):
    """The disk is full."""


class Interrupted(Unavailable):
    """A query was stopped on request."""


class Unusable(StoreError):
    """It will not work before somebody has done something."""


class BadAddress(Unusable):
    """No database that can be opened."""


class ReadOnly(Unusable):
    """May not be written."""


class Corrupt(Unusable):
    """Damaged, or no database at all."""


class NotOurs(Unusable):
    """A database that another program made."""


class TooNew(Unusable):
    """Made by a newer version of this program."""


class TooOld(Unusable):
    """SQLite itself is too old."""


class Broken(Unusable):
    """The disk or file system failed."""


class Closed(StoreError):
    """Used after closing."""


class BadValue(StoreError, ValueError):
    """A value that no database can hold."""


class NotFound(StoreError, LookupError):
    """Asked for by a name or number that nothing has."""


_BY_CODE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (Locked, "The database {path} is in use by another program; try again in a moment."),
    sqlite3.SQLITE_LOCKED: (Locked, "The database {path} is in use by another program; try again in a moment."),
    sqlite3.SQLITE_FULL: (Full, "The disk is full, so nothing was written to {path}; free some space and try again."),
    sqlite3.SQLITE_INTERRUPT: (Interrupted, "The question took too long and was stopped; ask for less at once."),
    sqlite3.SQLITE_CORRUPT: (
        Corrupt,
        "The database {path} is damaged. Keep the file, and start from a backup: --database BACKUP.db",
    ),
    sqlite3.SQLITE_NOTADB: (
        Corrupt,
        "{path} is no SQLite database. Name another file, or one that does not exist yet: --database news.db",
    ),
    sqlite3.SQLITE_READONLY: (
        ReadOnly,
        "{path} may not be written. Allow writing to the file and its folder, or name another: --database news.db",
    ),
    sqlite3.SQLITE_PERM: (
        ReadOnly,
        "{path} may not be written. Allow writing to the file and its folder, or name another: --database news.db",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        BadAddress,
        "{path} cannot be opened or made. Name a file in a folder that exists and may be written: --database news.db",
    ),
    sqlite3.SQLITE_IOERR: (
        Broken,
        "The disk failed while {path} was used; look for a full, removed or faulty disk, then start again.",
    ),
}
"""Primary result codes (https://www.sqlite.org/rescode.html); extended ones carry theirs in the low eight bits."""


def _is_closed_folder(path: str) -> bool:
    folder = Path(path).parent
    return folder.is_dir() and not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def as_store_error(error: Exception, path: str) -> StoreError:
    """The error of ours that stands for one of the driver's."""
    if isinstance(error, OverflowError):
        return BadValue("A number is too large to be kept; numbers go to 9223372036854775807.")
    if isinstance(error, UnicodeEncodeError):
        return BadValue("A text holds half a character (a lone surrogate) and cannot be kept.")
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return Closed(f"The database {path} was closed already.")
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN and _is_closed_folder(path):
        code = sqlite3.SQLITE_READONLY
    kind, sentence = _BY_CODE.get(code, (StoreError, "The database {path} refused: {error}."))
    return kind(sentence.format(path=path, error=error))


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Nothing; inside, every error of the driver comes out as one of ours, with the first as its cause.

    Raises: any StoreError of the tree above but NotFound.
    """
    try:
        yield
    except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
        raise as_store_error(error, path) from error
