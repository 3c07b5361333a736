from collections.abc import Iterator

import pytest

from whatsapp_emulator import Running, Settings, serve
from whatsapp_emulator.config import live_settings
from whatsapp_emulator.testing import Inbox, Person, call, choose, inbox, settle, stop_clock


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
    """Started once, empty for each test, as it was set; nothing of the test before arrives later."""
    shared_inbox.answers.clear()
    stop_clock(shared_emulator)
    choose(shared_emulator, **live_settings(shared_emulator.settings))
    settle(shared_emulator)
    call("POST", f"{shared_emulator.url}/control/reset")
    call("POST", f"{shared_emulator.url}/control/clock", {"rate": 1})
    shared_inbox.posts.clear()
    return shared_emulator


@pytest.fixture
def hook(emulator: Running, shared_inbox: Inbox) -> Inbox:
    return shared_inbox


@pytest.fixture
def ana(emulator: Running) -> Person:
    return Person(emulator.url, "5215512345678")
