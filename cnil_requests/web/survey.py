"""Visit a site for its legal notice: home page, likely links, usual places."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnil_requests.errors import NetworkError
from cnil_requests.web import links, prose
from cnil_requests.web.cues import Role
from cnil_requests.web.errors import PageError, UnreachableError
from cnil_requests.web.evidence import Evidence, settle
from cnil_requests.web.folding import fold
from cnil_requests.web.links import Lead
from cnil_requests.web.notice import read_notice
from cnil_requests.web.passages import segments
from cnil_requests.web.publishers import Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cnil_requests.web.fetch import Fetcher, Page
    from cnil_requests.web.prose import Prose

#: Requests for one site, pages not found included.
MAX_REQUESTS = 14
#: Pages of each kind that are worth reading.
_WANTED = {
    links.NOTICE: 2,
    links.REMOVAL: 1,
    links.PRIVACY: 1,
    links.TERMS: 1,
    links.CONTACT: 1,
    links.ABOUT: 0,
}
#: No new page is begun after this many seconds.
MAX_SECONDS = 60
#: A page with fewer characters than this says nothing without its scripts.
_EMPTY = 150
_ENOUGH = 300

_SCRIPT_ONLY = (
    "la page est vide sans JavaScript : ouvrez-la dans votre navigateur, "
    "enregistrez-la, puis donnez-la avec --from-file."
)


class NothingReadError(NetworkError):
    """No page of the site told anything."""

    def __init__(self, domain: str, reasons: Iterable[str]) -> None:
        """Give what was met, and the way by hand."""
        shown = "\n".join(f"  {reason}" for reason in list(reasons)[:5])
        super().__init__(
            f"Rien n'a pu être lu sur {domain}." + (f"\n{shown}" if shown else ""),
            remedy="Ouvrez les mentions légales dans votre navigateur, enregistrez la "
            f"page, puis : cnilreq directories lookup {domain} --from-file PAGE.html",
        )


@dataclass
class Survey:
    """What a visit brought: evidence, the pages read, what went wrong (French)."""

    domain: str
    evidence: list[Evidence] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """Visits one site. ``known`` are addresses of its notice, read first."""

    fetcher: Fetcher
    domain: str
    today: date
    known: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    _requests: int = 0
    _start: float = field(default_factory=time.monotonic)
    _done: set[str] = field(default_factory=set)

    def visit(self, starts: Iterable[str]) -> Survey:
        """Read the site from the first address that answers.

        Raises PageError when none does, NothingReadError when nothing was found.
        """
        survey = Survey(self.domain)
        home = self._home(list(starts), survey)
        found = self._known_leads()
        if home is not None:
            text = self._read(home, Lead(links.ABOUT, home.final_url), survey)
            found += links.leads(text.links, home.final_url)
        base = home.final_url if home else f"https://{self.domain}/"
        self._follow(found, survey)
        if not self._has_notice(survey):
            self._follow_until_notice(base, survey)
        survey.evidence = settle(survey.evidence)
        if not survey.evidence:
            raise NothingReadError(self.domain, survey.warnings)
        return survey

    def _home(self, starts: list[str], survey: Survey) -> Page | None:
        """Return the first page that answers; None when robots.txt closes it."""
        for number, url in enumerate(starts):
            try:
                page = self._get(url, respect_robots=True)
            except UnreachableError:
                if number == len(starts) - 1:
                    raise
                continue
            except PageError as error:
                if type(error).__name__ != "RobotsError":
                    raise
                survey.warnings.append(error.message)
                return None
            if not page.is_ok:
                survey.warnings.append(f"{url} : le site répond {page.status}.")
            return page
        return None

    def _known_leads(self) -> list[Lead]:
        return [Lead(links.NOTICE, url) for url in self.known if url]

    def _follow(self, found: Iterable[Lead], survey: Survey) -> None:
        """Read the pages worth it, a few of each kind."""
        taken = dict.fromkeys(_WANTED, 0)
        for lead in found:
            if taken[lead.kind] < _WANTED[lead.kind] and self._visit(lead, survey):
                taken[lead.kind] += 1

    def _follow_until_notice(self, base: str, survey: Survey) -> None:
        for lead in links.usual(base):
            if self._visit(lead, survey) and self._has_notice(survey):
                return

    def _has_notice(self, survey: Survey) -> bool:
        return any(item.column == "legal_notice_url" for item in survey.evidence)

    def _visit(self, lead: Lead, survey: Survey) -> bool:
        """Read one page; say whether there was one."""
        if lead.url in self._done or self._is_over():
            return False
        try:
            page = self._get(lead.url, respect_robots=lead.kind != links.NOTICE)
        except PageError as error:
            survey.warnings.append(error.message)
            return False
        if not page.is_ok or not page.is_html or page.final_url in survey.pages:
            return False
        self._read(page, lead, survey)
        return True

    def _is_over(self) -> bool:
        spent = time.monotonic() - self._start
        return self._requests >= MAX_REQUESTS or spent > MAX_SECONDS

    def _get(self, url: str, *, respect_robots: bool) -> Page:
        self._requests += 1
        self._done.add(url)
        return self.fetcher.fetch(
            url, fetched_at=self.today, respect_robots=respect_robots
        )

    def _read(self, page: Page, lead: Lead, survey: Survey) -> Prose:
        """Read a page for all it says, and for what it is."""
        text = prose.read(page.text if page.is_html else "")
        if not page.is_ok:
            return text
        survey.pages.append(page.final_url)
        if text.length < _EMPTY and page.is_html and b"<script" in page.body.lower():
            survey.warnings.append(f"{page.final_url} : {_SCRIPT_ONLY}")
        survey.evidence += read_page(
            text, lead, page.final_url, domain=self.domain, is_own=self._is_own(page)
        )
        return text

    def _is_own(self, page: Page) -> bool:
        hosts = (self.domain, *self.hosts)
        return any(
            links.is_same_site(page.final_url, f"https://{host}") for host in hosts
        )


def read_page(
    text: Prose, lead: Lead, url: str, *, domain: str, is_own: bool = True
) -> list[Evidence]:
    """Return what a page says, and what the page itself is."""
    is_notice = lead.kind == links.NOTICE and looks_like_notice(text)
    source = Source(url, domain, is_notice=is_notice, is_own=is_own)
    found = read_notice(text, source)
    page = _page_itself(text, lead, url, is_notice=is_notice)
    if page:
        found.append(page if is_own else page.doubted("page d'un autre site"))
    return found


def looks_like_notice(text: Prose) -> bool:
    """Say whether a page speaks of publisher and host, as a notice must."""
    words = fold(" ".join([text.title, *(line.text for line in text.lines)]))
    if "mentions legales" in words or "legal notice" in words or "impressum" in words:
        roles = {segment.role for segment in segments(text.lines)}
        return bool(roles & {Role.PUBLISHER, Role.HOST, Role.NEUTRAL})
    return "heberg" in words and ("editeur" in words or "edite par" in words)


def _page_itself(
    text: Prose, lead: Lead, url: str, *, is_notice: bool
) -> Evidence | None:
    words = lead.words or text.title
    if is_notice:
        return Evidence("legal_notice_url", url, words, url, certain=True)
    if lead.kind == links.PRIVACY and text.length > _ENOUGH:
        return Evidence("privacy_url", url, words, url, certain=True)
    if lead.kind == links.REMOVAL:
        doubt = "" if text.has_form else "aucun formulaire visible sur cette page"
        return Evidence("form_url", url, words, url, certain=not doubt, doubt=doubt)
    return None
