"""What the faults asked for do to a request."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.faults import Fault
from whatsapp_emulator.http import json_answer
from whatsapp_emulator.injected import DETAILS, Place, fault_of

NOBODY_WAITS = 499  # never arrives: the client has hung up
HELD_TOO_LONG = 504


async def trouble_before(emulator: Emulator, request: Request, place: Place) -> Response | None:
    """The answer instead of the work; None when the work is to be done."""
    strikes = emulator.injected.strikes
    if (slow := strikes("slow", place)) and await hung_up(emulator, request, slow.seconds or 0):
        return Response(status_code=NOBODY_WAITS)
    if broken := strikes("server_error", place):
        status = broken.status or 500
        if broken.body is False:
            return Response(f"<h1>{status}</h1>", status, media_type="text/html")
        return refused(emulator, Fault(131000, DETAILS), status)
    if place == "messages":
        if many := strikes("too_many"):
            return refused(emulator, Fault(130429, DETAILS), many.status or 429)
        if error := strikes("error"):
            return refused(emulator, fault_of(error))
    return None


async def trouble_after(emulator: Emulator, request: Request) -> Response | None:
    """The answer instead of the one the work gave."""
    if not emulator.injected.strikes("timeout_after_accept"):
        return None
    await hung_up(emulator, request, emulator.settings.fault_hold)
    return Response(status_code=HELD_TOO_LONG)


def refused(emulator: Emulator, fault: Fault, status: int | None = None) -> Response:
    emulator.count_rejected(fault)
    return json_answer(fault.body(emulator.clock.trace_id()), status or fault.status)


async def hung_up(emulator: Emulator, request: Request, seconds: float) -> bool:
    """Holds the request so long, or until the client gives up: whether it did."""
    gone = asyncio.ensure_future(request.receive())
    slept = asyncio.ensure_future(emulator.clock.sleep(seconds))
    try:
        await asyncio.wait({gone, slept}, return_when=asyncio.FIRST_COMPLETED)
        return gone.done()
    finally:
        gone.cancel()
        slept.cancel()
