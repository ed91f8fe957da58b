"""Builds the modules in C, which are optional: without a compiler the Python beside each does the same (see compiled.py)."""

from hashlib import sha256
from pathlib import Path

from setuptools import Extension, setup

SOURCES = (
    "newsarchive/_scan.c",
    "newsarchive/extraction/_walk.c",
    "newsarchive/extraction/_nodes.c",
    "newsarchive/extraction/_pick.c",
    "newsarchive/extraction/_trees.c",
)

HEADERS = sorted(Path("newsarchive").rglob("*.h"))


def extension(source: Path) -> Extension:
    """A module that knows what source it was built from, so that a stale one is never used."""
    digest = sha256(source.read_bytes() + b"".join(map(Path.read_bytes, HEADERS))).hexdigest()
    return Extension(
        ".".join(source.with_suffix("").parts),
        [source.as_posix()],
        depends=[header.as_posix() for header in HEADERS],
        define_macros=[("SOURCE_DIGEST", f'"{digest}"')],
        extra_compile_args=["-O3"],
        optional=True,
    )


setup(ext_modules=[extension(Path(source)) for source in SOURCES])
