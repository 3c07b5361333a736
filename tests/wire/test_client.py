"""The client against the emulator over real HTTP."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.wire.whatsapp.client import CloudApi
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import Document, File
from whatsapp_emulator.config import Settings
from whatsapp_emulator.serve import Running, serve, serve_app
from whatsapp_emulator.testing import Person

TO = Address("phone", "5215512345678")
pytestmark = pytest.mark.anyio


@pytest.fixture
def emulator() -> Iterator[Running]:
    token, secret = secrets.token_hex(8), secrets.token_hex(8)
    with serve(Settings(app_secret=secret, access_token=token, port=0, window=False)) as running:
        yield running


def client(emulator: Running, token: str | None = None) -> CloudApi:
    settings = emulator.settings
    return CloudApi(emulator.url, "v26.0", settings.phone_number_id, token or settings.access_token, 8)


async def test_texts_and_pictures_arrive_with_their_reference(emulator: Running) -> None:
    async with client(emulator) as api:
        wamid = await api.send(TO, Message("hola"), "7")
        media = await api.upload(File(b"%PDF-1.7 sample", "application/pdf", "hoja.pdf"))
        await api.send(TO, Document(media, "hoja.pdf", "Hoja"), "8")
    shown = Person(emulator.url, TO.text).sees()
    assert [(e["type"], e["opaque"]) for e in shown] == [("text", "7"), ("document", "8")]
    assert shown[0]["wamid"] == wamid


async def test_a_message_is_shown_as_read_while_the_answer_is_written(emulator: Running) -> None:
    person = Person(emulator.url, TO.text)
    wamid = person.does(text="hola")
    async with client(emulator) as api:
        await api.attend(wamid)
        with pytest.raises(SendFailed):
            await api.attend("wamid.unknown")
    assert person.sees()[0]["status"] == "read"


async def test_a_wrong_token_stops_the_account(emulator: Running) -> None:
    async with client(emulator, "wrong") as api:
        with pytest.raises(SendFailed) as failed:
            await api.send(TO, Message("hola"), "1")
        assert (await api.tried()) != ""
    assert (failed.value.fault, failed.value.code) == ("account", 190)


async def test_a_message_over_a_limit_is_final(emulator: Running) -> None:
    async with client(emulator) as api:
        with pytest.raises(SendFailed) as failed:
            await api.send(TO, Message("x" * 4097), "1")
    assert failed.value.fault == "final"


async def test_what_cannot_be_reached_is_tried_again() -> None:
    async with CloudApi("http://127.0.0.1:9", "v26.0", "1", "t", 1) as api:
        with pytest.raises(SendFailed) as failed:
            await api.send(TO, Message("hola"), "1")
    assert (failed.value.fault, failed.value.uncertain) == ("retry", False)


@pytest.mark.parametrize(
    ("status", "answer", "fault"),
    [
        (500, {}, "retry"),
        (429, {}, "slow"),
        (400, {"error": {"code": 131056}}, "pair"),
        (400, {"error": {"code": 130429, "error_data": {"details": "too fast"}}}, "slow"),
        (400, {"error": "not an object"}, "final"),
        (400, {"error": {"code": 131026}}, "final"),
        (200, {"messages": []}, "retry"),
    ],
)
async def test_an_answer_decides_what_follows(status: int, answer: Any, fault: str) -> None:
    async def refuse(request: Request) -> Response:
        return JSONResponse(answer, status)

    with serve_app(Starlette(routes=[Route("/v26.0/1/messages", refuse, methods=["POST"])])) as url:
        async with CloudApi(url, "v26.0", "1", "t", 1) as api:
            with pytest.raises(SendFailed) as failed:
                await api.send(TO, Message("hola"), "1")
    assert failed.value.fault == fault
