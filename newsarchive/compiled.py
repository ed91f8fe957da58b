"""The modules in C, which are optional: where they were built they do what the Python beside them does, faster."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

import selectolax.lexbor


def module(name: str) -> ModuleType | None:
    """A compiled module by its place (`_scan`, `extraction._walk`); None where it was not built, or not from the source as it is.

    With NEWSARCHIVE_PURE in the environment it is None too.
    """
    if os.environ.get("NEWSARCHIVE_PURE"):
        return None
    try:
        built = import_module(f"newsarchive.{name}")
    except ImportError:
        return None
    source = Path(__file__).parent.joinpath(*name.split(".")).with_suffix(".c")
    if source.is_file() and sha256(source.read_bytes() + _headers()).hexdigest() != built.SOURCE:
        return None
    return built


def reading_the_parser(name: str) -> ModuleType | None:
    """A module as `module` gives it that reads the parser's own nodes; None too where the parser lacks what it needs."""
    built = module(name)
    try:
        if built is not None:
            built.load(selectolax.lexbor.__file__)
    except ImportError:
        return None
    return built


@cache
def _headers() -> bytes:
    """What the sources in C share."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.h")))
