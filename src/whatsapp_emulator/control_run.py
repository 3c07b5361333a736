"""How a run goes: its clock, its settings and the faults asked for.

GET   /control/clock      {now, rate, planned}: seconds since 1970, virtual seconds in a real
                          one, how much is planned
POST  /control/clock      {"advance": seconds}: jumps, and all that falls due on the way happens in order;
                          {"rate": n}: from now on; 0 stands still -> as GET
GET   /control/settings   {name: value} of all that may be changed
PATCH /control/settings   {name: value, ...}: all of it or, with 422, nothing -> as GET
GET   /control/faults     the faults that may still strike, each as asked for, with its "id"
POST  /control/faults     one fault (injected.py): {"kind", "next": n | "rate": share, ...} -> it, with its id
DELETE /control/faults    no more faults; ?id=n only that one -> {"dropped": how many}
POST  /control/webhook    {"field", "value"}: any other change, told like the rest -> {"waiting": n}
"""

from typing import Any

import msgspec
from starlette.requests import Request

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import change, live_settings
from whatsapp_emulator.control import asked_of, control
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.injected import INJECTIONS_MAX, Injection


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


@control
async def faults(emulator: Emulator, request: Request) -> list[Injection]:
    return list(emulator.injected.active.values())


@control
async def add_fault(emulator: Emulator, request: Request) -> Injection:
    asked = msgspec.convert({**await asked_of(request), "id": 0}, Injection)
    if len(emulator.injected.active) >= INJECTIONS_MAX:
        raise NotPossible(f"there are {INJECTIONS_MAX} faults already")
    return emulator.injected.add(asked)


@control
async def drop_faults(emulator: Emulator, request: Request) -> dict[str, int]:
    wanted = request.query_params.get("id")
    if wanted is not None and not wanted.isdecimal():
        raise NotPossible("id is a number")
    return {"dropped": emulator.injected.drop(None if wanted is None else int(wanted))}


@control
async def tell(emulator: Emulator, request: Request) -> dict[str, int]:
    asked = await asked_of(request)
    field, value = asked.get("field"), asked.get("value")
    if not isinstance(field, str) or not field or not isinstance(value, dict):
        raise NotPossible("field, a string, and value, an object, are needed")
    emulator.delivery.put(field, field, value)
    return {"waiting": emulator.delivery.waiting}
