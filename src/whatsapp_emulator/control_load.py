"""A load: many people at once (load.py).

POST   /control/load    {"people": 500, "script": [...], ...}: begins -> the report; 422 while one runs
GET    /control/load    the report as it is now; ?people=true with a line for each person
DELETE /control/load    ends it -> the report
"""

from typing import Any

import msgspec
from starlette.requests import Request

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.control import asked_of, control
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.load import Load, Plan


def load_of(request: Request) -> Load | None:
    found = getattr(request.app.state, "load", None)
    assert found is None or isinstance(found, Load)
    return found


@control
async def begin(emulator: Emulator, request: Request) -> dict[str, Any]:
    plan = msgspec.convert(await asked_of(request), Plan)
    known = load_of(request)
    if known and known.running:
        raise NotPossible("a load runs already")
    if plan.people > emulator.settings.phones_max:
        raise NotPossible(f"there is room for {emulator.settings.phones_max} phones")
    load = request.app.state.load = Load(emulator, plan)
    load.start()
    return load.report()


@control
async def report(emulator: Emulator, request: Request) -> dict[str, Any]:
    load = load_of(request)
    if load is None:
        raise NotPossible("no load has begun")
    details = {"each": load.people()} if request.query_params.get("people") == "true" else {}
    return load.report() | details


@control
async def end(emulator: Emulator, request: Request) -> dict[str, Any]:
    load = load_of(request)
    if load is None:
        raise NotPossible("no load has begun")
    await load.stop()
    return load.report()
