from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from newsarchive import urls

ARTICLE = "https://lematin.ma/journal/2004/Internet_1500-connexions/37405.html"


@pytest.mark.parametrize(
    "variant",
    [
        ARTICLE,
        ARTICLE + "?utm_source=newsletter&utm_medium=email#x",
        ARTICLE + "?fbclid=IwAR0&gclid=1",
        ARTICLE + "?xtor=RSS-16",
        ARTICLE + "?at_medium=custom&at_campaign=x",
        ARTICLE + "?amp=1",
        ARTICLE + "?amp",
        ARTICLE + "?ref=rss",
        ARTICLE + "/amp/",
        ARTICLE + "/amp",
        ARTICLE.replace(".html", ".amp.html"),
        ARTICLE.replace("lematin.ma/", "lematin.ma/amp/"),
        ARTICLE.replace("lematin.ma", "m.lematin.ma"),
        ARTICLE.replace("lematin.ma", "mobile.lematin.ma"),
        ARTICLE.replace("lematin.ma", "amp.lematin.ma"),
        ARTICLE.replace("lematin.ma", "LeMatin.ma:443"),
        ARTICLE.replace("journal/", "./actu/../journal/"),
        ARTICLE.replace("_", "%5f"),
        ARTICLE.replace("https://", "https://lematin-ma.cdn.ampproject.org/c/s/"),
        ARTICLE.replace("https://", "https://www.google.com/amp/s/"),
        "  " + ARTICLE + "\n",
    ],
)
def test_every_road_to_an_article_leads_to_one_url(variant: str) -> None:
    assert urls.canonical(variant) == ARTICLE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/article.php?id=7&page=2", "https://example.org/article.php?id=7&page=2"),
        ("https://example.org/?p=123&utm_source=x", "https://example.org/?p=123"),
        ("https://example.org/a?ref=8812", "https://example.org/a?ref=8812"),
        ("https://example.org/a?b=&a=1", "https://example.org/a?b=&a=1"),
        ("https://example.org/#!/article/12", "https://example.org/#!/article/12"),
        ("https://example.org/tag/amp/", "https://example.org/tag/amp/"),
        ("https://example.org/amp", "https://example.org/amp"),
        ("https://amp.dev/about", "https://amp.dev/about"),
        ("https://m.co.uk/about", "https://m.co.uk/about"),
        ("https://example.org/ampoules/1.html", "https://example.org/ampoules/1.html"),
    ],
)
def test_what_may_name_the_article_is_kept(url: str, expected: str) -> None:
    assert urls.canonical(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://EXAMPLE.org:80", "http://example.org/"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://exämple.de/Straße?q=ü", "https://xn--exmple-cua.de/Stra%C3%9Fe?q=%C3%BC"),
        ("https://example.org/caf%e9", "https://example.org/caf%E9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a;jsessionid=12AB?x=1", "https://example.org/a?x=1"),
        ("https://example.org/?a=1&amp;utm_source=x&amp;b=2", "https://example.org/?a=1&b=2"),
        ("https://example.org./a", "https://example.org/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ],
)
def test_a_url_is_written_one_way(url: str, expected: str) -> None:
    assert urls.canonical(url) == expected


@pytest.mark.parametrize(
    "text", ["", "javascript:void(0)", "mailto:a@b.org", "http://", "http://[", "not a url", "/a/b"]
)
def test_what_is_not_a_web_url_is_left_alone(text: str) -> None:
    assert urls.canonical(text) == text
    assert not urls.is_web(text)
    assert urls.site(text) == ""


_hosts = st.sampled_from(["example.org", "m.example.org", "amp.m.example.co.uk", "www.EXAMPLE.com:443", "127.0.0.1:80"])
_paths = st.text(alphabet="aAmp./%25Eé;-_ \\", max_size=24)
_queries = st.text(alphabet="utm_a=&;%41mp1", max_size=16)


@given(st.sampled_from(["http", "https", "HTTP"]), _hosts, _paths, _queries, st.text(alphabet="!#a%", max_size=4))
@example("https", "example.org", "a/amp/amp/.amp.amp.html.amp", "amp=1&amp;amp", "!x")
def test_canonical_is_idempotent(scheme: str, host: str, path: str, query: str, fragment: str) -> None:
    once = urls.canonical(f"{scheme}://{host}/{path}?{query}#{fragment}")
    assert urls.canonical(once) == once


@given(st.text(max_size=60))
def test_canonical_takes_any_text(text: str) -> None:
    for value in (text, "https://" + text, "http://example.org/" + text):
        once = urls.canonical(value)
        assert urls.canonical(once) == once
        urls.key(value)
        urls.site(value)
        urls.identity("https://example.org/a", declared=value)


def test_a_key_is_the_same_with_and_without_www_scheme_and_last_slash() -> None:
    names = ["http://www.example.org/a/", "https://example.org/a", "https://m.example.org/a/?utm_source=x"]
    assert {urls.key(name) for name in names} == {"example.org/a"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.lematin.ma/a", "lematin.ma"),
        ("https://news.bbc.co.uk/a", "bbc.co.uk"),
        ("https://someone.blogspot.com/a", "someone.blogspot.com"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080"),
        ("http://localhost/a", "localhost"),
    ],
)
def test_the_site_is_the_registrable_domain(url: str, expected: str) -> None:
    assert urls.site(url) == expected


@pytest.mark.parametrize(
    ("url", "declared", "expected"),
    [
        ("https://example.org/?p=123", "/2020/05/a-long-slug-here/", "https://example.org/2020/05/a-long-slug-here/"),
        ("https://m.example.org/a/1.html", "https://www.example.org/a/1.html", "https://www.example.org/a/1.html"),
        ("https://example.org/a/1.html/", "https://www.example.org/a/1.html", "https://www.example.org/a/1.html"),
        ("https://example.org/a-b-c-d/2", "https://example.org/a-b-c-d", "https://example.org/a-b-c-d"),
        ("https://sport.example.org/x/1", "https://www.example.org/sport/x/1", "https://www.example.org/sport/x/1"),
    ],
)
def test_a_declared_canonical_is_believed(url: str, declared: str, expected: str) -> None:
    assert urls.identity(url, declared=declared)[0] == expected


@pytest.mark.parametrize(
    "declared",
    [
        "https://example.org/",
        "https://example.org/fr/",
        "https://example.org/index.php",
        "https://example.org/404",
        "https://example.org/news",
        "https://wire.example.com/news/2020/a.html",
        "https://example.org/{{ page.url }}",
        "javascript:void(0)",
        "http://[",
        "  ",
    ],
)
def test_a_wrong_declared_canonical_is_not_believed(declared: str) -> None:
    url = "https://example.org/news/2020/a.html"
    assert urls.identity(url, declared=declared) == (url, [])


def test_every_other_name_of_the_page_is_an_alias() -> None:
    name, aliases = urls.identity(
        "https://m.example.org/a/12345/amp/?utm_source=x#y", declared="https://www.example.org/a/12345/"
    )
    assert name == "https://www.example.org/a/12345/"
    assert aliases == ["https://m.example.org/a/12345/amp/?utm_source=x#y", "https://example.org/a/12345/"]


def test_a_secure_page_is_not_renamed_by_an_old_http_canonical() -> None:
    assert urls.identity("https://example.org/a/1", declared="http://example.org/a/1")[0] == "https://example.org/a/1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a/1/amp/", True),
        ("https://example.org/a/1.amp.html", True),
        ("https://example.org/a/1?amp=1", True),
        ("https://m.example.org/a/1", True),
        ("https://www.google.com/amp/s/example.org/a/1", True),
        ("https://www.example.org/a/1?utm_source=x#y", False),
        ("https://example.org/a/../b%7e", False),
        ("https://example.org/champ/1", False),
        ("mailto:m.example.org", False),
    ],
)
def test_a_twin_is_an_amp_or_mobile_form(url: str, expected: bool) -> None:
    assert urls.is_twin(url) is expected


