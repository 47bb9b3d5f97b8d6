"""``templates check`` on Word files: everything wrong, at once, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnil_requests.documents.faults import BadTemplateError, Level
from cnil_requests.documents.inspection import check
from cnil_requests.documents.package import pack, unpack
from cnil_requests.documents.word import WordTemplate

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = (
    "{% for line in sender %}{{ line }} {% endfor %}",
    "{% for line in recipient %}{{ line.text }} {% endfor %}",
    "{{ place_date }} {{ mention }} {{ reference }}",
    "{{ subject }}",
    "{%p for paragraph in paragraphs %}",
    "{{ paragraph.text }}",
    "{%p endfor %}",
    "{{ signature }} {{ enclosures | join(', ') }} {{ copies | join(', ') }}",
)


def messages(data: bytes) -> list[str]:
    """Return the problems as a user reads them, with plain blanks."""
    return [
        f"{problem.place}: {problem.message} {problem.suggestion}".replace(
            "\u00a0", " "
        ).strip()
        for problem in check(data, "mien.docx")
    ]


def test_sound_template_has_no_problem(word_file: Callable[..., bytes]) -> None:
    """A plain template of one's own is accepted, Word's default parts included."""
    assert check(word_file(*WHOLE), "mien.docx") == []


def test_every_unknown_field_is_named_with_its_place(
    word_file: Callable[..., bytes],
) -> None:
    """All unknown fields are reported, with the paragraph and the nearest name."""
    data = word_file(*WHOLE, "{{ subjet }}", "Un", "{{ docteur }}")
    first, second = messages(data)
    assert first.startswith(
        "corps du document, paragraphe 11: le champ « docteur » n'existe pas. "
        "Les champs possibles sont : author, copies, created,"
    )
    assert second == (
        "corps du document, paragraphe 9: le champ « subjet » n'existe pas. "
        "Vouliez-vous écrire « subject » ?"
    )


def test_unknown_attribute_is_found_by_a_trial(
    word_file: Callable[..., bytes],
) -> None:
    """A field of a field is known only when it is printed: a trial letter does it."""
    data = word_file(*WHOLE, "{% for l in recipient %}{{ l.txt }}{% endfor %}")
    (message,) = messages(data)
    assert message.startswith("corps du document, paragraphe 9: le champ « txt »")


def test_branch_of_a_bare_letter_is_tried(word_file: Callable[..., bytes]) -> None:
    """What fails only in a letter without enclosures is found too."""
    data = word_file(*WHOLE, "{{ enclosures[0] }}")
    (message,) = messages(data)
    assert message.startswith("corps du document, paragraphe 9: le champ « 0 »")


def test_missing_fields_are_errors_or_warnings(
    word_file: Callable[..., bytes],
) -> None:
    """No letter goes without its text; one may go without its reference."""
    problems = check(word_file(*WHOLE[:4], *WHOLE[7:]), "mien.docx")
    assert [(item.field, item.level) for item in problems] == [
        ("paragraphs", Level.ERROR)
    ]
    problems = check(word_file("{{ place_date }}", *WHOLE[3:7]), "mien.docx")
    assert [(item.field, item.level) for item in problems] == [
        ("sender", Level.ERROR),
        ("recipient", Level.ERROR),
        ("signature", Level.ERROR),
        ("mention", Level.WARNING),
        ("reference", Level.WARNING),
        ("enclosures", Level.WARNING),
        ("copies", Level.WARNING),
    ]


def test_partly_printed_field_is_missing(word_file: Callable[..., bytes]) -> None:
    """Printing only the text paragraphs would lose the items of a letter."""
    data = word_file(
        *WHOLE[:4],
        "{%p for paragraph in paragraphs if paragraph.kind == 'text' %}",
        *WHOLE[5:],
    )
    assert [problem.field for problem in check(data, "mien.docx")] == ["paragraphs"]


def test_syntax_error_has_its_paragraph(word_file: Callable[..., bytes]) -> None:
    """A mistyped tag is shown as it stands in the document."""
    (message,) = messages(word_file(*WHOLE, "{{ subject }", "fin"))
    assert message.startswith("corps du document, paragraphe 9: un champ ou une")


RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{kind}" Target="http://exemple.fr/{target}" '
    'TargetMode="External"/></Relationships>'
)
HAZARDS = [
    ("word/vbaProject.bin", "", "macros"),
    ("word/activeX/activeX1.xml", "<a/>", "contrôles actifs"),
    ("word/embeddings/oleObject1.bin", "", "incorporé"),
    ("word/x.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "entités XML"),
    ("word/footnotes.xml", "<a>{<b/>{ subject }}</a>", "ne sont pas remplis"),
    ("word/comments.xml", "<a>{% if x %}</a>", "ne sont pas remplis"),
    (
        "word/_rels/settings.xml.rels",
        RELATIONSHIPS.format(kind="attachedTemplate", target=""),
        "hors du fichier",
    ),
    (
        "word/_rels/x.xml.rels",
        RELATIONSHIPS.format(kind="image", target=""),
        "hors du fichier",
    ),
    (
        "word/_rels/x.xml.rels",
        RELATIONSHIPS.format(kind="hyperlink", target="%7B%7B url }}"),
        "adresse d'un lien",
    ),
    (
        "word/x.xml",
        "<a><w:instrText> INCLUDETEXT C:\\x.txt </w:instrText></a>",
        "hors du fichier",
    ),
    ("word/x.xml", '<w:fldSimple w:instr="DDEAUTO c:\\x"/>', "hors du fichier"),
]


@pytest.mark.parametrize(("part", "content", "reason"), HAZARDS)
def test_hazard_is_refused(
    part: str,
    content: str,
    reason: str,
    word_file: Callable[..., bytes],
    with_part: Callable[..., bytes],
) -> None:
    """What reaches outside, or is not filled in, is refused by check and by use."""
    data = with_part(word_file(*WHOLE), part, content.encode())
    problems = check(data, "mien.docx")
    assert [reason in problem.message for problem in problems] == [True]
    with pytest.raises(BadTemplateError, match=reason):
        WordTemplate(data, "mien.docx")


def test_plain_hyperlink_and_unused_notes_are_accepted(
    word_file: Callable[..., bytes], with_part: Callable[..., bytes]
) -> None:
    """Word adds a footnotes part to many files; a link may lead to a site."""
    data = with_part(word_file(*WHOLE), "word/footnotes.xml", b"<a>note</a>")
    link = RELATIONSHIPS.format(kind="hyperlink", target="avis")
    data = with_part(data, "word/_rels/x.xml.rels", link.encode())
    assert check(data, "mien.docx") == []


@pytest.mark.parametrize("tag", ["{{p sender }}", "{{r subject }}"])
def test_tags_for_objects_are_refused(
    tag: str, word_file: Callable[..., bytes]
) -> None:
    """Subdocuments, rich text and pictures are what letters do not have."""
    (message,) = messages(word_file(*WHOLE, tag))
    assert "sous-document" in message


@pytest.mark.parametrize(
    "change",
    [
        (b"document.main+xml", b"template.main+xml"),
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
         b"application/vnd.ms-word.document.macroEnabled.main"),
    ],
)  # fmt: skip
def test_other_word_files_are_refused(
    change: tuple[bytes, bytes], word_file: Callable[..., bytes]
) -> None:
    """A .dotx or .docm renamed to .docx is recognised by its content type."""
    parts = unpack(word_file(*WHOLE), "x")
    types = "[Content_Types].xml"
    data = pack(parts | {types: parts[types].replace(*change)})
    (message,) = messages(data)
    assert ".dotx" in message
    assert ".docm" in message


def test_no_word_file_at_all() -> None:
    """A text renamed to .docx is one problem, not a traceback."""
    (message,) = messages(b"Objet : une lettre")
    assert "pas un document Word" in message
