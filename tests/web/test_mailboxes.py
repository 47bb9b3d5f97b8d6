"""E-mail addresses under their masks, phone numbers."""

from __future__ import annotations

import pytest

from cnil_requests.web import prose
from cnil_requests.web.mailboxes import mailboxes, phones


@pytest.mark.parametrize(
    "text",
    [
        "contact@exemple.fr",
        "Écrivez à contact@exemple.fr.",
        "contact [at] exemple.fr",
        "contact(at)exemple.fr",
        "contact [arobase] exemple [point] fr",
        "contact (@) exemple (dot) fr",
        "contact arobase exemple point fr",
        "<contact@Exemple.FR>",
    ],
)
def test_masks_are_undone(text: str) -> None:
    """Whatever stands for the sign and the dot."""
    assert [address for *_, address in mailboxes(text)] == ["contact@exemple.fr"]


@pytest.mark.parametrize("text", ["un mot at autre mot", "@exemple", "a@b", "3 @ 4.50"])
def test_what_is_no_mailbox(text: str) -> None:
    """Plain English, handles, prices."""
    assert list(mailboxes(text)) == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:contact@exemple.fr?subject=Bonjour">Nous écrire</a>',
        '<a href="MAILTO:contact%40exemple.fr">Nous écrire</a>',
        "contact<span>@</span>exemple<b>.fr</b>",
        "contact&#64;exemple&#46;fr",
        "con\u200btact@exem\u00adple.fr",
    ],
)
def test_masks_of_the_page_are_undone(html: str) -> None:
    """What only the markup holds."""
    text = " ".join(line.text for line in prose.read(f"<p>{html}</p>").lines)
    assert [address for *_, address in mailboxes(text)] == ["contact@exemple.fr"]


@pytest.mark.parametrize("key", [0x00, 0x42, 0xFF])
def test_cloudflare_s_mask_is_undone(key: int) -> None:
    """The first byte is the key of the others; the address may be in the link."""
    code = bytes([key, *(byte ^ key for byte in b"contact@exemple.fr")]).hex()
    for html in (
        f'<a class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>',
        f'<a href="/cdn-cgi/l/email-protection#{code}">Nous écrire</a>',
    ):
        text = " ".join(line.text for line in prose.read(html).lines)
        assert [address for *_, address in mailboxes(text)] == ["contact@exemple.fr"]


@pytest.mark.parametrize("code", ["", "zz", "42", "4201", "42" + "00" * 30])
def test_a_broken_mask_gives_nothing(code: str) -> None:
    """Never half an address."""
    html = f'<p>a <span data-cfemail="{code}">[email&#160;protected]</span></p>'
    text = " ".join(line.text for line in prose.read(html).lines)
    assert list(mailboxes(text)) == []


@pytest.mark.parametrize(
    "text",
    ["01 99 99 99 99", "01.99.99.99.99", "+33 (0) 1 99 99 99 99", "0199999999"],
)
def test_phones(text: str) -> None:
    """As written."""
    assert [number for *_, number in phones(f"Tél. : {text}.")] == [text]


@pytest.mark.parametrize("text", ["1 2 3", "999 100 019 00010", "20199999999999"])
def test_what_is_no_phone(text: str) -> None:
    """Other numbers."""
    assert list(phones(text)) == []
