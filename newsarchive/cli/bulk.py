"""Runs a replay in this process, with a display, and comes back with its counts."""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsarchive.cli import archives, configuration, summary
from newsarchive.cli.counts import Counts, count
from newsarchive.cli.errors import CommandError, UsageError
from newsarchive.cli.progress import display

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newsarchive.cli.inputs import Inputs
    from newsarchive.spiders.bulk import Replay

_OURS = "newsarchive.pipelines."


class Stats(Counter[str]):
    """Counts by name, as a crawl's stats have them."""

    def inc_value(self, key: str, count: int = 1) -> None:
        """Add to a count."""
        self[key] += count


def is_usual(settings: Settings) -> bool:
    """True where the project's pipelines are newsarchive's own, all of them and no other: then no engine is needed."""
    from newsarchive import settings as ours

    def names(components: Any) -> set[str]:
        return {str(name) for name, order in dict(components).items() if order is not None}

    return names(settings.getdict("ITEM_PIPELINES")) == names(ours.ITEM_PIPELINES)


def run(settings: Settings, inputs: Inputs, args: argparse.Namespace) -> Counts:
    """Replay into the archive; Ctrl-C ends it, and the same command goes on there."""
    from newsarchive import options
    from newsarchive.bookkeeping import Books
    from newsarchive.captures.saved import Meta
    from newsarchive.spiders import sites
    from newsarchive.spiders.bulk import Input, Replay, ReplayError
    from newsarchive.spiders.workers import collect_seldom

    collect_seldom()
    stats = Stats()
    given = Input(
        paths=inputs.paths,
        wanted=inputs.wanted,
        stated=Meta(url=inputs.url, captured_at=inputs.captured_at),
        sites=sites.of_project(configuration.spiders(settings)),
    )
    started, finish = time.monotonic(), "finished"
    with archives.open_archive(settings) as archive:
        archive.begin_run("replay")
        replay = Replay(
            archive,
            Books(stats),
            given,
            workers=options.value(settings, "NEWSARCHIVE_WORKERS"),
            timeout=options.value(settings, "NEWSARCHIVE_EXTRACTION_TIMEOUT"),
        )
        told = _Told(replay, inputs.paths)
        try:
            with display(told, lambda: dict(stats), plain=args.plain, quiet=args.quiet or args.json):
                replay.run(restart=args.restart)
        except ReplayError as error:
            raise UsageError(str(error)) from error
        except KeyboardInterrupt:
            finish = "shutdown"
            summary.stderr(f"interrupted at record {replay.kept:,}: the same command goes on there")
        finally:
            counts = count({**stats, "finish_reason": finish}, time.monotonic() - started)
            named = {name.removeprefix("newsarchive/"): number for name, number in stats.items()}
            archive.end_run("complete" if finish == "finished" and not counts.exit_code else "incomplete", named)
    if replay.resumed is not None:
        summary.stderr(f"went on at record {replay.resumed.records:,}, where the last replay of this input stopped")
    elif not counts.fetched and finish == "finished" and not counts.exit_code:
        raise CommandError("no page was found that is wanted")
    return counts


class _Told:
    """The name of a replay as the display shows it: with how many records are done, of how many bytes."""

    def __init__(self, replay: Replay, paths: list[Path] | Any) -> None:
        self._replay = replay
        self._bytes: int | None = None
        threading.Thread(target=self._measure, args=(list(paths),), daemon=True).start()

    def _measure(self, paths: list[Path]) -> None:
        from newsarchive.captures import slices

        try:
            self._bytes = slices.total(paths)
        except OSError:
            return

    def __str__(self) -> str:
        done = self._replay.done
        parts = f"replay, {done.records:,} records"
        if self._bytes:
            parts += f", about {min(100, 100 * self._replay.read // self._bytes)} % of {self._bytes / 1e6:,.0f} MB"
        return parts
