"""Join person, catalogue, letters and store into drafts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnil_requests.commands.directory_reports import kept_reports, warnings_for
from cnil_requests.commands.drafted import FILES, Drafted
from cnil_requests.commands.home import (
    chosen_person,
    load_catalogue,
    open_home,
    open_press,
)
from cnil_requests.core.cautions import cautions, missing_columns
from cnil_requests.core.directory import Kind
from cnil_requests.core.drafting import (
    Wish,
    dropped_reasons,
    open_request,
    parse_correction,
    parse_reason,
    parse_text,
    parse_url,
    resumed,
    right_for,
)
from cnil_requests.core.letters import compose, prefers_form, signatory_of
from cnil_requests.core.mandates import citation_of
from cnil_requests.core.requests import Channel, Event, EventKind, Request, State
from cnil_requests.core.rights import Right
from cnil_requests.core.routing import route
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cnil_requests.catalogue import Catalogue
    from cnil_requests.catalogue.reports import Report
    from cnil_requests.console import App
    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person
    from cnil_requests.documents.press import Press
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Case, Composed, Made

LETTER = "lettre.docx"
EMAIL = "courriel.eml"
FORM = "formulaire.txt"


class AlreadySentError(NotPossibleError):
    """The same request was already posted."""

    def __init__(self, case: Case) -> None:
        """Name the request and what to do with it."""
        request = case.request
        super().__init__(
            f"La demande {request.id} à {request.directory.name} porte déjà sur "
            "les mêmes pages et a été envoyée.",
            remedy=f"Voyez où elle en est : cnilreq status {request.id}\n"
            f"Pour l'envoyer de nouveau : cnilreq sent {request.id} --on DATE",
        )


@dataclass(frozen=True)
class Desk:
    """Where letters are written: one home, one person, one catalogue."""

    home: Home
    catalogue: Catalogue
    person: Person
    app: App

    @classmethod
    @contextmanager
    def open(cls, app: App, person: str | None) -> Iterator[Desk]:
        """Open the home for the person named, or for the only one."""
        with open_home(app) as home:
            chosen = chosen_person(home, person)
            yield cls(home, load_catalogue(app), chosen, app)

    @property
    def today(self) -> date:
        """The day the letters are dated."""
        return self.app.today

    def for_person(self, person: Person) -> Desk:
        """Return the desk where another person's letters are written.

        The compiled templates are the same.
        """
        other = replace(self, person=person)
        vars(other)["press"] = self.press
        return other

    @cached_property
    def press(self) -> Press:
        """The compiled templates."""
        return open_press(self.app)

    @cached_property
    def _returns(self) -> tuple[Report, ...]:
        """What came back from the catalogue's addresses."""
        return kept_reports(self.app)

    def wish(self, options: dict[str, Any]) -> Wish:
        """Return what the options ask for."""
        right = options["right"]
        names = [parse_text("--search-name", name) for name in options["search_names"]]
        return Wish(
            right=Right(right) if right else None,
            reasons=tuple(parse_reason(text) for text in options["reasons"]),
            corrections=tuple(
                parse_correction(text) for text in options["corrections"]
            ),
            search_names=tuple(filter(None, names)),
            seen_on=options["seen"],
            channel=Channel(options["channel"]),
        )

    def find_sites(self, texts: Sequence[str]) -> tuple[list[Directory], list[str]]:
        """Return each site once, and the listing addresses pasted as sites."""
        sites: dict[str, Directory] = {}
        urls = []
        for text in texts:
            match = self.catalogue.find(text)
            sites[match.directory.id] = match.directory
            if match.url:
                urls.append(parse_url(match.url))
        return list(sites.values()), urls

    def parse_urls(self, texts: Sequence[str]) -> list[str]:
        """Return the addresses of ``--url``."""
        return [parse_url(text) for text in texts]

    def sites_without_url(
        self, sites: Sequence[Directory], urls: Sequence[str], right: Right | None
    ) -> list[Directory]:
        """Return the sites whose request needs an address and has none."""
        taken, _ = route(sites, urls, belongs=self._belongs)
        return [
            site
            for site in sites
            if right_for(site, right).rule.needs_url and not taken[site.id]
        ]

    @staticmethod
    def is_engine(site: Directory) -> bool:
        """Say whether a site shows results and not listings."""
        return site.kind is Kind.SEARCH_ENGINE

    def needs_reason(
        self, wish: Wish, sites: Sequence[Directory], urls: Sequence[str]
    ) -> bool:
        """Say whether a request rests on GDPR art. 21(1) and has no reason yet."""
        taken, _ = route(sites, urls, belongs=self._belongs)
        return any(
            right_for(site, wish.right).rule.needs_reason
            and not self._open_case(wish, site, taken[site.id])
            for site in sites
        )

    def _belongs(self, url: str, site: Directory) -> bool:
        found = self.catalogue.site_of(url)
        return found is not None and found.id == site.id

    def draft(
        self,
        wish: Wish,
        sites: Sequence[Directory],
        urls: Sequence[str],
        *,
        dry_run: bool,
        resuming: bool = False,
    ) -> list[Drafted]:
        """Check every request, then write all the letters, or nothing.

        ``resuming`` keeps what an open draft already said where ``wish`` is silent.
        """
        taken, doubts = route(sites, urls, belongs=self._belongs)
        requests, cases = [], []
        for site in sites:
            case = self._open_case(wish, site, taken[site.id])
            mine = resumed(wish, case.request) if case and resuming else wish
            if case:
                doubts[site.id] += dropped_reasons(mine, case.request)
            cases.append(case)
            requests.append(
                open_request(
                    mine, self.person, site, urls=taken[site.id], today=self.today
                )
            )
        for request in requests:
            self.compose(replace(request, id="0000-0000"))
        if dry_run:
            return [self.drafted(item, None, doubts) for item in requests]
        written = self._write(requests, cases)
        return [self.drafted(item, self.files_of(item), doubts) for item in written]

    def _open_case(
        self, wish: Wish, site: Directory, urls: tuple[str, ...]
    ) -> Case | None:
        """Return the same request while it is still a draft.

        Raises AlreadySentError when it was posted.
        """
        right = right_for(site, wish.right)
        case = self.home.find_open(self.person.slug, site.id, right, urls)
        if case and case.state != State.DRAFTED:
            raise AlreadySentError(case)
        return case

    def _write(
        self, requests: Sequence[Request], cases: Sequence[Case | None]
    ) -> list[Request]:
        """Open the new requests together, then rewrite the drafts there were."""
        from cnil_requests.store.values import Draft

        new = [
            Draft(request, self.compose)
            for request, case in zip(requests, cases, strict=True)
            if case is None
        ]
        opened = iter(self.home.add(new))
        done = []
        for request, case in zip(requests, cases, strict=True):
            if case is None:
                done.append(next(opened))
            else:
                done.append(self.rewrite(request, case.request))
        return done

    def rewrite(self, request: Request, old: Request) -> Request:
        """Draft the same request again; a letter the user edited is kept beside."""
        same = replace(request, id=old.id, folder=old.folder)
        self.home.rewrite_letter(same, self.compose(same))
        return same

    def files_of(self, request: Request) -> dict[str, str]:
        """Return the documents of this drafting; older ones of another kind stay."""
        folder = self.home.folder(request)
        made = self._kinds(request)
        return {
            file.kind: str(folder / file.name)
            for file in self.home.files(request.id)
            if file.kind in made
        }

    @staticmethod
    def _kinds(request: Request) -> set[str]:
        """Return the kinds of document that the chosen way of sending needs."""
        kinds = {"form"} if prefers_form(request.directory) else set()
        if request.channel is Channel.FORM:
            return {"form"}
        return kinds | {"letter", request.channel.value}

    def compose(self, request: Request) -> Composed:
        """Return the first event of a request and its documents."""
        from cnil_requests.store.values import Composed

        day = self.today
        return Composed(
            Event(EventKind.DRAFTED, day, day, citation_of(self.person.mandate)),
            tuple(self._documents(request)),
        )

    def _documents(self, request: Request) -> Iterator[Made]:
        """Print what the chosen way of sending needs."""
        from cnil_requests.store.values import Made

        letter = compose(request, self.person, today=self.today)
        text = self.press.text(letter)
        kinds = self._kinds(request)
        if "letter" in kinds:
            yield Made(LETTER, self.press.word(letter, text), "letter")
        if "email" in kinds:
            site = request.directory
            to = site.dpo_email or site.email
            sender = signatory_of(self.person).email
            yield Made(
                EMAIL, self.press.email(letter, text, to=to, sender=sender), "email"
            )
        if "form" in kinds:
            form = self.press.form(letter, text).encode()
            yield Made(FORM, form, "form")

    def _kept_beside(self, request: Request, files: dict[str, str]) -> tuple[str, ...]:
        """Name the edited letter that the new one was written beside."""
        name = Path(files.get("letter", LETTER)).name
        if name == LETTER:
            return ()
        return (
            f"Vous aviez modifié la lettre : votre version est gardée, la nouvelle est "
            f"{name}. Si vous postez la vôtre, joignez-la après l'envoi : cnilreq "
            f"attach {request.id} FICHIER --as letter",
        )

    def drafted(
        self,
        request: Request,
        files: dict[str, str] | None,
        doubts: dict[str, tuple[str, ...]],
    ) -> Drafted:
        """Return a request as it is reported; ``files`` is None when none is made."""
        found = files or {}
        letter = compose(request, self.person, today=self.today)
        return Drafted(
            request=request,
            state=State.DRAFTED.value,
            folder=str(self.home.folder(request)) if files else None,
            files={key: found.get(key) for key in FILES},
            missing=missing_columns(request, self.today),
            warnings=(
                *doubts[request.directory.id],
                *self._kept_beside(request, found),
                *warnings_for(self._returns, request.directory),
                *cautions(request, self.today),
                *letter.recipient_notes,
            ),
        )
