"""Folders that a service copies elsewhere are recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnil_requests.store import synchronised_by


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/c/OneDrive/Documents/cnilreq", "OneDrive"),
        ("/Users/c/OneDrive - Cabinet/cnilreq", "OneDrive"),
        ("/Users/c/Library/Mobile Documents/com~apple~CloudDocs/cnilreq", "iCloud"),
        ("/home/c/iCloudDrive/cnilreq", "iCloud"),
        ("/home/c/Dropbox/cnilreq", "Dropbox"),
        ("/home/c/Dropbox (Personnel)/cnilreq", "Dropbox"),
        ("/Users/c/CloudStorage/GoogleDrive-c@exemple.fr/x", "Google Drive"),
        ("/home/c/Google Drive/cnilreq", "Google Drive"),
        ("/home/c/Documents/cnilreq", None),
        ("/home/c/onedriver/dropboxes", None),
    ],
)
def test_a_synchronised_folder_is_named(path: str, service: str | None) -> None:
    """By the names that the services give to their folders."""
    assert synchronised_by(Path(path)) == service
