"""How a run goes: its clock and its settings.

GET   /control/clock      {now, rate, planned}: seconds since 1970, virtual seconds in a real
                          one, how much is planned
POST  /control/clock      {"advance": seconds}: jumps, and all that falls due on the way happens in order;
                          {"rate": n}: from now on; 0 stands still -> as GET
GET   /control/settings   {name: value} of all that may be changed
PATCH /control/settings   {name: value, ...}: all of it or, with 422, nothing -> as GET
"""

from typing import Any

from starlette.requests import Request

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import change, live_settings
from whatsapp_emulator.control import asked_of, control
from whatsapp_emulator.emulator import Emulator


@control
async def clock(emulator: Emulator, request: Request) -> dict[str, Any]:
    return clock_facts(emulator.clock)


@control
async def set_clock(emulator: Emulator, request: Request) -> dict[str, Any]:
    asked = await asked_of(request)
    if not asked or set(asked) - {"advance", "rate"} or not all(map(is_amount, asked.values())):
        raise NotPossible("advance or rate is needed, a number that is not negative")
    if "rate" in asked:
        emulator.clock.rate = asked["rate"]
    await emulator.clock.advance(asked.get("advance", 0))
    return clock_facts(emulator.clock)


def clock_facts(now: Clock) -> dict[str, float]:
    return {"now": now.now(), "rate": now.rate, "planned": now.planned}


def is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


@control
async def settings(emulator: Emulator, request: Request) -> dict[str, Any]:
    return live_settings(emulator.settings)


@control
async def change_settings(emulator: Emulator, request: Request) -> dict[str, Any]:
    change(emulator.settings, await asked_of(request))
    return live_settings(emulator.settings)
