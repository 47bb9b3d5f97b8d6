"""How a server is reached, and what no habit of the server may change."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import psycopg
import pytest
from store_samples import a_person, derive

from cnil_requests.store.home import Home
from cnil_requests.store.postgres import Postgres
from cnil_requests.store.postgres_connecting import (
    _refusal,
    place_of,
    without_password,
)
from cnil_requests.store.postgres_errors import (
    BadDatabaseError,
    NotUnicodeError,
    ServerAwayError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def shared_ledger() -> str:
    """Take the place of the fixture that runs everything twice."""
    return ""


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgresql://moi:x@srv:5433/agence", "PostgreSQL srv/agence"),
        ("postgresql://moi@h1:1,h2:5432/agence", "PostgreSQL h1,h2/agence"),
        ("postgresql://moi@h1,h2/agence?port=1,", "PostgreSQL h1,h2/agence"),
        ("postgresql://moi:@[::1]/agence", "PostgreSQL ::1/agence"),
        ("postgresql://moi@%2Fvar%2Frun/b", "PostgreSQL /var/run/b"),
        ("postgresql://moi:p%40ss%2Fmot@srv/", "PostgreSQL srv/moi"),
        ("postgresql://", "PostgreSQL localhost"),
    ],
)
def test_messages_name_server_and_base(address: str, place: str) -> None:
    """Whatever form the address has, several servers included."""
    assert str(place_of(address)) == place


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://moi:secret@suite@srv/base",
        "postgresql://moi:12/secret@srv/base",
        "postgresql://moi:secret%zz@srv/base",
    ],
)
def test_a_password_badly_written_is_not_taken_for_a_server(address: str) -> None:
    """A bare @ or / in it would put it where messages show it."""
    with pytest.raises(BadDatabaseError) as caught:
        place_of(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://moi:x%40@srv:1/b", "postgresql://moi@srv:1/b"),
        ("postgresql://moi@srv/b?password=x", "postgresql://moi@srv/b"),
        (
            "postgresql://moi@h1:1,h2:2/b?sslpassword=x&sslmode=require",
            "postgresql://moi@h1:1,h2:2/b?sslmode=require",
        ),
    ],
)
def test_an_address_is_shown_without_password(address: str, shown: str) -> None:
    """And can still be used."""
    assert without_password(address) == shown
    assert place_of(shown) == place_of(address)


def test_the_server_that_answers_is_used(database: str) -> None:
    """Of several in the address, the first one may be away."""
    several = database.replace("@", "@127.0.0.1:1,")
    with closing(Postgres(several)) as engine:
        assert engine.first("SELECT 1") == (1,)


def test_what_the_library_says_is_told(database: str) -> None:
    """A server without encryption is not « away »: the reason stands there."""
    with pytest.raises(ServerAwayError, match="SSL was required"):
        Postgres(f"{database}&sslmode=require").first("SELECT 1")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the database system is starting up", "ServerAwayError"),
        ("the database system is in recovery mode", "ServerAwayError"),
        ("the database system is not yet accepting connections", "ServerAwayError"),
        ("sorry, too many clients already", "ServerAwayError"),
        ("le système de bases de données est en cours d'arrêt", "ServerAwayError"),
        ('password authentication failed for user "moi"', "NotLetInError"),
        ('no pg_hba.conf entry for host "127.0.0.1"', "NotLetInError"),
        ('role "moi" does not exist', "NotLetInError"),
        ('database "b" does not exist', "NoDatabaseError"),
    ],
)
def test_a_refused_connection_is_told_by_its_words(said: str, name: str) -> None:
    """A server that is restarting does not refuse the password."""
    where = 'connection to server at "srv", port 5432 failed: FATAL:  '
    error = _refusal(Path("PostgreSQL srv/b"), None, where + said)
    assert type(error).__name__ == name


@pytest.fixture(params=["LATIN1", "SQL_ASCII"])
def narrow(request: pytest.FixtureRequest, postgres_server: str) -> Iterator[str]:
    """Give a database of another encoding."""
    name = f"narrow_{token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(
            f"CREATE DATABASE {name} ENCODING '{request.param}' TEMPLATE template0 "
            "LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        yield f"{postgres_server.rpartition('/')[0]}/{name}"
        admin.execute(f"DROP DATABASE {name}")


def test_a_database_that_cannot_keep_every_text_is_refused(narrow: str) -> None:
    """Not at the first « œ », but at once, with the command that makes a good one."""
    with (
        closing(Postgres(narrow)) as engine,
        pytest.raises(NotUnicodeError, match="createdb --encoding=UTF8"),
    ):
        engine.first("SELECT 1")


def test_the_encoding_of_the_session_is_not_the_users(
    path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGCLIENTENCODING is for other programs."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with Home.create(path, derive=derive, database=database) as home:
        home.save_person(replace(a_person(), first_name="Cœur’"))
        assert [person.first_name for person in home.people()] == ["Cœur’"]


HABITS = {
    "statement_timeout": "50ms",
    "lock_timeout": "50ms",
    "idle_in_transaction_session_timeout": "50ms",
    "synchronous_commit": "off",
    "default_transaction_isolation": "serializable",
}


def test_the_session_insists_on_what_matters(database: str) -> None:
    """What a role or a server is set to does not decide what is kept or seen."""
    options = "".join(f"%20-c{name}%3D{value}" for name, value in HABITS.items())
    with closing(Postgres(database + options, timeout=3)) as engine:
        said = [engine.first(f"SHOW {name}")[0] for name in HABITS]
    assert said == ["0", "3s", "5min", "on", "read committed"]


def test_an_address_may_say_how_long_to_wait(database: str) -> None:
    """Its own words win over the usual ones."""
    with closing(Postgres(f"{database}&application_name=agence")) as engine:
        assert engine.first("SHOW application_name") == ("agence",)
