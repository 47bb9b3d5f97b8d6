"""The letter engine: text survives, errors name their place, bytes are the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.letters import RecipientLine
from cnil_requests.core.text import UnprintableTextError
from cnil_requests.documents.faults import BadTemplateError
from cnil_requests.documents.page import Paragraph, ParagraphKind
from cnil_requests.documents.word import WordTemplate

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnil_requests.documents.page import LetterPage

SURVIVORS = [
    "Zack & Tyler <anonymes> 100<100 >",
    "« l’avocat » 'droit' \"double\"",
    "{{ 7*7 }} {% if x %} {# note #} {_{ }_}",
    "</w:t></w:r></w:p><w:p/>",
    "&amp; &#65; ]]> <![CDATA[",
    "tabu\tlation\tdouble",
    "  deux  espaces  ",
    "insécable\u00a0: fine\u202f! trait‑d’union",
    "émoji 🙂 👩🏽‍⚕️",
    "עברית العربية \u202bmix\u202c",
    "e\u0301te\u0301 combiné",
    "{%p if a %} {%tr for %} {{r x }}",
    "x" * 300,
    "%s %(a)s {0} {0.__class__}",
]


@pytest.mark.parametrize("text", SURVIVORS)
def test_text_survives_everywhere(
    text: str,
    layout: WordTemplate,
    page: Callable[..., LetterPage],
    lines: Callable[[bytes], list[str]],
) -> None:
    """Each field of the letter reads back exactly as it was given."""
    letter = page(
        sender=(text, text),
        recipient=(RecipientLine(text), RecipientLine(text, todo=True)),
        place_date=text,
        subject=text,
        paragraphs=tuple(Paragraph(text, kind, "1.") for kind in ParagraphKind),
        signature=text,
        mention=text,
        reference=text,
        enclosures=(text, text),
        copies=(text,),
        author=text,
        title=text,
    )
    docx = layout.render(letter.context())
    assert lines(docx) == [
        *(text, text),
        f"N/Réf.\u00a0: {text}",
        *(text, text),
        f"{text}\t{text}",
        f"Objet\u00a0:\t{text}",
        *(text, text, f"1.\t{text}", f"1.\t{text}", text, text),
        text,
        f"P.J.\u00a0:\t{text}",
        f"\t{text}",
        f"Copie\u00a0:\t{text}",
    ]
    document = Document(BytesIO(docx))
    footer = document.sections[0].footer.paragraphs[0].text
    assert footer.startswith(f"{text} – N/Réf. {text}\t")
    one_line = text.replace("\t", " ")[:255]
    assert document.core_properties.author == one_line
    assert document.core_properties.title == one_line


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_each_newline_is_one_break(
    newline: str,
    layout: WordTemplate,
    page: Callable[..., LetterPage],
    lines: Callable[[bytes], list[str]],
) -> None:
    """Every kind of line end is one line break in the same paragraph."""
    text = f"un{newline}deux{newline}{newline}quatre"
    docx = layout.render(page(paragraphs=(Paragraph(text),), title=text).context())
    assert "un\ndeux\n\nquatre" in lines(docx)
    assert Document(BytesIO(docx)).core_properties.title == "un deux  quatre"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_printable_text_survives(text: str) -> None:
    """Whatever can be printed is printed, and read back the same."""
    filled = BARE.render({"x": text, "title": "", "author": "", "created": DAY})
    expected = text.replace("\u2028", "\n").replace("\u2029", "\n")
    assert Document(BytesIO(filled)).paragraphs[0].text == f"[{expected}]"


DAY = "2026-01-01T00:00:00Z"


def bare(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


BARE = WordTemplate(bare("[{{ x }}]"), "nu.docx")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\x7f"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (lambda text: {"subject": text}, "objet"),
        (lambda text: {"sender": ("Nom", text)}, "bloc de l'expéditeur, ligne\u00a02"),
        (
            lambda text: {"paragraphs": (Paragraph("a"), Paragraph(f"b{text}"))},
            "texte de la lettre, paragraphe\u00a02",
        ),
        (lambda text: {"title": text}, "titre du fichier"),
    ],
)
def test_control_character_is_refused(
    character: str,
    changes: Callable[[str], dict[str, object]],
    field: str,
    layout: WordTemplate,
    page: Callable[..., LetterPage],
) -> None:
    """A control character is refused with its code and the field that holds it."""
    with pytest.raises(UnprintableTextError) as error:
        layout.render(page(**changes(character)).context())
    assert field in str(error.value)
    assert f"U+{ord(character):04X}" in str(error.value)
    assert error.value.exit_code == 4


@pytest.mark.parametrize("character", ["\ud800", "\ufffe", "\uffff"])
def test_half_a_character_is_refused(
    character: str, layout: WordTemplate, page: Callable[..., LetterPage]
) -> None:
    """A lone surrogate, which makes docxtpl drop the rest of a letter, is refused."""
    with pytest.raises(UnprintableTextError, match="mention d'envoi"):
        layout.render(page(mention=f"a{character}b").context())


def test_todo_line_is_highlighted(
    layout: WordTemplate, page: Callable[..., LetterPage]
) -> None:
    """What the user must complete stands out; the rest of the address does not."""
    recipient = (RecipientLine("Site"), RecipientLine("adresse à compléter", todo=True))
    document = Document(BytesIO(layout.render(page(recipient=recipient).context())))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color is not None]
    assert marked == ["adresse à compléter"]


def test_empty_fields_leave_no_trace(
    layout: WordTemplate,
    page: Callable[..., LetterPage],
    lines: Callable[[bytes], list[str]],
) -> None:
    """Without mention, reference, enclosures or copies there is no empty label."""
    letter = page(mention="", reference="", enclosures=(), copies=())
    text = "\n".join(lines(layout.render(letter.context())))
    assert not any(label in text for label in ("N/Réf", "P.J.", "Copie"))
    assert "PERRET\nLyon, le 4 juin 2026\nObjet" in text


def test_properties_are_those_of_the_letter(
    layout: WordTemplate, page: Callable[..., LetterPage]
) -> None:
    """Author, title and dates come from the letter; nothing from a clock."""
    properties = Document(BytesIO(layout.render(page().context()))).core_properties
    assert properties.author == "Docteur Anne Martin"
    assert properties.last_modified_by == "Docteur Anne Martin"
    assert properties.title == "Opposition et demande d’effacement"
    assert properties.created.date() == date(2026, 6, 4)
    assert properties.modified.date() == date(2026, 6, 4)
    assert properties.language == "fr-FR"


def test_properties_of_the_users_template_are_not_kept(
    word_file: Callable[..., bytes], page: Callable[..., LetterPage]
) -> None:
    """A letter is not by « python-docx », nor of 2013, nor the 12th revision."""
    template = WordTemplate(word_file("{{ subject }}"), "à moi.docx")
    properties = Document(BytesIO(template.render(page().context()))).core_properties
    assert properties.author == "Docteur Anne Martin"
    assert properties.created.year == 2026
    assert properties.revision == 0


def test_same_letter_same_bytes(
    layout: WordTemplate,
    layout_bytes: bytes,
    page: Callable[..., LetterPage],
) -> None:
    """The same letter gives the same bytes, in this process and in another."""
    first = layout.render(page().context())
    layout.render(page(subject="autre").context())
    assert layout.render(page().context()) == first
    assert WordTemplate(layout_bytes, "x").render(page().context()) == first
    program = (
        "import sys; from cnil_requests.documents.word import WordTemplate\n"
        "template = WordTemplate(sys.stdin.buffer.read(), 'x')\n"
        f"sys.stdout.buffer.write(template.render({page().context()!r}))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        input=layout_bytes,
        capture_output=True,
        check=True,
    )
    assert other.stdout == first


def test_fields_of_the_shipped_layout(
    layout: WordTemplate, page: Callable[..., LetterPage]
) -> None:
    """The layout prints every field of the contract, and no other."""
    assert layout.fields() == page().context().keys()


def fault_of(*paragraphs: str, **context: object) -> BadTemplateError:
    """Return the error of a template of one's own."""
    with pytest.raises(BadTemplateError) as error:
        WordTemplate(bare(*paragraphs), "mien.docx").render(
            {"title": "", "author": "", "created": DAY, **context}
        )
    return error.value


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (
            ("Un", "{{ subjet }}"),
            "mien.docx, corps du document, paragraphe 2 : le champ « subjet » est "
            "inconnu (« {{ subjet }} »).",
        ),
        (
            ("Un", "{% if subjet %}oui{% endif %}"),
            "mien.docx, corps du document, paragraphe 2 : le champ « subjet » est "
            "inconnu (« {% if subjet %}oui{% endif %} »).",
        ),
        (
            ("{% for l in lines %}", "{{ l.txt }}", "{% endfor %}"),
            "mien.docx, corps du document, paragraphe 2 : le champ « txt » est "
            "inconnu (« {{ l.txt }} »).",
        ),
        (
            ("{{ 'l’avocat' }}",),
            "mien.docx, corps du document, paragraphe 1 : un champ ou une condition "
            "est mal écrit (« {{ 'l'avocat' }} »).",
        ),
        (
            ("Un", "{% if a %}"),
            "mien.docx, corps du document, paragraphe 2 : un champ ou une condition "
            "est mal écrit (« {% if a %} »).",
        ),
        (
            ("{{ x | inconnu }}",),
            "mien.docx, corps du document, paragraphe 1 : un champ ou une condition "
            "est mal écrit (« {{ x | inconnu }} »).",
        ),
        (
            ("{{ nothing }}",),
            "mien.docx, corps du document, paragraphe 1 : un champ n'a pas de valeur "
            "(« {{ nothing }} »).",
        ),
        (
            (r"{{ x ~ '\x0b' }}",),
            "mien.docx, corps du document, paragraphe 1 : un caractère invisible ne "
            r"peut pas être imprimé (« {{ x ~ '\x0b' }} »).",
        ),
        (
            ("{{ x + 1 }}",),
            "mien.docx, corps du document, paragraphe 1 : cette expression ne peut "
            "pas être calculée (« {{ x + 1 }} »).",
        ),
    ],
)
def test_template_errors_name_their_place(
    paragraphs: tuple[str, ...], message: str
) -> None:
    """An error in a user's template gives file, part, paragraph and what is there."""
    error = fault_of(*paragraphs, x="texte", nothing=None, lines=[{"text": "a"}])
    assert error.message.replace("\u00a0", " ") == message
    assert error.exit_code == 4


