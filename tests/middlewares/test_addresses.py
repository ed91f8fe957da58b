"""Which addresses are public, in whatever form they are written, and what the rules let through."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import options
from newsarchive.middlewares.addresses import Policy, embedded, is_public, literal


def policy(hosts: str) -> Policy:
    return Policy(options.BY_NAME["NEWSARCHIVE_ALLOWED_HOSTS"].parse(hosts))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
        "::127.0.0.1", "::8.8.8.8", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1",
        "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::1", "2001:0:a00:1::", "100::1", "4000::1",
    ],
)  # fmt: skip
def test_the_rest_is_not(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_as_what_it_leads_to(address: IPv4Address) -> None:
    number = int(address)
    disguises = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address(0x2002 << 112 | number << 80),
    ]
    for disguise in disguises:
        assert address in embedded(disguise)
        assert is_public(disguise) <= is_public(address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"),
        ("0x7F000001", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("１２７.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"), ("fe80::1%eth0", "fe80::1"),
    ],
)  # fmt: skip
def test_a_literal_is_read_as_a_resolver_reads_it(host: str, address: str) -> None:
    assert literal(host) == ip_address(address)


@pytest.mark.parametrize("host", ["example.org", "a.b", "cafe.de", "", "face", "1.2.3.4.example", "deadbeef.com"])
def test_a_name_is_no_literal(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    ("hosts", "host", "address", "port", "allowed"),
    [
        ("", "example.org", "8.8.8.8", 80, True),
        ("", "example.org", "10.0.0.1", 80, False),
        ("example.org", "example.org", "10.0.0.1", 80, True),
        ("example.org", "EXAMPLE.org.", "10.0.0.1", 80, True),
        ("example.org", "www.example.org", "10.0.0.1", 80, False),
        ("*.example.org", "www.example.org", "10.0.0.1", 80, True),
        ("*.example.org", "badexample.org", "10.0.0.1", 80, False),
        ("example.org:8000", "example.org", "10.0.0.1", 80, False),
        ("10.0.0.0/8", "example.org", "10.0.0.1", 80, True),
        ("10.0.0.0/8", "example.org", "::ffff:10.0.0.1", 80, True),
        ("10.0.0.1:8000", "10.0.0.1", "10.0.0.1", 8000, True),
        ("10.0.0.1:8000", "10.0.0.1", "10.0.0.1", 8001, False),
        ("[::1]:8000, 127.0.0.1", "::1", "::1", 8000, True),
        ("[::1]:8000 127.0.0.1", "::1", "::1", 80, False),
        ("fd00::/8", "x", "fd12::1", 80, True),
    ],
)
def test_rules_let_through_what_they_name_and_nothing_else(
    hosts: str, host: str, address: str, port: int, allowed: bool
) -> None:
    assert policy(hosts).allows(host, ip_address(address), port) is allowed


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "db.internal", "printer.local", "x.home.arpa", "nas.lan"])
def test_names_of_private_places_are_not_asked_of_a_proxy(host: str) -> None:
    assert not policy("").allows_name(host, 80)
    assert policy(host).allows_name(host, 80)
    assert policy("").allows_name("example.org", 80)
