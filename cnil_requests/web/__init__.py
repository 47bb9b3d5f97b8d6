"""The web: polite reading of pages, legal notices, the State's registers."""
