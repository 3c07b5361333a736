"""A form waits for its endpoint: one thing at a time, and not for ever."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Semaphore

import anyio
import anyio.to_thread
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.emulator.sample_endpoint import Business, Endpoint, public_pem
from tests.emulator.sample_flow import sample_flow

from whatsapp_emulator import Settings, serve
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.flow_client import submit
from whatsapp_emulator.flow_session import Session, show
from whatsapp_emulator.flows import Flow
from whatsapp_emulator.serve import serve_app
from whatsapp_emulator.state import Entry
from whatsapp_emulator.testing import Person, wait_until
from whatsapp_emulator.testing_flows import Form

PERSON = {"greeting": "Hola", "name": "Muestra"}


class Slow:
    """An endpoint that answers when it is told to."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint, self.arrived, self.go = endpoint, Semaphore(0), Event()
        self.go.set()

    async def receive(self, request: Request) -> Response:
        answer = await self.endpoint.receive(request)
        self.arrived.release()
        await anyio.to_thread.run_sync(self.go.wait)
        return answer


@contextmanager
def slow(secret: str) -> Iterator[Slow]:
    found = Slow(Endpoint(secret))
    with serve_app(Starlette(routes=[Route("/", found.receive, methods=["POST"])])) as url:
        found.endpoint.url = url + "/"
        yield found
        found.go.set()


@contextmanager
def opened(slow: Slow, timeout: float) -> Iterator[Form]:
    settings = Settings(app_secret=slow.endpoint.secret, access_token="token", port=0, flow_timeout=timeout)
    with serve(settings) as running:
        business, ana = Business(running), Person(running.url)
        flow_id = business.publishes(slow.endpoint)
        ana.does(text="Hola")
        business.sends(flow_id, ana)
        yield Form(ana).opens().fills(code="ABCD", agrees=True, name="Muestra")


def test_two_taps_are_one() -> None:
    with slow("app secret") as endpoint, opened(endpoint, 10) as form, ThreadPoolExecutor(1) as thread:
        endpoint.go.clear()
        while endpoint.arrived.acquire(blocking=False):
            pass
        first = thread.submit(Form(form.person).submits)
        endpoint.arrived.acquire()
        with pytest.raises(ValueError, match="the form is busy"):
            form.submits()
        endpoint.go.set()
        assert first.result().screen == "PLACE"
        assert [asked["action"] for asked in endpoint.endpoint.asked] == ["INIT", "data_exchange"]


@pytest.mark.anyio
async def test_without_the_guard_two_taps_are_two() -> None:
    with slow("app secret") as endpoint:
        emulator = Emulator(Settings(app_secret="app secret", access_token="token"))
        emulator.flows.public_key = public_pem(endpoint.endpoint.key)
        flow = Flow(
            "1", "Cita", ["OTHER"], 0.0, endpoint.endpoint.url, json=json.loads(json.dumps(sample_flow()))
        )
        content = {"interactive": {"action": {"parameters": {"flow_token": "t"}}}}
        entry = Entry(1, "out", 0.0, "wamid.1", "interactive", content, "delivered", "5215512345678")
        session = Session(emulator.world.phone("5215512345678"), entry, flow)
        show(session, "PERSON", PERSON)
        session.top.form = {"code": "ABCD", "agrees": True}
        endpoint.go.clear()
        async with anyio.create_task_group() as taps:
            taps.start_soon(submit, emulator, session, {})
            taps.start_soon(submit, emulator, session, {})
            for _ in range(2):
                await anyio.to_thread.run_sync(endpoint.arrived.acquire)
            endpoint.go.set()
        await emulator.channel.close()
        assert [asked["action"] for asked in endpoint.endpoint.asked] == ["data_exchange"] * 2


def test_a_phone_does_not_wait_for_ever() -> None:
    with slow("app secret") as endpoint, opened(endpoint, 1) as form:
        endpoint.go.clear()
        form.submits()
        endpoint.go.set()
        assert (form.state, form.screen, form.problem) == ("open", "PERSON", "generic")
        assert wait_until(lambda: form.submits().screen == "PLACE")
