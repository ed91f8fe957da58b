"""Builds the modules in C, which are optional: without a compiler the Python beside each does the same (see compiled.py)."""

from hashlib import sha256
from pathlib import Path

from setuptools import Extension, setup

FOLDER = Path("newsarchive/extraction")


def extension(name: str) -> Extension:
    """A module that knows what source it was built from, so that a stale one is never used."""
    source = FOLDER / f"{name}.c"
    digest = sha256(source.read_bytes()).hexdigest()
    return Extension(
        ".".join([*FOLDER.parts, name]),
        [source.as_posix()],
        define_macros=[("SOURCE_DIGEST", f'"{digest}"')],
        extra_compile_args=["-O2"],
        optional=True,
    )


setup(ext_modules=[extension("_walk"), extension("_trees")])
