"""HTTP messages inside of records: status, headers, and the body opened, within bounds."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import Final

from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader

from newsarchive.captures.members import DamageError, ungzip, unzstd

_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_CODINGS: Final = ("gzip", "deflate", "br")


@dataclass(frozen=True, slots=True)
class Message:
    """A response as a record holds it: headers in order, and the body as it was sent."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def get(self, name: str) -> str | None:
        """The first header of a name, whatever its letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def opened(self, limit: int) -> bytes:
        """The body without chunking and content coding, at most `limit` bytes; what is not coded as stated passes as it is."""
        coding = (self.get("Content-Encoding") or "").strip().lower().removeprefix("x-")
        chunked = "chunked" in (self.get("Transfer-Encoding") or "").lower()
        if not chunked and coding not in (*_CODINGS, "zstd"):
            return self.body[:limit]
        if coding == "gzip" and not chunked and (opened := ungzip(self.body, limit)) is not None:
            return opened
        known = coding if coding in _CODINGS else None
        kind = ChunkedDataReader if chunked else DecompressingBufferedReader
        try:
            data: bytes = kind(io.BytesIO(self.body), decomp_type=known).read(limit)
        except (zlib.error, ValueError, EOFError) as error:
            raise DamageError("damaged body", " ".join(str(error).split())) from error
        return unzstd(data, limit) if coding == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd") else data


def parse(block: bytes) -> Message:
    """The response in the block of a record; DamageError for what is none."""
    match = _STATUS.match(block)
    if match is None:
        raise DamageError("no http headers", None)
    at, width = block.find(b"\r\n\r\n"), 4
    end = at if at >= 0 else len(block)
    if (bare := block.find(b"\n\n", 0, end)) >= 0:  # not in the body: that may be long
        at, width = bare, 2
    elif at < 0:
        at, width = end, 0
    headers: list[tuple[str, str]] = []
    for line in block[:at].decode("latin-1").split("\n")[1:]:
        if line[:1] in " \t" and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif ":" in line:
            name, _, value = line.partition(":")
            headers.append((name.strip(), value.strip()))
    return Message(int(match[1]), headers, block[at + width :])
