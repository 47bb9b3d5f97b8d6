"""What only a shared ledger does: colleagues at once, a server that goes away.

CNILREQ_SHARED_EVENTS=2000 makes the long run of eight colleagues.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from store_samples import a_draft, a_person, an_event, derive, record

from cnil_requests.core.requests import EventKind
from cnil_requests.errors import CnilreqError
from cnil_requests.store import copying
from cnil_requests.store.copying import (
    TABLES,
    DifferentCopyError,
    NotEmptyError,
    copy,
    digest,
)
from cnil_requests.store.errors import (
    LedgerBusyError,
    NewerLedgerError,
)
from cnil_requests.store.home import Home
from cnil_requests.store.moving import copy_ledger
from cnil_requests.store.postgres import Postgres
from cnil_requests.store.postgres_errors import (
    BadDatabaseError,
    CutOffError,
    ForeignTablesError,
    NoDatabaseError,
    NoLedgerError,
    NoPostgresSupportError,
    NotLetInError,
    ReadOnlyRoleError,
    ServerAwayError,
    ServerRefusalError,
    UncertainCommitError,
    UpdateNeededError,
    from_postgres,
)
from cnil_requests.store.schema import STEPS
from cnil_requests.store.sqlite import Sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKER = Path(__file__).with_name("worker.py")
EVENTS = int(os.environ.get("CNILREQ_SHARED_EVENTS", "60"))
COLLEAGUES = 8
#: How many requests a colleague works on, and how many events each gets.
REQUESTS = 10
EACH = EVENTS // REQUESTS


@pytest.fixture(autouse=True)
def shared_ledger() -> str:
    """Take the place of the fixture that runs everything twice."""
    return ""


@pytest.fixture
def home(path: Path, database: str) -> Iterator[Home]:
    """Return a new home on the server, with one person and two requests."""
    with Home.create(path, derive=derive, database=database) as home:
        home.save_person(a_person())
        home.add([a_draft(), a_draft()])
        yield home


def open_at(path: Path, database: str, **how: Any) -> Home:  # noqa: ANN401
    """Open the home as a colleague does."""
    return Home.open(path, derive=derive, database=database, **how)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET data = '{}'",
        "UPDATE event SET number = 7",
        "DELETE FROM event",
        "TRUNCATE event CASCADE",
        "UPDATE file SET sha256 = ''",
        "DELETE FROM file",
        "TRUNCATE file",
        "INSERT INTO event SELECT request, 0, kind, happened_on, recorded_on, data "
        "FROM event",
        "DELETE FROM request",
        "DELETE FROM person",
        "TRUNCATE listing_check",
    ],
)
def test_the_server_refuses_to_rewrite_what_happened(
    home: Home, database: str, sql: str
) -> None:
    """Even for who goes around the program; TRUNCATE as well."""
    with psycopg.connect(database) as plain, pytest.raises(psycopg.Error) as caught:
        plain.execute(sql)
    assert "append only" in str(caught.value) or caught.value.sqlstate == "23503"
    assert len(home.case("1").events) == 1


def test_both_schemas_are_one(home: Home, database: str, tmp_path: Path) -> None:
    """The same tables and columns, in the same order."""
    (tmp_path / "x.db").touch()
    with closing(Sqlite(tmp_path / "x.db")) as lite, closing(Postgres(database)) as pg:
        for table in TABLES:
            columns = [row[1] for row in lite.query(f"PRAGMA table_info({table})")]
            found = pg.query(
                "SELECT column_name FROM information_schema.columns WHERE "
                "table_schema = current_schema() AND table_name = ? "
                "ORDER BY ordinal_position",
                (table,),
            )
            assert [row[0] for row in found] == columns
            assert list(copying._COLUMNS[table]) == columns
        known = lite.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {row[0] for row in known} == set(TABLES)


def test_colleagues_open_a_new_ledger_at_once(path: Path, database: str) -> None:
    """The steps are taken once, under a lock."""
    errors = []

    def start() -> None:
        try:
            with Home.create(path, derive=derive, database=database) as home:
                list(home.people())
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(COLLEAGUES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with psycopg.connect(database) as plain:
        row = plain.execute("SELECT version FROM schema_version").fetchall()
    assert row == [(len(STEPS),)]


def test_a_ledger_of_a_later_version_is_refused(home: Home, database: str) -> None:
    """An old program does not write in a new ledger."""
    with psycopg.connect(database) as plain:
        plain.execute("UPDATE schema_version SET version = 99")
    with closing(Postgres(database)) as engine, pytest.raises(NewerLedgerError):
        engine.first("SELECT 1")


def test_an_older_ledger_is_brought_up_to_date(database: str) -> None:
    """Step after step, in one transaction."""
    with closing(Postgres(database, steps=STEPS[:1])) as engine:
        engine.execute("INSERT INTO setting VALUES ('rules', '1')")
    with closing(Postgres(database)) as engine:
        assert engine.first("SELECT value FROM setting") is None
        assert list(engine.query("SELECT * FROM listing_check")) == []


def test_a_step_that_fails_leaves_the_version_before(database: str) -> None:
    """PostgreSQL takes DDL back too."""
    broken = (*STEPS, ["CREATE TABLE extra (a INTEGER) STRICT", "nonsense"])
    with (
        closing(Postgres(database, steps=broken)) as engine,
        pytest.raises(CnilreqError),
    ):
        engine.first("SELECT 1")
    with closing(Postgres(database)) as engine:
        assert engine.first("SELECT to_regclass('extra')")[0] is None


def test_a_broken_connection_is_opened_again(home: Home, database: str) -> None:
    """The server restarted, the network came back: the next command goes on."""
    assert home.case("1")
    _break(database)
    assert home.case("1")
    _break(database)
    assert len(record(home, "2026-0001", EventKind.SENT).events) == 2


def test_a_connection_that_breaks_in_the_middle_is_told(
    home: Home, database: str
) -> None:
    """Nothing is recorded; the same command works afterwards."""

    def interrupted(*_: object) -> Any:  # noqa: ANN401
        _break(database)
        return an_event(EventKind.SENT)

    with pytest.raises(CutOffError, match="coupée"):
        home.record("2026-0001", interrupted)
    assert len(home.case("1").events) == 1
    assert len(record(home, "2026-0001", EventKind.SENT).events) == 2


def test_a_list_does_not_go_on_when_its_turn_is_lost(
    home: Home, path: Path, database: str
) -> None:
    """The lock went with the connection: a colleague may have begun the same list."""
    with home.alone(waiting=lambda: None):
        home.add([a_draft()])
        _break(database)
        with open_at(path, database) as other, other.alone(waiting=lambda: None):
            pass
        with pytest.raises(CutOffError):
            home.add([a_draft()])
    assert len(list(home.cases())) == 3
    assert list(home.check()) == []


def test_a_commit_whose_end_is_unknown_is_told_as_such(
    home: Home, database: str
) -> None:
    """Nobody may think that it failed, and record the fact once more with undo."""
    with psycopg.connect(database) as plain:
        plain.execute(
            "CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"
        )
        plain.execute(
            "CREATE CONSTRAINT TRIGGER fall AFTER INSERT ON event "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fall()"
        )
    with pytest.raises(UncertainCommitError, match="peut-être fait, peut-être pas"):
        record(home, "2026-0001", EventKind.SENT)
    with pytest.raises(UncertainCommitError):
        home.add([a_draft()])
    with psycopg.connect(database) as plain:
        plain.execute("DROP TRIGGER fall ON event")
    assert len(record(home, "2026-0001", EventKind.SENT).events) == 2
    assert list(home.check()) == []


def test_what_failed_within_is_never_taken_for_recorded(home: Home) -> None:
    """The server answers COMMIT with ROLLBACK: that is an error here."""
    engine = home._engine

    def fail_and_go_on() -> None:
        with engine.writing():
            engine.execute("INSERT INTO setting VALUES ('a', 'b')")
            with suppress(CnilreqError):
                engine.execute("nonsense")

    with pytest.raises(ServerRefusalError, match="ROLLBACK"):
        fail_and_go_on()
    assert engine.first("SELECT 1 FROM setting WHERE name = 'a'") is None


def _break(database: str) -> None:
    """End every other connection to the database, as a restart does."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'cnilreq' AND pid <> pg_backend_pid()"
        )


