"""What is wrong in a folder of captures is found and told; a torn tail is cut, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsarchive.captures import Folder, Packing, Saved, read, verify
from newsarchive.captures.exchange import warcinfo
from newsarchive.captures.files import OpenFile
from tests.captures.test_files import exchange, written


def problems(folder: Path, *, repair: bool = False) -> list[str]:
    return [str(problem) for one in verify.folder(folder, repair=repair) for problem in one.problems]


@pytest.mark.parametrize("packing", [*Packing])
def test_what_we_write_is_sound(tmp_path: Path, packing: Packing) -> None:
    written(tmp_path, *(exchange(n) for n in (1, 2, 1)), packing=packing)
    (checked,) = verify.folder(tmp_path)
    assert (checked.problems, checked.records) == ([], 7)


@pytest.mark.parametrize("packing", [*Packing])
def test_a_torn_tail_is_told_and_cut_only_when_asked_and_kept_aside(tmp_path: Path, packing: Packing) -> None:
    written(tmp_path, *(exchange(n) for n in range(3)), packing=packing)
    (file,) = Folder(tmp_path).files()
    whole = file.read_bytes()
    place = Folder(tmp_path).captures("https://example.org/story-1")[0].location
    torn = whole + whole[place.offset : place.offset + place.length - 40]
    file.write_bytes(torn)
    (told,) = problems(tmp_path)
    assert f"{file.name}:{len(whole)}: " in told
    assert file.read_bytes() == torn
    (mended,) = problems(tmp_path, repair=True)
    assert "bytes cut" in mended
    assert file.read_bytes() == whole
    (aside,) = tmp_path.glob("*.torn-*")
    assert whole + aside.read_bytes() == torn
    assert problems(tmp_path) == []


def test_every_flipped_byte_of_a_record_is_noticed(tmp_path: Path) -> None:
    places = written(tmp_path, exchange(1), exchange(2))
    (file,) = Folder(tmp_path).files()
    whole = file.read_bytes()
    rng = random.Random(3)
    for _ in range(25):
        at = places[0].offset + rng.randrange(12, places[0].length)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        assert problems(tmp_path), at
        pages = [one.page.url for one in read([file]) if isinstance(one, Saved)]
        assert "https://example.org/story-2" in pages, at


def test_a_lost_or_wrong_index_is_made_anew(tmp_path: Path) -> None:
    written(tmp_path, exchange(1), exchange(2))
    (index,) = tmp_path.glob("demo*.cdxj")
    right = index.read_text()
    for wrong in (None, right.splitlines()[0] + "\n", right.replace('"offset": "', '"offset": "1')):
        index.unlink()
        if wrong is not None:
            index.write_text(wrong)
        assert len(problems(tmp_path)) == 1
        assert "made anew" in problems(tmp_path, repair=True)[0]
        assert index.read_text() == right
    assert problems(tmp_path) == []


def test_a_file_being_written_is_left_alone_and_one_of_a_dead_writer_is_not(tmp_path: Path) -> None:
    file = OpenFile(tmp_path, "busy.warc.gz")
    file.append(warcinfo("busy.warc.gz", {}))
    file.sync()
    (checked,) = verify.folder(tmp_path, repair=True)
    assert (checked.busy, checked.problems) == (True, [])
    file._journal.close()  # as the end of its process does
    (checked,) = verify.folder(tmp_path)
    assert (checked.busy, checked.records) == (False, 1)


def test_a_file_that_is_no_warc_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "no warc\nat all.warc.gz").write_bytes(b"rubbish" * 100)
    assert "damaged record" in problems(tmp_path, repair=True)[0]
    assert (tmp_path / "no warc\nat all.warc.gz").read_bytes() == b"rubbish" * 100
