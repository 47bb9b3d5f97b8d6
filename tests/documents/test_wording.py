"""Texts to paragraphs: blocks, values, errors, limits."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.text import UnprintableTextError, one_kind_of_newline
from cnil_requests.documents.page import Paragraph, ParagraphKind
from cnil_requests.documents.wording import BadWordingError, Text, Wording

NBSP = "\N{NO-BREAK SPACE}"


def render(source: str, variables: dict[str, Any] | None = None, **others: str) -> Text:
    """Render a text, ``others`` being what it includes."""
    texts = {"x": source, **others}

    def find(name: str) -> tuple[str, str] | None:
        text = texts.get(name.removesuffix(".txt"))
        return None if text is None else (text, f"dossier/{name}")

    return Wording(find).render("x", variables or {})


def body(source: str, variables: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """Return kind and text of the paragraphs below a subject."""
    text = render(f"Objet : o\n\n{source}", variables)
    return [(item.kind.value, item.text) for item in text.paragraphs]


def test_blocks() -> None:
    """A blank line parts; line breaks within a block are only layout."""
    assert body("un\n deux \n\n\n- a\n  b\n\n> c\n\n## d") == [
        ("text", "un deux"),
        ("item", "a b"),
        ("block", "c"),
        ("heading", "d"),
    ]


def test_a_line_with_only_a_tag_parts_too() -> None:
    """So that loops and conditions can be laid out."""
    source = (
        "{% for u in urls %}\n> {{ u }}\n{% endfor %}\n{% if no %}\nx\n{% endif %}\nfin"
    )
    assert body(source, {"urls": ["a", "b"], "no": False}) == [
        ("block", "a"),
        ("block", "b"),
        ("text", "fin"),
    ]


def test_the_subject_comes_first() -> None:
    """With the user's own words in it, as they are."""
    text = render("Objet : l'effacement – {{ name }}\n\nx", {"name": "L'« été » : 1"})
    assert text.subject == f"l’effacement{NBSP}– L'« été » : 1"


@pytest.mark.parametrize(
    "source", ["", "Bonjour", "{# Objet #}", "Objet: x", "x\n\nObjet : y"]
)
def test_a_text_without_subject_is_refused(source: str) -> None:
    """A letter has one."""
    with pytest.raises(BadWordingError, match="Objet"):
        render(source)


SIGNS = [
    "& < > \" ' ` \\ / &amp; &#10; <b>x</b>",
    "é à ç œ Ÿ € \N{GRINNING FACE} \N{FAMILY}",
    "e\u0301 \u0130 ﬁ ß",
    "\u05e9\u05dc\u05d5\u05dd \u202bمرحبا\u202c",
    "{{ me }} {% if %} {# x #} {{ 7 * 7 }}",
    "- item",
    "## titre",
    "> bloc",
    "Objet : autre",
    "\ttab\tulation\t",
    "  blancs  doubles  ",
    "« a » ; b ! c ? n° 7 – d",
    "x" * 300,
    "",
    "un\n\n\ndeux",
    "\n- faux item\n## faux titre\n",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "around", ["{v}", "- {v}", "> {v}", "## {v}", "a {v} b", "{v}{v}"]
)
def test_values_come_out_as_they_were_typed(sign: str, around: str) -> None:
    """Wherever they stand, they start no block and are no code."""
    source = around.replace("{v}", "{{ v }}")
    ((_, text),) = body(source, {"v": sign})
    expected = re.sub(r"^(- |> |## )", "", around).replace("{v}", sign)
    assert text == expected


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_line_breaks_of_values_stay_in_their_paragraph(newline: str) -> None:
    """As one kind, whatever system they were typed on."""
    assert body("a {{ v }}", {"v": f"1{newline}{newline}2"}) == [("text", "a 1\n\n2")]


PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff")
).filter(
    lambda text: not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]", text)
)


@given(PRINTABLE)
def test_any_printable_value_survives(value: str) -> None:
    """Exactly, but for the kind of its line breaks."""
    assert body("- {{ v }}", {"v": value}) == [("item", one_kind_of_newline(value))]


