from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from newsarchive.export import ExistsError, ExportError
from newsarchive.export.files import replaced


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_whole_at_the_end(tmp_path: Path) -> None:
    with replaced(tmp_path / "a.json", force=False) as out:
        out.write(b"half")
        assert "a.json" not in names(tmp_path)
        out.write(b" and half")
    assert (tmp_path / "a.json").read_bytes() == b"half and half"
    assert names(tmp_path) == ["a.json"]


def test_a_failure_leaves_no_trace_and_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")

    def interrupted() -> None:
        with replaced(tmp_path / "a.json", force=True) as out:
            out.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "a.json").read_text() == "old"
    assert names(tmp_path) == ["a.json"]


def test_a_file_that_is_there_is_replaced_only_with_force_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ExistsError, match="--force"), replaced(path, force=False):
        raise AssertionError("not reached")
    assert path.read_text() == "old"
    with replaced(path, force=True) as out:
        out.write(b"new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.json").write_text("old")
    (tmp_path / "a.json").symlink_to(tmp_path / "real" / "a.json")
    with replaced(tmp_path / "a.json", force=True) as out:
        out.write(b"new")
    assert (tmp_path / "a.json").is_symlink()
    assert (tmp_path / "real" / "a.json").read_text() == "new"


def test_a_file_that_came_in_the_meantime_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    def late() -> None:
        with replaced(path, force=False) as out:
            out.write(b"mine")
            path.write_text("theirs")

    with pytest.raises(ExistsError):
        late()
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize(
    ("where", "message"), [("", "is a directory"), ("no/a.json", "there is no directory"), ("f/a.json", "no directory")]
)
def test_a_path_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, where: str, message: str) -> None:
    (tmp_path / "f").touch()
    with pytest.raises(ExportError, match=message) as error, replaced(tmp_path / where, force=False):
        raise AssertionError("not reached")
    assert "\n" not in str(error.value)


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        folder = Path("/proc")
    else:
        folder = tmp_path
        folder.chmod(0o555)
    with pytest.raises(ExportError, match="cannot write"), replaced(folder / "a.json", force=False):
        raise AssertionError("not reached")


def test_a_full_disk_is_told() -> None:
    with pytest.raises(ExportError, match="No space left"), replaced(Path("/dev/full"), force=False) as out:
        out.write(b"x" * 1_000_000)


def test_what_is_no_file_is_written_as_it_is() -> None:
    with replaced(Path("/dev/null"), force=False) as out:
        out.write(b"x")
    assert not Path("/dev/null").is_file()
