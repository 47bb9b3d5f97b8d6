"""The ledger's queries about people, numbers and erasure.

With ``docket`` and ``filings``, all the SQL of the program: the common subset of
SQLite and PostgreSQL (``ON CONFLICT``, ``RETURNING``, ISO dates), with ``?`` for
values. Transactions belong to the engine; the callers decide where they begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.store import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.core.people import Person
    from cnil_requests.store.engine import Engine


class Ledger:
    """Settings, people, numbers and erasures, as values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # Settings

    def setting(self, name: str) -> str | None:
        """Return a setting, or None."""
        row = self.engine.first("SELECT value FROM setting WHERE name = ?", (name,))
        return row[0] if row else None

    def save_setting(self, name: str, value: str) -> None:
        """Insert or update a setting."""
        self.engine.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    # People

    def people(self) -> Iterator[Person]:
        """Yield everybody, by slug."""
        rows = self.engine.query("SELECT record FROM person ORDER BY slug")
        with records.readable(self.engine.path):
            yield from (records.person_of(row[0]) for row in rows)

    def person(self, slug: str) -> Person | None:
        """Return one person, or None."""
        row = self.engine.first("SELECT record FROM person WHERE slug = ?", (slug,))
        with records.readable(self.engine.path):
            return records.person_of(row[0]) if row else None

    def slugs(self) -> list[str]:
        """Return every slug, in order."""
        return [row[0] for row in self.engine.query("SELECT slug FROM person")]

    def save_person(self, person: Person) -> None:
        """Insert or update a person."""
        self.engine.execute(
            "INSERT INTO person (slug, record) VALUES (?, ?) "
            "ON CONFLICT (slug) DO UPDATE SET record = excluded.record",
            (person.slug, records.dump(records.person_row(person))),
        )

    # Numbers of requests

    def reserve(self, year: int, count: int) -> int:
        """Take ``count`` numbers of ``year``; return the first.

        A number once taken is not given twice, whatever happens to its request.
        """
        row = self.engine.first(
            "INSERT INTO counter (year, last) VALUES (?, ?) "
            "ON CONFLICT (year) DO UPDATE SET last = counter.last + excluded.last "
            "RETURNING last",
            (year, count),
        )
        last: int = row[0]
        return last - count + 1

    def give_back(self, year: int, first: int, count: int) -> None:
        """Return numbers that nobody used, when nobody took later ones."""
        self.engine.execute(
            "UPDATE counter SET last = ? WHERE year = ? AND last = ?",
            (first - 1, year, first + count - 1),
        )

    # Erasure

    def erase_person(self, slug: str) -> tuple[int, list[str]]:
        """Erase a person and all that was recorded for him.

        Returns how many events there were and the folders that must now be
        removed; these stay listed until ``erased`` is told.
        """
        folders = [
            row[0]
            for row in self.engine.query(
                "INSERT INTO erasure (folder) "
                "SELECT folder FROM request WHERE person = ? RETURNING folder",
                (slug,),
            )
        ]
        run = self.engine.execute
        run(
            "DELETE FROM listing_check WHERE request IN "
            "(SELECT id FROM request WHERE person = ?)",
            (slug,),
        )
        run(
            "DELETE FROM file WHERE request IN "
            "(SELECT id FROM request WHERE person = ?)",
            (slug,),
        )
        events = run(
            "DELETE FROM event WHERE request IN "
            "(SELECT id FROM request WHERE person = ?)",
            (slug,),
        )
        run("DELETE FROM request WHERE person = ?", (slug,))
        run("DELETE FROM person WHERE slug = ?", (slug,))
        return events, folders

    def erasures(self) -> list[str]:
        """Return the folders that an erasure still has to remove."""
        return [row[0] for row in self.engine.query("SELECT folder FROM erasure")]

    def erased(self, folder: str) -> None:
        """Note that the folder of an erased request is gone."""
        self.engine.execute("DELETE FROM erasure WHERE folder = ?", (folder,))
