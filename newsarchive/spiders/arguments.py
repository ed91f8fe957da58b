"""What `-a NAME=VALUE` may say to a news spider, read and checked before anything starts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from newsarchive.discovery import backfill
from newsarchive.discovery.backfill import Span
from newsarchive.options import OptionError
from newsarchive.urls import is_web


class ArgumentError(OptionError):
    """A spider argument that cannot be meant as it was given; the message is one line."""


def web_url(text: str) -> str:
    """An http(s) URL, `https://` added to a bare host; ArgumentError for anything else."""
    url = text.strip()
    if "://" not in url and url:
        url = f"https://{url}"
    if not is_web(url) or any(character.isspace() for character in url):
        raise ArgumentError(f"url takes the address of a site, as in https://example.org, not {text!r}")
    return url if urlsplit(url).path else f"{url}/"


def number(name: str, value: object) -> int:
    """A whole number from 0; ArgumentError for anything else."""
    try:
        found = int(str(value).strip())
    except ValueError:
        found = -1
    if found < 0:
        raise ArgumentError(f"{name} takes a whole number from 0, not {value!r}")
    return found


_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds(name: str, value: object) -> float:
    """A time in seconds (`90`, `90s`, `10m`, `2h`, `1d`); ArgumentError for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", str(value).strip().lower())
    if match is None:
        raise ArgumentError(f"{name} takes a time, as in 90s, 10m or 2h, not {value!r}")
    return float(match[1]) * _UNITS[match[2]]


def day(name: str, value: object) -> Span:
    """The days that a date, a month or a year names; ArgumentError for anything else."""
    try:
        return backfill.span(str(value))
    except ValueError as error:
        raise ArgumentError(f"{name}: {error}") from None


def flag(name: str, value: object) -> bool:
    """True or False in the usual spellings; ArgumentError for anything else."""
    text = str(value).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("", "0", "false", "no", "off", "none"):
        return False
    raise ArgumentError(f"{name} takes yes or no, not {value!r}")


def url_lines(path: str) -> list[str]:
    """The lines of a file of URLs that are not blank or comments (#); ArgumentError if it cannot be read or has none."""
    file = Path(path).expanduser()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ArgumentError(f"urls: {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ArgumentError(f"urls: {path}: is not a text file of URLs") from error
    lines = [stripped for line in text.splitlines() if (stripped := line.strip()) and not stripped.startswith("#")]
    if not lines:
        raise ArgumentError(f"urls: {path}: holds no URL")
    return lines


def near(name: str, known: Iterable[str]) -> str:
    """ ": did you mean …?" for a name that is nearly a known one, else the names there are."""
    names = list(known)
    found = difflib.get_close_matches(name, names, n=1)
    return f": did you mean {found[0]}?" if found else f": the arguments are {', '.join(names)}"


def strangers(given: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """The given names that nobody knows; names that begin with an underscore are a scheduler's own (Scrapyd's `_job`)."""
    known = set(known)
    return (name for name in given if name not in known and not name.startswith("_"))
