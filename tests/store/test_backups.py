"""Saving and restoring the whole home."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import struct
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from store_samples import a_draft, a_person, a_request, an_event, derive, record

from cnil_requests.core.requests import EventKind
from cnil_requests.store import backups, sqlite
from cnil_requests.store.errors import (
    BackupInsideHomeError,
    DiskError,
    DiskFullError,
    UnusableBackupError,
    UnusableSourceError,
    WouldOverwriteError,
)
from cnil_requests.store.home import Home
from cnil_requests.store.restoring import restore
from cnil_requests.store.values import Given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def full(home: Home, tmp_path: Path) -> Home:
    """Return a home with requests, a proof, own lines and a subfolder."""
    home.add([a_draft() for _ in range(12)])
    proof = tmp_path / "Réponse.pdf"
    proof.write_bytes(os.urandom(200_000))
    home.record(
        "2026-0001",
        lambda *_: an_event(EventKind.RECEIVED),
        files=[Given(proof, "delivery")],
    )
    (home.path / "directories.csv").write_text("id,name\n")
    (home.path / "letter_templates").mkdir()
    (home.path / "letter_templates" / "erasure.txt").write_text("texte")
    return home


def content(path: Path) -> dict[str, bytes]:
    """Return every file of a home but its ledger."""
    return {
        item.relative_to(path).as_posix(): item.read_bytes()
        for item in path.rglob("*")
        if item.is_file() and not item.name.startswith("cnilreq")
    }


def test_a_backup_restores_everything(full: Home, tmp_path: Path) -> None:
    """Same people, requests, events, hashes and files; private; sound."""
    target = tmp_path / "sauvegarde.zip"
    saved = full.backup(target)
    assert (saved.file, saved.files, saved.missing, saved.skipped) == (
        target,
        16,
        (),
        (),
    )
    assert saved.size == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = tmp_path / "copy"
    assert restore(target, copy) == 16
    with Home.open(copy, derive=derive) as restored:
        assert restored.export() == full.export()
        assert list(restored.check()) == []
        assert restored.add([a_draft()])[0].id == "2026-0013"
    assert content(copy).items() >= content(full.path).items()
    assert sorted(item.name for item in tmp_path.iterdir()) == [
        "Réponse.pdf",
        "copy",
        "home",
        "sauvegarde.zip",
    ]


def test_the_same_home_gives_the_same_backup(full: Home, tmp_path: Path) -> None:
    """Byte for byte, but for the ledger's own counters."""
    full.backup(tmp_path / "1.zip")
    full.backup(tmp_path / "2.zip")
    with (
        zipfile.ZipFile(tmp_path / "1.zip") as one,
        zipfile.ZipFile(tmp_path / "2.zip") as two,
    ):
        assert one.namelist() == two.namelist()
        for name in one.namelist():
            if name.startswith("requests/"):
                assert one.getinfo(name).date_time == two.getinfo(name).date_time
                assert one.read(name) == two.read(name)


