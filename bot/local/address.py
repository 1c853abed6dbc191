"""Addresses in links, as TDLib's parse_url (tdutils/td/utils/HttpUrl.cpp) and check_url read them."""

from __future__ import annotations

import re

_URL = re.compile(
    r"(?:(?P<scheme>[a-z]+)://)?"
    r"(?:(?P<user>[^/?#\s\[\]<>]*)@)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[^/?#@:]*)"
    r"(?P<port>:[0-9]*)?"
    r"(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|(?:[A-Za-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})+")
_INTERNAL = re.compile(r"(tg|ton|tonsite):(?://)?@?([a-z0-9_-]+)([/?#].*)?", re.IGNORECASE | re.DOTALL)


def address(url: str) -> str | None:
    """The address as Telegram keeps it in a link or button, None if it takes it for none.

    Scheme and host come back in lower case, a missing path as "/", white space as %XX.
    """
    if internal := _INTERNAL.fullmatch(url):
        rest = internal[3] or ""
        return f"{internal[1].lower()}://{internal[2].lower()}{rest if rest.startswith('?') else _path(rest)}"
    match = _URL.fullmatch(url)
    if match is None:
        return None
    scheme, host, port, rest = (match[name] or "" for name in ("scheme", "host", "port", "rest"))
    if scheme.lower() not in ("", "http", "https") or not _HOST.fullmatch(host):
        return None
    if host == "." or ("." not in host and host[0] != "[") or (port and not 1 <= int(port[1:] or 0) <= 65535):
        return None
    user = f"{match['user']}@" if match["user"] else ""
    return f"{scheme.lower() or 'http'}://{user}{_lower(host)}{port}{_path(rest)}"


def _lower(host: str) -> str:
    return re.sub("[A-Z]+", lambda match: match[0].lower(), host)


def _path(rest: str | None) -> str:
    rest = (rest or "").rstrip()
    rest = rest if rest.startswith("/") else "/" + rest
    return re.sub(r"[\0-\x20]", lambda match: f"%{ord(match[0]):02X}", rest)
