from __future__ import annotations

import pytest

from newsarchive.archive import Archive, Entry
from tests.archive.samples import CAPTURED, LATER, article

URL = "https://example.org/news/1"


def test_every_url_has_one_row_with_its_state_reason_and_visits(archive: Archive) -> None:
    archive.record([Entry(url=URL, state="failed", reason="timeout", detail="30 s", seen=CAPTURED)])
    archive.record([Entry(url=URL, state="rejected", reason="http 404", seen=LATER)])
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.reason, row.detail, row.attempts) == ("rejected", "http 404", None, 2)
    assert (row.first_seen, row.last_seen) == (CAPTURED, LATER)
    assert archive.stats().reasons == {"rejected": {"http 404": 1}}


@pytest.mark.parametrize("state", ["known", "failed", "rejected"])
def test_what_is_archived_stays_so_when_a_later_visit_fails(archive: Archive, state: str) -> None:
    archive.save([article()])
    archive.record([Entry(url=URL, state=state, reason="timeout", seen=LATER)])  # type: ignore[arg-type]
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.reason, row.article_url) == ("archived", "timeout", URL)


def test_what_failed_is_archived_when_a_later_visit_succeeds(archive: Archive) -> None:
    archive.record([Entry(url=URL, state="failed", reason="timeout", seen=CAPTURED)])
    archive.save([article(captured_at=LATER)])
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.reason, row.attempts) == ("archived", None, 2)


def test_an_archived_article_can_be_gone_and_is_still_found(archive: Archive) -> None:
    archive.save([article()])
    archive.record([Entry(url=URL, state="gone", reason="http 410", seen=LATER)])
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.article_url) == ("gone", URL)
    assert archive.find(URL) is not None


def test_a_url_only_heard_of_counts_no_visit(archive: Archive) -> None:
    archive.record([Entry(url=URL, state="known")])
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.attempts) == ("known", 0)


def test_articles_and_entries_of_one_batch_share_a_row(archive: Archive) -> None:
    archive.save([article()], [Entry(url=URL, state="failed", reason="timeout", seen=LATER)])
    row = archive.look_up(URL)
    assert row is not None
    assert (row.state, row.reason, row.article_url) == ("archived", "timeout", URL)


def test_the_ledger_can_be_read_by_state_and_site(archive: Archive) -> None:
    archive.save([article(1), article(2, url="https://other.net/2", site="other.net")])
    archive.record(
        [
            Entry(url="https://example.org/a", state="rejected", reason="robots"),
            Entry(url="https://www.other.net/b", state="failed", reason="timeout"),
        ]
    )
    assert [(row.state, row.reason) for row in archive.ledger(["rejected", "failed"])] == [
        ("rejected", "robots"),
        ("failed", "timeout"),
    ]
    assert [row.url for row in archive.ledger(sites=["other.net"])] == [
        "https://other.net/2",
        "https://www.other.net/b",
    ]
    assert len(list(archive.ledger())) == 4


def test_any_string_can_be_a_url_of_the_ledger(archive: Archive) -> None:
    strange = ["javascript:void(0)", "http://[", "x" * 20_000, "file:///etc/hostname", "\x00http://a.org/\ud800", "é"]
    archive.record([Entry(url=url, state="rejected", reason="not a web page") for url in strange])
    assert archive.stats().urls == len(strange)


def test_an_entry_without_url_is_left_out(archive: Archive) -> None:
    archive.record([Entry(url="", state="rejected", reason="x")])
    assert archive.stats().urls == 0


def test_an_alias_is_a_duplicate_and_stays_one_when_its_article_is_seen_again(archive: Archive) -> None:
    alias, asked = f"{URL}?from=feed", f"{URL}?from=front"
    for seen in (CAPTURED, LATER):
        archive.save([article(aliases=[alias, asked], captured_at=seen)])
        archive.record([Entry(url=asked, state="archived", seen=seen)])
    rows = [archive.look_up(url) for url in (URL, alias, asked)]
    told = [(row.state, row.reason, row.detail, row.attempts) for row in rows if row]
    assert told == [
        ("archived", None, None, 2),
        ("duplicate", "alias", f"see {URL}", 0),
        ("duplicate", "alias", f"see {URL}", 2),
    ]


def test_a_copy_stays_a_duplicate_when_it_is_seen_again(archive: Archive) -> None:
    copy = article(url="https://other.net/1", site="other.net", title="Leur titre")
    archive.save([article(), copy])
    before = archive.look_up(copy.url)
    archive.save([copy])
    after = archive.look_up(copy.url)
    assert before is not None
    assert after is not None
    assert (before.state, before.detail) == (after.state, after.detail) == ("duplicate", f"same text as {URL}")


def test_a_name_that_only_another_page_tells_does_not_lose_its_own_failure(archive: Archive) -> None:
    alias = f"{URL}?from=feed"
    archive.record([Entry(url=alias, state="gone", reason="http 410", seen=CAPTURED)])
    archive.save([article(aliases=[alias], captured_at=LATER)])
    row = archive.look_up(alias)
    assert row is not None
    assert (row.state, row.reason, row.attempts) == ("gone", "http 410", 1)
