"""`newsarchive why`: the whole story of one URL."""

from __future__ import annotations

import argparse
import json
from typing import Any

from newsarchive.cli import archives, configuration
from newsarchive.cli.errors import CommandError

SUMMARY = "tell the whole story of one URL"
DESCRIPTION = """Tell what the archive knows of one URL: where it was found and when, what was said of it there, every state it was
in and why, its visits and when the next one is due, what the page said of its state (ETag, Last-Modified), and the
article it leads to with its other names and versions. A URL that was never seen ends with exit code 1."""
EXAMPLES = ("newsarchive why https://example.org/2004/05/06/a-page", "newsarchive why https://example.org/feed --json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("url", metavar="URL", help="the URL, as it was found or as it is canonical")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Print the story."""
    settings = configuration.load(args)
    with archives.open_archive(settings, create=False) as archive:
        story = archive.why(args.url)
    if story is None:
        raise CommandError(f"never seen: {args.url} (in {archives.shown(settings)})")
    print(json.dumps(story, ensure_ascii=False) if args.json else "\n".join(lines(story)))
    return 0


def lines(story: dict[str, Any]) -> list[str]:
    """The story in lines a person can read; what is not known is left out."""
    told = [story["url"], _fact("state", _state(story))]
    where = " of ".join(part for part in (story["source"], story["found_on"]) if part)
    told.append(_fact("found", f"{story['first_seen']}" + (f", in {where}" if where else "")))
    told += [_fact(name, value) for name, value in (story["hints"] or {}).items()]
    told += [_fact(name, story[name]) for name in ("site", "kind", "published_at") if story[name]]
    if story["visited_at"]:
        run = f", run {story['run']['id']} ({story['run']['command']})" if story["run"] else ""
        told.append(_fact("visited", f"{story['attempts']} times, last {story['visited_at']}{run}"))
    else:
        told.append(_fact("visited", "never"))
    if story["failures"]:
        told.append(_fact("failures", f"{story['failures']} in a row"))
    told += [_fact("before", f"{_state(each)}, until {each['last_seen']}") for each in story["before"]]
    told.append(_fact("next visit", story["next_visit"] or ("as soon as possible" if _waits(story) else "none")))
    told += [_fact(name, story[name]) for name in ("pace", "etag", "last_modified") if story[name]]
    if story["article"]:
        told += _article(story["article"])
    return told


def _waits(story: dict[str, Any]) -> bool:
    return story["state"] == "known" and story["kind"] is not None


def _article(article: dict[str, Any]) -> list[str]:
    told = [_fact("article", article["url"])]
    told += [_fact("alias", alias) for alias in article["aliases"]]
    for version in article["versions"]:
        change = f", {version['change_kind']}" if version["change_kind"] else ""
        told.append(
            _fact(
                f"version {version['number']}",
                f"{version['stored_at']} {version['verdict']}{change}: {version['title'] or ''}",
            )
        )
    return told


def _state(outcome: dict[str, Any]) -> str:
    said = ": ".join(part for part in (outcome["state"], outcome["reason"]) if part)
    return f"{said} ({outcome['detail']})" if outcome["detail"] else said


def _fact(name: str, value: Any) -> str:
    return f"  {name.replace('_', ' '):<14} {value}"
