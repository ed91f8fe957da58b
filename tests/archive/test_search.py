from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.archive import Archive, ArchiveError, Done, Filters, made_ready
from newsarchive.archive.search import finding
from newsarchive.article import Article, Paragraph, Precision, PublishedDate, Verdict
from tests.archive.conftest import BACKENDS
from tests.archive.samples import CAPTURED, LATER, article

SEARCHED = [backend for backend in BACKENDS if backend != "mariadb"]
pytestmark = pytest.mark.parametrize("url", SEARCHED, indirect=True)


def news(number: int, title: str, body: str, language: str | None = "fr", /, **fields: Any) -> Article:
    return article(number, title=title, body=[Paragraph(body)], language=language, **fields)


def on(year: int, month: int = 1, day: int = 1, precision: Precision = Precision.DAY) -> PublishedDate:
    return PublishedDate(value=datetime(year, month, day), precision=precision, raw="", source="text", confidence=1)


def found(archive: Archive, text: str, **options: Any) -> list[int]:
    """The numbers of the articles a search finds, in its order."""
    filters = {name: options.pop(name) for name in list(options) if name in Filters.__dataclass_fields__}
    hits = archive.search(text, Filters(**filters), **options).hits
    return [int(hit.stored.article.url.rsplit("/", 1)[1]) for hit in hits]


@pytest.mark.parametrize(
    ("language", "held", "asked"),
    [
        ("fr", "L'École nationale des télécommunications", "ecoles national telecommunication"),
        ("fr", "Les élections municipales à Rabat", "ÉLECTION municipale"),
        ("fr", "Le cœur de l’ADSL", "coeur adsl"),
        ("en", "The mayors' offices were running late", "mayor office run"),
        ("ar", "قرأ والكتاب في المدرسة", "كتاب مدرسه"),
        ("ar", "عام ٢٠٠٣ في الْمَغْرِب", "2003 مغرب"),
        ("ar", "الأخبار الإقتصادية", "اخبار اقتصادية"),
        ("de", "Die Straßen der Städte", "strasse stadt"),
        ("es", "La nación y sus naciones", "nacion"),
        ("ja", "東京都で今日", "東京 今日"),
        ("xx", "Pallawch tawmat", "PALLAWCH"),
        (None, "Ports sans langue", "ports"),
    ],
)
def test_a_word_is_found_in_its_other_forms(archive: Archive, language: str | None, held: str, asked: str) -> None:
    archive.save([news(1, "Un", held, language), news(2, "Deux", "rien de cela", "fr")])
    assert found(archive, asked) == [1]


def test_all_words_are_wanted_in_the_title_or_the_text(archive: Archive) -> None:
    archive.save([news(1, "Maroc Telecom", "L'ADSL arrive."), news(2, "Maroc Telecom", "Un bilan.")])
    assert found(archive, "maroc telecom adsl") == [1]
    assert found(archive, "maroc wanadoo") == []


def test_a_phrase_is_words_that_follow_each_other(archive: Archive) -> None:
    archive.save([news(1, "a", "le port de pêche rouvre"), news(2, "b", "la pêche au port")])
    assert found(archive, '"port de peche"') == [1]
    assert sorted(found(archive, "port peche")) == [1, 2]
    assert found(archive, '"port de peche') == [1], "a quote that is not closed goes to the end"


def test_the_beginning_of_a_word_finds_it(archive: Archive) -> None:
    archive.save([news(1, "a", "les télécommunications"), news(2, "b", "le téléphone")])
    assert sorted(found(archive, "tele*")) == [1, 2]
    assert found(archive, "telecom*") == [1]
    assert found(archive, "telecommunicatio*") == [1], "though what is kept of the word is shorter"


def test_a_phrase_does_not_reach_from_the_title_into_the_text(archive: Archive) -> None:
    archive.save([news(1, "La fin", "du monde")])
    assert found(archive, '"fin du monde"') == []
    assert found(archive, "fin monde") == [1]


def test_a_title_counts_more_than_the_text_and_often_more_than_once(archive: Archive) -> None:
    filler = "Le reste de la page parle de tout autre chose et de bien des gens. " * 3
    archive.save(
        [
            news(1, "Autre chose", f"Un séisme. {filler}"),
            news(2, "Autre chose encore", f"Un séisme, deux séismes, trois séismes, quatre. {filler}"),
            news(3, "Séisme au nord", f"Un séisme. {filler}"),
        ]
    )
    assert found(archive, "séisme") == [3, 2, 1]