def test_a_writer_waits_then_says_that_the_ledger_is_busy(
    home: Home, path: Path, database: str
) -> None:
    """As with a file; readers never wait."""
    with home._engine.writing(), open_at(path, database, timeout=0.3) as other:
        assert len(list(other.cases())) == 2
        with pytest.raises(LedgerBusyError):
            other.save_person(a_person())
        assert len(list(other.cases())) == 2
    home.save_person(a_person())


def test_a_server_that_is_away_is_told() -> None:
    """Where it should be, and never the password."""
    engine = Postgres("postgresql://moi:secret@127.0.0.1:1/base")
    with pytest.raises(ServerAwayError) as caught:
        engine.first("SELECT 1")
    assert "PostgreSQL 127.0.0.1/base" in caught.value.message
    assert "secret" not in str(caught.value)
    assert caught.value.exit_code == 5


def test_an_unknown_database_or_user_is_told(postgres_server: str) -> None:
    """The server's refusals before it lets one in."""
    base = postgres_server.rpartition("/")[0]
    with pytest.raises(NoDatabaseError):
        Postgres(f"{base}/absente").first("SELECT 1")
    with pytest.raises(NotLetInError):
        Postgres(postgres_server.replace("postgres@", "personne@")).first("SELECT 1")


@pytest.mark.parametrize(
    "address", ["mysql://x/y", "postgresql://[", "sqlite.db", "postgresql://h:port/b"]
)
def test_what_is_no_address_is_told(address: str) -> None:
    """The address itself is not shown: it may hold a password."""
    with pytest.raises(BadDatabaseError) as caught:
        Postgres(address).first("SELECT 1")
    assert address not in str(caught.value)


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (None, "CutOffError"),
        ("57P01", "CutOffError"),
        ("08006", "CutOffError"),
        ("55P03", "LedgerBusyError"),
        ("42501", "ReadOnlyRoleError"),
        ("53100", "DiskFullError"),
        ("23505", "LedgerDamagedError"),
        ("42P01", "ServerRefusalError"),
    ],
)
def test_every_refusal_of_the_server_is_told(state: str | None, name: str) -> None:
    """In French, with exit code 5."""
    error = from_postgres(Path("PostgreSQL srv/base"), state, "texte\nDETAIL: x")
    assert (type(error).__name__, error.exit_code) == (name, 5)


