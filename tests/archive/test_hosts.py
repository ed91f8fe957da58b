from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newsarchive.archive import Archive
from newsarchive.archive.hosts import EVERY, FORGIVEN, TESTS, Trust

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_first_answers_of_a_host_are_all_tested_and_later_one_in_twenty() -> None:
    trust, tested = Trust(), []
    for number in range(1, 2 * EVERY + 1):
        trust = trust.after_answer()
        if trust.is_doubted():
            tested.append(number)
            trust = trust.after_test("https://a.org/1", is_changed=False, now=NOW)
    assert tested == [*range(1, TESTS + 1), EVERY, 2 * EVERY]


def test_a_host_that_lied_is_asked_for_whole_pages_for_a_time_and_then_tested_anew() -> None:
    trust = Trust(answered=100, confirmed=7).after_test("https://a.org/1", is_changed=True, now=NOW)
    assert trust == Trust(lied_at=NOW, lied_about="https://a.org/1")
    assert not trust.is_asked(NOW)
    assert not trust.is_asked(NOW + FORGIVEN - timedelta(seconds=1))
    assert trust.is_asked(NOW + FORGIVEN)
    assert trust.after_answer().is_doubted()
    assert trust.is_asked(NOW - timedelta(days=400)), "the clock was set back: it is tested anew, not shunned for ever"


def test_what_is_known_of_hosts_is_kept(archive: Archive) -> None:
    lied = Trust(lied_at=NOW, lied_about="https://a.org/1")
    archive.keep_trust({"a.org": lied, "b.org:8000": Trust(answered=3, confirmed=3)})
    archive.keep_trust({"b.org:8000": Trust(answered=4, confirmed=3)})
    assert archive.trust("a.org") == lied
    assert archive.trust("b.org:8000") == Trust(answered=4, confirmed=3)
    assert archive.trust("c.org") == Trust()