def test_only_the_current_version_is_found(archive: Archive) -> None:
    archive.save([news(1, "Avant", "le mot ancien")])
    archive.save([dataclasses.replace(news(1, "Après", "le mot nouveau"), captured_at=LATER)])
    assert found(archive, "ancien") == []
    assert found(archive, "nouveau") == [1]


def test_the_filters_narrow_what_is_found(archive: Archive) -> None:
    archive.save(
        [
            news(1, "Un port", "a", "fr", published=on(2003, 5, 6), authors=["Inès Ferrand"], section="Économie"),
            news(2, "Un port", "b", "fr-MA", published=on(2004, 5, 6), authors=["Ferrand Inès", "Ali Saïd"]),
            news(3, "A port", "c", "en", published=on(2003, precision=Precision.YEAR), site="other.net"),
            news(4, "A port", "d", "en", published=None, verdict=Verdict.TEASER, section="Sport"),
        ]
    )
    assert sorted(found(archive, "port")) == [1, 2, 3, 4]
    assert found(archive, "port", sites=["other.net"]) == [3]
    assert sorted(found(archive, "port", languages=["fr"])) == [1, 2]
    assert found(archive, "port", languages=["fr-MA"]) == [2]
    assert found(archive, "port", verdicts=[Verdict.TEASER]) == [4]
    assert found(archive, "port", authors=["ines ferrand"]) == [1]
    assert sorted(found(archive, "port", authors=["FERRAND"])) == [1, 2]
    assert found(archive, "port", authors=["Inès Ali"]) == [], "no name is made of two"
    assert found(archive, "port", sections=["economie"]) == [1]
    assert sorted(found(archive, "port", published_from=date(2003, 1, 1), published_to=date(2003, 12, 31))) == [1, 3]


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        (date(2003, 5, 6), date(2003, 5, 6), [1, 2, 3]),
        (date(2003, 5, 7), date(2003, 5, 20), [2, 3]),
        (date(2003, 6, 1), date(2003, 6, 30), [3]),
        (date(2003, 6, 1), None, [3, 4]),
        (None, date(2003, 1, 15), [3]),
        (date(2005, 1, 1), date(2006, 1, 1), []),
        (date(1, 1, 1), date(9999, 12, 31), [1, 2, 3, 4]),
        (None, date(2002, 12, 31), []),
        (date(2010, 1, 1), None, []),
    ],
)
def test_a_period_takes_what_can_be_of_it_at_its_precision(
    archive: Archive, first: date | None, last: date | None, numbers: list[int]
) -> None:
    dates = [on(2003, 5, 6), on(2003, 5, 1, Precision.MONTH), on(2003, 1, 1, Precision.YEAR), on(2004, 2, 29), None]
    archive.save([news(number, "Un port", f"{number}", published=day) for number, day in enumerate(dates, 1)])
    assert sorted(found(archive, "port", published_from=first, published_to=last)) == numbers


def test_filters_alone_find_what_was_stored_last_first(archive: Archive) -> None:
    archive.save([news(number, "Un port", f"{number}", authors=["A. B."]) for number in (1, 2, 3)])
    assert found(archive, "", authors=["A. B."]) == [3, 2, 1]
    assert found(archive, "") == []
    assert found(archive, "😀", authors=["A. B."]) == [], "what was asked for is nowhere"


def test_a_site_the_archive_never_saw_is_told(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="holds nothing of the site nowhere"):
        found(archive, "port", sites=["nowhere.org"])


def test_a_field_taken_from_a_twin_is_searched_by(archive: Archive) -> None:
    archive.save([news(1, "Un port", "a", published=None)])
    assert found(archive, "port", authors=["Ferrand"]) == []
    archive.save([news(1, "Un port", "a", published=on(2003, 5, 6), authors=["Inès Ferrand"], captured_at=LATER)])
    assert found(archive, "port", authors=["Ferrand"], published_from=date(2003, 5, 1)) == [1]
    assert archive.unindexed() == 0


def test_hits_come_in_pages_with_their_snippets(archive: Archive) -> None:
    body = "Rien ici. " * 60 + "Enfin les écoles de la ville, et encore une école. " + "Plus rien. " * 60
    archive.save([news(number, "Un titre", f"{body} {number}") for number in range(1, 6)])
    first, second = archive.search("école", limit=3), archive.search("école", limit=3, offset=3)
    assert [len(first.hits), len(second.hits), first.matches, first.complete] == [3, 2, 5, True]
    [snippet, marks] = first.hits[0].snippet
    assert [snippet[start:end] for start, end in marks] == ["écoles", "école"]
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 300


