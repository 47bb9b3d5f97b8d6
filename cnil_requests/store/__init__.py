"""The home folder: the ledger, the request folders, the attachments."""

from cnil_requests.store.synchronised import synchronised_by

__all__ = ["synchronised_by"]
