"""How far a long piece of work is: a line on stderr that rewrites itself on a terminal, one now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_SECONDS: Final = 5.0
_SECONDS_ON_TERMINAL: Final = 0.2


@contextmanager
def counter(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A function that is told how many there are by now (of `total`); nothing is said of work that is over at once."""
    on_terminal = sys.stderr.isatty()
    said = began = time.monotonic()
    of = f" of {total:,}" if total is not None else ""
    shown = False

    def tell(number: int) -> None:
        nonlocal said, shown
        now = time.monotonic()
        if now - said < (_SECONDS_ON_TERMINAL if on_terminal else _SECONDS):
            return
        said, shown = now, True
        line = f"newsarchive: {number:,}{of} {what}, {number / max(now - began, 0.001):,.0f} a second"
        print(f"\r{line}\033[K" if on_terminal else line, end="" if on_terminal else "\n", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if on_terminal and shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