def test_of_too_many_matches_the_last_and_those_of_the_title_are_ranked(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 5)
    archive.save([news(1, "Un séisme", "a")])
    archive.save([news(number, "Autre chose", f"Un séisme {number}") for number in range(2, 20)])
    result = archive.search("séisme")
    assert not result.complete
    assert found(archive, "séisme")[0] == 1, "its title says it, though many were stored since"
    assert result.matches == 6


def test_words_of_nearly_every_article_are_looked_for_but_do_not_order_what_is_found(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "COMMON", 12)
    monkeypatch.setattr(finding, "_PROBE", 3)
    archive.save([news(number, "Un titre", f"Le port {number}.") for number in range(1, 30)])
    archive.save(
        [
            news(30, "Un titre", "Le séisme, le séisme, encore le séisme au port."),
            news(31, "Un titre", "Un séisme au port."),
        ]
    )
    archive.save([news(number, "Un titre", f"Le port {number}.") for number in range(32, 40)])
    assert found(archive, "port séisme") == [30, 31], "the rare word orders"
    assert len(found(archive, "port")) == 20
    assert archive.search("port").matches == 39
    monkeypatch.setattr(finding, "RANKED", 5)
    archive.save(
        [news(40, "Le port", "a"), *(news(number, "Un titre", f"Au port {number}.") for number in range(41, 50))]
    )
    assert found(archive, "port")[0] == 40, "and the title does where no word can"


def test_a_long_query_is_cut_and_says_so(archive: Archive) -> None:
    archive.save([news(1, "Un port", "a")])
    assert found(archive, "port " * 20_000) == [1]
    result = archive.search(" ".join(f"mot{number}" for number in range(100)))
    assert (result.hits, result.cut) == ([], True)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="ab*\"'():+-^~.,\\{}[]<>&|! \x00\ud800é😀½⑴_", max_size=40),
        st.lists(
            st.sampled_from(
                ["AND", "OR", "NOT", "NEAR(", "title:", "c++", '"', "*", "a*", "port*", "le", "'", ":*A", "<->"]
            )
        ).map(" ".join),
    ),
    title=st.text(max_size=30),
)
def test_any_text_is_a_query_and_any_title_can_be_indexed(archive: Archive, text: str, title: str) -> None:
    archive.save([Article(url="https://example.org/t", site="example.org", title=title, body=[Paragraph("le port")])])
    result = archive.search(text)
    assert result.complete
    assert archive.search("port le").matches == 1


def test_a_title_is_found_by_itself(archive: Archive) -> None:
    titles = [
        'C++ "',
        "½ ⑴ ﷺ",
        "snake_case l'été",
        "東京 ラーメン",
        "کتاب‌ها",
        "e\u0301cole",
        "İstanbul'da",
        "ŉ ǰ ΐ",
        "الـــكتاب",
    ]
    archive.save([news(number, title, "texte", None) for number, title in enumerate(titles)])
    assert [found(archive, title) for title in titles] == [[number] for number in range(len(titles))]


def test_a_block_of_bulk_is_indexed_at_its_end(archive: Archive) -> None:
    with archive.bulk():
        archive.save([news(number, "Un port", f"{number}") for number in range(1, 5)])
        assert (found(archive, "port"), archive.unindexed()) == ([], 4)
    assert (sorted(found(archive, "port")), archive.unindexed()) == ([1, 2, 3, 4], 0)


def test_a_version_changed_before_it_is_indexed_is_indexed_as_it_is_then(archive: Archive) -> None:
    with archive.bulk():
        archive.save([news(1, "Un port", "a")])
        archive.save([news(1, "Un port", "a", authors=["Inès Ferrand"], captured_at=LATER)])
    assert found(archive, "port", authors=["Ferrand"]) == [1]


def test_words_made_by_another_process_are_those_of_the_language_it_ends_with(archive: Archive) -> None:
    body = [Paragraph(f"Les écoles du port ouvrent le matin {number}.") for number in range(10)]
    first = article(1, title="Rentrée", body=body, language=None)
    ready = [made_ready(one, CAPTURED) for one in (first, dataclasses.replace(first, language="fr"))]
    assert all(one.searched for one in ready)
    archive.save_ready(ready[:1], [], Done(input="x", progress=None))
    assert archive.search("écoles").matches == 1
    other = article(2, title="Rentrée", body=[Paragraph(f"{line} Et le soir.") for line in body], language=None)
    both = [made_ready(one, CAPTURED) for one in (other, dataclasses.replace(other, language="fr"))]
    archive.save_ready(both, [], Done(input="x", progress=None))
    assert archive.search("école", Filters(languages=["fr"])).matches == 1
