"""A real PostgreSQL for whoever asks: started once, a database copied for each test that commits."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from asyncpg import Connection, Pool
from tests.databases import execute

from ventanilla.db.migrate import migrate
from ventanilla.embedded import postgres

_SLOW_FIXTURES = frozenset({"server", "database_url", "fresh_database_url"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of an empty server of our own."""
    # Not pytest's folder: its name is too long for a socket.
    with tempfile.TemporaryDirectory(prefix="ventanilla-") as folder, postgres(Path(folder)) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """The name of a migrated database nobody connects to, so that it can be copied."""
    url = asyncio.run(_copy(server, "template0"))
    asyncio.run(_migrated(url))
    return _name_of(url)


@pytest.fixture(scope="session")
def database_url(server: str, template: str) -> str:
    """A migrated database for tests that leave nothing behind."""
    return asyncio.run(_copy(server, template))


@pytest.fixture
def fresh_database_url(server: str, template: str) -> Iterator[str]:
    """A migrated database for one test that commits; dropped afterwards."""
    url = asyncio.run(_copy(server, template))
    yield url
    asyncio.run(execute(server, f'DROP DATABASE "{_name_of(url)}" WITH (FORCE)'))


@pytest.fixture
async def conn(database_url: str) -> AsyncIterator[Connection]:
    """Inside a transaction that is rolled back."""
    connection = await asyncpg.connect(database_url)
    transaction = connection.transaction()
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture
async def pool(fresh_database_url: str) -> AsyncIterator[Pool]:
    """Of a database of its own: several connections, and commits that last."""
    async with asyncpg.create_pool(fresh_database_url, min_size=1, max_size=20) as found:
        yield found


def _name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


async def _copy(server: str, original: str) -> str:
    name = f"test_{uuid4().hex}"
    await execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return server.replace("/postgres?", f"/{name}?")


async def _migrated(url: str) -> None:
    await migrate(url)
