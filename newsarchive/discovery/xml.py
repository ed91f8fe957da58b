"""Feed and sitemap XML as a stream of elements, hardened: no document type, no entity, no depth, no network."""

from __future__ import annotations

import gzip
import html
import io
import re
import zlib
from collections.abc import Iterator
from typing import cast

from lxml import etree
from w3lib.encoding import read_bom, resolve_encoding

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
_CHUNK = 64 * 1024
_PROLOG = 16 * 1024
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^>\[\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_UNSAFE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE = re.compile(r"&(?!#?\w{1,32};)|<(?![A-Za-z_/!?])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class UnreadableError(Exception):
    """Bytes that cannot be read as what they should be; the message is a short reason ("not XML", "too large")."""


def unpacked(body: bytes, limit: int = MAX_BYTES) -> bytes:
    """The bytes with gzip opened; UnreadableError when they open to more than `limit` or are torn at the start."""
    if body[:2] != b"\x1f\x8b":
        return body
    opened = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            while chunk := stream.read(_CHUNK):
                opened += chunk
                if len(opened) > limit:
                    raise UnreadableError("too large")
    except (OSError, EOFError, zlib.error) as error:
        if not opened:
            raise UnreadableError("broken gzip") from error
    return bytes(opened)


def decoded(body: bytes, encoding: str | None = None) -> str:
    """The text of feed or sitemap bytes: BOM, valid UTF-8, the XML declaration, `encoding`, windows-1252."""
    bom, _ = read_bom(body)
    if bom:
        return body.decode(bom, "replace").lstrip("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.match(body[:512])
    for name in (declared[1].decode("ascii") if declared else None, encoding):
        known = resolve_encoding(name) if name else None
        if known and known != "utf-8":
            return body.decode(known, "replace")
    return body.decode("cp1252", "replace")


def elements(text: str, tags: frozenset[str]) -> Iterator[etree._Element]:
    """Each element whose local name is in `tags`, complete, in document order; it is emptied when the next is asked for.

    Broken XML is read as far as it can be. Raises UnreadableError for a document type with declarations and for
    nesting deeper than `MAX_DEPTH`.
    """
    parser = etree.XMLPullParser(
        ("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    safe = _safe(text)
    depth = 0
    inside = 0
    for position in range(0, len(safe) + 1, _CHUNK):
        parser.feed(safe[position : position + _CHUNK].encode("utf-8", "replace"))
        for event, found in parser.read_events():
            element = cast(etree._Element, found)
            listed = local(element) in tags
            if event == "start":
                depth += 1
                inside += listed
                if depth > MAX_DEPTH:
                    raise UnreadableError("nested too deep")
                continue
            depth -= 1
            inside -= listed
            if listed:
                yield element
            if not inside:
                _forget(element)


def _safe(text: str) -> str:
    """The text without XML declaration, controls and a harmless DOCTYPE; HTML's named entities made characters, bare markup escaped."""
    text = _DECLARATION.sub("", text, count=1).lstrip()
    text = _DOCTYPE.sub("", text[:_PROLOG], count=1) + text[_PROLOG:]
    if _UNSAFE.search(text[:_PROLOG]) or "<!ENTITY" in text:
        raise UnreadableError("document type declarations")
    text = _BARE.sub(lambda match: html.escape(match[0]), _CONTROL.sub("", text))
    return _NAMED.sub(lambda match: html.escape(html.unescape(match[0]), quote=False), text)


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: etree._Element) -> str:
    """The element's name without its namespace, in lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def space(element: etree._Element) -> str:
    """The element's namespace, empty where it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def text_of(element: etree._Element | None) -> str | None:
    """All the text of an element with white space folded; None when there is none, and for comments."""
    if element is None or not isinstance(element.tag, str):  # comments and instructions have no text of their own
        return None
    found = " ".join("".join(str(part) for part in element.itertext()).split())
    return found or None
