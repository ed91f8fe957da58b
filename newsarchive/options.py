"""Every setting of newsarchive: its name, its default, how it is read and what it is for, in one registry.

A value may come from a settings file (already typed), from the environment or from `-s NAME=VALUE` (strings): each
option reads all of them to the same type, and says in one line what is wrong with a value it cannot read.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any


class OptionError(ValueError):
    """A setting's value that cannot be read; the message is one line that names the setting and what it takes."""


@dataclass(frozen=True, slots=True)
class HostRule:
    """One entry of NEWSARCHIVE_ALLOWED_HOSTS: a host name or a network, at one port or at any.

    `name` is a lower-case host name (a leading "*." also takes its subdomains), `network` a block of addresses;
    exactly one of them is set.
    """

    name: str | None = None
    network: IPv4Network | IPv6Network | None = None
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: `parse` turns whatever was written into the value the program uses, or raises OptionError."""

    name: str
    default: Any
    kind: str
    doc: str
    read: Callable[[Any], Any]

    def parse(self, value: Any) -> Any:
        """The value as the program uses it; OptionError, naming the setting and what it takes, when it is none."""
        try:
            return self.read(value)
        except (ValueError, TypeError) as error:
            why = f" ({error})" if str(error) else ""
            raise OptionError(f"{self.name} takes {self.kind}, not {_shown(value)}{why}") from None


def _shown(value: Any) -> str:
    """A value as a message may show it: short, on one line, without the password of a URL."""
    text = re.sub(r"(?<=://)([^/@:\s]*):[^@/\s]*@", r"\1:***@", str(value))
    text = " ".join(text.split())
    return repr(text if len(text) <= 80 else text[:79] + "…")


def _text(value: Any) -> str:
    text = str(value).strip()
    if not text.isprintable():
        raise ValueError("it holds a line break or a control character")
    return text


def _database_url(value: Any) -> str:
    text = _text(value)
    if not re.match(r"[a-z][a-z0-9_]*(\+[a-z0-9_]+)?://", text, re.I):
        raise ValueError("no dialect, as in sqlite:///news.sqlite or postgresql+psycopg://user@host/news")
    return text


def _folder(value: Any) -> Path | None:
    text = _text(value if value is not None else "")
    return Path(text).expanduser() if text else None


def _contact(value: Any) -> str | None:
    text = _text(value if value is not None else "")
    if any(character in text for character in "();") or not text.isascii():
        raise ValueError("plain ASCII without brackets or semicolons, since it goes into a header")
    return text or None


def _between(kind: type[int] | type[float], low: float, high: float) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            number = kind(str(value).strip())  # by way of a string, so that True is no 1
        except ValueError:
            raise ValueError from None
        if not low <= number <= high:
            raise ValueError(f"it must be between {low} and {high}")
        return number

    return read


def _bytes(value: Any) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", str(value).strip(), re.I)
    if match is None:
        raise ValueError
    number = int(float(match[1]) * {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}[match[2].lower()])
    if number < 1:
        raise ValueError("it must be at least 1")
    return number


CAPTURE_KINDS = ("articles", "redirects", "sections", "feeds", "sitemaps")


def _kinds(value: Any) -> frozenset[str]:
    names = re.split(r"[,\s]+", value.strip().lower()) if isinstance(value, str) else [str(name) for name in value]
    unknown = sorted({name for name in names if name} - {*CAPTURE_KINDS})
    if unknown:
        raise ValueError(f"there is no kind {unknown[0]!r}: {', '.join(CAPTURE_KINDS)}")
    return frozenset(name for name in names if name)


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        word = str(value).strip().lower()
        if word not in words:
            raise ValueError
        return word

    return read


def _workers(value: Any) -> int:
    if str(value).strip().lower() == "auto":
        return max(1, min(8, os.cpu_count() or 1))
    number: int = _between(int, 0, 256)(value)
    return number


_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _ages(value: Any) -> tuple[timedelta, ...]:
    if not isinstance(value, str):
        return tuple(sorted(value))
    ages = []
    for word in value.replace(",", " ").split():
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", word.lower())
        if match is None:
            raise ValueError(f"{word!r} is no time")
        ages.append(timedelta(seconds=float(match[1]) * _SPANS[match[2]]))
    if any(not timedelta(minutes=1) <= age <= timedelta(days=3660) for age in ages):
        raise ValueError("each must be between 1m and 3660d")
    return tuple(sorted(ages))


_HOST_NAME = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")


def _host_rule(entry: str) -> HostRule:
    host, port = entry, None
    if match := re.fullmatch(r"\[([^\]]+)\](?::(\d+))?|([^:]+):(\d+)", entry):
        host, port = match[1] or match[3], match[2] or match[4]
    if port is not None and not 0 < int(port) < 65536:
        raise ValueError(f"no port {port}")
    number = int(port) if port else None
    try:
        return HostRule(network=ip_network(host, strict=False), port=number)
    except ValueError:
        name = host.lower().rstrip(".")
        if not _HOST_NAME.fullmatch(name) or re.fullmatch(r"[0-9.]+|0x[0-9a-f.x]*", name):
            raise ValueError(f"{entry!r} is neither a host name nor an address nor a network") from None
        return HostRule(name=name, port=number)


def _hosts(value: Any) -> tuple[HostRule, ...]:
    if value is None:
        return ()
    entries = re.split(r"[,\s]+", value) if isinstance(value, str) else [str(entry) for entry in value]
    return tuple(_host_rule(entry.strip()) for entry in entries if entry.strip())


OPTIONS: tuple[Option, ...] = (
    Option(
        "NEWSARCHIVE_DATABASE_URL",
        "sqlite:///newsarchive.sqlite",
        "an SQLAlchemy database URL",
        "The archive: any database SQLAlchemy knows. It is created and migrated at first use.",
        _database_url,
    ),
    Option(
        "NEWSARCHIVE_CAPTURES",
        "",
        "a folder (or nothing)",
        "The folder where every fetched page is kept raw, as WARC files; empty: raw pages are not kept.",
        _folder,
    ),
    Option(
        "NEWSARCHIVE_CAPTURES_KINDS",
        "articles, redirects, sections",
        "kinds of pages, separated by commas",
        "What is kept raw: `articles` (every HTML page asked for as one), `redirects`, `sections` (HTML pages that list "
        "articles), `feeds`, `sitemaps` (with robots.txt).",
        _kinds,
    ),
    Option(
        "NEWSARCHIVE_CAPTURES_COMPRESSION",
        "gzip",
        "gzip, zstd or none",
        "How the records of a WARC file are compressed, each by itself; few tools other than newsarchive read zstd yet.",
        _one_of("gzip", "zstd", "none"),
    ),
    Option(
        "NEWSARCHIVE_CAPTURES_FILE_SIZE",
        "1 GB",
        "a number of bytes, as in 1 GB",
        "The size after which a WARC file is closed and a new one begun; every run begins one of its own.",
        _bytes,
    ),
    Option(
        "NEWSARCHIVE_CONTACT",
        "",
        "an address or URL",
        "How a site's owner reaches you (a URL or an e-mail address): it becomes part of the user agent.",
        _contact,
    ),
    Option(
        "NEWSARCHIVE_ALLOWED_HOSTS",
        "",
        "host names, addresses or networks, with or without a port, separated by commas",
        "Hosts that may be fetched although their address is private: names (`intranet`, `*.corp.example`), addresses "
        "or networks (`127.0.0.1`, `10.0.0.0/8`, `::1`), each with a port if wanted (`127.0.0.1:8000`, `[::1]:8000`).",
        _hosts,
    ),
    Option(
        "NEWSARCHIVE_ROBOTS_MAX_SIZE",
        "500 KB",
        "a number of bytes, as in 500 KB",
        "How much of a robots.txt is read (RFC 9309 asks for at least 500 KiB); what comes after is cut at a line end.",
        _bytes,
    ),
    Option(
        "NEWSARCHIVE_MAX_PAUSE",
        300.0,
        "a number of seconds",
        "How long a host that answers 429 or 503 may ask to be left alone (Retry-After); one that asks for more is "
        "asked nothing more in this run.",
        _between(float, 0.1, 86_400),
    ),
    Option(
        "NEWSARCHIVE_HOST_BUDGET",
        0,
        "a whole number",
        "How many requests one host gets in one run; then the run ends, and what is left waits for the next one "
        "(0: no limit).",
        _between(int, 0, 1_000_000_000),
    ),
    Option(
        "NEWSARCHIVE_WORKERS",
        "auto",
        "a number of processes from 0 to 256, or auto",
        "How many processes read pages beside the crawler; `auto`: one a core, 8 at most; 0: the crawler "
        "reads them itself.",
        _workers,
    ),
    Option(
        "NEWSARCHIVE_EXTRACTION_TIMEOUT",
        20.0,
        "a number of seconds",
        "The seconds after which a page that cannot be read is given up, with that reason in the ledger.",
        _between(float, 0.1, 3600),
    ),
    Option(
        "NEWSARCHIVE_REVISITS",
        "15m 1h 3h 1d 3d 30d",
        "times, as in 15m 1h 3d (or nothing)",
        "The ages at which an article is read again to see whether it was changed or withdrawn; empty: never.",
        _ages,
    ),
    Option(
        "NEWSARCHIVE_DATABASE_PATIENCE",
        600.0,
        "a number of seconds",
        "How long a crawl waits for a database that cannot be reached any more, before it ends; nothing is lost by that.",
        _between(float, 0, 86_400),
    ),
    Option(
        "NEWSARCHIVE_BATCH_SIZE",
        100,
        "a whole number",
        "How many articles are written to the archive in one transaction.",
        _between(int, 1, 100_000),
    ),
    Option(
        "NEWSARCHIVE_BATCH_SECONDS",
        2.0,
        "a number of seconds",
        "The seconds after which a batch is written even if it is not full.",
        _between(float, 0.01, 3600),
    ),
)

PREFIX = "NEWSARCHIVE_"
BY_NAME: dict[str, Option] = {option.name: option for option in OPTIONS}


def value(settings: Mapping[str, Any], name: str) -> Any:
    """The parsed value of an option in a mapping of settings, or of its default where it is not set there.

    `settings` is anything with `get`: Scrapy's Settings, a dict, `os.environ`. OptionError on a bad value.
    """
    option = BY_NAME[name]
    raw = settings.get(name)
    return option.parse(option.default if raw is None else raw)


def check(settings: Mapping[str, Any]) -> None:
    """Read every option once, so that a bad value, or an unknown NEWSARCHIVE_ name, is told before anything starts."""
    for name in sorted(name for name in settings if str(name).startswith(PREFIX) and name not in BY_NAME):
        near = difflib.get_close_matches(name, BY_NAME, n=1)
        raise OptionError(f"there is no setting {name}" + (f", did you mean {near[0]}?" if near else ""))
    for option in OPTIONS:
        value(settings, option.name)


def from_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The options that the environment sets, unparsed, by name."""
    environ = os.environ if environ is None else environ
    return {option.name: environ[option.name] for option in OPTIONS if option.name in environ}


