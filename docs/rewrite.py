"""Rewrite the parts of these pages that are made from the code: `python docs/rewrite.py`.

A part stands between `<!-- made by ... -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from newsarchive import export
from newsarchive.archive import describing

HERE = Path(__file__).parent
PARTS: dict[str, Callable[[], str]] = {"archive.md": describing.markdown, "export.md": export.markdown}
_PART = re.compile(r"(<!-- made by [^>]*-->\n).*?(<!-- end -->)", re.DOTALL)


def rewritten(text: str, part: str) -> str:
    """A page with its made part replaced."""
    page, number = _PART.subn(lambda found: f"{found[1]}\n{part}\n\n{found[2]}", text)
    if number != 1:
        raise ValueError("a page has exactly one made part")
    return page


if __name__ == "__main__":
    for name, make in PARTS.items():
        path = HERE / name
        path.write_text(rewritten(path.read_text("utf-8"), make()), "utf-8")