def test_without_psycopg_the_extra_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only who shares a ledger needs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoPostgresSupportError, match=r"cnilreq\[postgres\]"):
        Home.create(path, derive=derive, database="postgresql://x/y")


@pytest.fixture
def reader(home: Home, database: str) -> Iterator[str]:
    """Give the address for a colleague who may only read."""
    role = "lecture" + database[-12:]
    with psycopg.connect(database, autocommit=True) as admin:
        row = admin.execute("SELECT current_schema()").fetchone()
        assert row is not None
        admin.execute(f"CREATE ROLE {role} LOGIN")
        admin.execute(f"GRANT USAGE ON SCHEMA {row[0]} TO {role}")
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {row[0]} TO {role}")
        yield database.replace("postgres@", f"{role}@")
        admin.execute(f"DROP OWNED BY {role}")
        admin.execute(f"DROP ROLE {role}")


def test_a_colleague_who_may_only_read(home: Home, path: Path, reader: str) -> None:
    """Lists and cases are shown; nothing can be recorded."""
    list(home.people())
    with open_at(path, reader) as it:
        assert len(list(it.cases())) == 2
        assert list(it.check()) == []
        with pytest.raises(ReadOnlyRoleError, match="seulement lire"):
            record(it, "2026-0001", EventKind.SENT)


