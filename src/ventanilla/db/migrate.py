"""The steps that bring a database up to date: plain SQL in `migrations/`, applied in order, each once."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import asyncpg
from asyncpg import Connection
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from pogo_core.migration import topological_sort
from pogo_core.util import sql
from pogo_core.util.migrate import apply

from ventanilla.db.connection import Conn

MIGRATIONS = Path(__file__).parent / "migrations"
_SCHEMA = "public"
_LOCK = 7_203_185_064
"""Any number, the same in every version of the program."""

_quiet = logging.getLogger("ventanilla.migrations")
_quiet.setLevel(logging.ERROR)


async def migrate(database: str | Conn, folder: Path = MIGRATIONS) -> list[str]:
    """The steps applied now, in order; none if the database is up to date.

    Of two programs that start at once one applies and the other waits. A step that fails leaves no trace,
    and those before it stay. Raises pogo_core.error.BadMigrationError.
    """
    async with _connection(database) as conn:
        # Of the session, not of a transaction: some steps cannot run inside one.
        await conn.execute("SELECT pg_advisory_lock($1)", _LOCK)
        try:
            steps = await pending(conn, folder)
            if steps:
                await apply(conn, folder, schema_name=_SCHEMA, logger=_quiet)
            await _schedule_tables(conn)
            return steps
        finally:
            await conn.execute("SELECT pg_advisory_unlock($1)", _LOCK)


async def pending(conn: Conn, folder: Path = MIGRATIONS) -> list[str]:
    """The steps not applied yet, in order."""
    tracked = await conn.fetchval("SELECT to_regclass('public._pogo_migration') IS NOT NULL")
    # The library names the one kind of connection; what a pool lends does all it asks for.
    plain = cast("Connection", conn)
    applied = await sql.get_applied_migrations(plain, schema_name=_SCHEMA) if tracked else set()
    steps = await sql.read_migrations(folder, None, schema_name=_SCHEMA)
    return [step.id for step in topological_sort([step.load() for step in steps]) if step.id not in applied]


async def _schedule_tables(conn: Connection) -> None:
    """The tables of the library that runs scheduled jobs, which it brings up to date itself."""
    queries = Queries(AsyncpgDriver(conn))
    if await queries.schema_is_installed():
        await queries.upgrade()
    else:
        await queries.install()


@asynccontextmanager
async def _connection(database: str | Conn) -> AsyncIterator[Connection]:
    if not isinstance(database, str):
        yield cast("Connection", database)
        return
    conn = await asyncpg.connect(database)
    try:
        yield conn
    finally:
        await conn.close()
