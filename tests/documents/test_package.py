"""Word files as archives."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cnil_requests.documents import package
from cnil_requests.documents.faults import BadTemplateError
from cnil_requests.documents.package import content_digest, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = {"[Content_Types].xml": b"<Types/>", "word/é.xml": b"x" * 5000, "vide": b""}


def test_archive_is_read_by_others() -> None:
    """The archive opens with Python's own zip reader, sound and in its order."""
    with ZipFile(BytesIO(pack(PARTS))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
        assert archive.namelist() == list(PARTS)
        dates = {entry.date_time for entry in archive.infolist()}
        assert dates == {datetime(1980, 1, 1).timetuple()[:6]}  # noqa: DTZ001


def test_archive_round_trips() -> None:
    """What is packed is unpacked, in the same order."""
    assert list(unpack(pack(PARTS), "x.docx").items()) == list(PARTS.items())


def test_same_parts_same_bytes() -> None:
    """The same parts give the same archive."""
    assert pack(PARTS) == pack(dict(PARTS))


def bomb() -> bytes:
    """Return a small archive that unpacks to 60 MB."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return stream.getvalue()


def doubled() -> bytes:
    """Return an archive with the same part twice."""
    twice = pack({"docProps/core.xml": b"<a/>", "docProps/cort.xml": b"<b/>"})
    return twice.replace(b"cort", b"core")


def lying() -> bytes:
    """Return an archive that declares 10 bytes where 60 MB are packed."""
    data = bomb()
    return data.replace((60_000_000).to_bytes(4, "little"), b"\x0a\0\0\0")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "pas un document Word"),
        (lambda: b"Objet : une lettre", "pas un document Word"),
        (lambda: pack(PARTS)[:-40], "pas un document Word"),
        (bomb, "trop gros"),
        (lying, "pas un document Word"),
        (doubled, "deux fois la même partie"),
        (lambda: b"P" * (package.MAX_FILE + 1), "trop gros"),
        (lambda: pack({str(rank): b"" for rank in range(600)}), "trop gros"),
    ],
)
def test_unpack_refuses(make: Callable[[], bytes], reason: str) -> None:
    """What is no Word file, or could fill the memory, is refused by its name."""
    with pytest.raises(BadTemplateError, match=reason) as error:
        unpack(make(), "mon modèle.docx")
    assert str(error.value).startswith("mon modèle.docx\u00a0: ")
    assert error.value.exit_code == 4


def test_digest_follows_the_content() -> None:
    """The digest depends on what is printed: not on compression nor properties."""
    parts = {"word/document.xml": b"<a/>" * 99, "docProps/core.xml": b"<b/>"}
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in reversed(parts.items()):
            archive.writestr(name, data)
    same = content_digest(pack(parts))
    assert content_digest(stream.getvalue()) == same
    assert content_digest(pack(parts | {"docProps/core.xml": b"<c/>"})) == same
    assert content_digest(pack(parts | {"word/document.xml": b"<c/>"})) != same
    assert content_digest(pack(parts | {"word/footer1.xml": b"<c/>"})) != same
