"""A fetched page: its bytes, where and when they were fetched, parsed once and only when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page as it was fetched.

    `body` is the decoded-from-transfer payload (no gzip), `encoding` what the HTTP header declared, `captured_at` the
    aware time of the capture: it is "now" for all that reads the page; None where it is unknown. `last_modified` is the
    HTTP header of that name. `text` and `tree` are computed once; nobody may change the tree.
    """

    url: str
    body: bytes
    captured_at: datetime | None = None
    encoding: str | None = None
    last_modified: str | None = None

    @cached_property
    def text(self) -> str:
        """The page decoded: BOM, then valid UTF-8, then what is declared, then windows-1252; never an error."""
        _, text = decode(self.body, self.encoding)
        return text

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed document (HTML5 rules); shared by all fields and read-only by agreement."""
        return LexborHTMLParser(self.text)


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """The name of the encoding used and the text; a declaration the bytes contradict is not believed."""
    bom, _ = read_bom(body)
    if bom:
        return bom, body.decode(bom, "replace").lstrip("\ufeff")
    try:
        return "utf-8", body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (declared, html_body_declared_encoding(body)):
        encoding = resolve_encoding(name) if name else None
        if encoding and encoding != "utf-8":
            return encoding, body.decode(encoding, "replace")
    return "cp1252", body.decode("cp1252", "replace")