HOSTILE = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ x.__class__.__mro__ }}",
    "{{ ''.__class__.__subclasses__() }}",
    "{{ lines.append(1) }}",
    "{{ lines.__init__.__globals__ }}",
    "{{ ('{0.__class__.__mro__}' | attr('format'))(x) }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{% include 'a' %}",
    "{% import 'os' as o %}",
    "{{ range(10**9) }}",
    "{{ 'a' * 50000000 }}",
    "{{ [1] * 50000000 }}",
    "{{ 'a'.ljust(50000000) }}",
    "{{ 'a' | center(50000000) }}",
    "{{ 'a' | safe }}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
    "{{ lipsum() }}",
    "{{ [1, 2] | random }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}a{% endfor %}{% endfor %}",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_template_is_refused(payload: str) -> None:
    """A template reaches neither Python nor all the memory."""
    error = fault_of(payload, x="<b>", lines=[])
    assert "corps du document" in error.message


def test_error_in_the_footer_names_the_footer() -> None:
    """Headers and footers are parts of their own."""
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "{{ refrence }}"
    stream = BytesIO()
    document.save(stream)
    with pytest.raises(BadTemplateError, match=r"pied de page, paragraphe\s1\s: le"):
        WordTemplate(stream.getvalue(), "mien.docx").render(
            {"title": "", "author": "", "created": DAY}
        )


def test_tag_across_paragraphs_never_writes_a_broken_file() -> None:
    """What would be ill-formed XML is an error, never a file."""
    error = fault_of(
        "{% if x %}un", "deux{% endif %}", "{{ lines[0] }}", lines=[], x=""
    )
    assert error.exit_code == 4
