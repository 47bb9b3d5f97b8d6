"""One client's data never reach another: every output is searched for every name."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., Any]

#: What only one client has: name, street, e-mail, telephone, number.
CLIENTS = {
    slug: (f"Prénom{mark}", f"Nom{mark}", f"{rank} rue {mark}", f"{mark}@example.org")
    for rank, (slug, mark) in enumerate(
        {
            "prenomaaa-nomaaa": "Aaa",
            "prenombbb-nombbb": "Bbb",
            "prenomccc-nomccc": "Ccc",
        }.items(),
        start=1,
    )
}
SITES = ("doctolib", "maiia", "keskeces")
DRAFTED, SENT, RECEIVED, LATER = "2026-11-02", "2026-11-03", "2026-11-05", "2027-02-01"


def marks(slug: str) -> tuple[str, ...]:
    """Return what names one client; a page of his listing does as well."""
    first, last, street, email = CLIENTS[slug]
    return (slug, first, last, street, email, f"fiche-{slug}")


@pytest.fixture
def agency(run: Run, tmp_path: Path) -> Run:
    """Give the command in a home of three clients, some way into their cases."""
    people = ["prénom;nom;rue;code postal;ville;courriel"]
    people += [
        f"{first};{last};{street};75001;Paris;{email}"
        for first, last, street, email in CLIENTS.values()
    ]
    wishes = ["personne;site;url;motif;envoi"]
    wishes += [
        f"{slug};{site};https://www.example.org/fiche-{slug};secret;{way}"
        for slug in CLIENTS
        for site in SITES
        for way in ("lettre" if site != "keskeces" else "courriel",)
    ]
    for name, lines in (("p.csv", people), ("w.csv", wishes)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    steps = (
        (DRAFTED, ["people", "import", tmp_path / "p.csv"]),
        (DRAFTED, ["draft", "--from", tmp_path / "w.csv"]),
        (DRAFTED, ["print", "--to", tmp_path / "tout"]),
        (SENT, ["sent", "--from", tmp_path / "tout/bordereau.csv", "--on", SENT]),
        (RECEIVED, ["received", "1", "--on", RECEIVED]),
        (RECEIVED, ["received", "4", "--on", RECEIVED]),
        (LATER, ["follow-up", "4"]),
    )
    for today, words in steps:
        done = run(*words, today=today)
        assert done.exit_code == 0, (words, done.stderr)
    return run


def texts(data: bytes) -> Iterator[str]:
    """Yield all that can be read in a file, archives in archives included."""
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts(archive.read(name))
        return
    yield re.sub(r"=\n", "", data.decode("utf-8", "replace"))


def strangers(slug: str, content: bytes | str) -> list[str]:
    """Return what an output of one client holds of the others."""
    data = content.encode() if isinstance(content, str) else content
    text = "\n".join(texts(data))
    return [
        mark
        for other in CLIENTS
        if other != slug
        for mark in marks(other)
        if mark in text
    ]


def test_the_search_finds_a_stranger() -> None:
    """A name hidden in a letter in an archive would be seen."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "à PrénomBbb")
    assert strangers("prenomaaa-nomaaa", stream.getvalue()) == ["PrénomBbb"]
    assert strangers("prenombbb-nombbb", stream.getvalue()) == []


def test_every_document_names_its_own_client_only(agency: Run, home: Path) -> None:
    """Letters, e-mails, forms and notices, in the folders of the requests."""
    cases = agency("status", "--json", today=LATER).json["requests"]
    owners = {case["id"]: case["person"] for case in cases}
    files = [path for path in (home / "requests").rglob("*") if path.is_file()]
    assert len(files) > len(owners) == 9
    for path in files:
        owner = owners[re.match(r"\d{4}-\d{4}", path.parent.name)[0]]  # type: ignore[index]
        assert strangers(owner, path.read_bytes()) == [], path
        assert strangers(owner, path.parent.name) == []


#: Every command that takes ``--person`` and shows or writes something.
OUTPUTS = (
    "status",
    "status --json",
    "remind --within 400",
    "remind --within 400 --json",
    "remind --ics OUT.ics",
    "export --json",
    "export",
    "export --to OUT.json",
    "export --to OUT.zip",
    "print --to OUT",
)


def test_what_is_asked_for_one_client_shows_no_other(
    agency: Run, tmp_path: Path
) -> None:
    """``--person`` filters lists, reminders, calendars, exports and print runs."""
    for rank, (slug, words) in enumerate(product(CLIENTS, OUTPUTS)):
        target = tmp_path / f"OUT{rank}"
        line = words.replace("OUT", str(target)).split()
        done = agency(*line, "--person", slug, today=LATER)
        assert done.exit_code == 0
        assert strangers(slug, done.output) == [], words
        written = [path for path in tmp_path.rglob("*") if target.name in str(path)]
        for path in written:
            if path.is_file():
                assert strangers(slug, path.read_bytes()) == [], path
        if words in ("status --json", "export --json"):
            assert len(done.json["requests"]) == 3


def test_a_client_gets_his_whole_file(agency: Run, home: Path, tmp_path: Path) -> None:
    """Record, letters, proofs and papers of one person, byte for byte."""
    slug = "prenombbb-nombbb"
    attached = tmp_path / "capture.png"
    attached.write_bytes(b"image")
    mine = agency("status", "--person", slug, "--json", today=LATER).json["requests"]
    agency("attach", mine[0]["id"], attached, "--as", "capture", today=LATER)
    target = tmp_path / "dossier.zip"
    done = agency("export", "--person", slug, "--to", target, "--json", today=LATER)
    assert done.exit_code == 0
    with ZipFile(target) as archive:
        names = archive.namelist()
        record = json.loads(archive.read("dossier.json"))
        for name in names[1:]:
            assert archive.read(name) == (home / name).read_bytes()
    assert record == done.json
    assert [person["slug"] for person in record["people"]] == [slug]
    recorded = {
        f"{request['folder']}/{file['name']}"
        for request in record["requests"]
        for file in request["files"]
    }
    assert recorded == set(names[1:])
    assert any(name.endswith("capture.png") for name in names)
    assert target.stat().st_mode & 0o077 == 0


def test_a_file_is_handed_over_once_under_a_name(agency: Run, tmp_path: Path) -> None:
    """Nothing is replaced; an archive belongs to one person."""
    target = tmp_path / "dossier.zip"
    target.write_bytes(b"quelque chose")
    words = ["export", "--person", "prenomaaa-nomaaa", "--to", target]
    assert agency(*words, today=LATER).exit_code == 6
    assert target.read_bytes() == b"quelque chose"
    nobody = agency("export", "--to", tmp_path / "2.zip", today=LATER)
    assert nobody.exit_code == 2
    assert "--person" in nobody.stderr
    unknown = agency("export", "--person", "x", "--to", tmp_path / "3.zip", today=LATER)
    assert unknown.exit_code == 3
    assert [path.name for path in tmp_path.glob("*.zip")] == ["dossier.zip"]


def test_who_is_forgotten_is_nowhere(agency: Run, home: Path) -> None:
    """No file of the home holds anything of a client who was erased."""
    assert agency("people", "forget", "prenombbb-nombbb", "--yes").exit_code == 0
    left = [path for path in home.rglob("*") if path.is_file()]
    for path in left:
        text = "\n".join(texts(path.read_bytes()))
        assert [mark for mark in marks("prenombbb-nombbb") if mark in text] == [], path
