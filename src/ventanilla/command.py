"""What every command shares: settings, the database, what is shown, and how it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ventanilla.config import read_settings
from ventanilla.embedded import postgres
from ventanilla.settings import Settings

console = Console()
errors = Console(stderr=True)


class Language(StrEnum):
    """Of what is shown: the languages of the word files."""

    es = "es"
    en = "en"


class Stop(Exception):
    """Ends the command with one sentence."""


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """The DSN: the one in the settings, or our own PostgreSQL for as long as the command runs."""
    url = settings.database_url.reveal()
    with nullcontext(url) if url else postgres(settings.data_dir) as dsn:
        yield dsn


def settings_now(*, demo: bool = False) -> Settings:
    """From the environment; `demo` fills in samples and secrets of its own."""
    return read_settings({**os.environ, **({"VENTANILLA_DEMO": "1"} if demo else {})})


@contextmanager
def progress_bar(title: str) -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
