"""Addresses of pages: one form for each, so that one page has one id."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm|mtm|pk|at|hsa|oly|vero|wt|ns|cm|ga)_\w+|(?:fb|g|ms|tt|tw|li_fat_|dc|yc|wbra|gbra|igsh|mc_[ce])(?:clid|id|mmp)?"
    r"|gclsrc|igshid|_ga|_gl|_hs\w+|mkt_tok|cmpid|icid|ocid|ito|ncid|s_cid|smid|smtyp|spm|trk|xtor|xtref|rss|ftag"
    r"|ref|ref_src|ref_url|referrer|source|src|partner|cmp|campaign|amp|share|outputtype|feature|sh|soc_\w+",
    re.IGNORECASE,
)
_PORTS = {"http": ":80", "https": ":443"}
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_.-])(\d{1,2}|[a-z]{3})\2(\d{1,2})(?!\d)|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d))",
    re.IGNORECASE,
)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_LONGEST = 2048
"""Characters of the longest address taken; browsers and proxies end about here."""


def canonical(url: str) -> str:
    """The one form of an address: small host, no fragment, default port or tracking; "" for what is no web address.

    Rules: RFC 3986 section 6.2 for case, ports and empty paths; the parameters that campaigns add are left out.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port is not None else ""
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or len(url) > _LONGEST:
        return ""
    if ":" in host:
        host = f"[{host}]"
    port = "" if port == _PORTS[scheme] else port
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~%-._", errors="surrogateescape")
    return urlunsplit((scheme, host + port, path or "/", urlencode(kept, errors="surrogateescape"), ""))


def absolute(base: str | None, link: str | None) -> str | None:
    """A link of a page as a whole web address; None where it leads to none (mail, script, nonsense)."""
    if not link:
        return None
    try:
        whole = link.strip()
        whole = whole if whole.startswith(("https://", "http://")) else urljoin(base or "", whole)
        parts = urlsplit(whole)
    except ValueError:
        return None
    good = parts.scheme in _PORTS and parts.netloc and len(whole) <= _LONGEST and whole.isprintable()
    return whole.replace(" ", "%20") if good else None


def host_of(url: str | None) -> str:
    """The host of an address without "www.", "" where it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def day_in(url: str | None) -> date | None:
    """The day that an address names, as in /2025/04/25/, /2025/apr/25/ or -20250425; None where there is none."""
    for match in _DAY.finditer(unquote(url or "")):
        year, _, month, day, close_month, close_day = match.groups()
        number = _MONTHS.get(month.lower(), 0) if month and month.isalpha() else int(month or close_month)
        try:
            return date(int(year), number, int(day or close_day))
        except ValueError:
            continue
    return None
