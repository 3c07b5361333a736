"""What all parts of the command `ventanilla` share: where it writes, and how it comes by its settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console

from ventanilla.config import Settings, read_settings
from ventanilla.embedded import postgres

console = Console()
errors = Console(stderr=True)


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
