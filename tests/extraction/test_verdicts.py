"""What a page turned out to be: labelled pages of our own, and small ones for single rules."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from newsarchive import Verdict, extract

ROOT = Path(__file__).parents[2] / "fixtures" / "verdicts"
LABELLED = sorted(ROOT.rglob("expected.json"))


def _label(expected: Path) -> dict[str, str]:
    label: dict[str, str] = json.loads(expected.read_text("utf-8"))
    return label


def _verdict(expected: Path) -> str:
    url = json.loads(expected.with_name("meta.json").read_text("utf-8"))["url"]
    return extract(expected.with_name("page.html").read_bytes(), url).verdict.value


def _share_right(part: str) -> float:
    judged = [(_label(path)["verdict"], _verdict(path)) for path in LABELLED if _label(path)["set"] == part]
    return sum(said == got for said, got in judged) / len(judged)


def test_there_are_at_least_ten_labelled_pages_of_every_kind_that_looks_like_a_page() -> None:
    counts = Counter(_label(path)["verdict"] for path in LABELLED)
    kinds = set(Verdict) - {Verdict.NOT_HTML, Verdict.EMPTY}
    assert {kind.value for kind in kinds if counts[kind.value] < 30} == set()
    assert len({_label(path)["language"] for path in LABELLED}) >= 20


@pytest.mark.parametrize(
    ("part", "floor"),
    [
        ("first", 0.99),
        ("second", 0.98),
        ("third", 0.98),
        ("held", 0.96),
        ("dev-a", 0.97),
        ("dev-b", 0.97),
        ("dev-c", 0.97),
        ("dev-d", 0.97),
        ("dev-e", 0.97),
        ("held4", 0.83),  # no rule was mended after it
    ],
)
def test_the_rules_are_right_on_the_labelled_pages(part: str, floor: float) -> None:
    assert _share_right(part) >= floor


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"", Verdict.EMPTY),
        (b"   \n ", Verdict.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", Verdict.NOT_HTML),
        (b'{"error": "not found"}', Verdict.NOT_HTML),
        (b'[{"id": 1}, {"id": 2}]', Verdict.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Verdict.NOT_HTML),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', Verdict.NOT_HTML),
        (b"User-agent: *\nDisallow: /search\n", Verdict.NOT_HTML),
        (b"<html><head><title>x</title></head><body></body></html>", Verdict.EMPTY),
        (b"<html><frameset cols='20%,*'><frame src='a.html'></frameset></html>", Verdict.EMPTY),
    ],
)
def test_what_holds_no_words_is_called_so(body: bytes, verdict: Verdict) -> None:
    assert extract(body, "https://news.example/a/1.html").verdict is verdict


def test_the_rule_that_decided_is_kept() -> None:
    page = b"<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
    article = extract(page, "https://news.example/gone")
    assert article.verdict is Verdict.ERROR_PAGE
    assert article.provenance["verdict"]["rule"] == "heading of an error"


MENU = "".join(f'<li><a href="/{number}/">{number}</a></li>' for number in range(5))


@pytest.mark.parametrize(
    ("markup", "verdict"),
    [
        # No word of these is in any list: the shape alone tells them.
        (f"<ul>{MENU}</ul><h1>Zzz qqq</h1><p>Vvv jjj kkk www xxx yyy.</p>", Verdict.ERROR_PAGE),
        (f"<ul>{MENU}</ul><h1>Zzz qqq</h1><p>9.11.2026</p><p>{'Vvv jjj kkk www xxx yyy. ' * 4}</p>", Verdict.ARTICLE),
        ("<p>Zzz</p><script>document.cookie='a=1';location.reload()</script>", Verdict.BOT_CHALLENGE),
        (f"<h1>Zzz qqq</h1>{''.join(f'<img src=/{n}.jpg><i>{n} / 6</i><hr>' for n in range(1, 7))}", Verdict.MEDIA),
    ],
)
def test_shapes_that_need_no_words(markup: str, verdict: Verdict) -> None:
    page = f"<html><head><title>Zzz qqq</title></head><body>{markup}</body></html>".encode()
    assert extract(page, "https://news.example/a/1").verdict is verdict
