"""Where letters are found, and how little of the disk they can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnil_requests import shipped
from cnil_requests.documents.templates import MAX_TEXT, MAX_WORD, TemplateFolders
from cnil_requests.documents.wording import BadWordingError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the user's own folder."""
    folder = tmp_path / "letter_templates"
    folder.mkdir()
    return folder


@pytest.fixture
def folders(own: Path) -> TemplateFolders:
    """Give the user's folder over the shipped one."""
    return TemplateFolders(own, shipped.letter_templates())


def test_the_user_s_file_wins(folders: TemplateFolders, own: Path) -> None:
    """Under the same name; the others are the program's."""
    (own / "erasure.txt").write_text("Objet : à moi", encoding="utf-8")
    assert folders.text("erasure.txt") == (
        "Objet : à moi",
        str(own / "erasure.txt"),
    )
    found = folders.text("access.txt")
    assert found
    assert found[1] == "letter_templates/access.txt"
    assert folders.word()[0].startswith(b"PK")
    (own / "letter.docx").write_bytes(b"mine")
    assert folders.word() == (b"mine", str(own / "letter.docx"))


def test_nothing_of_one_s_own(tmp_path: Path) -> None:
    """No folder, or one that does not exist, is no error."""
    for own in (None, tmp_path / "absent"):
        folders = TemplateFolders(own, shipped.letter_templates())
        assert folders.own_names() == []
        assert folders.text("erasure.txt")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "..\\secret.txt",
        "sub/secret.txt",
        "/etc/passwd",
        "{absolute}",
        ".secret.txt",
        "secret",
        "",
        "secret.txt\x00",
        "~/secret.txt",
    ],
)
def test_a_name_is_no_path(folders: TemplateFolders, own: Path, name: str) -> None:
    """What a template includes lies in its folder, or nowhere."""
    outside = own.parent / "secret.txt"
    for place in (outside, own / ".secret.txt", own / "secret"):
        place.write_text("secret")
    (own / "sub").mkdir()
    (own / "sub/secret.txt").write_text("secret")
    assert folders.text(name.format(absolute=outside)) is None
    assert not folders.text_exists(name.format(absolute=outside))


@pytest.mark.parametrize(
    "data",
    ["\ufeffObjet : é\r\nun\r\n".encode(), "Objet : é\nun\n".encode()],
)
def test_texts_of_every_system(
    folders: TemplateFolders, own: Path, data: bytes
) -> None:
    """With or without the mark and the line ends of Windows."""
    (own / "erasure.txt").write_bytes(data)
    found = folders.text("erasure.txt")
    assert found
    assert found[0] == "Objet : é\nun\n"


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        ("Objet : x\n\né".encode("latin-1"), 3, "UTF-8"),
        ("Objet : x".encode("utf-16"), 1, "UTF-8"),
        (b"x" * (MAX_TEXT + 1), None, "trop grand"),
        (b"x" * (MAX_WORD * 2), None, "trop grand"),
    ],
)
def test_what_is_no_text(
    folders: TemplateFolders, own: Path, data: bytes, line: int | None, what: str
) -> None:
    """The file and the line are named."""
    (own / "erasure.txt").write_bytes(data)
    with pytest.raises(BadWordingError, match=what) as caught:
        folders.text("erasure.txt")
    assert caught.value.exit_code == 4
    assert caught.value.origin == str(own / "erasure.txt")
    assert caught.value.line == line


def test_a_layout_that_is_none(folders: TemplateFolders, own: Path) -> None:
    """Missing or far too large."""
    with pytest.raises(BadWordingError, match="introuvable"):
        folders.word("autre.docx")
    (own / "letter.docx").write_bytes(b"x" * (MAX_WORD + 1))
    with pytest.raises(BadWordingError, match="trop grand"):
        folders.word()


def test_the_user_s_names(folders: TemplateFolders, own: Path) -> None:
    """What Word and systems leave behind is no template."""
    for name in ("b.txt", "a.docx", ".DS_Store", "~$a.docx"):
        (own / name).write_text("x")
    (own / "dossier").mkdir()
    assert folders.own_names() == ["a.docx", "b.txt"]