@pytest.mark.parametrize(
    ("fetched", "declared", "name"),
    [
        ("https://a.example/article.php?id=3", "https://a.example/article.php", "https://a.example/article.php?id=3"),
        ("https://a.example/?p=12", "https://a.example/", "https://a.example/?p=12"),
        ("https://a.example/story?id=3&page=2", "https://a.example/story?id=3", "https://a.example/story?id=3"),
        ("https://a.example/story-3?print=1", "https://a.example/story-3", "https://a.example/story-3"),
    ],
)
def test_a_declared_name_that_no_longer_says_which_article_is_not_believed(
    fetched: str, declared: str, name: str
) -> None:
    assert urls.identity(fetched, declared=declared)[0] == name


@pytest.mark.parametrize("query", ["ns_page=2", "pk_article=5", "wt_id=3", "at_id=3", "ito=77"])
def test_a_parameter_that_only_looks_like_tracking_stays(query: str) -> None:
    assert urls.canonical(f"https://a.example/x?{query}") == f"https://a.example/x?{query}"


def test_amp_inside_a_path_is_a_word_like_any_other() -> None:
    assert urls.canonical("https://a.example/music/amp/review") == "https://a.example/music/amp/review"


def test_a_host_that_no_name_server_can_know_is_no_web_address() -> None:
    assert not urls.is_web(f"http://{'a' * 70}.example.org/x")


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,20}(:\d{1,5})?(/[A-Za-z0-9._~%+;:@!-]{0,6}){0,4}(\?[a-z0-9=&.%+-]{0,8})?",
        fullmatch=True,
    )
)
@example("https://www.example.org/news/2004/12/05/a-story.html?id=7")
@example("https://www.example.org/a/../b")
def test_a_plain_url_is_one_that_nothing_would_change(url: str) -> None:
    if urls.is_plain(url):
        assert urls._split(url) is not None
        assert safe_url_string(url) == url
        assert urljoin("http://other.example.net/x/", url) == url
