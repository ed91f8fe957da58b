"""Builds the one module in C, which is optional: without a compiler the same walk runs in Python (see walking.py)."""

from hashlib import sha256
from pathlib import Path

from setuptools import Extension, setup

SOURCE = Path("newsarchive/extraction/_walk.c")
DIGEST = sha256(SOURCE.read_bytes()).hexdigest()

setup(
    ext_modules=[
        Extension(
            "newsarchive.extraction._walk",
            [str(SOURCE)],
            define_macros=[("SOURCE_DIGEST", f'"{DIGEST}"')],
            extra_compile_args=["-O2"],
            optional=True,
        )
    ]
)
