"""The bytes of a page, bounded as sent and once unpacked; and their text."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import TYPE_CHECKING

from cnil_requests.web.errors import TooLargeError, UnreadableError
from cnil_requests.web.transport import translate

if TYPE_CHECKING:
    import http.client
    from collections.abc import Iterator

    from cnil_requests.web.clock import Clock

_CHUNK = 65_536
#: zlib: any of its own header, gzip's, or none.
_GZIP, _ZLIB, _RAW = 31, 15, -15

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_META_WITHIN = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings of the web; Python's others (utf-7, punycode…) are never a page's.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?[19]|"
    r"windows-125\d|cp125\d|mac-?roman(?:tosh)?|koi8-[ru]"
)
#: Browsers read Latin-1 as its Windows superset: « ’ » and « œ » are there.
_AS_WINDOWS = re.compile(r"(?:us-)?ascii|iso-?8859-1|latin-?1|windows-1252|cp1252")


def read_body(answer: http.client.HTTPResponse, url: str, clock: Clock) -> bytes:
    """Read the whole body, unpacked; TooLargeError as soon as it exceeds the cap."""
    limit = clock.limits.max_bytes
    unpack = _Unpacker(answer.headers.get("Content-Encoding", ""), url, limit)
    expected = answer.length
    received = 0
    for chunk in _chunks(answer, url, clock):
        received += len(chunk)
        if received > limit:
            raise TooLargeError(url, limit)
        unpack.feed(chunk)
    if expected is not None and received < expected:
        raise UnreadableError(url, "la page s'arrête au milieu")
    return unpack.finish()


def _chunks(
    answer: http.client.HTTPResponse, url: str, clock: Clock
) -> Iterator[bytes]:
    """Yield the body as it comes; what breaks on the way is told in French."""
    while True:
        try:
            chunk = answer.read1(_CHUNK)
        except Exception as error:
            told = translate(error, url, clock)
            if told is None:
                raise
            raise told from error
        if not chunk:
            return
        yield chunk


class _Unpacker:
    """Undo gzip or deflate, never holding more than the limit."""

    def __init__(self, encoding: str, url: str, limit: int) -> None:
        self._url = url
        self._limit = limit
        self._data = bytearray()
        self._engine: zlib._Decompress | None = None
        word = encoding.strip().lower()
        if word in ("gzip", "x-gzip"):
            self._engine = zlib.decompressobj(_GZIP)
        elif word == "deflate":
            self._engine = zlib.decompressobj(_ZLIB)
        elif word not in ("", "identity"):
            raise UnreadableError(url, "compression inconnue")
        self._fresh = word == "deflate"

    def feed(self, chunk: bytes) -> None:
        """Take some bytes as sent."""
        if self._engine is None:
            self._keep(chunk)
            return
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise UnreadableError(self._url, "compression abîmée") from error

    def _unpack(self, chunk: bytes) -> None:
        while chunk and self._engine is not None:
            room = self._limit - len(self._data) + 1
            try:
                self._keep(self._engine.decompress(chunk, room))
            except zlib.error:
                if not self._fresh:
                    raise
                # Some servers send deflate without zlib's header.
                self._engine, self._fresh = zlib.decompressobj(_RAW), False
                continue
            self._fresh = False
            chunk = self._engine.unconsumed_tail

    def _keep(self, data: bytes) -> None:
        self._data += data
        if len(self._data) > self._limit:
            raise TooLargeError(self._url, self._limit)

    def finish(self) -> bytes:
        """Return everything; a stream cut short is no page."""
        if self._engine is not None and self._data and not self._engine.eof:
            raise UnreadableError(self._url, "la page s'arrête au milieu")
        return bytes(self._data)


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page, whatever it says of its own encoding.

    Bytes that are valid UTF-8 are UTF-8: the accident is next to impossible, the
    wrong label common. Then the mark, the header, the ``meta``, then Windows-1252.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(content_type)
    meta = _META.search(body[:_META_WITHIN])
    names = [declared[1]] if declared else []
    names += [meta[1].decode("ascii", "replace")] if meta else []
    for name in names:
        text = _decode_as(body, name.lower())
        if text is not None:
            return text
    return body.decode("cp1252", "replace")


def _decode_as(body: bytes, name: str) -> str | None:
    """Return the text when the named encoding is a web one and fits."""
    if not _KNOWN.fullmatch(name) or re.fullmatch(r"utf-?8", name):
        return None
    if _AS_WINDOWS.fullmatch(name):
        return body.decode("cp1252", "replace")
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
