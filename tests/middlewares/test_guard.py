"""The resolver connects to the very address it judged, and tells a refusal from a name that does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import DNSLookupError
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock

from newsarchive import options
from newsarchive.middlewares.addresses import Policy
from newsarchive.middlewares.guard import Guard, GuardedResolver, RefusedAddress, RefusedScheme


class Names:
    """A resolver that gives the next of its answers each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, name: str, portNumber: int = 0, *rest: Any) -> Any:
        receiver.resolutionBegan(self)
        for host in self.answers.pop(0):
            kind = IPv6Address if ":" in host else IPv4Address
            receiver.addressResolved(kind("TCP", host, portNumber))
        receiver.resolutionComplete()
        return self


def connect(answers: Sequence[Sequence[str]], allowed: str = "", times: int = 1) -> tuple[list[str], list[Any], Any]:
    """The addresses connected to, and the errors, of `times` connections to one name."""
    reactor: Any = MemoryReactorClock()  # type: ignore[no-untyped-call]
    rules = options.BY_NAME["NEWSARCHIVE_ALLOWED_HOSTS"].parse(allowed)
    resolver = GuardedResolver(reactor, Names(*answers), Policy(rules))
    resolver.install_on_reactor()
    reactor.nameResolver = resolver
    errors: list[Any] = []
    factory: Any = Factory()
    for _ in range(times):
        HostnameEndpoint(reactor, "news.example", 80).connect(factory).addErrback(errors.append)
        reactor.advance(1)
    return [client[0] for client in reactor.tcpClients], errors, resolver


def test_a_public_address_is_connected_to() -> None:
    assert connect([["93.184.216.34"]])[0] == ["93.184.216.34"]


def test_a_name_that_leads_to_a_private_address_is_not_found_and_the_reason_is_kept() -> None:
    connected, errors, resolver = connect([["10.0.0.1", "::1"]])
    assert connected == []
    assert errors[0].check(DNSLookupError)
    assert resolver.refused("news.example", 80) == ["10.0.0.1", "::1"]


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    connected, _, resolver = connect([["127.0.0.1", "93.184.216.34"]])
    assert connected == ["93.184.216.34"]
    assert resolver.refused("news.example", 80) == []


def test_a_name_that_changes_its_answer_is_judged_at_every_connection() -> None:
    connected, errors, _ = connect([["93.184.216.34"], ["169.254.169.254"]], times=2)
    assert connected == ["93.184.216.34"]
    assert len(errors) == 1


def test_an_allowed_name_may_be_private() -> None:
    assert connect([["10.0.0.1"]], allowed="news.example")[0] == ["10.0.0.1"]


def test_a_name_without_an_address_is_no_refusal() -> None:
    _, errors, resolver = connect([[]])
    assert errors[0].check(DNSLookupError)
    assert resolver.refused("news.example", 80) == []


@pytest.fixture
def guard() -> Guard:
    settings = {
        "NEWSARCHIVE_ALLOWED_HOSTS": "10.0.0.5",
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"file": None},
    }
    return Guard(Crawler(Spider, settings))


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "https://2130706433/", "http://10.0.0.6/"])
def test_a_private_literal_is_refused_through_a_proxy_too(guard: Guard, url: str) -> None:
    with pytest.raises(RefusedAddress):
        guard.process_request(Request(url, meta={"proxy": "http://proxy.example:3128"}))


def test_a_private_name_is_refused_through_a_proxy(guard: Guard) -> None:
    with pytest.raises(RefusedAddress):
        guard.process_request(Request("http://localhost/", meta={"proxy": "http://proxy.example:3128"}))


def test_public_and_allowed_hosts_pass(guard: Guard) -> None:
    guard.process_request(Request("http://example.org/"))
    guard.process_request(Request("http://10.0.0.5/"))


def test_a_url_without_a_host_is_refused(guard: Guard) -> None:
    with pytest.raises(RefusedAddress):
        guard.process_request(Request("http:///path"))


def test_a_foreign_scheme_is_refused(guard: Guard) -> None:
    with pytest.raises(RefusedScheme):
        guard.process_request(Request("file:///etc/hostname"))


def test_other_errors_pass(guard: Guard) -> None:
    guard.process_exception(Request("http://example.org/"), CannotResolveHostError("no such name"))
    guard.process_exception(Request("http://example.org/"), ValueError("other"))
