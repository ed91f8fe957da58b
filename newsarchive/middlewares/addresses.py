"""Which addresses a crawl may connect to: the public internet, and what NEWSARCHIVE_ALLOWED_HOSTS adds."""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network, ip_address

from newsarchive.options import HostRule

Address = IPv4Address | IPv6Address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet", "corp")


def literal(host: str) -> Address | None:
    """The address a host is, in any of the forms a resolver takes ("127.0.0.1", "0x7f.1", "2130706433", "::1").

    None for a name.
    """
    text = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".")
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        pass
    if not text or not set(text.lower()) <= set("0123456789abcdefx."):
        return None
    try:
        return IPv4Address(socket.inet_aton(text))
    except (OSError, AddressValueError):
        return None


def embedded(address: Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64 and IPv4-compatible forms."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or int(address) >> 32 == 0:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


def is_public(address: Address) -> bool:
    """True when the whole internet means the same machine by this address, and it may be asked."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    inner = embedded(address)
    if inner:
        tunnelled = address in _GLOBAL_UNICAST or address in _NAT64 or address.ipv4_mapped is not None
        return tunnelled and all(is_public(part) for part in inner)
    return address in _GLOBAL_UNICAST and address.is_global


class Policy:
    """What may be connected to: public addresses, and the hosts that rules let through."""

    def __init__(self, rules: Iterable[HostRule] = ()) -> None:
        self.rules: set[HostRule] = set(rules)

    def allows(self, host: str, address: Address, port: int) -> bool:
        """True when a connection for `host` may go to `address` at `port`."""
        return is_public(address) or any(_matches(rule, host, address, port) for rule in self.rules)

    def allows_name(self, host: str, port: int) -> bool:
        """True unless `host` is a name that means a private place by itself (localhost, *.internal) and is not allowed.

        For requests through a proxy, where the proxy looks the name up.
        """
        name = host.lower().rstrip(".")
        if name.rpartition(".")[2] not in _LOCAL_NAMES and not name.endswith(".home.arpa"):
            return True
        return any(_matches(rule, name, None, port) for rule in self.rules)


def _matches(rule: HostRule, host: str, address: Address | None, port: int) -> bool:
    if rule.port is not None and rule.port != port:
        return False
    if rule.network is not None:
        return address is not None and any(inner in rule.network for inner in (address, *embedded(address)))
    name = host.lower().rstrip(".")
    assert rule.name is not None
    if rule.name.startswith("*."):
        return name == rule.name[2:] or name.endswith(rule.name[1:])
    return name == rule.name
