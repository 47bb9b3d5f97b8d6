"""From a Word template to the Jinja source of each part that changes.

The template language, its clean-up and its repairs are docxtpl's: the calls below
are public by name but undocumented, hence the narrow pin on its version and the
test that compares the result with docxtpl's, part by part.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from lxml import etree

from cnil_requests.documents.faults import BadTemplateError, TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BODY = "word/document.xml"
PROPERTIES = "docProps/core.xml"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")

#: docxtpl's way to write Jinja's own braces as plain text in a template.
_ESCAPED_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}

_NOT_A_DOCUMENT = TemplateProblem(
    "ce n'est pas un document Word (.docx) lisible.",
    "Les modèles Word (.dotx), les fichiers avec macros (.docm) et les documents "
    "abîmés sont refusés\u00a0: enregistrez le fichier au format « .docx ».",
)


def open_template(data: bytes, file: str) -> DocxTemplate:
    """Return docxtpl's view of a Word template, ready to be read."""
    docx = DocxTemplate(BytesIO(data))
    try:
        docx.render_init()
    except (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError) as why:
        raise BadTemplateError(file, _NOT_A_DOCUMENT) from why
    return docx


def jinja_sources(
    docx: DocxTemplate, parts: Mapping[str, bytes], *, numbered: bool = False
) -> dict[str, str]:
    """Return the Jinja source of the body, headers, footers and properties.

    ``numbered`` starts a line before each paragraph: line n + 1 of the source is
    then paragraph n of the part. Such a source serves messages, not letters.
    """
    clean = _numbered(docx.patch_xml) if numbered else docx.patch_xml
    sources = {BODY: _body(docx, clean)}
    sources.update(_headers_and_footers(docx, clean))
    if PROPERTIES in parts:
        sources[PROPERTIES] = _properties(parts[PROPERTIES])
    return sources


def _numbered(patch: Callable[[str], str]) -> Callable[[str], str]:
    return lambda xml: patch(_PARAGRAPH.sub("\n<w:p", xml))


def _body(docx: DocxTemplate, clean: Callable[[str], str]) -> str:
    """Clean the body alone, as docxtpl does, and put its document around it."""
    root = docx.docx.element
    whole = docx.xml_to_string(root)
    start = whole.index("<w:body")
    end = whole.rindex("</w:body>") + len("</w:body>")
    body = _with_braces(clean(whole[start:end]))
    return f"{_DECLARATION}{whole[:start]}{body}{whole[end:]}"


def _headers_and_footers(
    docx: DocxTemplate, clean: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for kind in (docx.HEADER_URI, docx.FOOTER_URI):
        for _, part in docx.get_headers_footers(kind):
            xml = _with_braces(clean(docx.get_part_xml(part)))
            yield str(part.partname).removeprefix("/"), _DECLARATION + xml


def _with_braces(xml: str) -> str:
    for escaped, braces in _ESCAPED_BRACES.items():
        xml = xml.replace(escaped, f"{{{{ '{braces}' }}}}")
    return xml


_NAMESPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_WORD_DATE = {"{http://www.w3.org/2001/XMLSchema-instance}type": "dcterms:W3CDTF"}

#: A letter is not as old as its template, nor by the template's author.
_OF_THE_LETTER: dict[str, tuple[str, dict[str, str]]] = {
    "dc:title": ("{{ title }}", {}),
    "dc:creator": ("{{ author }}", {}),
    "cp:lastModifiedBy": ("{{ author }}", {}),
    "dcterms:created": ("{{ created }}", _WORD_DATE),
    "dcterms:modified": ("{{ created }}", _WORD_DATE),
}
_OF_THE_TEMPLATE = ("cp:revision", "cp:lastPrinted")


def _properties(xml: bytes) -> str:
    """Return the core properties with the letter's own author, title and dates."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    for name in _OF_THE_TEMPLATE:
        for element in root.findall(name, _NAMESPACES):
            root.remove(element)
    for name, (field, attributes) in _OF_THE_LETTER.items():
        element = _find_or_add(root, name)
        element.text = field
        element.attrib.update(attributes)
    return _DECLARATION + etree.tostring(root, encoding="unicode")


def _find_or_add(root: Any, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    found = root.find(name, _NAMESPACES)
    if found is not None:
        return found
    prefix, tag = name.split(":")
    namespace = _NAMESPACES[prefix]
    return etree.SubElement(root, f"{{{namespace}}}{tag}", nsmap={prefix: namespace})
