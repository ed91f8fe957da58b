"""What a run has come to, on the display and at its end."""

from __future__ import annotations

import io
import json
import time

import pytest
from rich.console import Console

from newsarchive.cli import progress, summary
from newsarchive.cli.counts import Counts, count

STATS = {
    "newsarchive/fetched": 20,
    "newsarchive/stored": 12,
    "newsarchive/duplicate": 2,
    "newsarchive/rejected": 5,
    "newsarchive/rejected/robots": 1,
    "newsarchive/rejected/http 404": 4,
    "newsarchive/failed": 1,
    "newsarchive/failed/timeout": 1,
    "downloader/response_count": 22,
    "finish_reason": "finished",
}


def test_the_counts_are_read_from_scrapys_stats() -> None:
    counts = count(STATS, 4.0)
    assert (counts.fetched, counts.stored, counts.duplicate, counts.rejected, counts.failed) == (20, 12, 2, 5, 1)
    assert list(counts.rejected_for.items()) == [("http 404", 4), ("robots", 1)]
    assert counts.failed_for == {"timeout": 1}
    assert counts.rate == 5.0


def test_what_a_run_left_out_and_what_waits_is_told() -> None:
    skipped = {"newsarchive/discovery/skipped/offsite": 1200, "newsarchive/discovery/skipped/known": 7}
    told = summary.text("x", count(STATS | skipped | {"newsarchive/left": 3, "newsarchive/outside": 4}, 4.0), None)
    assert "x: ended early (max_pages), 3 wait, 12 new in" in told
    assert "  1,200 links left out (offsite 1,200)\n  4 wait outside the period" in told
    told = summary.text("x", count(STATS | {"finish_reason": "budget", "newsarchive/left": 3}, 4.0), None)
    assert "x: ended early (budget), 3 wait, 12 new in" in told


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        ({"finish_reason": "finished"}, 0),
        ({"finish_reason": "finished", "newsarchive/rejected": 9}, 0),
        ({"finish_reason": "finished", "newsarchive/failed": 1}, 1),
        ({"finish_reason": "finished", "spider_exceptions/count": 1}, 1),
        ({"finish_reason": "closespider_pagecount"}, 1),
        ({}, 1),
        ({"finish_reason": "shutdown"}, 130),
    ],
)
def test_the_exit_code_says_whether_the_run_is_complete(stats: dict[str, object], code: int) -> None:
    assert count(stats, 1.0).exit_code == code


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(fetched=3, stored=2, new_version=1), "2 new and 1 changed"),
        (Counts(fetched=3, unchanged=3), "nothing new"),
        (Counts(fetched=3, failed=3), "nothing stored"),
        (Counts(), "no pages"),
    ],
)
def test_a_run_is_told_in_a_few_words(counts: Counts, words: str) -> None:
    assert counts.verdict == words


def test_the_plain_line_names_the_reasons_and_leaves_zeros_out() -> None:
    line = progress.line(count(STATS, 65.0))
    assert line == (
        "20 fetched, 12 stored, 2 duplicate, 5 rejected (http 404 4, robots 1), 1 failed (timeout 1); 0.3 pages/s, 1:05"
    )


def test_many_reasons_are_cut_short() -> None:
    counts = Counts(rejected=21, rejected_for={f"reason {number}": 3 for number in range(7)})
    assert "2 more reasons" in progress.line(counts)


def test_the_table_shows_the_same_counts() -> None:
    out = io.StringIO()
    Console(file=out, width=100).print(progress.picture("lematin", count(STATS, 4.0)))
    for words in ("lematin", "5.0 pages/s", "fetched", "12", "rejected (http 404 4, robots 1)", "failed (timeout 1)"):
        assert words in out.getvalue()


@pytest.mark.parametrize("width", [30, 40, 79, 80])
def test_no_name_or_number_is_cut_on_a_narrow_terminal(width: int) -> None:
    out = io.StringIO()
    counts = Counts(fetched=12_345, stored=11_111, new_version=1, unchanged=1_234, rejected=1)
    Console(file=out, width=width).print(progress.picture("lematin", counts, width))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert "…" not in out.getvalue()
    assert len(lines) == (3 if width >= 80 else 9)
    for words in ("fetched", "new version", "12,345", "11,111"):
        assert any(words in line for line in lines)
    if width < 80:
        assert lines[1].split() == ["fetched", "12,345"]


def test_plain_lines_come_at_intervals(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.Lines("demo", lambda: STATS, seconds=0.01):
        time.sleep(0.2)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 1
    assert lines[0].startswith("demo: 20 fetched")


def test_the_display_fits_where_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(plain: bool = False, quiet: bool = False) -> type:
        return type(progress.display("x", dict, plain=plain, quiet=quiet))

    assert shown() is progress.Lines
    assert shown(quiet=True) is progress.Quiet
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert shown() is progress.Table
    assert shown(plain=True) is progress.Lines


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03")])
def test_a_duration_reads_as_on_a_clock(seconds: float, text: str) -> None:
    assert progress.clock(seconds) == text


def test_the_summary_names_every_count_reason_and_the_archive() -> None:
    text = summary.text("lematin", count(STATS, 4.0), "news.sqlite")
    assert text.splitlines()[0] == "lematin: 12 new in 0:04 (5.0 pages/s)"
    assert "    http 404                  4" in text
    assert text.endswith("archive      news.sqlite")


def test_a_run_that_ended_early_says_so() -> None:
    assert "interrupted" in summary.text("x", count({"finish_reason": "shutdown"}, 1), None)
    assert "ended early (closespider_timeout)" in summary.text(
        "x", count({"finish_reason": "closespider_timeout"}, 1), None
    )


def test_the_summary_for_machines_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    summary.show("lematin", count(STATS, 4.0), "news.sqlite", as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["stored"] == 12
    assert found["rejected_for"] == {"http 404": 4, "robots": 1}
    assert found["archive"] == "news.sqlite"
