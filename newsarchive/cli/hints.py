"""What to do about a run that could not begin, where one setting would have let it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from newsarchive.cli.counts import Counts

SETTING = "NEWSARCHIVE_ALLOWED_HOSTS"


def start_url(spider: type[Any], arguments: Mapping[str, Any]) -> str | None:
    """The address a crawl begins at, as far as the spider's class and arguments say."""
    stated = arguments.get("url") or getattr(spider, "url", None)
    return stated or next(iter(getattr(spider, "start_urls", None) or ()), None)


def private_start(counts: Counts, url: str | None, allowed: str | Iterable[str] | None = None) -> str | None:
    """How to allow a start on a private address, in one line; None for a run that was not refused its first page.

    `allowed` is the setting as it is: what it allows already is kept.
    """
    if not counts.rejected_for.get("refused address") or counts.answers or not url:
        return None
    host = urlsplit(url if "://" in url else f"//{url}").hostname
    if not host:
        return None
    from newsarchive.middlewares.addresses import literal

    # Of a name we know only that something was refused: behind a proxy that may have been the proxy.
    if literal(host) is None and getproxies():
        return None
    verb = "leads to" if literal(host) is None else "is"
    known = allowed.replace(",", " ").split() if isinstance(allowed, str) else allowed or ()
    value = ",".join((*known, host))
    return f"{host} {verb} a private address; -s {SETTING}={value} allows it"
