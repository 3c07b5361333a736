import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Route
from tests.emulator.sample_endpoint import Business, Endpoint

from whatsapp_emulator import Running, Settings, serve
from whatsapp_emulator.config import live_settings
from whatsapp_emulator.serve import serve_app
from whatsapp_emulator.testing import Inbox, Person, call, choose, inbox, settle, stop_clock
from whatsapp_emulator.testing_flows import Form

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")  # else the one Playwright brought


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


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


@pytest.fixture(scope="session")
def shared_endpoint(shared_emulator: Running) -> Iterator[Endpoint]:
    endpoint = Endpoint(shared_emulator.settings.app_secret)
    with serve_app(Starlette(routes=[Route("/form", endpoint.receive, methods=["POST"])])) as url:
        endpoint.url = f"{url}/form"
        yield endpoint


@pytest.fixture
def endpoint(shared_endpoint: Endpoint) -> Iterator[Endpoint]:
    yield shared_endpoint
    for kept in (shared_endpoint.asked, shared_endpoint.refuses, shared_endpoint.says):
        kept.clear()
    shared_endpoint.garbles = 0


@pytest.fixture
def business(emulator: Running) -> Business:
    return Business(emulator)


@pytest.fixture
def flow_id(business: Business, endpoint: Endpoint) -> str:
    return business.publishes(endpoint)


@pytest.fixture
def form(business: Business, flow_id: str, ana: Person) -> Form:
    """The button has come and nobody has tapped it."""
    ana.does(text="Hola")
    assert business.sends(flow_id, ana)[0] == 200
    return Form(ana)
