"""A line that counts up while a long piece of work goes on: rewritten on a terminal, now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Final

_TERMINAL: Final = 0.2
_ELSEWHERE: Final = 10.0


class Counted:
    """Called with how many are done; it says so on stderr, five times a second on a terminal, else every ten seconds."""

    def __init__(self, total: int | None, what: str = "articles") -> None:
        self._total, self._what = total, what
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._began = self._said = time.monotonic()
        self._wrote = False

    def __call__(self, done: int) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._said < (_TERMINAL if self._is_terminal else _ELSEWHERE):
            return
        self._said, self._wrote = now, True
        of = f" of {self._total:,}" if self._total is not None else ""
        line = f"newsarchive: {done:,}{of} {self._what} ({done / (now - self._began):,.0f}/s)"
        print(
            f"\r{line}\x1b[K" if self._is_terminal else line,
            end="" if self._is_terminal else "\n",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        """Leave the line empty for what is said next."""
        if self._wrote and self._is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
