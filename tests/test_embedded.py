"""Our own PostgreSQL: shared by programs of one folder, whole again after a kill -9."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from ventanilla.embedded import EmbeddedFailed, postgres

pytestmark = pytest.mark.slow

HOLDER = """
import sys
from pathlib import Path
from ventanilla.embedded import postgres
with postgres(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's folder: its name is too long for a socket.
    with tempfile.TemporaryDirectory(prefix="ventanilla-") as name:
        yield Path(name)


def ask(dsn: str, statement: str) -> Any:
    async def asked() -> Any:
        conn = await asyncpg.connect(dsn)
        try:
            return await conn.fetchval(statement)
        finally:
            await conn.close()

    return asyncio.run(asked())


def server_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def is_running(folder: Path) -> bool:
    return (folder / "postgres" / "postmaster.pid").exists()


def wait_for_the_end_of(pid: int) -> None:
    end = time.monotonic() + 20
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.01)


def holder(folder: Path) -> "subprocess.Popen[str]":
    """Another program that uses the same folder, already inside."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_it_starts_keeps_its_data_and_stops(folder: Path) -> None:
    with postgres(folder) as dsn:
        ask(dsn, "CREATE TABLE kept (n int)")
    assert not is_running(folder)
    with postgres(folder) as dsn:
        assert ask(dsn, "SELECT count(*) FROM kept") == 0


def test_a_commit_waits_for_the_disk_and_nobody_listens_on_the_network(folder: Path) -> None:
    with postgres(folder) as dsn:
        assert ask(dsn, "SHOW synchronous_commit") == "on"
        assert ask(dsn, "SHOW listen_addresses") == ""
        assert ask(dsn, "SHOW unix_socket_permissions") == "0700"
        assert ask(dsn, "SHOW server_encoding") == "UTF8"


def test_programs_of_one_folder_share_it_and_the_last_one_stops_it(folder: Path) -> None:
    with postgres(folder) as dsn:
        other = holder(folder)
        other.communicate("")
        assert ask(dsn, "SELECT 1") == 1
        other = holder(folder)
    assert is_running(folder)
    other.communicate("")
    assert not is_running(folder)


def test_a_killed_program_leaves_a_server_that_the_next_one_uses(folder: Path) -> None:
    other = holder(folder)
    other.kill()
    other.communicate()
    assert is_running(folder)
    with postgres(folder) as dsn:
        assert ask(dsn, "SELECT 1") == 1
    assert not is_running(folder)


def test_a_killed_server_is_whole_again(folder: Path) -> None:
    with postgres(folder) as dsn:
        ask(dsn, "CREATE TABLE kept AS SELECT 7 AS n")
        pid = server_pid(folder)
        os.kill(pid, signal.SIGKILL)
        wait_for_the_end_of(pid)
    with postgres(folder) as dsn:
        assert ask(dsn, "SELECT n FROM kept") == 7


def test_a_pid_that_belongs_to_somebody_else_by_now_does_not_keep_it_away(folder: Path) -> None:
    with postgres(folder):
        lines = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
    (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with postgres(folder) as dsn:
        assert ask(dsn, "SELECT 1") == 1


def test_a_half_made_database_is_made_again(folder: Path) -> None:
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    with postgres(folder) as dsn:
        assert ask(dsn, "SELECT 1") == 1


def test_a_long_path_gets_a_socket_elsewhere(folder: Path) -> None:
    with postgres(folder / ("a" * 110)) as dsn:
        assert ask(dsn, "SELECT 1") == 1


def test_a_path_with_spaces_and_accents_works(folder: Path) -> None:
    with postgres(folder / "citas del año") as dsn:
        assert ask(dsn, "SELECT 1") == 1


def test_a_folder_of_another_version_is_refused_with_a_sentence(folder: Path) -> None:
    with postgres(folder):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedFailed, match="made by PostgreSQL 16"), postgres(folder):
        pass


def test_a_folder_that_is_no_folder_is_refused_with_a_sentence(folder: Path) -> None:
    (folder / "var").write_text("")
    with pytest.raises(EmbeddedFailed, match="VENTANILLA_DATA_DIR"), postgres(folder / "var"):
        pass
