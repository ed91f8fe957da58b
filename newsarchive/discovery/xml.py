"""Feed and sitemap XML as a stream of elements, hardened: no document type, no entity, no depth, no network."""

from __future__ import annotations

import codecs
import gzip
import html
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast

from lxml import etree
from w3lib.encoding import read_bom, resolve_encoding

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_PARTS = 20_000
"""Elements in one entry and before it: only a broken or hostile list has more."""
_CHUNK = 64 * 1024
_PROLOG = 16 * 1024
_LONGEST = 64
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^>\[\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_UNSAFE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE = re.compile(r"&(?!#?\w{1,32};)|<(?![A-Za-z_/!?])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class UnreadableError(Exception):
    """Bytes that cannot be read as what they should be; the message is a short reason ("not XML", "too large")."""


def texts(body: bytes, encoding: str | None = None) -> Iterator[str]:
    """The text of feed or sitemap bytes in pieces, gzip opened: never the whole of it is in memory.

    Its encoding is what the BOM says, or valid UTF-8, the XML declaration, `encoding`, windows-1252. UnreadableError, after
    what could be read, when it opens to more than MAX_BYTES; at once when it is gzip that cannot be opened at all.
    """
    decoder = codecs.getincrementaldecoder(_encoding(body, encoding))("replace")
    first = True
    for chunk in _opened(body):
        piece = decoder.decode(chunk)
        yield piece.lstrip("\ufeff") if first else piece
        first = False
    yield decoder.decode(b"", True)


def begun(pieces: Iterator[str], size: int = 20_000) -> tuple[str, Iterator[str]]:
    """The first `size` characters (or a little more) of a text, and the rest of its pieces."""
    head = ""
    for piece in pieces:
        head += piece
        if len(head) >= size:
            break
    return head, pieces


def elements(pieces: Iterable[str], tags: frozenset[str]) -> Iterator[etree._Element]:
    """Each element whose local name is in `tags`, complete, in document order; it is emptied when the next is asked for.

    Broken XML is read as far as it can be. Raises UnreadableError for a document type with declarations, for nesting
    deeper than `MAX_DEPTH` and for more than `MAX_PARTS` other elements between the ends of two of them.
    """
    parser = etree.XMLPullParser(
        ("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = inside = parts = 0
    for piece in _safe(pieces):
        parser.feed(piece.encode("utf-8", "replace"))
        for event, found in parser.read_events():
            element = cast(etree._Element, found)
            listed = local(element) in tags
            if event == "start":
                depth += 1
                inside += listed
                parts += 1
                if depth > MAX_DEPTH:
                    raise UnreadableError("nested too deep")
                if parts > MAX_PARTS:
                    raise UnreadableError("too many elements")
                continue
            depth -= 1
            inside -= listed
            if listed:
                yield element
                parts = 0
            if not inside:
                _forget(element)


def _opened(body: bytes) -> Iterator[bytes]:
    """The bytes in chunks, gzip opened; what is before a tear is given, and UnreadableError follows MAX_BYTES."""
    if body[:2] != b"\x1f\x8b":
        for position in range(0, min(len(body), MAX_BYTES), _CHUNK):
            yield body[position : position + _CHUNK]
        if len(body) > MAX_BYTES:
            raise UnreadableError("too large")
        return
    opened = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            while chunk := stream.read(_CHUNK):
                opened += len(chunk)
                if opened > MAX_BYTES:
                    raise UnreadableError("too large")
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        if not opened:
            raise UnreadableError("broken gzip") from error


def _encoding(body: bytes, declared: str | None) -> str:
    head = next(_opened(body), b"")
    bom, _ = read_bom(head)
    if bom:
        return bom
    if _is_utf8(body):
        return "utf-8"
    stated = _DECLARED.match(head[:512])
    for name in (stated[1].decode("ascii") if stated else None, declared):
        known = resolve_encoding(name) if name else None
        if known and known != "utf-8":
            return known
    return "cp1252"


def _is_utf8(body: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _opened(body):
            decoder.decode(chunk)
        # What is cut in the middle of a character is UTF-8 all the same.
    except UnicodeDecodeError:
        return False
    except UnreadableError:
        return True
    return True


def _safe(pieces: Iterable[str]) -> Iterator[str]:
    """The text as a parser may see it, in pieces.

    Out: the XML declaration, controls and a harmless DOCTYPE. HTML's named entities are made characters, bare markup is
    escaped. UnreadableError for declarations of a document type.
    """
    head, rest = begun(iter(pieces), _PROLOG)
    head = _DECLARATION.sub("", head, count=1).lstrip()
    head = _DOCTYPE.sub("", head[:_PROLOG], count=1) + head[_PROLOG:]
    if _UNSAFE.search(head[:_PROLOG]):
        raise UnreadableError("document type declarations")
    kept = ""
    for piece in chain((head,), rest):
        text = kept + piece
        cut = max(
            text.rfind("&", -_LONGEST), text.rfind("<", -_LONGEST)
        )  # a mark whose rest may come with the next piece
        text, kept = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
        yield _cleaned(text)
    yield _cleaned(kept)


def _cleaned(text: str) -> str:
    if "<!ENTITY" in text:
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
