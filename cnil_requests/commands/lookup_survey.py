"""Join catalogue, web and overlay for ``directories lookup``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.commands.lookup_errors import NoSiteError, NotAPageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.catalogue import Catalogue
    from cnil_requests.catalogue.editing import Edited
    from cnil_requests.console import App
    from cnil_requests.core.directory import Directory
    from cnil_requests.web.evidence import Evidence
    from cnil_requests.web.fetch import Fetcher
    from cnil_requests.web.merging import Difference
    from cnil_requests.web.register import Company

#: A saved page larger than this is no legal notice.
_MAX_FILE = 20_000_000


@dataclass(frozen=True)
class Where:
    """Where to read: an address, a saved page, or the site itself."""

    url: str | None = None
    file: Path | None = None
    checked_on: date | None = None
    allow_private: bool = False


@dataclass
class Inquiry:
    """One look-up: what was known, what was found, what is proposed."""

    app: App
    catalogue: Catalogue
    site: str
    domain: str
    known: Directory | None
    where: Where
    evidence: list[Evidence] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    differences: tuple[Difference, ...] = ()
    company: Company | None = None

    @classmethod
    def open(cls, app: App, site: str, where: Where) -> Inquiry:
        """Find the site in the catalogue, or take its domain from what was typed.

        Raises NoSiteError when it is neither.
        """
        from cnil_requests.catalogue import UnknownSiteError
        from cnil_requests.commands.home import load_catalogue

        catalogue = load_catalogue(app)
        try:
            known = catalogue.find(site).directory
        except UnknownSiteError:
            domain = _domain(site)
            if not domain:
                raise NoSiteError(site) from None
            return cls(app, catalogue, site, domain, None, where)
        domain = known.domain.partition("/")[0]
        return cls(app, catalogue, site, domain, known, where)

    @property
    def key(self) -> str:
        """The site's id, or its domain while it has none."""
        return self.known.id if self.known else self.domain

    @property
    def proposal(self) -> dict[str, str]:
        """The certain values, by column."""
        from cnil_requests.web.evidence import proposal

        return proposal(self.evidence)

    def survey(self, register: str | None, *, ask: bool) -> None:
        """Read the pages, then ask the register about the SIREN found."""
        if self.where.file is not None:
            self._read_file(self.where.file)
        else:
            self._visit()
        if ask:
            self._ask_register(register)

    def _visit(self) -> None:
        from cnil_requests.web.survey import Visitor

        given = (self.where.url,) if self.where.url else ()
        notice = (self.known.legal_notice_url,) if self.known else ()
        hosts = tuple(urlsplit(url).netloc for url in given)
        if self.known:
            hosts += self.known.aliases
        visitor = Visitor(
            self._fetcher(), self.domain, self.app.today, (*given, *notice), hosts
        )
        found = visitor.visit(self._starts())
        self.evidence, self.pages = found.evidence, found.pages
        self.warnings += found.warnings

    def _fetcher(self) -> Fetcher:
        from cnil_requests.web.fetch import Fetcher, Limits

        private = self.where.allow_private
        limits = Limits(connect=10, read=10, total=20)
        return Fetcher(limits, allow_private=private, pause=0 if private else 1)

    def _starts(self) -> list[str]:
        """Return the addresses at which the visit may begin."""
        typed = self.where.url or self.site
        if typed.lower().startswith(("http://", "https://")):
            parts = urlsplit(typed)
            return [f"{parts.scheme}://{parts.netloc}/"]
        bare = self.domain
        return [f"https://{bare}/", f"https://www.{bare}/", f"http://{bare}/"]

    def _read_file(self, file: Path) -> None:
        from cnil_requests.web import prose
        from cnil_requests.web.body import decode
        from cnil_requests.web.evidence import settle
        from cnil_requests.web.links import NOTICE, Lead
        from cnil_requests.web.survey import read_page

        with file.open("rb") as stream:
            data = stream.read(_MAX_FILE + 1)
        if len(data) > _MAX_FILE or b"\0" in data[:1000] or b"<" not in data:
            raise NotAPageError(file)
        text = prose.read(decode(data))
        url, is_exact = self._source_of(data)
        found = read_page(text, Lead(NOTICE, url), url, domain=self.domain)
        if not is_exact:
            found = [item for item in found if item.column != "legal_notice_url"]
        self.evidence = settle(found)
        self.pages = [url]

    def _source_of(self, data: bytes) -> tuple[str, bool]:
        """Return the address of a saved page, and whether it is the exact one."""
        from cnil_requests.web.links import is_same_site
        from cnil_requests.web.prose import own_address

        if self.where.url:
            return self.where.url, True
        noted = own_address(data)
        if noted and is_same_site(noted, f"https://{self.domain}"):
            return noted, True
        if self.known and self.known.legal_notice_url:
            return self.known.legal_notice_url, False
        return f"https://{self.domain}/", False

    def _ask_register(self, base: str | None) -> None:
        from cnil_requests.errors import NetworkError
        from cnil_requests.web import merging, register

        siren = merging.siren_to_ask(self.evidence)
        if not siren:
            return
        try:
            self.company = register.look_up(
                siren,
                self._fetcher(),
                base=base or register.BASE,
                fetched_at=self.app.today,
            )
        except NetworkError as error:
            self.warnings.append(
                f"Le registre des entreprises n'a pas pu être lu. {error.message}"
            )
            return
        if self.company is None:
            self.warnings.append(
                f"Le registre des entreprises ne connaît pas le SIREN {siren}."
            )
            doubt = "le registre ne connaît pas ce numéro"
            self.evidence = [
                item.doubted(doubt) if item.column == "siren" and item.certain else item
                for item in self.evidence
            ]
            return
        merged = merging.merge(self.evidence, self.company)
        self.evidence, self.differences = merged.evidence, merged.differences
        self.warnings += merged.warnings

    def sources(self, values: dict[str, str]) -> tuple[str, ...]:
        """Return the pages on which these values were read."""
        urls = [
            item.url for item in self.evidence if values.get(item.column) == item.value
        ]
        return tuple(dict.fromkeys(urls))

    def write(self, values: dict[str, str]) -> Edited:
        """Write the values to the user's own catalogue, with their sources."""
        from cnil_requests.catalogue import overlay
        from cnil_requests.catalogue.editing import Change, apply_change

        day = self.where.checked_on or self.app.today
        change = Change(values, self.sources(values), day)
        if not change.has_whole_address:
            # Without the address, the day of its last check stays as it was.
            change = Change(values, change.sources)
        edited = apply_change(self.catalogue, self.site, change, today=self.app.today)
        overlay.save(self.app.home / "directories.csv", edited.directory)
        return edited


def _domain(site: str) -> str:
    """Return the host of what was typed, with its port if it is a local one."""
    text = site if "://" in site else f"https://{site}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return ""
    is_host = "." in host or (host == "localhost" and "://" in site)
    return f"{host}{port}" if is_host and " " not in host else ""