def user_agent(settings: Mapping[str, Any], version: str) -> str:
    """The user agent that says who crawls and how to reach them: "newsarchive/0.1.0 (+https://example.org/bot)"."""
    contact = value(settings, "NEWSARCHIVE_CONTACT")
    return f"newsarchive/{version} (+{contact})" if contact else f"newsarchive/{version}"


def markdown() -> str:
    """The page of documentation that lists every setting; `docs/settings.md` is this text."""
    lines = [
        "# Settings",
        "",
        "newsarchive's own settings are Scrapy settings. Each one may be set, later ones winning:",
        "",
        "1. in the environment: `NEWSARCHIVE_DATABASE_URL=sqlite:///news.sqlite scrapy crawl lematin`",
        "2. on the command line: `-s NAME=VALUE`, on `scrapy crawl` and `newsarchive crawl` alike",
        "",
        "A project's `settings.py` may set them too (the environment wins over it), and so may a spider's",
        "`custom_settings` (they win over the environment). A value that cannot be read ends the command with one line",
        "that names it, and exit code 2.",
        "",
        "| Setting | Default | Takes | Meaning |",
        "| --- | --- | --- | --- |",
    ]
    for option in OPTIONS:
        default = f"`{option.default}`" if option.default != "" else "(empty)"
        lines.append(f"| `{option.name}` | {default} | {option.kind} | {option.doc} |")
    return "\n".join([*lines, "", _SCRAPY_SETTINGS])


