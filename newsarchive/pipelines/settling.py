"""How a pipeline ends an item: an exception that says what became of it."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newsarchive.bookkeeping import State


class Settled(DropItem):
    """An item that goes no further, with its state and the reason; `written` when the archive keeps the row itself."""

    def __init__(self, state: State, reason: str | None, detail: str | None = None, *, written: bool = False) -> None:
        said = f"{state}: {reason}" if reason else str(state)
        super().__init__(f"{said} ({detail})" if detail else said, "DEBUG")
        self.state, self.reason, self.detail, self.written = state, reason, detail, written
