from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from newsarchive.archive import Archive, Entry
from newsarchive.archive.diffs import Piece
from newsarchive.article import Paragraph
from newsarchive.cli import words
from tests.archive.samples import CAPTURED, LONG, article
from tests.cli.running import Run

URL = article().url


@pytest.fixture
def filled(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/a.sqlite"
    with Archive.open(url) as archive:
        archive.save(
            [article(agencies=["AFP"]), article(2, url="https://other.net/2", site="other.net", title="Copie")]
        )
        archive.record([Entry(url=URL, state="gone", reason="http 404", seen=CAPTURED + timedelta(days=1))])
        changed = [Paragraph(LONG), Paragraph("C'est le bulletin numéro 3.")]
        archive.save([article(body=changed, captured_at=CAPTURED + timedelta(days=2), agencies=["AFP"])])
        archive.save([article(title="\x1b[31mRouge", body=changed, captured_at=CAPTURED + timedelta(days=3))])
    return f"NEWSARCHIVE_DATABASE_URL={url}"


def test_history_tells_every_version_absence_and_copy(run: Run, filled: str) -> None:
    done = run("history", URL, "-s", filled)
    assert done.code == 0
    assert [" ".join(line.split()) for line in done.out.splitlines()[2:7]] == [
        "1 2025-12-25 09:30 first 287 characters Le port rouvre, jour 1",
        "- 2025-12-26 09:30 withdrawn http 404",
        "- 2025-12-27 09:30 restored",
        "2 2025-12-27 09:30 restored 287 characters Le port rouvre, jour 1",
        "* 3 2025-12-28 09:30 headline 287 characters [31mRouge",
    ]
    assert "\x1b" not in done.out
    assert "2 copies on 2 sites, the earliest first:" in done.out
    assert "https://other.net/2" in done.out
    told = json.loads(run("history", URL, "--json", "-s", filled).out)
    assert [version["change"] for version in told["versions"]] == [None, "restored", "headline"]
    assert [absence["reason"] for absence in told["withdrawals"]] == ["http 404"]
    assert [copy["url"] for copy in told["copies"]] == [URL, "https://other.net/2"]


def test_diff_shows_words_between_marks_and_as_json(run: Run, filled: str) -> None:
    done = run("diff", URL, "--from", "1", "--to", "2", "-s", filled)
    assert done.code == 0
    assert "version 1 → 2 (restored)" in done.out
    assert "C'est le bulletin numéro [-1.-] {+3.+}" in done.out
    assert "travaux" not in done.out, "what is far from the change is left out"
    assert "travaux" in run("diff", URL, "--from", "1", "--to", "2", "--whole", "-s", filled).out
    told = json.loads(run("diff", URL, "--json", "-s", filled).out)
    assert (told["from"], told["to"], told["change"]) == (2, 3, "headline")
    assert {"removed", "added"} <= set().union(*told["title"])
    assert "\x1b" not in run("diff", URL, "-s", filled).out


def test_stories_lists_the_largest(run: Run, filled: str) -> None:
    done = run("stories", "--since", "2025-12", "-s", filled)
    assert done.code == 0
    assert "2 articles on 2 sites: example.org, other.net" in done.out
    assert "credited to AFP" not in done.out, "the version of today credits nobody"
    assert "https://other.net/2" in run("stories", "--copies", "-s", filled).out
    [told] = [json.loads(line) for line in run("stories", "--json", "-s", filled).out.splitlines()]
    assert (told["articles"], told["earliest"]) == (2, URL)
    assert run("stories", "--until", "2001", "-s", filled).out == "no story in this period\n"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["history", "https://example.org/never"], 1, "the archive has no article at https://example.org/never"),
        (["diff", "https://example.org/never"], 1, "the archive has no article at https://example.org/never"),
        (["diff", URL, "--to", "9"], 1, f"{URL} has no version 8: its versions are 1 to 3"),
        (
            ["diff", "https://other.net/2"],
            1,
            "https://other.net/2 has one version alone: there is nothing to compare it with",
        ),
        (["stories", "--since", "yesterday"], 2, "--since: "),
        (["stories", "--since", "2005", "--until", "2004"], 2, "--until 2004 is before --since 2005"),
        (["stories", "--limit", "0"], 2, "argument --limit: takes a whole number, 1 or more, not '0'"),
        (["stories", "--site", "nowhere.net"], 1, "the archive holds nothing of the site nowhere.net"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(
    run: Run, filled: str, arguments: list[str], code: int, line: str
) -> None:
    done = run(*arguments, "-s", filled)
    assert (done.code, done.out) == (code, "")
    assert done.line.startswith(f"newsarchive: {line}")


def test_a_difference_is_red_and_green_on_a_terminal() -> None:
    pieces = [Piece(("a",), ("a",)), Piece(("b", "\n"), ("c",)), Piece(("d",), ("d",))]
    assert words.marked(pieces, colour=True) == "a \x1b[31;9mb ¶\x1b[0m\n\x1b[32mc\x1b[0m d"
    assert words.marked(pieces, colour=False) == "a [-b ¶-]\n{+c+} d"
    assert words.plain("a\x1b]0;x\x07\nb\u202e") == "a ]0;x  b "