def test_a_guard_that_was_taken_off_is_reported(home: Home, database: str) -> None:
    """The owner of the tables can; `check` then says so."""
    with psycopg.connect(database) as plain:
        plain.execute("ALTER TABLE event DISABLE TRIGGER event_never_removed")
        plain.execute("DROP TRIGGER file_never_emptied ON file")
    problems = [problem.message for problem in home.check()]
    assert len(problems) == 2
    assert "event_never_removed" in problems[0]
    assert "file_never_emptied" in problems[1]


def test_new_rules_wait_for_someone_who_may_write(
    home: Home, path: Path, database: str, reader: str
) -> None:
    """What was derived by older rules is not shown as if it followed the new ones."""
    list(home.people())
    with (
        Home.open(path, derive=derive, rules="2", database=reader) as new,
        pytest.raises(UpdateNeededError, match="mis à niveau"),
    ):
        list(new.cases())
    with Home.open(path, derive=derive, rules="2", database=database) as writer:
        list(writer.cases())
    with Home.open(path, derive=derive, rules="2", database=reader) as new:
        assert len(list(new.cases())) == 2


def test_new_tables_wait_for_someone_who_may_write(
    home: Home, database: str, reader: str
) -> None:
    """A step is not the reader's to take."""
    list(home.people())
    more = (*STEPS, ["CREATE TABLE extra (a INTEGER) STRICT"])
    with (
        closing(Postgres(reader, steps=more)) as engine,
        pytest.raises(UpdateNeededError),
    ):
        engine.first("SELECT 1")


def test_looking_makes_no_ledger(path: Path, database: str) -> None:
    """A wrong address leaves nothing in a database of somebody else's."""
    (path / "requests").mkdir(parents=True)
    with open_at(path, database) as home, pytest.raises(NoLedgerError):
        list(home.people())
    with psycopg.connect(database) as plain:
        assert plain.execute("SELECT to_regclass('schema_version')").fetchone() == (
            None,
        )


def test_tables_of_another_program_are_left_alone(path: Path, database: str) -> None:
    """Other programs count their steps in a table of this name too."""
    with psycopg.connect(database) as plain:
        plain.execute("CREATE TABLE schema_version (version TEXT)")
    with (
        Home.create(path, derive=derive, database=database) as home,
        pytest.raises(ForeignTablesError),
    ):
        list(home.people())


def test_the_statistics_forget_too(home: Home, database: str) -> None:
    """PostgreSQL keeps samples of what tables hold, outside of them."""
    home.save_person(a_person(slug="autre-exemple"))
    with psycopg.connect(database, autocommit=True) as plain:
        plain.execute("ANALYZE person")
        seen = "SELECT count(*) FROM pg_stats WHERE schemaname = current_schema() AND "
        seen += "histogram_bounds::text LIKE '%camille-exemple%'"
        assert plain.execute(seen).fetchone() != (0,)
        home.forget("camille-exemple")
        assert plain.execute(seen).fetchone() == (0,)


def test_a_full_folder_beside_an_empty_server_is_refused(
    path: Path, database: str
) -> None:
    """The ledger was not copied: nobody starts from nothing by mistake."""
    with Home.create(path, derive=derive) as home:
        home.save_person(a_person())
        home.add([a_draft()])
    with (
        open_at(path, database) as shared,
        pytest.raises(NoLedgerError, match="cnilreq ledger copy"),
    ):
        list(shared.people())


def test_a_ledger_goes_to_the_server_and_back(
    path: Path, database: str, tmp_path: Path
) -> None:
    """Counts and hashes of every table are the same all the way."""
    with Home.create(path, derive=derive) as home:
        home.save_person(a_person())
        home.add([a_draft() for _ in range(30)])
        for number in range(1, 20):
            record(home, f"2026-{number:04}", EventKind.SENT)
        before = {table: digest(home._engine, table) for table in TABLES}
    there = copy_ledger(str(path), database)
    assert there == before
    assert there["event"].rows == 49
    with open_at(path, database) as shared:
        assert len(list(shared.cases())) == 30
        assert list(shared.check()) == []
    back = copy_ledger(database, str(tmp_path / "back.db"))
    assert back["event"] == before["event"]


