"""Values to bytes: texts, Word letters, e-mails, calendars, archives."""