def test_a_backup_is_of_one_moment(
    full: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded while files are being read is in it wholly or not at all."""
    real = backups._home_files

    def busy(home: Path) -> Any:  # noqa: ANN401
        full.add([a_draft()])
        record(full, "2026-0001", EventKind.CLOSED)
        return real(home)

    monkeypatch.setattr(backups, "_home_files", busy)
    full.backup(tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "copy")
    with Home.open(tmp_path / "copy", derive=derive) as restored:
        assert len(list(restored.cases())) == 12
        assert restored.case("2026-0001").state == "received"
        assert [it.where for it in restored.check()] == [
            "requests/2026-0013-societe-com"
        ]


def test_a_backup_never_replaces_a_file(full: Home, tmp_path: Path) -> None:
    """Nor goes into the home, nor into a folder that is not there."""
    target = tmp_path / "b.zip"
    target.write_bytes(b"precious")
    with pytest.raises(WouldOverwriteError) as caught:
        full.backup(target)
    assert caught.value.exit_code == 6
    assert target.read_bytes() == b"precious"
    for inside in (full.path / "b.zip", full.path / "requests" / "b.zip"):
        with pytest.raises(BackupInsideHomeError):
            full.backup(inside)
    with pytest.raises(DiskError, match="introuvable"):
        full.backup(tmp_path / "absent" / "b.zip")


def test_a_failed_backup_leaves_nothing(
    full: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk in the middle."""

    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_add", no_room)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DiskFullError):
        full.backup(tmp_path / "b.zip")
    assert sorted(tmp_path.iterdir()) == before


def test_what_a_backup_lacks_is_said(full: Home, tmp_path: Path) -> None:
    """A damaged home can be saved: what is missing is listed, links are left out."""
    folder = full.folder(full.case("2").request)
    (folder / "lettre.docx").unlink()
    (full.path / "link").symlink_to("/etc")
    saved = full.backup(tmp_path / "b.zip")
    assert saved.missing == ("requests/2026-0002-societe-com/lettre.docx",)
    assert saved.skipped == ("link",)


def test_leftovers_and_old_copies_are_not_saved(full: Home, tmp_path: Path) -> None:
    """A restored home starts clean."""
    (full.path / "requests" / ".new-1").mkdir()
    (full.path / "requests" / ".new-1" / "x").write_bytes(b"x")
    (full.path / "requests" / "2026-0001-societe-com" / ".tmp-1").write_bytes(b"x")
    (full.path / "cnilreq.v1.db").write_bytes(b"x")
    full.backup(tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "copy")
    with Home.open(tmp_path / "copy", derive=derive) as restored:
        assert list(restored.check()) == []
    assert not (tmp_path / "copy" / "cnilreq.v1.db").exists()


def test_a_home_with_anything_in_it_is_not_replaced(full: Home, tmp_path: Path) -> None:
    """An empty folder may be given; a used one or a file may not."""
    full.backup(tmp_path / "b.zip")
    with pytest.raises(WouldOverwriteError):
        restore(tmp_path / "b.zip", full.path)
    with pytest.raises(WouldOverwriteError):
        restore(tmp_path / "b.zip", tmp_path / "b.zip")
    (tmp_path / "empty").mkdir()
    assert restore(tmp_path / "b.zip", tmp_path / "empty") == 16


def rewritten(
    source: Path,
    target: Path,
    change: Callable[[dict[str, Any], dict[str, bytes]], None],
) -> None:
    """Copy a backup with its manifest and entries changed."""
    with zipfile.ZipFile(source) as reading:
        entries = {name: reading.read(name) for name in reading.namelist()}
    manifest = json.loads(entries.pop("manifest.json"))
    change(manifest, entries)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, data in entries.items():
            writing.writestr(name, data)
        if manifest:
            writing.writestr("manifest.json", json.dumps(manifest))


def _rename(name: str) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    """Return a change that gives one file another name, in both places."""

    def change(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
        entries[name] = entries.pop("directories.csv")
        for line in manifest["files"]:
            if line["name"] == "directories.csv":
                line["name"] = name

    return change


def _alter(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    entries["directories.csv"] = b"id,nome\n"


def _longer(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    entries["directories.csv"] += b"0" * 10_000_000


def _surplus(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    entries["surplus.txt"] = b"x"


def _lacking(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    del entries["directories.csv"]


def _no_ledger(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    del entries["cnilreq.db"]
    manifest["files"] = [it for it in manifest["files"] if it["name"] != "cnilreq.db"]


def _no_manifest(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest.clear()


def _newer(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest["format"] = 2


def _odd_lines(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest["files"] = [*manifest["files"], "x"]


def _negative(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest["files"][0]["size"] = -1


def _bomb(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest["files"][0]["size"] = 10**12


def _twice(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
    manifest["files"].append(manifest["files"][0])


NAMES = (
    "../escape.txt",
    "/etc/escape.txt",
    "requests/../../escape.txt",
    "requests\\..\\..\\escape.txt",
    "C:/escape.txt",
    "a//b",
    "requests/.. /x",
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        *((_rename(name), "nom de fichier dangereux") for name in NAMES),
        (_alter, "a été modifié"),
        (_longer, "a été modifié"),
        (_surplus, "ne suit pas sa liste"),
        (_lacking, "ne suit pas sa liste"),
        (_twice, "ne suit pas sa liste"),
        (_no_ledger, "ne contient pas de registre"),
        (_no_manifest, "pas de liste de contenu"),
        (_newer, "liste de contenu est illisible"),
        (_odd_lines, "liste de contenu est illisible"),
        (_negative, "liste de contenu est illisible"),
        (_bomb, "démesuré"),
    ],
)
def test_a_hostile_backup_is_refused(
    full: Home,
    tmp_path: Path,
    change: Callable[[dict[str, Any], dict[str, bytes]], None],
    reason: str,
) -> None:
    """Exit 4, nothing written anywhere, nothing left behind."""
    full.backup(tmp_path / "b.zip")
    rewritten(tmp_path / "b.zip", tmp_path / "hostile.zip", change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UnusableBackupError, match=reason) as caught:
        restore(tmp_path / "hostile.zip", tmp_path / "copy")
    assert caught.value.exit_code == 4
    assert sorted(tmp_path.rglob("*")) == before


def test_an_entry_that_is_a_link_is_refused(full: Home, tmp_path: Path) -> None:
    """A link could lead the next file elsewhere."""
    full.backup(tmp_path / "b.zip")
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as reading,
        zipfile.ZipFile(tmp_path / "hostile.zip", "w") as writing,
    ):
        for info in reading.infolist():
            data = reading.read(info.filename)
            if info.filename == "directories.csv":
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            writing.writestr(info, data)
    with pytest.raises(UnusableBackupError, match="autre chose que des fichiers"):
        restore(tmp_path / "hostile.zip", tmp_path / "copy")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\3\4" + b"x" * 100, b"\0" * 5000])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """An empty file, the beginning of an archive, zeros."""
    (tmp_path / "b.zip").write_bytes(data)
    with pytest.raises(UnusableBackupError):
        restore(tmp_path / "b.zip", tmp_path / "copy")


def test_an_archive_cut_or_damaged_is_refused(full: Home, tmp_path: Path) -> None:
    """Bytes lost at the end, or changed anywhere in an entry."""
    full.backup(tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnusableBackupError, match="pas une archive"):
        restore(tmp_path / "cut.zip", tmp_path / "copy")
    middle = len(whole) // 3
    damaged = whole[:middle] + bytes(64) + whole[middle + 64 :]
    (tmp_path / "damaged.zip").write_bytes(damaged)
    with pytest.raises(UnusableBackupError, match=r"abîmé|modifié"):
        restore(tmp_path / "damaged.zip", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_an_encrypted_archive_is_refused(full: Home, tmp_path: Path) -> None:
    """The flag of one entry is enough."""
    full.backup(tmp_path / "b.zip")
    whole = bytearray((tmp_path / "b.zip").read_bytes())
    with zipfile.ZipFile(tmp_path / "b.zip") as reading:
        start = reading.start_dir
    flags = struct.unpack_from("<H", whole, start + 8)[0]
    struct.pack_into("<H", whole, start + 8, flags | 1)
    (tmp_path / "b.zip").write_bytes(whole)
    with pytest.raises(UnusableBackupError):
        restore(tmp_path / "b.zip", tmp_path / "copy")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As for every file that the user gives."""
    with pytest.raises(UnusableSourceError, match="il n'existe pas"):
        restore(tmp_path / "absent.zip", tmp_path / "copy")


def test_a_backup_with_a_damaged_ledger_is_refused(full: Home, tmp_path: Path) -> None:
    """Its hash may be right: what was saved was already damaged."""

    def damage(manifest: dict[str, Any], entries: dict[str, bytes]) -> None:
        ledger = entries["cnilreq.db"]
        torn = ledger[:4096] + os.urandom(len(ledger) - 4096)
        entries["cnilreq.db"] = torn
        for line in manifest["files"]:
            if line["name"] == "cnilreq.db":
                line["sha256"] = hashlib.sha256(torn).hexdigest()

    full.backup(tmp_path / "b.zip")
    rewritten(tmp_path / "b.zip", tmp_path / "torn.zip", damage)
    with pytest.raises(UnusableBackupError, match="registre endommagé"):
        restore(tmp_path / "torn.zip", tmp_path / "copy")


@pytest.mark.sqlite
def test_a_restored_ledger_is_set_like_a_new_one(full: Home, tmp_path: Path) -> None:
    """WAL again, and the triggers are still there."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    full.backup(tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "copy")
    with closing(sqlite.Sqlite(tmp_path / "copy" / "cnilreq.db")) as engine:
        assert engine.first("PRAGMA journal_mode")[0] == "wal"
        names = set(engine.query(triggers))
    assert names == set(full._engine.query(triggers))
    assert len(names) >= 6


def test_the_export_holds_everything_of_one_person(full: Home) -> None:
    """And nothing of anybody else; it is plain JSON."""
    full.save_person(a_person("alix-modele"))
    full.add([a_draft(a_request("alix-modele", "autre-site"))])
    everything = full.export()
    assert [it["slug"] for it in everything["people"]] == [
        "alix-modele",
        "camille-exemple",
    ]
    assert len(everything["requests"]) == 13
    hers = json.dumps(full.export("alix-modele"))
    assert "camille" not in hers.replace('"first_name": "Camille"', "")
    (request,) = json.loads(hers)["requests"]
    assert request["directory"]["id"] == "autre-site"
    assert [it["kind"] for it in request["events"]] == ["drafted"]
    assert [it["name"] for it in request["files"]] == ["lettre.docx"]
