"""Safe by default: what a page links or redirects to never leads a crawl to a private place."""

from __future__ import annotations

import pytest

from tests.crawling import Answer, Run, Site, crawl, serving

SPIDER = """
import scrapy

class Follows(scrapy.Spider):
    name = "follows"

    async def start(self):
        yield scrapy.Request(self.page)

    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield scrapy.Request(response.urljoin(href), callback=self.page_came, dont_filter=True)

    def page_came(self, response):
        yield {"url": response.url, "title": "came", "body": response.text}
"""

FORMS = [
    "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0x7f000001", "[::1]", "0.0.0.0", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
]  # fmt: skip
AWAY = [
    "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/", "http://224.0.0.1/", "http://[fc00::1]/", "http://[fe80::1]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://255.255.255.255/", "https://127.0.0.1/", "http://192.0.2.1/", "http://[2001:db8::1]/",
]  # fmt: skip
SCHEMES = [
    "file:///etc/hostname", "ftp://127.0.0.1/x", "s3://bucket/key", "data:text/html,secret", "gopher://127.0.0.1/",
]  # fmt: skip


def redirect(target: str) -> Answer:
    return (302, {"Location": target}, b"")


def refresh(target: str) -> Answer:
    return f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head></html>'.encode()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Site, Site]:
    """One crawl of a page that tries everything; the first site is allowed, the second is the secret."""
    with serving({"/": b"secret"}) as secret:
        links = [f"http://{form}:{secret.port}/" for form in FORMS] + AWAY + SCHEMES
        targets = [
            f"http://{form}:{secret.port}/" for form in ("127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "0x7f.1")
        ]
        answers: dict[str, Answer] = {
            **{f"/redirect/{n}": redirect(target) for n, target in enumerate(targets)},
            **{f"/refresh/{n}": refresh(target) for n, target in enumerate(targets)},
            "/redirect/file": redirect("file:///etc/hostname"),
            "/redirect/meta": redirect("http://169.254.169.254/latest/meta-data/"),
            "/fine": b"fine",
        }
        paths = list(answers)
        answers["/"] = "".join(f'<a href="{link}">x</a>' for link in [*links, *paths]).encode()
        with serving(answers) as site:
            source = SPIDER + f"    page = {site.url('/')!r}\n"
            folder = tmp_path_factory.mktemp("guarded")
            run = crawl(folder, source, NEWSARCHIVE_ALLOWED_HOSTS=f"127.0.0.1:{site.port}")
            return run, site, secret


def test_no_request_reaches_a_private_host(guarded: tuple[Run, Site, Site]) -> None:
    _, _, secret = guarded
    assert secret.asked == []


def test_an_allowed_host_and_port_is_crawled(guarded: tuple[Run, Site, Site]) -> None:
    run, site, _ = guarded
    assert "/fine" in site.asked
    assert run.reason(site.url("/fine")) == ("archived", None)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_loopback_address_is_refused(guarded: tuple[Run, Site, Site], form: str) -> None:
    run, _, secret = guarded
    assert run.reason(f"http://{form}:{secret.port}/") == ("rejected", "refused address")


@pytest.mark.parametrize("url", AWAY)
def test_every_private_network_is_refused(guarded: tuple[Run, Site, Site], url: str) -> None:
    run, _, _ = guarded
    assert run.reason(url) == ("rejected", "refused address")


@pytest.mark.parametrize("url", SCHEMES)
def test_every_scheme_but_the_webs_is_refused(guarded: tuple[Run, Site, Site], url: str) -> None:
    run, _, _ = guarded
    assert run.reason(url) == ("rejected", "refused scheme")


def test_each_refusal_is_counted_and_has_a_row(guarded: tuple[Run, Site, Site]) -> None:
    run, _, secret = guarded
    assert run.count("rejected/refused address") == len(FORMS) + len(AWAY) + 9
    assert run.count("rejected/refused scheme") == len(SCHEMES)
    assert run.reason(secret.url("/")) == ("rejected", "refused address")
    assert run.reason(secret.url("/", "localhost")) == ("rejected", "refused address")
    assert run.reason("file:///etc/hostname") == ("rejected", "refused scheme")
    assert run.reason("http://169.254.169.254/latest/meta-data/") == ("rejected", "refused address")


def test_a_redirect_is_refused_like_a_link(guarded: tuple[Run, Site, Site]) -> None:
    run, site, _ = guarded
    for path in (
        "/redirect/0",
        "/redirect/1",
        "/redirect/2",
        "/redirect/3",
        "/redirect/meta",
        "/refresh/0",
        "/refresh/1",
    ):
        assert run.reason(site.url(path)) == ("rejected", "refused address")
    assert run.reason(site.url("/redirect/file")) == ("rejected", "http 302")  # Scrapy follows none to a file


def test_refusals_leave_no_traceback_and_no_error(guarded: tuple[Run, Site, Site]) -> None:
    run, _, _ = guarded
    assert "Traceback" not in run.log
    assert " ERROR:" not in run.log
    assert run.code == 0
