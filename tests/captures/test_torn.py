"""A writer that is killed loses nothing it acknowledged (`python -m bench.torn` does it a hundred times)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.torn import torture
from newsarchive.captures import Packing


@pytest.mark.slow
@pytest.mark.parametrize("packing", [Packing.GZIP, Packing.ZSTD])
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path, packing: Packing) -> None:
    _, _, wrong = torture(3, tmp_path, packing, told=False)
    assert wrong == []
