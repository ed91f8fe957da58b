from __future__ import annotations

from newsarchive.discovery import patterns, shapes
from newsarchive.discovery.shapes import Score

HEADLINES = [f"https://example.org/news/2024/05/0{n}/the-harbour-opens-again-{n}" for n in range(1, 10)]


def test_a_link_of_the_shape_of_the_headlines_is_likely_one_however_short_its_words() -> None:
    found = patterns.of(HEADLINES).judged(Score(), "https://example.org/sport/2024/05/07/fog")
    assert found == Score(2, ("shape of 9 headlines +2",))


def test_a_link_without_a_number_is_likely_none_where_every_headline_has_one() -> None:
    found = patterns.of(HEADLINES).judged(Score(5), "https://example.org/how-we-correct-our-errors")
    assert found == Score(1, ("no number, and the headlines have one -4",))


def test_a_few_headlines_say_nothing_of_the_others() -> None:
    found = patterns.of(HEADLINES[:5]).judged(Score(5), "https://example.org/how-we-correct-our-errors")
    assert found == Score(5)


def test_addresses_of_one_kind_have_one_outline() -> None:
    one, other = "https://example.org/a/2024/05/06/le-port-rouvre.html", "https://example.org/b/2023/1/2/fog.html"
    assert shapes.outline(one) == shapes.outline(other) == "w/9/9/9/s.html"
    assert shapes.outline("https://example.org/view.php?id=7&cat=2") == "w.php?cat&id"
