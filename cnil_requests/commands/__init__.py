"""One module a command: parse, call, echo. No rule lives here."""
