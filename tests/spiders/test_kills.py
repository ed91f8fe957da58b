"""kill -9 at any moment, then the same command: nothing is lost, nothing is archived twice."""

from __future__ import annotations

from pathlib import Path

from bench.kills import BATCH, CONCURRENT, held, killed, serving, start

# Requests after which the crawl is killed: among the lists, at the first articles, in the middle of them.
MOMENTS = (3, 6, 25)
PATIENCE = 120.0


def test_a_crawl_killed_at_several_moments_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    calm, disturbed = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("calm", "disturbed"))
    with serving(60) as site:
        assert start(site, calm, tmp_path).wait(timeout=PATIENCE) == 0
        site.asked.clear()
        for moment in MOMENTS:
            assert killed(site, disturbed, tmp_path, moment, PATIENCE), "it ended before it could be killed"
        assert start(site, disturbed, tmp_path).wait(timeout=PATIENCE) == 0
        expected, found = held(calm), held(disturbed)
        again = sum(site.asked.values()) - len(site.asked)
        site.asked.clear()
        assert start(site, disturbed, tmp_path).wait(timeout=PATIENCE) == 0
    assert len(expected["articles"]) == 60
    assert found["articles"] == expected["articles"]
    assert found["versions"] == 60, "none is archived twice"
    assert found["states"] == expected["states"], "every URL has the outcome it would have had"
    assert found["runs"] == {"failed": len(MOMENTS), "complete": 1}
    assert again <= len(MOMENTS) * (CONCURRENT + 2 * BATCH), "only what was in flight is fetched again"
    assert not site.asked, "a run with nothing due asks for no article"
