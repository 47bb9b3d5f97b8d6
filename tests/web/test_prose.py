"""A page as a reader sees it."""

from __future__ import annotations

import pytest

from cnil_requests.web import prose


def lines(html: str) -> list[str]:
    """Return the text of a page, a line a string."""
    return [line.text for line in prose.read(html).lines]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>un<br>deux</p><p>trois", ["un", "deux", "trois"]),
        ("<p>un <b>deux</b>\n  trois</p>", ["un deux trois"]),
        ("<table><tr><th>Siège</th><td>Paris</td></tr></table>", ["Siège : Paris"]),
        ("<table><tr><td>Siège :</td><td>Paris</td></tr></table>", ["Siège : Paris"]),
        ("<dl><dt>Siège</dt><dd>Paris</dd></dl>", ["Siège : Paris"]),
        ("<table><tr><td>a<td>b<td>c</table>", ["a", "b", "c"]),
        ("a<script>b</script><style>c</style><template>d</template>e", ["ae"]),
        ("<!-- a --><p>b <del>c</del><s>d</s></p>", ["b"]),
        ('<p hidden>a</p><p style="display: none">b</p><p>c', ["c"]),
        ("<p>a\u202eb\u200b\x07c</p>", ["abc"]),
        ("", []),
        ("<?xml version='1.0' encoding='utf-8'?><html><body>a", ["a"]),
        ("\x00\x00", []),
    ],
)
def test_lines(html: str, expected: list[str]) -> None:
    """Blocks, breaks, cells; nothing that is not seen."""
    assert lines(html) == expected


def test_the_frame_is_told_from_the_page() -> None:
    """Header, navigation and footer are edges, by tag, role or name."""
    page = prose.read(
        "<header>a</header><div role=navigation>b</div><main>c</main>"
        '<div class="site-footer">d</div><article><footer>e</footer></article>'
    )
    assert [(line.text, line.at_edge) for line in page.lines] == [
        ("a", True), ("b", True), ("c", False), ("d", True), ("e", False),
    ]  # fmt: skip


def test_headings_and_bold_lines() -> None:
    """Both can name a section."""
    page = prose.read("<h2>a</h2><p><b>b</b></p><p><b>c</b> d</p>")
    assert [(line.is_heading, line.is_bold) for line in page.lines] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip


def test_a_hostile_page_is_read_to_its_end() -> None:
    """Deep nesting, a million tags, broken markup: no error, no endless work."""
    for html in (
        "<div>" * 50_000 + "x",
        "<b>" * 200_000,
        "<p>x" * 100_000,
        "<" * 10**6,
    ):
        assert len(prose.read(html).lines) <= len(html)


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (b"<!-- saved from url=(0021)https://exemple.fr/ml --><html>",
         "https://exemple.fr/ml"),
        (b'<link rel="canonical" href="https://exemple.fr/ml">',
         "https://exemple.fr/ml"),
        (b"<link href='https://exemple.fr/ml' rel='canonical'/>",
         "https://exemple.fr/ml"),
        (b"<html>", ""),
    ],
)  # fmt: skip
def test_a_saved_page_may_tell_its_address(data: bytes, url: str) -> None:
    """From the browser's note, or the page's own."""
    assert prose.own_address(data) == url
