"""What all endpoints share: JSON in and out."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from whatsapp_emulator.emulator import Emulator


def emulator_of(request: Request) -> Emulator:
    emulator = request.app.state.emulator
    assert isinstance(emulator, Emulator)
    return emulator


def json_answer(content: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")


async def json_of(request: Request) -> Any:
    """The body, empty meaning {}. Raises msgspec.DecodeError."""
    return msgspec.json.decode(await request.body() or b"{}")