@pytest.mark.parametrize("value", ["\x00", "a\x1eb", "\x1f", "\ud800", "\x9b"])
def test_unprintable_values_are_refused_by_name(value: str) -> None:
    """With the path of the field."""
    with pytest.raises(UnprintableTextError, match=r"me\.name"):
        render("Objet : o", {"me": {"name": value}})


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("Objet : o\n\n{{ nme }}", 3, "le champ «\u00a0nme\u00a0» est inconnu"),
        ("Objet : o\n\n{{ me.nme }}", 3, "inconnu"),
        ("Objet : o\n{% if x %}", 2, "mal écrit"),
        ("Objet : o\n{{ x | inconnu }}", 2, "mal écrit («\u00a0{{ x | inconnu }}"),
        ("Objet : o\n\n{{ none }}", 3, "n'a pas de valeur"),
        ("Objet : o\n\n{{ me.__class__.mro() }}", 3, "permise"),
        ("Objet : o\n\n{{ 9 ** 99 }}", 3, "permise"),
        ("Objet : o\n\n{{ 1 / 0 }}", 3, "ne peut pas être calculée"),
        ("Objet : o\n\n{{ 'a' + 1 }}", 3, "ne peut pas être calculée"),
        ("Objet : o\n\n{{ range(10 ** 9) }}", 3, "permise"),
        ("Objet : o\n\n{{ range(1000000000) }}", 3, "trop long"),
        (
            "Objet : o\n\n{% include 'absent.txt' %}",
            None,
            "« absent.txt » est introuvable",
        ),
        (
            "Objet : o\n\n{% for a in range(99999) %}{% for b in range(99999) %}x"
            "{% endfor %}{% endfor %}",
            None,
            "trop long",
        ),
        (
            "Objet : o\n\n{% for a in range(99999) %}xxxxxx{% endfor %}",
            None,
            "démesuré",
        ),
    ],
)
def test_mistakes_are_placed(source: str, line: int | None, what: str) -> None:
    """File, line and fault, in French; nothing a template does ends the program."""
    with pytest.raises(BadWordingError) as caught:
        render(source, {"x": "1", "me": {"name": "n"}})
    assert caught.value.exit_code == 4
    assert what in caught.value.what
    assert caught.value.origin.startswith("dossier/x.txt") or line is None
    assert caught.value.line == line or line is None
    assert "templates check" in str(caught.value)


def test_a_mistake_in_an_included_text_is_placed_there() -> None:
    """Not in the text that includes it."""
    with pytest.raises(BadWordingError) as caught:
        render('Objet : o\n\n{% include "_a.txt" %}', {}, _a="\n{{ nme }}")
    assert (caught.value.origin, caught.value.line) == ("dossier/_a.txt", 2)
    with pytest.raises(BadWordingError) as caught:
        render('Objet : o\n\n{% include "_a.txt" %}', {}, _a="\n\n{% endif %}")
    assert (caught.value.origin, caught.value.line) == ("dossier/_a.txt", 3)


def test_a_text_that_includes_itself_is_told() -> None:
    """No traceback however deep."""
    with pytest.raises(BadWordingError, match="ne peut pas être calculée"):
        render('Objet : o\n\n{% include "x.txt" %}')


def test_a_missing_text_is_told() -> None:
    """By its name."""
    with pytest.raises(BadWordingError, match=r"« x\.txt » est introuvable"):
        Wording(lambda _: None).render("x", {})


def test_the_text_of_an_email() -> None:
    """Items together, the rest apart, headings in capitals, breaks as they are."""
    kind = ParagraphKind
    text = Text(
        "o",
        (
            Paragraph("Bonjour,\nvous", kind.TEXT),
            Paragraph("un", kind.ITEM),
            Paragraph("deux", kind.ITEM),
            Paragraph("Été", kind.HEADING),
            Paragraph("https://x.fr/A", kind.BLOCK),
            Paragraph("trois", kind.ITEM),
        ),
    )
    assert text.plain() == (
        "Bonjour,\nvous\n\n- un\n- deux\n\nÉTÉ\n\nhttps://x.fr/A\n\n- trois\n"
    )
