"""The guard: no request leaves for a private address or by a scheme other than http and https.

The resolver judges every address at the moment it is connected to, literal or looked up, first request or redirect; the
connection goes to the very address it judged, so a name that changes its answer (DNS rebinding) gains nothing.
"""

# ruff: noqa: N802, N803 - the names of Twisted's interfaces
from __future__ import annotations

import logging
from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import CannotResolveHostError, CloseSpider, IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from newsarchive import options
from newsarchive.middlewares.addresses import Policy, literal

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

logger = logging.getLogger(__name__)

_PORTS = {"http": 80, "https": 443}


class RefusedAddress(IgnoreRequest):
    """A request that would have connected to a private address."""


class RefusedScheme(IgnoreRequest):
    """A request for something other than http and https."""


@implementer(IResolutionReceiver)
class _Judge:
    """Passes on the addresses that the policy allows, and remembers when it could pass on none."""

    def __init__(self, resolver: GuardedResolver, receiver: Any, host: str, port: int) -> None:
        self.resolver, self.receiver, self.host, self.port = resolver, receiver, host, port
        self.passed = 0
        self.refused: list[str] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        host = str(getattr(address, "host", "")).partition("%")[0]
        if self.resolver.policy.allows(self.host, ip_address(host), self.port):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.refused.append(host)

    def resolutionComplete(self) -> None:
        self.resolver.remember(self.host, self.port, [] if self.passed else self.refused)
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """A name resolver that lets through only addresses a crawl may connect to; it knows IPv4 and IPv6.

    Twisted asks it for literal addresses as well as for names, right before it connects.
    """

    def __init__(self, reactor: ReactorBase, inner: Any, policy: Policy) -> None:
        self.reactor, self.inner, self.policy = reactor, inner, policy
        self._refused: LocalCache[tuple[str, int], list[str]] = LocalCache(10_000)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """The resolver for TWISTED_DNS_RESOLVER, with Scrapy's cache of names behind it."""
        rules = options.value(crawler.settings, "NEWSARCHIVE_ALLOWED_HOSTS")
        return cls(reactor, CachingHostnameResolver.from_crawler(crawler, reactor), Policy(rules))

    def install_on_reactor(self) -> None:
        """Make it the resolver of all connections of this process."""
        self.reactor.installNameResolver(self)  # type: ignore[arg-type]

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """See twisted.internet.interfaces.IHostnameResolver; refused addresses are left out of the answer."""
        judge = _Judge(self, resolutionReceiver, _ascii(hostName), portNumber)
        resolution: IHostResolution = self.inner.resolveHostName(
            judge, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution

    def remember(self, host: str, port: int, refused: list[str]) -> None:
        """Keep why a name had no address to give, until it is asked again."""
        if refused:
            self._refused[host, port] = refused
        else:
            self._refused.pop((host, port), None)

    def refused(self, host: str, port: int) -> list[str]:
        """The addresses of a host that were all refused when it was last looked up."""
        return self._refused.get((host, port)) or []


class Guard:
    """Refuses requests to private addresses and by foreign schemes, each with its own exception."""

    def __init__(self, crawler: Crawler) -> None:
        self.policy = Policy(options.value(crawler.settings, "NEWSARCHIVE_ALLOWED_HOSTS"))
        handlers = crawler.settings.getwithbase("DOWNLOAD_HANDLERS")
        self.schemes = frozenset(scheme for scheme, handler in handlers.items() if handler is not None)
        self.is_on_reactor = crawler.settings.getbool("TWISTED_REACTOR_ENABLED")
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The guard of one crawl."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """See that the guarded resolver is in place, however the crawl was started."""
        if not self.is_on_reactor:
            logger.error("newsarchive guards connections by Twisted's resolver: TWISTED_REACTOR_ENABLED must stay True")
            raise CloseSpider("unguarded")
        self._resolver()

    def _resolver(self) -> GuardedResolver | None:
        """The resolver in place; installed here where TWISTED_DNS_RESOLVER had no say (a runner, a late add-on)."""
        if not self.is_on_reactor:
            return None
        from twisted.internet import reactor

        resolver = reactor.nameResolver
        if not isinstance(resolver, GuardedResolver):
            resolver = GuardedResolver(reactor, resolver, self.policy)
            resolver.install_on_reactor()
        if resolver.policy is not self.policy:
            # One resolver serves all crawls of a process: what one of them is allowed, all are.
            resolver.policy.rules |= self.policy.rules
            self.policy = resolver.policy
        return resolver

    def process_request(self, request: Request) -> None:
        """Refuse what can be seen to be refused before any connection; the resolver judges the rest."""
        parts = urlparse_cached(request)
        if parts.scheme not in self.schemes:
            raise RefusedScheme(f"scheme {parts.scheme!r}")
        if parts.scheme not in _PORTS:
            return  # a scheme that someone turned on knowingly: newsarchive has http and https alone
        if not parts.hostname:
            raise RefusedAddress("no host")
        self._resolver()
        self._judge_literal(parts.hostname, _port(request))
        if proxy := _proxy(request):
            self._judge_literal(*proxy)
            if not self.policy.allows_name(parts.hostname, _port(request)):
                raise RefusedAddress(f"{parts.hostname} is a private name")

    def _judge_literal(self, host: str, port: int) -> None:
        address = literal(host)
        if address is not None and not self.policy.allows(host, address, port):
            raise RefusedAddress(f"{host} is {address}, which is not public")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell an address that was refused from a name that does not exist, before anyone retries it."""
        if not isinstance(exception, CannotResolveHostError):
            return
        host, port = _proxy(request) or (urlparse_cached(request).hostname or "", _port(request))
        resolver = self._resolver()
        refused = resolver.refused(host, port) if resolver else []
        if refused:
            raise RefusedAddress(f"{host} is {', '.join(refused)}, which is not public") from exception


def _proxy(request: Request) -> tuple[str, int] | None:
    """The host and port of the proxy that a request goes through, if any: the one that is really connected to."""
    proxy = request.meta.get("proxy")
    if not proxy:
        return None
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)


def _ascii(host: str) -> str:
    """A host name as URLs spell it: Twisted asks for an internationalised name in its own script."""
    try:
        return host.encode("ascii").decode("ascii").lower()
    except UnicodeEncodeError:
        pass
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _port(request: Request) -> int:
    parts = urlparse_cached(request)
    return parts.port or _PORTS[parts.scheme]
