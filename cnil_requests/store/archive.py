"""What the parts of the store share: the folder, the ledger, the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.store.docket import Docket
from cnil_requests.store.engine import LEDGER_NAME
from cnil_requests.store.errors import LedgerDamagedError, UnknownRequestError
from cnil_requests.store.filings import Filings
from cnil_requests.store.ledger import Ledger
from cnil_requests.store.opening import REQUESTS

__all__ = ["LEDGER_NAME", "REQUESTS", "Archive"]

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.core.requests import Request
    from cnil_requests.store.cases import Case, Derive
    from cnil_requests.store.engine import Engine
    from cnil_requests.store.listings import Listings

_FOLDER = re.compile(rf"{REQUESTS}/[0-9]{{4}}-[0-9]{{4,}}-[a-z0-9-]+")
_NAME = re.compile(r"[^\x00-\x1f/\\:]+")


@dataclass(frozen=True)
class Archive:
    """A home folder with its open ledger and the rule that derives states."""

    home: Path
    engine: Engine
    derive: Derive

    @property
    def ledger(self) -> Ledger:
        """The queries about people, numbers and erasure."""
        return Ledger(self.engine)

    @property
    def docket(self) -> Docket:
        """The queries about requests and events."""
        return Docket(self.engine)

    @property
    def filings(self) -> Filings:
        """The queries about files."""
        return Filings(self.engine)

    @property
    def listings(self) -> Listings:
        """The queries about checks of listings, loaded when they are needed."""
        from cnil_requests.store.listings import Listings

        return Listings(self.engine)

    @property
    def requests(self) -> Path:
        """The folder of the request folders."""
        return self.home / REQUESTS

    def folder(self, request: Request) -> Path:
        """Return the folder of a request."""
        return self.place(request.folder)

    def place(self, folder: str) -> Path:
        """Return a request's folder; a ledger that points elsewhere is damaged."""
        if not _FOLDER.fullmatch(folder):
            raise LedgerDamagedError(self.engine.path, f"dossier « {folder} »")
        return self.home / folder

    def file(self, folder: str, name: str) -> Path:
        """Return a file of a request's folder; never anything outside of it."""
        if not _NAME.fullmatch(name) or name.strip(".") == "":
            raise LedgerDamagedError(self.engine.path, f"fichier « {name} »")
        return self.place(folder) / name

    def case(self, request_id: str) -> Case:
        """Return a request with its events, by its exact id."""
        case = self.docket.case(request_id)
        if case is None:
            last = self.docket.last_id()
            raise UnknownRequestError(request_id, [last] if last else [])
        return case
