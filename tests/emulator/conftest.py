from collections.abc import Iterator

import pytest

from whatsapp_emulator import Running, Settings, serve
from whatsapp_emulator.config import live_settings
from whatsapp_emulator.testing import Inbox, Person, call, inbox, wait_until, waiting


@pytest.fixture(scope="session")
def shared_inbox() -> Iterator[Inbox]:
    with inbox() as found:
        yield found


@pytest.fixture(scope="session")
def shared_emulator(shared_inbox: Inbox) -> Iterator[Running]:
    settings = Settings(
        app_secret="app secret",
        access_token="access token",
        verify_token="verify token",
        port=0,
        webhook_url=shared_inbox.url,
        webhook_retry_first=0.01,
    )
    with serve(settings) as running:
        yield running


@pytest.fixture
def emulator(shared_emulator: Running, shared_inbox: Inbox) -> Running:
    """Started once, empty for each test, as it was set; what the test before had under way arrives before."""
    call("POST", f"{shared_emulator.url}/control/clock", {"rate": 1})
    call("PATCH", f"{shared_emulator.url}/control/settings", live_settings(shared_emulator.settings))
    wait_until(lambda: waiting(shared_emulator.url) == 0)
    call("POST", f"{shared_emulator.url}/control/reset")
    shared_inbox.posts.clear()
    shared_inbox.answers.clear()
    return shared_emulator


@pytest.fixture
def hook(emulator: Running, shared_inbox: Inbox) -> Inbox:
    return shared_inbox


@pytest.fixture
def ana(emulator: Running) -> Person:
    return Person(emulator.url, "5215512345678")
