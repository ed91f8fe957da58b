"""The live display of a run: a small table that rewrites itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from newsarchive.cli.counts import Counts, count

if TYPE_CHECKING:
    from rich.console import Group
    from rich.live import Live

Stats = Callable[[], Mapping[str, Any]]

LINE_SECONDS = 5.0
FRAMES_A_SECOND = 4
REASONS_SHOWN = 5
WIDE = 80
"""Columns of a terminal that all counts fit into side by side."""


class Display(Protocol):
    """A display is entered when the run starts and left when it ends."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Quiet:
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class Lines:
    """One plain line on stderr every few seconds, for logs and pipes."""

    def __init__(self, name: object, stats: Stats, seconds: float = LINE_SECONDS) -> None:
        self.name, self.stats, self.seconds = name, stats, seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="newsarchive-progress", daemon=True)

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.wait(self.seconds):
            counts = count(dict(self.stats()), time.monotonic() - self._started)
            print(f"{self.name}: {line(counts)}", file=sys.stderr, flush=True)


class Table:
    """The table on a terminal; what is written to stderr meanwhile (warnings) appears above it."""

    def __init__(self, name: object, stats: Stats) -> None:
        self.name, self.stats = name, stats
        self._live: Live | None = None

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.live import Live

        self._started = time.monotonic()
        self._console = Console(stderr=True)
        self._live = Live(
            console=self._console,
            get_renderable=self._render,
            refresh_per_second=FRAMES_A_SECOND,
            transient=True,
            redirect_stdout=False,
        )
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def _render(self) -> Group:
        counts = count(dict(self.stats()), time.monotonic() - self._started)
        return picture(str(self.name), counts, self._console.width)


def display(name: object, stats: Stats, *, plain: bool, quiet: bool) -> Display:
    """The display that fits: none, lines, or the table where stderr is a terminal.

    `name` is asked for its text whenever it is shown, so that it may tell more than a name.
    """
    if quiet:
        return Quiet()
    return Lines(name, stats) if plain or not sys.stderr.isatty() else Table(name, stats)


def line(counts: Counts) -> str:
    """The counts in one plain line, zeros left out but for what is fetched and stored."""
    parts = [f"{counts.fetched} fetched", f"{counts.stored} stored"]
    others = {name: getattr(counts, name) for name in ("new_version", "duplicate", "unchanged", "listing")}
    parts += [f"{number} {name.replace('_', ' ')}" for name, number in others.items() if number]
    if counts.rejected:
        parts.append(f"{counts.rejected} rejected{_why(counts.rejected_for)}")
    if counts.failed:
        parts.append(f"{counts.failed} failed{_why(counts.failed_for)}")
    return f"{', '.join(parts)}; {counts.rate:.1f} pages/s, {clock(counts.elapsed)}"


def _why(reasons: dict[str, int]) -> str:
    shown = [f"{reason} {number}" for reason, number in list(reasons.items())[:REASONS_SHOWN]]
    if len(reasons) > REASONS_SHOWN:
        shown.append(f"{len(reasons) - REASONS_SHOWN} more reasons")
    return f" ({', '.join(shown)})" if shown else ""


def picture(name: str, counts: Counts, width: int = WIDE) -> Group:
    """The counts as rich draws them: beside one another, or below where `width` (in columns) is too narrow for that."""
    from rich.console import Group
    from rich.table import Table as Grid
    from rich.text import Text

    head = Text.assemble(
        (name, "bold"),
        "  ",
        clock(counts.elapsed),
        "  ",
        (f"{counts.rate:.1f} pages/s", "cyan"),
        "  ",
        counts.ended or "",
    )
    styles = {"stored": "green", "new_version": "green", "rejected": "yellow", "failed": "red"}
    names = ("fetched", "stored", "new_version", "duplicate", "unchanged", "listing", "rejected", "failed")
    titles = [Text(title.replace("_", " "), "dim") for title in names]
    numbers = [Text(f"{getattr(counts, title):,}", styles.get(title, "")) for title in names]
    grid = Grid.grid(padding=(0, 2))
    if width < WIDE:
        grid.add_column()
        grid.add_column(justify="right")
        for row in zip(titles, numbers, strict=True):
            grid.add_row(*row)
    else:
        for _ in names:
            grid.add_column(justify="right")
        grid.add_row(*titles)
        grid.add_row(*numbers)
    whys = [
        Text(f"{title}{_why(reasons)}", styles[title])
        for title, reasons in (("rejected", counts.rejected_for), ("failed", counts.failed_for))
        if reasons
    ]
    return Group(head, grid, *whys)


def clock(seconds: float) -> str:
    """Seconds as 0:07, 12:34 or 1:02:03."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