def test_a_copy_never_mixes_with_what_is_there(
    home: Home, database: str, tmp_path: Path
) -> None:
    """The target must be empty; a file must be new."""
    copy_ledger(database, str(tmp_path / "x.db"))
    with pytest.raises(NotEmptyError):
        copy_ledger(str(tmp_path / "x.db"), database)
    with pytest.raises(CnilreqError, match="existe déjà"):
        copy_ledger(database, str(tmp_path / "x.db"))
    with pytest.raises(CnilreqError, match="pas encore de dossier"):
        copy_ledger(str(tmp_path / "absent.db"), database)


def test_a_copy_that_differs_is_not_kept(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads back otherwise is undone."""
    (tmp_path / "x.db").touch()
    real = copying._copy_table

    def careless(source: Any, target: Any, table: str) -> None:  # noqa: ANN401
        real(source, target, table)
        if table == "person":
            target.execute("UPDATE person SET record = replace(record, 'C', 'c')")

    monkeypatch.setattr(copying, "_copy_table", careless)
    with closing(Sqlite(tmp_path / "x.db")) as target:
        with pytest.raises(DifferentCopyError, match="person"):
            copy(home._engine, target)
        assert list(target.query("SELECT * FROM person")) == []


def test_one_list_at_a_time(home: Home, path: Path, database: str) -> None:
    """The second colleague is told, then waits for the first."""
    said = []
    order = []

    def second() -> None:
        with (
            open_at(path, database) as other,
            other.alone(waiting=lambda: said.append("waiting")),
        ):
            order.append("second")

    with home.alone(waiting=lambda: said.append("never")):
        thread = threading.Thread(target=second)
        thread.start()
        while not said:
            thread.join(0.02)
        order.append("first")
    thread.join(30)
    assert (said, order) == (["waiting"], ["first", "second"])


def start(path: Path, database: str, ids: list[str]) -> subprocess.Popen[str]:
    """Start a colleague who records on requests of his own."""
    return subprocess.Popen(
        [sys.executable, str(WORKER), "series", str(path), str(EACH), *ids],
        env={**os.environ, "CNILREQ_DATABASE": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_colleagues_record_at_once_and_one_is_killed(
    home: Home, path: Path, database: str
) -> None:
    """Every acknowledged event is there; once restarted, exactly all of them are."""
    opened = home.add([a_draft() for _ in range(COLLEAGUES * REQUESTS)])
    ids = [request.id for request in opened]
    shares = [ids[rank::COLLEAGUES] for rank in range(COLLEAGUES)]
    workers = [start(path, database, share) for share in shares]
    unlucky = workers.pop(3)
    assert unlucky.stdout is not None
    for _ in range(1 + EVENTS // 2):
        unlucky.stdout.readline()
    unlucky.kill()
    rest, _ = unlucky.communicate()
    acknowledged = EVENTS // 2 + rest.count("\n")
    for worker in workers:
        out, errors = worker.communicate(timeout=900)
        assert (worker.returncode, errors) == (0, "")
        assert out.count("recorded") == EVENTS
    kept = sum(len(home.case(request_id).events) - 1 for request_id in shares[3])
    assert acknowledged <= kept < EVENTS
    again = start(path, database, shares[3])
    out, errors = again.communicate(timeout=900)
    assert (errors, out.count("recorded")) == ("", EVENTS - kept)
    for request_id in ids:
        events = home.case(request_id).events
        assert [event.number for event in events] == list(range(1, EACH + 2))
        ranks = [event.data["rank"] for event in events[1:]]
        assert ranks == [str(rank) for rank in range(EACH)]
    assert list(home.check()) == []
