"""What `crawl` is asked for: a spider's name, or the address of a site nobody described."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from newsarchive.cli.errors import UsageError

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]*\.?|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE)

_LOCAL = re.compile(r"(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?:[:/]|$)", re.IGNORECASE)


def address(text: str) -> str | None:
    """The http(s) URL that `text` means, or None.

    A bare host (`example.org/news`) is https, one of this machine or a literal address (`localhost:8000`) http.
    """
    url = text if "://" in text else f"{'http' if _LOCAL.match(text) else 'https'}://{text}"
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or any(character.isspace() for character in url):
        return None
    host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    return url if host and port_is_fine and _HOST.fullmatch(host) else None


def unknown(target: str, names: Sequence[str]) -> UsageError:
    """What to say of a target that is neither a spider nor a URL."""
    if "://" in target:
        return UsageError(f"not an http(s) URL: {target!r}")
    near = difflib.get_close_matches(target, names, n=3)
    known = f"known are {', '.join(names)}" if names else "none is known"
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else known
    return UsageError(f"no site {target!r}: {hint} (or give a URL, such as https://example.org)")
