"""The home folder: the ledger, the request folders, the attachments."""
