"""A database with all offices and a week of places, made once and copied for each test."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.databases import execute

from ventanilla.config import read_settings
from ventanilla.demonstration import prepare

DAYS = 8


@pytest.fixture(scope="session")
def prepared(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database nobody connects to."""
    name = f"prepared_{uuid4().hex}"
    asyncio.run(execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    folder = tmp_path_factory.mktemp("prepared")
    settings = read_settings({"VENTANILLA_DEMO": "1", "VENTANILLA_DATA_DIR": str(folder)})
    dsn = server.replace("/postgres?", f"/{name}?")
    asyncio.run(prepare(settings, dsn, lambda done, of: None, days=DAYS))
    return name


@pytest.fixture
def dsn(server: str, prepared: str) -> Iterator[str]:
    name = f"e2e_{uuid4().hex}"
    asyncio.run(execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{prepared}"'))
    yield server.replace("/postgres?", f"/{name}?")
    asyncio.run(execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"
