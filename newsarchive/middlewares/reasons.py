"""The names of what can become of a request that brought no page: one short standard phrase each."""

from __future__ import annotations

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy import exceptions
from twisted.internet import error as network
from twisted.python.failure import Failure

from newsarchive.bookkeeping import State
from newsarchive.captures import CaptureError
from newsarchive.middlewares.backoff import HostUnavailable
from newsarchive.middlewares.connections import HeadTooLargeError
from newsarchive.middlewares.guard import RefusedAddress, RefusedScheme
from newsarchive.middlewares.robots import RobotsForbidden, RobotsUnreachable

# Evidence in order: the first line whose exceptions are found in the error, or in what caused it, names it.
_REASONS: tuple[tuple[tuple[type[BaseException], ...], State, str], ...] = (
    ((RefusedAddress,), State.REJECTED, "refused address"),
    ((RefusedScheme, exceptions.UnsupportedURLSchemeError, exceptions.NotSupported), State.REJECTED, "refused scheme"),
    ((RobotsForbidden,), State.REJECTED, "robots"),
    ((HostUnavailable,), State.FAILED, "host unavailable"),
    ((CaptureError,), State.FAILED, "capture"),
    ((SSL.Error,), State.FAILED, "tls"),
    ((exceptions.CannotResolveHostError, network.DNSLookupError), State.FAILED, "dns"),
    ((exceptions.DownloadTimeoutError, network.TimeoutError), State.FAILED, "timeout"),
    # Scrapy cancels a download for its size alone.
    ((exceptions.DownloadCancelledError, HeadTooLargeError), State.REJECTED, "too large"),
    ((exceptions.ResponseDataLossError,), State.FAILED, "cut short"),
    (
        (exceptions.DownloadConnectionRefusedError, exceptions.DownloadFailedError, network.ConnectError,
         network.ConnectionClosed),
        State.FAILED,
        "connection",
    ),
    # After the errors that may have caused it, which say more.
    ((RobotsUnreachable,), State.FAILED, "robots unreachable"),
)  # fmt: skip

# The modules whose errors say that a body is not compressed as its headers claim.
_COMPRESSION = frozenset({"zlib", "gzip", "brotli", "_brotli", "brotlicffi", "backports", "compression"})


def reason(error: BaseException) -> tuple[State, str]:
    """What became of a request that ended in `error`, and its name."""
    chain = list(_causes(error))
    for kinds, state, name in _REASONS:
        if any(isinstance(cause, kinds) for cause in chain):
            return state, name
    if isinstance(error, exceptions.IgnoreRequest):
        text = str(error)
        if "DOWNLOAD_MAXSIZE" in text:  # HttpCompression, for a body that opens to more than the cap
            return State.REJECTED, "too large"
        if "redirect" in text:
            return State.REJECTED, "redirect loop"
        return State.REJECTED, "ignored"
    if type(error).__module__.partition(".")[0] in _COMPRESSION:
        return State.FAILED, "bad compression"
    if isinstance(
        error, ValueError
    ):  # an address that cannot be asked for: a redirect to half a bracket, to port 99999
        return State.REJECTED, "bad url"
    return State.FAILED, type(error).__name__


def status(code: int) -> tuple[State, str]:
    """What an HTTP status that is no success means: a server's trouble (5xx, 408, 429) is a failure, a no is a no."""
    return (State.FAILED if code >= 500 or code in (408, 429) else State.REJECTED), f"http {code}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what caused it: its `__cause__`, and what Twisted wraps."""
    pending, seen = [error], set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if current.__cause__ is not None:
            pending.append(current.__cause__)
        wrapped = getattr(current, "reasons", None)
        if isinstance(wrapped, list):
            pending += [inner.value for inner in wrapped if isinstance(inner, Failure) and inner.value is not None]
