"""A thousand letters from a list, ledger, hashes and disk included, against others.

The others only write files. docxtpl's loop is measured without its start-up, which
is to its advantage; so are docx-mailmerge2 and LibreOffice, of which neither
can do what a letter needs (conditions and loops; anything but a conversion).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache, partial
from importlib.util import find_spec
from itertools import count as counter
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from benchmarks.letters import contexts, layout
from benchmarks.runner import Row, returned

LETTERS = 1_000
#: Letters of one round of the others, which take their time.
DOCXTPL, MAILMERGE, OFFICE = 100, 200, 20
SITES = (
    "keskeces.com",
    "doctolib.fr",
    "keldoc.com",
    "maiia.com",
    "choisirunmedecin.com",
)

#: Kept until the program ends: the rows are measured after ``rows`` returns. Nothing
#: is deleted before: for seconds after a deletion, ext4 is slow to make new files.
_FOLDER = TemporaryDirectory(prefix="cnilreq-bench-")
_RANKS = counter(1)

#: Runs a command and says the most memory that it ever held, in kilobytes.
_PEAK = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def rows() -> list[Row]:
    """Return what is promised, then the others for comparison."""
    draft = partial(_draft, LETTERS)
    return [
        Row(
            f"draft --from, {LETTERS:,} letters: docxtpl loop / whole process",
            draft,
            _docxtpl,
            at_least=8,
            ours_times=LETTERS,
            theirs_times=DOCXTPL,
            rounds=5,
        ),
        Row(
            "draft --from, memory: 10,000 letters / 100",
            partial(_memory, 10_000),
            partial(_memory, 100),
            at_most=1.5,
            rounds=1,
            gauge=returned,
        ),
        Row(
            "draft --from: docx-mailmerge2, files only / ours",
            draft,
            _mailmerge,
            ours_times=LETTERS,
            theirs_times=MAILMERGE,
            rounds=3,
            skip="" if find_spec("mailmerge") else "docx-mailmerge2 is not installed",
        ),
        Row(
            "draft --from: LibreOffice, to PDF in one call / ours",
            draft,
            _office,
            ours_times=LETTERS,
            theirs_times=OFFICE,
            rounds=1,
            skip="" if shutil.which("soffice") else "LibreOffice is not installed",
        ),
    ]


def _draft(count: int) -> None:
    subprocess.run(_command(count), stdout=subprocess.DEVNULL, check=True)


def _memory(count: int) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *_command(count)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return float(done.stdout)


def _command(count: int) -> list[str]:
    """Return the command, in a new home of one person."""
    home = Path(_FOLDER.name) / f"home-{next(_RANKS)}"
    shutil.copytree(_new_home(), home)
    start = [sys.executable, "-m", "cnil_requests", "--home", str(home)]
    return [*start, "--today", "2026-06-04", "draft", "--from", str(_list(count))]


@cache
def _new_home() -> Path:
    home = Path(_FOLDER.name) / "new"
    words = ("init", "--first-name", "Camille", "--last-name", "Exemple", "--street")
    address = ("1 rue de l'Exemple", "--postcode", "69001", "--city", "Lyon", "--json")
    subprocess.run(
        [sys.executable, "-m", "cnil_requests", "--home", home, *words, *address],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return home


@cache
def _list(count: int) -> Path:
    path = Path(_FOLDER.name) / f"{count}.csv"
    lines = (
        f"{site};https://www.{site}/{rank};secrecy|not-informed"
        for rank, site in zip(range(count), cycle(SITES), strict=False)
    )
    path.write_text("\n".join(["site;url;because", *lines]), encoding="utf-8")
    return path


def _docxtpl() -> None:
    template = _file("layout.docx", layout())
    for rank, context in enumerate(contexts()[:DOCXTPL]):
        docx = DocxTemplate(template)
        docx.render(context, autoescape=True)
        docx.save(template.with_name(f"docxtpl-{rank}.docx"))


def _mailmerge() -> None:
    from mailmerge import MailMerge

    template = _merge_template()
    for rank in range(MAILMERGE):
        with MailMerge(template) as document:
            document.merge(**{f"field{n}": f"Texte {rank} é" for n in range(15)})
            document.write(template.with_name(f"merge-{rank}.docx"))


@cache
def _merge_template() -> Path:
    """Make a letter of fifteen merge fields, as docx-mailmerge2 takes it."""
    document = Document()
    for number in range(15):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD field{number} ")
        document.add_paragraph("Un paragraphe de la lettre : ")._p.append(field)  # noqa: SLF001
    path = Path(_FOLDER.name) / "merge.docx"
    document.save(str(path))
    return path


def _office() -> None:
    letters = Path(_FOLDER.name).glob("home-*/requests/*/lettre.docx")
    folder = Path(_FOLDER.name) / f"office-{next(_RANKS)}"
    folder.mkdir()
    for rank, letter in enumerate(islice(letters, OFFICE)):
        os.link(letter, folder / f"{rank}.docx")
    profile = (Path(_FOLDER.name) / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "pdf", "--outdir", folder, *sorted(folder.glob("*.docx"))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )  # fmt: skip


def _file(name: str, content: bytes) -> Path:
    path = Path(_FOLDER.name) / name
    path.write_bytes(content)
    return path