_SCRAPY_SETTINGS = """\
## Scrapy's own settings, as newsarchive sets them

All of Scrapy's settings work as its documentation says. `newsarchive/settings.py` changes these, and explains why, line
by line; `-s` overrides any of them.

| Setting | Here | Why |
| --- | --- | --- |
| `ROBOTSTXT_OBEY` | `True` | robots.txt is obeyed |
| `AUTOTHROTTLE_ENABLED` | `True` | the pace follows the site's own speed, and a `Crawl-delay` up to `AUTOTHROTTLE_MAX_DELAY` is kept |
| `CONCURRENT_REQUESTS_PER_DOMAIN` | `2` | a host gets two requests at a time at most |
| `DOWNLOAD_TIMEOUT` | `30` | seconds, for one whole download |
| `DOWNLOAD_MAXSIZE` | `10000000` | bytes of a page, also after it is decompressed |
| `DOWNLOAD_HANDLERS` | http, https | no file, ftp, s3 or data link is ever followed; headers are limited, too |
| `TELNETCONSOLE_ENABLED`, `REMOTE_CONTROL_ENABLED` | `False` | nobody may connect to a running crawl |
| `USER_AGENT` | `newsarchive/VERSION (+CONTACT)` | made from `NEWSARCHIVE_CONTACT`; a `USER_AGENT` you set wins |
"""
